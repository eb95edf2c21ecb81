"""The named semantics: where frameworks may legitimately differ, a dimension with named options.

    with semantics.using(accumulation="stateless", max_ties="first"):
        ...

Each topic is a file of declarations; `active` holds which options are in force. To add a dimension, declare it in the
file of its topic and read `semantics.current().<name>` where it decides.
"""

from reference_engine.semantics.active import DIMENSIONS, TOPICS, Options, current, default, noting, using
from reference_engine.semantics.dimension import Dimension, Fault, Option

__all__ = ["DIMENSIONS", "TOPICS", "Dimension", "Fault", "Option", "Options", "current", "default", "noting", "using"]
