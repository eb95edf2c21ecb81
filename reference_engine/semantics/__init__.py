"""The named semantics: where frameworks may legitimately differ, a dimension with named options.

    with semantics.using(accumulation="stateless", max_ties="first"):
        ...

Each topic is a file of declarations, listed in `topics`; `active` holds which options are in force. To add a dimension,
declare it in the file of its topic and read `semantics.current().<name>` where it decides.
"""

from reference_engine.semantics.active import Options, current, default, noting, using
from reference_engine.semantics.dimension import Dimension, Fault, Option
from reference_engine.semantics.topics import DIMENSIONS, TOPICS

__all__ = ["DIMENSIONS", "TOPICS", "Dimension", "Fault", "Option", "Options", "current", "default", "noting", "using"]
