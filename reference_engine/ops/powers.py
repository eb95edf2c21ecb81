"""Powers and roots."""

import math

import numpy as np

from reference_engine.dtypes import SCALARS
from reference_engine.foreign import as_array
from reference_engine.op import Array, op
from reference_engine.ops.exponential import log
from reference_engine.ops.masking import masked, masked_in_roots
from reference_engine.ops.selection import equals, where
from reference_engine.semantics import current
from reference_engine.variable import value_of


@op
def pow(x1: Array, x2: Array) -> Array:  # noqa: A001 -- the array API's name
    """x1 to the power x2.  d/dx1 = x2 x1^(x2-1) (DLMF 4.7.10), d/dx2 = y log(x1) (4.7.9).

    For x2 = 0 the function is constant in x1, so that derivative is 0 even at x1 = 0: `pow_exponent_zero`. For x1 = 0
    and x2 > 0 it is constant in x2, so that derivative is 0; at 0^0 it is 0 by the same formula, a limit from the right
    along x1 = 0 does not exist: `pow_base_zero`. For x1 < 0 the derivative in x2 is NaN: `pow_negative_base`.
    """
    return x1**x2


@pow.derivative("x1")
def _(g: Array, x1: Array, x2: Array) -> Array:
    if type(x2) in SCALARS:  # a constant exponent: no case of it depends on the element
        if x2 == 0 and _is_flat_at_zero(x2):
            return np.zeros(np.shape(x1))
        return masked(g, g * (x2 * x1 ** (x2 - 1 if x2 else -1.0)))  # an array of integers takes no power of -1
    exponent = x2 - 1
    if _is_flat_at_zero(x2):
        exponent = where((value_of(x1) == 0) & (value_of(x2) == 0), 1, exponent)
    return masked(g, g * (x2 * x1**exponent))


def _is_flat_at_zero(exponent: Array) -> bool:
    """Whether x^0 has the derivative 0 at x = 0 for an exponent of this dtype, and is no case of the formula."""
    option = current().pow_exponent_zero
    return option == "zero" or (option == "nan_unless_integer" and as_array(value_of(exponent)).dtype.kind in "biu")


@pow.derivative("x2")
def _(g: Array, y: Array, x1: Array) -> Array:
    return masked(g, g * y * log(where(_without_logarithm(value_of(x1), value_of(y)), 1, x1)))


def _without_logarithm(base: Array, power: Array) -> Array:
    """Where the logarithm of the base is read as 0."""
    options = current()
    left_out = as_array(base == 0)
    if options.pow_base_zero == "formula":
        left_out = np.zeros_like(left_out)
    elif options.pow_base_zero == "zero_or_infinite":
        left_out = left_out & np.isfinite(power)
    if options.pow_negative_base == "zero" and not np.iscomplexobj(base):
        left_out = left_out | (base < 0)
    return left_out


@op
def square(x: Array) -> Array:
    """x * x.  dy/dx = 2 x."""
    return np.square(x)


@square.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * (2 * x)


@op
def sqrt(x: Array) -> Array:
    """The square root.  dy/dx = 1 / (2 y).  At 0, where the limit from the right is infinite: `sqrt_at_zero`."""
    return np.sqrt(x)


@sqrt.derivative("x")
def _(g: Array, y: Array) -> Array:
    cotangent = g / (2 * y)
    option = current().sqrt_at_zero
    if option != "infinite":
        cotangent = where(equals(y, 0), {"zero": 0.0, "nan": math.nan}[option], cotangent)
    return masked_in_roots(g, cotangent)


@op
def hypot(x1: Array, x2: Array) -> Array:
    """sqrt(x1^2 + x2^2) without overflow.  d/dx1 = x1 / y.  At (0, 0), the tip of a cone: `hypot_at_zero`."""
    return np.hypot(x1, x2)


@hypot.derivative("x1")
def _(g: Array, y: Array, x1: Array) -> Array:
    return _leg(g, y, x1)


@hypot.derivative("x2")
def _(g: Array, y: Array, x2: Array) -> Array:
    return _leg(g, y, x2)


def _leg(g: Array, y: Array, x: Array) -> Array:
    """The cotangent of one leg of the right triangle with hypotenuse y."""
    cotangent = g * (x / y)
    option = current().hypot_at_zero
    if option != "nan":
        cotangent = where(equals(y, 0), g * {"zero": 0.0, "half": 0.5}[option], cotangent)
    return masked_in_roots(g, cotangent)
