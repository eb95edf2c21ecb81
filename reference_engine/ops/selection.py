"""Choosing between values, and other functions with kinks."""

import math

import numpy as np

from reference_engine.foreign import as_array
from reference_engine.op import Array, op
from reference_engine.ops.casting import conj
from reference_engine.ops.steps import step
from reference_engine.semantics import current, default
from reference_engine.variable import Value, value_of


@op
def where(condition: Array, x1: Array, x2: Array) -> Array:
    """x1 where the condition holds, else x2.  Each gets the cotangent where it was chosen, and 0 elsewhere.

    The 0 is exact whatever the cotangent, but it does not stop NaN: a branch that is not chosen still multiplies it
    with its own derivative, and 0 times infinity is NaN, unless `masked_infinity` says otherwise.
    """
    return np.where(condition, x1, x2)


@where.derivative("x1")
def _(g: Array, condition: Array) -> Array:
    return where(condition, g, 0)


@where.derivative("x2")
def _(g: Array, condition: Array) -> Array:
    return where(condition, 0, g)


def let_through(mask: Value, g: Array, dimension: str) -> Array:
    """The cotangent where the mask holds, else 0, or 0 times the cotangent: what `dimension` says of infinity.

    The two differ where the cotangent is infinite or NaN, so nothing is asked where it is not; or may be, in a pass
    that is recorded.
    """
    options = current()
    may_be_infinite = options is not default() and (type(g) is not np.ndarray or not np.isfinite(g).all())
    if may_be_infinite and getattr(options, dimension) == "spreads":
        return g * mask.astype(g.dtype)
    return where(mask, g, 0)


@op
def maximum(x1: Array, x2: Array) -> Array:
    """The larger of two, element by element.  The larger gets the cotangent; of equal ones: `maximum_ties`.

    NaN is larger than anything, and gets the cotangent: `maximum_with_nan`.  The other one: `infinity_at_maximum`.
    """
    return np.maximum(x1, x2)


@op
def minimum(x1: Array, x2: Array) -> Array:
    """The smaller of two, element by element.  The smaller gets the cotangent; of equal ones: `maximum_ties`.

    NaN is smaller than anything, and gets the cotangent: `minimum_with_nan`.  The other one: `infinity_at_minimum`.
    """
    return np.minimum(x1, x2)


@maximum.derivative("x1")
def _(g: Array, y: Array, x1: Array, x2: Array) -> Array:
    return _selected(g, y, x1, x2, current().maximum_with_nan, "infinity_at_maximum", is_first=True)


@maximum.derivative("x2")
def _(g: Array, y: Array, x1: Array, x2: Array) -> Array:
    return _selected(g, y, x2, x1, current().maximum_with_nan, "infinity_at_maximum", is_first=False)


@minimum.derivative("x1")
def _(g: Array, y: Array, x1: Array, x2: Array) -> Array:
    return _selected(g, y, x1, x2, current().minimum_with_nan, "infinity_at_minimum", is_first=True)


@minimum.derivative("x2")
def _(g: Array, y: Array, x1: Array, x2: Array) -> Array:
    return _selected(g, y, x2, x1, current().minimum_with_nan, "infinity_at_minimum", is_first=False)


def _selected(g: Array, y: Array, x: Array, other: Array, with_nan: str, at_infinity: str, *, is_first: bool) -> Array:
    """The cotangent of one operand of the two that y was chosen from; `at_infinity` is a dimension."""
    share = _share(current().maximum_ties, is_first=is_first)
    is_chosen, is_tie = equals(x, y), equals(other, y)
    if share == 0:
        is_chosen = is_chosen & ~is_tie
    cotangent = where(is_tie, g * share, g)
    if with_nan != "to_nan":
        is_nan, share = np.isnan(value_of(y)), _share(with_nan, is_first=is_first)
        is_chosen = np.where(is_nan, share > 0, is_chosen)
        cotangent = where(is_nan, g * share, cotangent)
    return let_through(is_chosen, cotangent, at_infinity)


def _share(option: str, *, is_first: bool) -> float:
    """What an operand gets of the cotangent where the two are equal, or one is NaN."""
    return {"split": 0.5, "both": 1.0, "neither": 0.0, "first": float(is_first), "second": float(not is_first)}[option]


def equals(x: Array, y: Array) -> Value:
    """Where x is y, and where both are NaN: as a plain array, also for variables."""
    x, y = value_of(x), value_of(y)
    same: Value = as_array((x == y) | ((x != x) & (y != y)))
    return same


@op
def clip(x: Array, *, min: float | None = None, max: float | None = None) -> Array:  # noqa: A002 -- array API names
    """x limited to [min, max]; None is no limit.  dy/dx = 1 inside, 0 outside; at the bounds: `clip_at_bounds`.

    Where min is above max, y is max everywhere, and dy/dx = 0; so where they are equal: `clip_with_equal_bounds`.
    Of an infinite cotangent: `infinity_at_clip`.
    """
    return np.positive(x) if min is None and max is None else np.clip(x, min, max)


@clip.derivative("x")
def _(g: Array, y: Array, x: Array, min: float | None, max: float | None) -> Array:  # noqa: A002
    option = current().clip_at_bounds
    if option != "passes":
        at_min, at_max = _AT_BOUNDS[option]
        value = value_of(x)
        passing = np.where(value == min, at_min, 1.0) * np.where(value == max, at_max, 1.0)
        g = g * passing.astype(g.dtype)
    passing = np.full(x.shape, False) if _is_constant(min, max) else value_of(x) == value_of(y)
    return let_through(passing, g, "infinity_at_clip")


def _is_constant(min: float | None, max: float | None) -> bool:  # noqa: A002
    """Whether clip gives the same number for every x."""
    if min is None or max is None or min < max:
        return False
    return min > max or current().clip_with_equal_bounds == "constant"


_AT_BOUNDS = {"blocked": (0.0, 0.0), "half": (0.5, 0.5), "lower": (1.0, 0.0), "upper": (0.0, 1.0)}
"""What passes at the two bounds, by options of `clip_at_bounds`."""


@op
def abs(x: Array) -> Array:  # noqa: A001 -- the array API's name
    """The absolute value.  dy/dx = sign(x), for complex x its conjugate.  At 0: `abs_at_zero`; 0 for complex x.

    At NaN: `abs_at_nan`.
    """
    return np.absolute(x)


@abs.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * slope_of_abs(x)


def slope_of_abs(x: Array) -> Array:
    """The derivative of the absolute value."""
    slope = conj(sign.recorded(x))
    option = current().abs_at_zero
    if option != "middle" and x.dtype.kind != "c":
        slope = where(value_of(x) == 0, {"left": -1.0, "right": 1.0, "nan": math.nan}[option], slope)
    at_nan = current().abs_at_nan
    if at_nan != "nan" and x.dtype.kind != "c":
        slope = where(np.isnan(value_of(x)), {"zero": 0.0, "left": -1.0}[at_nan], slope)
    return slope


@step("sign_gradient")
def sign(x: Array) -> Array:
    """-1, 0 or 1; x / abs(x) for complex x.  dy/dx = 0 for real x: `sign_gradient`.  At 0: `sign_at_zero`.

    For complex x, y turns with x: dy = (dx - y^2 conj(dx)) / (2 abs(x)). At 0: 0.
    """
    return np.sign(x)


@sign.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    if x.dtype.kind == "c":
        return where(x == 0, 0, (g - conj(g * y * y)) / (2 * abs(x)))
    if current().sign_at_zero == "nan":
        return np.where(value_of(x) == 0, math.nan, 0.0)
    return np.zeros(x.shape)
