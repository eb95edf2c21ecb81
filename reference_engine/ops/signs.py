"""Signs that go from one number to another."""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.selection import slope_of_abs, where
from reference_engine.ops.shape import along
from reference_engine.variable import value_of


@op
def copysign(x1: Array, x2: Array) -> Array:
    """The size of x1 with the sign of x2, which -0 and NaN have too.  d/dx1 = sign(x1) copysign(1, x2), d/dx2 = 0.

    At x1 = 0: `abs_at_zero`; at NaN: `abs_at_nan`; for it is abs(x1) copysign(1, x2). Where x2 is 0 it jumps.
    """
    return np.copysign(x1, x2)


@copysign.derivative("x1")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return g * (slope_of_abs(x1) * copysign(1.0, value_of(x2)))


@copysign.derivative("x2")
def _(g: Array, x2_shape: tuple[int, ...]) -> Array:
    return np.zeros(x2_shape)


def pointing_forward(vectors: Array, *, axis: int) -> Array:
    """Vectors along an axis, each with the sign that makes its first component not negative.

    The sign is a constant to differentiation. It jumps where the first component is 0.
    """
    first = value_of(vectors)[along(axis, slice(1), vectors.ndim)]
    return where(first < 0, -vectors, vectors)
