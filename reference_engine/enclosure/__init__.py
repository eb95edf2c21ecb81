"""Enclosures: the engine's own passes on bounds, widened by each op's rounding in a framework's dtype.

    with enclosing():
        x = Variable(enclosed(np.array([0.5, 1.5]), np.dtype("float32")))
        y = tanh(x)
        y.backward(np.ones(2))
        x.grad  # an Enclosed: what a correct implementation in float32 may return

What is enclosed is what a correct implementation may return that follows the options in force: it may add up in any
order, fuse a multiplication and an addition, use another usual formula for a derivative, and flush what is below the
normal numbers to 0. `formats` are the dtypes; `interval`, `images` and `arithmetic` enclose exact results; `rounding`
and `functions` declare how far from them each op may be; `enclosed` is the array that NumPy's functions and the
engine's ops compute with; `twins` are the engine's ops with `variants` of their rules.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from reference_engine import semantics
from reference_engine.enclosure.enclosed import Enclosed, Uncertain, enclosed
from reference_engine.enclosure.formats import Format, bfloat16_as_float16, format_of
from reference_engine.enclosure.interval import Interval
from reference_engine.enclosure.scales import scale

__all__ = ["Enclosed", "Format", "Interval", "Uncertain", "bfloat16_as_float16", "enclosed", "enclosing",
           "format_of", "scale"]  # fmt: skip


@contextmanager
def enclosing(**options: str) -> Iterator[None]:
    """Let the engine compute with enclosed arrays in the block, by these options."""
    with semantics.using(**options), np.errstate(all="ignore"):
        yield
