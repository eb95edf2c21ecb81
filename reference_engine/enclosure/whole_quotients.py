"""Images of division with a remainder."""

import numpy as np

from reference_engine.enclosure.formats import WIDE, Format
from reference_engine.enclosure.images import increasing
from reference_engine.enclosure.interval import (
    Interval,
    anything,
    certain,
    chosen,
    divided,
    hull,
    multiplied,
    point,
    subtracted,
)
from reference_engine.enclosure.rounding import CORRECT, rounded

_floor = increasing(np.floor)


def whole_quotient(x1: Interval, x2: Interval) -> Interval:
    """The largest integer not above x1 / x2, without rounding the quotient first."""
    between = _floor(divided(x1, x2))
    return chosen(certain(x1, x2), point(np.floor_divide(x1.lower, x2.lower)), between)


def rest(x1: Interval, x2: Interval, target: Format) -> Interval:
    """x1 - x2 floor(x1 / x2), correctly rounded; what lies between 0 and x2 where the integer is not certain."""
    exact = np.remainder(x1.lower, x2.lower)
    of_points = rounded(point(exact), target, CORRECT, unrounded=target.holds(exact))
    times = whole_quotient(x1, x2)
    linear = rounded(_doubtful(subtracted(x1, multiplied(times, x2)), x1), target, CORRECT)
    known = times.is_point & np.isfinite(x1.largest) & np.isfinite(x2.largest)
    result = chosen(known, linear, chosen(np.isfinite(times.largest), hull(point(0.0), x2), anything(())))
    return chosen(certain(x1, x2), of_points, result)


def _doubtful(difference: Interval, x1: Interval) -> Interval:
    """Widened by the rounding of a difference from x1 in `WIDE`."""
    doubt = 4 * np.finfo(WIDE).eps * x1.largest
    return Interval(difference.lower - doubt, difference.upper + doubt)
