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

What a new op has to declare
----------------------------

Rules need nothing: they are run as they are. A forward function that is made of functions which have bounds needs
nothing either. What else there may be to say is a line or a few:

    a ufunc of NumPy's           its image and its ulps, in `functions.FUNCTIONS`; of complex numbers, in `complexes`
    a function that NumPy lacks  the same, by the name of the op: the forward function is not run then, so that
                                 it may be a series, a loop or a call of a library

        "digamma": Function(by_balls(flint.arb.digamma), ulps=4)

    moves or picks elements      NumPy's function among the `_moving` or `_joining` ones of `array_functions`
    reduces, contracts, sorts    a function in `array_functions` of `sums.summed`, `factors.product` and elementwise
                                 ones: convolution, pooling and normalisation, written with slices, sums and the matrix
                                 product, need none; linear algebra that factorizes and an FFT state an error relative
                                 to the magnitude of all that goes in (`rounding.spread_at`), as the determinant does
    writes into an array         its forward function once more, in `twins.FORWARDS`: scatter, like `put`
    picks by value               its rule by the operands' bounds, in `selections` (a maximum) or `orders` (sort)
    other formulas in use        each as a function, in `variants`, of a value or of a derivative

The ulps are the worst of the frameworks', measured (`benchmarks/enclosures.py`) and rounded up. Nothing passes for what
is not declared: `Undeclared` is raised, the program has no bounds, and the checker takes every number for different
that is not equal. `tests/reference_engine/enclosure` looks whether the samples of a new op are in their bounds, and
whether an error of 8 ulps is outside.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from reference_engine import semantics
from reference_engine.enclosure.enclosed import Enclosed, Uncertain, Undeclared, enclosed
from reference_engine.enclosure.formats import Format, bfloat16_as_float16, format_of
from reference_engine.enclosure.interval import Interval
from reference_engine.enclosure.scales import scale

__all__ = ["Enclosed", "Format", "Interval", "Uncertain", "Undeclared", "bfloat16_as_float16", "enclosed",
           "enclosing", "format_of", "scale"]  # fmt: skip


@contextmanager
def enclosing(**options: str) -> Iterator[None]:
    """Let the engine compute with enclosed arrays in the block, by these options."""
    with semantics.using(**options), np.errstate(all="ignore"):
        yield
