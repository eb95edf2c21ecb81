"""Powers and roots."""

import numpy as np

from reference_engine.dtypes import SCALARS
from reference_engine.op import Array, op
from reference_engine.ops.exponential import log
from reference_engine.ops.selection import where
from reference_engine.variable import value_of


@op
def pow(x1: Array, x2: Array) -> Array:  # noqa: A001 -- the array API's name
    """x1 to the power x2.  d/dx1 = x2 x1^(x2-1), d/dx2 = y log(x1) (DLMF 4.2.26).

    For x2 = 0 the function is constant in x1, so that derivative is 0 even at x1 = 0. For x1 = 0 and x2 > 0 it is
    constant in x2, so that derivative is 0; at 0^0 it is 0 by the same formula, a limit from the right along x1 = 0
    does not exist. For x1 < 0 the derivative in x2 is NaN.
    """
    return x1**x2


@pow.derivative("x1")
def _(g: Array, x1: Array, x2: Array) -> Array:
    if type(x2) in SCALARS:  # a constant exponent: no case of it depends on the element
        return g * (x2 * x1 ** (x2 - 1)) if x2 != 0 else np.zeros(np.shape(x1))
    is_zero_to_the_zero = (value_of(x1) == 0) & (value_of(x2) == 0)
    return g * (x2 * x1 ** where(is_zero_to_the_zero, 1, x2 - 1))


@pow.derivative("x2")
def _(g: Array, y: Array, x1: Array) -> Array:
    return g * y * log(where(x1 == 0, 1, x1))


@op
def square(x: Array) -> Array:
    """x * x.  dy/dx = 2 x."""
    return np.square(x)


@square.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * (2 * x)


@op
def sqrt(x: Array) -> Array:
    """The square root.  dy/dx = 1 / (2 y).  At 0: infinite, the limit from the right."""
    return np.sqrt(x)


@sqrt.derivative("x")
def _(g: Array, y: Array) -> Array:
    return g / (2 * y)
