"""Choosing between values, and other functions with kinks."""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.casting import conj
from reference_engine.semantics import current
from reference_engine.variable import Value, value_of


@op
def where(condition: Array, x1: Array, x2: Array) -> Array:
    """x1 where the condition holds, else x2.  Each gets the cotangent where it was chosen, and 0 elsewhere.

    The 0 is exact whatever the cotangent, but it does not stop NaN: a branch that is not chosen still multiplies it
    with its own derivative, and 0 times infinity is NaN.
    """
    return np.where(condition, x1, x2)


@where.derivative("x1")
def _(g: Array, condition: Array) -> Array:
    return where(condition, g, 0)


@where.derivative("x2")
def _(g: Array, condition: Array) -> Array:
    return where(condition, 0, g)


@op
def maximum(x1: Array, x2: Array) -> Array:
    """The larger of two, element by element.  The larger gets the cotangent; of equal ones: `maximum_ties`.

    NaN is larger than anything.
    """
    return np.maximum(x1, x2)


@op
def minimum(x1: Array, x2: Array) -> Array:
    """The smaller of two, element by element.  The smaller gets the cotangent; of equal ones: `maximum_ties`.

    NaN is smaller than anything.
    """
    return np.minimum(x1, x2)


@maximum.derivative("x1")
@minimum.derivative("x1")
def _(g: Array, y: Array, x1: Array, x2: Array) -> Array:
    share = {"split": 0.5, "first": 1.0, "second": 0.0}[current().maximum_ties]
    return where(equals(x1, y), where(equals(x2, y), g * share, g), 0)


@maximum.derivative("x2")
@minimum.derivative("x2")
def _(g: Array, y: Array, x1: Array, x2: Array) -> Array:
    share = {"split": 0.5, "first": 0.0, "second": 1.0}[current().maximum_ties]
    return where(equals(x2, y), where(equals(x1, y), g * share, g), 0)


def equals(x: Array, y: Array) -> Value:
    """Where x is y, and where both are NaN: as a plain array, also for variables."""
    x, y = value_of(x), value_of(y)
    return np.asarray((x == y) | ((x != x) & (y != y)))


@op
def clip(x: Array, *, min: float | None = None, max: float | None = None) -> Array:  # noqa: A002 -- array API names
    """x limited to [min, max]; None is no limit.  dy/dx = 1 inside, the bounds included, and 0 outside."""
    return np.positive(x) if min is None and max is None else np.clip(x, min, max)


@clip.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    return where(x == y, g, 0)


@op
def abs(x: Array) -> Array:  # noqa: A001 -- the array API's name
    """The absolute value.  dy/dx = sign(x), for complex x its conjugate.  At 0: 0, the middle of [-1, 1]."""
    return np.absolute(x)


@abs.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * conj(sign(x))


@op
def sign(x: Array) -> Array:
    """-1, 0 or 1; x / abs(x) for complex x.  dy/dx = 0 for real x, at 0 as well, where there is no derivative.

    For complex x, y turns with x: dy = (dx - y^2 conj(dx)) / (2 abs(x)). At 0: 0.
    """
    return np.sign(x)


@sign.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    if x.dtype.kind != "c":
        return np.zeros(x.shape)
    return where(x == 0, 0, (g - conj(g * y * y)) / (2 * abs(x)))


@op
def floor(x: Array) -> Array:
    """The largest integer not above x.  dy/dx = 0, at integers as well, where there is no derivative."""
    return np.floor(x)


@floor.derivative("x")
def _(g: Array, x_shape: tuple[int, ...]) -> Array:
    return np.zeros(x_shape)
