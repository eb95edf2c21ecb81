"""The images of intervals under functions of one and of two real operands, without any framework's rounding."""

import math
from collections.abc import Callable

import numpy as np

from reference_engine.enclosure.formats import WIDE, Bound
from reference_engine.enclosure.interval import (
    Interval,
    absolute,
    anything,
    between,
    certain,
    chosen,
    corners,
    negated,
    point,
    settled,
    unless_anything,
)

Image = Callable[[Interval], Interval]
PI = WIDE("3.14159265358979323846264338327950288")


def increasing(function: Callable[[Bound], Bound], low: float = -math.inf, high: float = math.inf) -> Image:
    """The image of an increasing function whose domain is from `low` to `high`: outside is NaN."""

    def image(x: Interval) -> Interval:
        outside = (x.upper < low) | (x.lower > high)
        return unless_anything(settled(function(x.lower), function(x.upper), outside | certain(x)), x)

    return image


def decreasing(function: Callable[[Bound], Bound], low: float = -math.inf, high: float = math.inf) -> Image:
    rising = increasing(lambda x: -function(x), low, high)
    return lambda x: negated(rising(x))


def even(function: Callable[[Bound], Bound]) -> Image:
    """The image of an even function that increases from 0 on."""
    return lambda x: increasing(function)(absolute(x))


def sine(x: Interval) -> Interval:
    """The extremes are at the ends, or 1 and -1 where the interval holds a crest or a trough."""
    return _wave(np.sin, x, WIDE(0.5))


def cosine(x: Interval) -> Interval:
    return _wave(np.cos, x, WIDE(0))


def _wave(function: Callable[[Bound], Bound], x: Interval, crest: Bound) -> Interval:
    """A wave of period 2 pi with its crest at `crest` times pi."""
    if np.all(x.is_point | x.is_nan):
        return point(function(x.lower))
    first, last = function(x.lower), function(x.upper)
    lower, upper = np.minimum(first, last), np.maximum(first, last)
    upper = np.where(_holds_multiple(x, crest, 2), 1, upper)
    lower = np.where(_holds_multiple(x, crest + 1, 2), -1, lower)
    unbounded = ~certain(x) & (np.isinf(x.lower) | np.isinf(x.upper))
    return chosen(unbounded, anything(()), Interval(lower, upper))


def _holds_multiple(x: Interval, offset: Bound, period: int) -> Bound:
    """Whether an interval holds (offset + period k) pi for a whole k; where that is doubtful, it does."""
    turns_below = (x.lower / PI - offset) / period
    turns_above = (x.upper / PI - offset) / period
    doubt = np.finfo(WIDE).eps * 4 * (1 + np.abs(turns_above))
    return np.ceil(turns_below - doubt) <= np.floor(turns_above + doubt)


def tangent(x: Interval) -> Interval:
    """Increasing between its poles; anything across one."""
    across = ~certain(x) & (_holds_multiple(x, WIDE(0.5), 1) | np.isinf(x.lower) | np.isinf(x.upper))
    return chosen(across, anything(()), Interval(np.tan(x.lower), np.tan(x.upper)))


def power(x1: Interval, x2: Interval) -> Interval:
    """x1 to the power x2: monotone in either on each side of 0.

    A negative base has a power for whole exponents only, which are then points; but -inf has all.
    """
    result = corners(np.power, x1, x2)
    if not (x1.lower < 0).any():
        return result
    whole_exponent = x2.is_point & (x2.lower == np.rint(x2.lower))
    are_finite = np.isfinite(x1.lower) & np.isfinite(x2.lower)
    certainly_nan = (x1.upper < 0) & x2.is_point & ~whole_exponent & are_finite
    turning = x1.straddles_zero & whole_exponent & (x2.lower > 0) & (np.fmod(x2.lower, 2) == 0)
    result = Interval(np.where(turning, WIDE(0), result.lower), result.upper)
    unknown = (x1.lower < 0) & ~certain(x1, x2) & (~whole_exponent | (x1.straddles_zero & (x2.lower < 0)))
    result = chosen(unknown, anything(()), result)
    return chosen(certainly_nan, point(np.nan), result)


def angle(x1: Interval, x2: Interval) -> Interval:
    """The angle of the point (x2, x1): monotone along the sides of a box that holds neither the origin nor the cut."""
    across = ~certain(x1, x2) & (x2.lower <= 0) & (x1.lower <= 0) & (x1.upper >= 0)
    across &= ~(x1.is_point & (x2.upper < 0))
    everywhere = between(float(-PI) * (1 + 1e-15), float(PI) * (1 + 1e-15), ())
    return unless_anything(chosen(across, everywhere, corners(np.arctan2, x1, x2)), x1, x2)


def longer_side(x1: Interval, x2: Interval) -> Interval:
    """The hypotenuse."""
    return corners(np.hypot, absolute(x1), absolute(x2))
