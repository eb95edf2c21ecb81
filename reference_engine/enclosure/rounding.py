"""What a framework's rounding may make of an exact result.

How far from it each op may be is declared beside the op (`arithmetic`, `functions`, `sums`), as one of

    CORRECT             correctly rounded: the nearest number, half an ulp (IEEE 754: + - * / and the square root)
    k ulps              what libraries of functions promise, the vectorised ones too
    a sum of n terms    in any order: n - 1 roundings of at most the sum of the absolute values
                        (Higham, Accuracy and Stability of Numerical Algorithms, section 4.2)

Not rounding at all is always allowed for: a fused multiply-add, or float16 computed in float32. So is a result below
the normal numbers that is flushed to 0.
"""

from typing import Any

import numpy as np

from reference_engine.enclosure.formats import WIDE, Bound, Format
from reference_engine.enclosure.interval import Interval, anything, chosen

CORRECT = 0.5
"""Ulps of an op that is correctly rounded."""
WIDE_ULPS = 16 * np.finfo(WIDE).eps
"""The relative error of a bound: functions of the C library's long double are off by some of its ulps."""


def rounded(exact: Interval, target: Format, ulps: float, *, unrounded: Any = False) -> Interval:
    """What may stand for `exact` after a rounding by at most `ulps`, half an ulp or more. It keeps the sign.

    `unrounded` says which elements need none: points that are in the format, and that every order of computing gives.
    """
    lower, upper = exact
    below = _spread(lower, target, ulps)
    above = below if upper is lower else _spread(upper, target, ulps)
    return limited(exact, below, above, target, unrounded)


def limited(exact: Interval, below: Bound, above: Bound, target: Format, unrounded: Any) -> Interval:
    """`exact` widened by these amounts, with what happens beyond the largest and below the smallest normal number."""
    lower = np.where(unrounded | np.isinf(exact.lower), exact.lower, exact.lower - below)
    upper = np.where(unrounded | np.isinf(exact.upper), exact.upper, exact.upper + above)
    sizes, others = np.abs(lower), np.abs(upper)
    smallest, threshold = target.smallest_normal, target.overflow
    ordinary = (sizes >= smallest) & (sizes < threshold) & (others >= smallest) & (others < threshold)
    if ordinary.all():
        return Interval(lower, upper)
    return _overflown(*_flushed(lower, upper, smallest), target)


def _spread(bound: Bound, target: Format, ulps: float) -> Bound:
    size = np.abs(bound)
    return np.minimum(_units(size, target, ulps) + size * WIDE_ULPS, size)


def _units(size: Bound, target: Format, ulps: float) -> Bound:
    """So many ulps; their own doubled where they reach the next power of two, from where on ulps are larger.

    What is between the bounds may be there, where this one is below.
    """
    return target.ulp(size * (1 + WIDE(ulps) * WIDE(2) ** (1 - target.precision))) * WIDE(ulps)


def _flushed(lower: Bound, upper: Bound, smallest: Any) -> tuple[Bound, Bound]:
    """Numbers below the normal ones may become 0."""
    return (
        np.where((lower > 0) & (lower < smallest), WIDE(0), lower),
        np.where((upper < 0) & (upper > -smallest), WIDE(-0.0), upper),
    )


def _overflown(lower: Bound, upper: Bound, target: Format) -> Interval:
    """Numbers from the threshold on become infinite, where no wider format may hold them."""
    threshold, infinite = target.overflow, WIDE(np.inf)
    surely = infinite if target.is_widened else threshold
    lower = np.where(lower <= -threshold, -infinite, np.where(lower >= surely, infinite, lower))
    upper = np.where(upper >= threshold, infinite, np.where(upper <= -surely, -infinite, upper))
    return Interval(lower, upper)


def spread_at(magnitude: Bound, target: Format, ulps: float) -> Bound:
    """Some ulps at a magnitude that is not the result's own; infinite where that is."""
    roundings = max(ulps / CORRECT, 1)
    spread = _units(magnitude, target, ulps) + magnitude * (WIDE_ULPS * roundings)
    return np.where(np.isfinite(magnitude), spread, np.inf)


def rounded_sum(total: Interval, magnitude: Bound, unit: Bound, ulps: float, target: Format) -> Interval:
    """A sum that is off by some ulps of `magnitude`, the sum of the terms' absolute values.

    Nothing is rounded where all terms are multiples of a `unit` that the format has up to there. Where a part of the
    terms alone may overflow, and others have the other sign, the order decides about everything.
    """
    spread = spread_at(magnitude, target, ulps)
    result = limited(total, spread, spread, target, total.is_point & (unit >= target.ulp(magnitude)))
    may_overflow = (magnitude >= target.overflow) & (total.largest < magnitude)
    return chosen(may_overflow & ~total.is_nan, anything(()), result) if np.any(may_overflow) else result


def grain(value: Bound) -> Bound:
    """The largest power of two that the number is a multiple of; infinite for 0, 0 where it is unknown."""
    fraction, exponent = np.frexp(value)
    # The significand as a pair of integers below 2^32, because int64 holds no 64 bits and a sign.
    high = np.floor(np.abs(fraction) * 2.0**32)
    rest = (np.abs(fraction) * WIDE(2) ** 32 - high) * 2.0**32
    low = np.floor(rest)
    finite = np.isfinite(value) & (low == rest)  # a long double of more than 64 bits may have a finer grain
    high_bit, low_bit = _lowest_bit(np.where(finite, high, 0)), _lowest_bit(np.where(finite, low, 0))
    unit = np.where(low_bit > 0, np.ldexp(low_bit, exponent - 64), np.ldexp(high_bit, exponent - 32))
    return np.where(finite, np.where(value == 0, np.inf, unit), 0)


def _lowest_bit(integral: Bound) -> Bound:
    bits = integral.astype(np.int64)
    return (bits & -bits).astype(WIDE)
