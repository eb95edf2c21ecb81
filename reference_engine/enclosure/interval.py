"""Arrays of intervals, and arithmetic on them.

An element is the set of outcomes between `lower` and `upper`, infinities included. Two kinds are special:

    NaN, both bounds        NaN and nothing else
    from -inf to inf        anything, NaN too: nothing is known

so what an operation may make NaN, but need not, is anything. Operations enclose the exact result up to the rounding of
`WIDE`, which `rounding` allows for; no rounding of a framework's is in here.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from reference_engine.enclosure.formats import WIDE, Bound

Mask: TypeAlias = Any
"""An array of bool, or one."""


class Interval(NamedTuple):
    """Bounds of each element; both arrays have one shape."""

    lower: Bound
    upper: Bound

    @property
    def is_point(self) -> Mask:
        """Which elements are one number, or one infinity."""
        return np.equal(self.lower, self.upper)

    @property
    def is_nan(self) -> Mask:
        return np.isnan(self.lower)

    @property
    def is_anything(self) -> Mask:
        return (self.lower == -np.inf) & (self.upper == np.inf)

    @property
    def straddles_zero(self) -> Mask:
        return (self.lower < 0) & (self.upper > 0)

    @property
    def largest(self) -> Bound:
        """The largest absolute value."""
        return np.maximum(np.abs(self.lower), np.abs(self.upper))

    @property
    def smallest(self) -> Bound:
        """The smallest absolute value."""
        least = np.minimum(np.abs(self.lower), np.abs(self.upper))
        return np.where(self.straddles_zero, WIDE(0), least)

    def mapped(self, function: Callable[[Bound], Any]) -> "Interval":
        """Both bounds through a function that moves elements: a view, a copy, an increasing function."""
        return Interval(np.asarray(function(self.lower)), np.asarray(function(self.upper)))


def point(value: Any) -> Interval:
    """Exactly these numbers."""
    bound = np.asarray(value, WIDE)
    return Interval(bound, bound)


def between(lower: float, upper: float, shape: tuple[int, ...]) -> Interval:
    """The same interval everywhere."""
    return Interval(np.full(shape, lower, WIDE), np.full(shape, upper, WIDE))


def anything(shape: tuple[int, ...]) -> Interval:
    """Nothing is known."""
    return between(-np.inf, np.inf, shape)


def settled(lower: Bound, upper: Bound, certain: Mask) -> Interval:
    """Bounds that a formula gave, where a NaN is the result only if `certain`, and anything otherwise."""
    undefined = np.isnan(lower) | np.isnan(upper)
    if not undefined.any():
        return Interval(np.asarray(lower), np.asarray(upper))
    nothing_known = undefined & ~certain
    lower = np.where(undefined, WIDE(np.nan), lower)
    upper = np.where(undefined, WIDE(np.nan), upper)
    return Interval(np.where(nothing_known, -np.inf, lower), np.where(nothing_known, np.inf, upper))


def chosen(mask: Any, one: Interval, other: Interval) -> Interval:
    """`one` where the mask holds, else `other`."""
    return Interval(np.where(mask, one.lower, other.lower), np.where(mask, one.upper, other.upper))


def hull(one: Interval, other: Interval) -> Interval:
    """What either gives; NaN and anything else together are anything."""
    lower, upper = np.minimum(one.lower, other.lower), np.maximum(one.upper, other.upper)
    return settled(lower, upper, one.is_nan & other.is_nan)


def certain(*operands: Interval) -> Mask:
    """Where a NaN among results is certain: all operands are points, or one is NaN."""
    points: Any = True
    undefined: Any = False
    for operand in operands:
        points = points & operand.is_point
        undefined = undefined | operand.is_nan
    return np.asarray(points | undefined)


def unless_anything(result: Interval, *operands: Interval) -> Interval:
    """`result`, but anything where an operand is: that might be NaN, which spreads."""
    nothing_known: Any = False
    for operand in operands:
        nothing_known = nothing_known | operand.is_anything
    return chosen(nothing_known, anything(()), result) if np.any(nothing_known) else result


def corners(function: Callable[[Bound, Bound], Bound], x1: Interval, x2: Interval) -> Interval:
    """The image of a function that is monotone in each operand: its extremes are at the corners."""
    if np.all(x1.is_point) and np.all(x2.is_point):
        return point(function(x1.lower, x2.lower))
    values = [function(one, other) for one in x1 for other in x2]
    result = settled(np.min(values, axis=0), np.max(values, axis=0), certain(x1, x2))
    return unless_anything(result, x1, x2)


def added(x1: Interval, x2: Interval) -> Interval:
    return settled(x1.lower + x2.lower, x1.upper + x2.upper, certain(x1, x2))


def negated(x: Interval) -> Interval:
    return Interval(-x.upper, -x.lower)


def subtracted(x1: Interval, x2: Interval) -> Interval:
    return settled(x1.lower - x2.upper, x1.upper - x2.lower, certain(x1, x2))


def multiplied(x1: Interval, x2: Interval) -> Interval:
    return corners(np.multiply, x1, x2)


def divided(x1: Interval, x2: Interval) -> Interval:
    """The quotient; anything where the divisor may have either sign and may be 0.

    A divisor of exactly 0 counts with its sign, as in IEEE 754. An end of an interval that is 0 stands for the limit.
    """
    result = corners(np.divide, x1, x2)
    wrong_side = ((x2.lower == 0) & np.signbit(x2.lower)) | ((x2.upper == 0) & ~np.signbit(x2.upper))
    unknown = x2.straddles_zero | (wrong_side & ~x2.is_point)
    return chosen(unknown & ~x1.is_nan, anything(()), result) if unknown.any() else result


def absolute(x: Interval) -> Interval:
    return unless_anything(Interval(np.where(x.is_nan, x.lower, x.smallest), x.largest), x)


def squared(x: Interval) -> Interval:
    size = absolute(x)
    return unless_anything(Interval(size.lower * size.lower, size.upper * size.upper), x)
