"""What each elementwise function promises: its image, and how many ulps libraries are off.

The ulps are those of the vectorised functions that frameworks have (SLEEF in PyTorch, Eigen in TensorFlow, XLA's in
JAX, NumPy's in Chainer), as measured by `benchmarks/enclosures.py` and rounded up; the C library's are better
(https://members.loria.fr/PZimmermann/papers/accuracy.pdf).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reference_engine.enclosure import images
from reference_engine.enclosure.exactness import product_is_exact
from reference_engine.enclosure.formats import Bound
from reference_engine.enclosure.images import decreasing, even, increasing
from reference_engine.enclosure.interval import Interval, Mask, corners


@dataclass(frozen=True, slots=True)
class Function:
    """An elementwise function of real operands."""

    image: Callable[..., Interval]
    """Of the operands; the op's parameters by name."""
    ulps: float
    exact_at: Callable[..., Mask] = lambda *operands: np.zeros((), np.bool_)
    """At which points every library gives the exact value, if it is in the format."""


def _at(value: float) -> Callable[[Bound], Mask]:
    return lambda x: x == value


def _power_is_plain(x1: Bound, x2: Bound) -> Mask:
    """Where a power is no more than the base, or an exact square of it, or 0 or 1."""
    is_square = (x2 == 2) & product_is_exact(x1, x1, x1 * x1)
    return is_square | (x2 == 0) | (x2 == 1) | (x1 == 1) | ((x1 == 0) & (x2 > 0))


FUNCTIONS: dict[str, Function] = {
    "exp": Function(increasing(np.exp), 2, _at(0)),
    "exp2": Function(increasing(np.exp2), 2, _at(0)),
    "expm1": Function(increasing(np.expm1), 4, _at(0)),
    "log": Function(increasing(np.log, low=0), 2, _at(1)),
    "log1p": Function(increasing(np.log1p, low=-1), 3, _at(0)),
    "log2": Function(increasing(np.log2, low=0), 3, _at(1)),
    "log10": Function(increasing(np.log10, low=0), 3, _at(1)),
    "logaddexp": Function(lambda x1, x2: corners(np.logaddexp, x1, x2), 4),
    "sin": Function(images.sine, 2, _at(0)),
    "cos": Function(images.cosine, 2, _at(0)),
    "tan": Function(images.tangent, 4, _at(0)),
    "arcsin": Function(increasing(np.arcsin, -1, 1), 4, _at(0)),
    "arccos": Function(decreasing(np.arccos, -1, 1), 4, _at(1)),
    "arctan": Function(increasing(np.arctan), 3, _at(0)),
    "arctan2": Function(images.angle, 4),
    "sinh": Function(increasing(np.sinh), 4, _at(0)),
    "cosh": Function(even(np.cosh), 4, _at(0)),
    "tanh": Function(increasing(np.tanh), 6, _at(0)),
    "arcsinh": Function(increasing(np.arcsinh), 4, _at(0)),
    "arccosh": Function(increasing(np.arccosh, low=1), 4, _at(1)),
    "arctanh": Function(increasing(np.arctanh, -1, 1), 4, _at(0)),
    "power": Function(images.power, 3, _power_is_plain),
    "hypot": Function(images.longer_side, 2),
    "cbrt": Function(increasing(np.cbrt), 4),
    "deg2rad": Function(increasing(np.deg2rad), 2),
    "rad2deg": Function(increasing(np.rad2deg), 2),
    "logaddexp2": Function(lambda x1, x2: corners(np.logaddexp2, x1, x2), 4),
}
"""By the name of NumPy's ufunc; by that of the op where NumPy has no such function."""
