"""Sums of several terms, in any order."""

from collections.abc import Sequence

import numpy as np

from reference_engine.enclosure.arithmetic import OPERATIONS, real_operation
from reference_engine.enclosure.enclosed import Enclosed, Pair, Terms
from reference_engine.enclosure.formats import Bound, Format
from reference_engine.enclosure.interval import Interval, added, settled
from reference_engine.enclosure.rounding import CORRECT, grain, rounded_sum
from reference_engine.enclosure.scales import scale

Axes = int | tuple[int, ...] | None


def added_in_any_order(
    one: Interval | Pair | Terms, other: Interval | Pair | Terms, target: Format
) -> tuple[Interval, Pair | Terms]:
    """The sum of two, of which one may be a sum itself: bounds for every order, and its terms.

    Contributions to a cotangent arrive in an order that is each framework's own.
    """
    if isinstance(one, Interval) and isinstance(other, Interval):
        return real_operation(OPERATIONS["add"], [one, other], target), Pair(one, other)
    terms = _with(_terms(one), _terms(other))
    return rounded_sum(*terms[:3], _ulps(terms.number), target), terms


def _terms(value: Interval | Pair | Terms) -> Terms:
    if isinstance(value, Terms):
        return value
    if isinstance(value, Pair):
        return _with(_terms(value.one), _terms(value.other))
    return Terms(value, value.largest, np.where(value.is_point, grain(value.lower), 0), 1)


def _with(first: Terms, second: Terms) -> Terms:
    return Terms(
        added(first.total, second.total),
        first.magnitude + second.magnitude,
        np.minimum(first.grain, second.grain),
        first.number + second.number,
    )


def summed(x: Enclosed, axis: Axes, keepdims: bool) -> Enclosed:
    """The sum over axes."""
    scales = np.asarray(np.sum(scale(x), axis=axis, keepdims=keepdims))
    return x.with_parts([_sum_of_part(part, axis, keepdims, x.format) for part in x.parts], scales)


def _sum_of_part(part: Interval, axis: Axes, keepdims: bool, target: Format) -> Interval:
    def over(bound: Bound) -> Bound:
        return np.asarray(np.sum(bound, axis=axis, keepdims=keepdims))

    undefined = np.any(part.is_nan, axis=axis, keepdims=keepdims)
    infinite_points = np.all(part.is_point | ~np.isinf(part.largest), axis=axis, keepdims=keepdims)
    total = settled(over(part.lower), over(part.upper), np.asarray(undefined | infinite_points))
    magnitude = over(part.largest)
    count = part.lower.size // max(magnitude.size, 1)
    if count < 2:
        return total
    unit = np.min(np.where(part.is_point, grain(part.lower), 0), axis=axis, keepdims=keepdims)
    return rounded_sum(total, magnitude, unit, _ulps(count), target)


def _ulps(count: int) -> float:
    """What adding up so many terms costs, in ulps of the sum of their absolute values."""
    return (count - 1) * CORRECT


def running_sum(x: Enclosed, axis: int) -> Enclosed:
    """The sums of the elements up to each."""
    length = x.shape[axis]
    upto = [summed(_first(x, count, axis), axis, True) for count in range(1, length + 1)]
    return joined(upto, axis) if upto else x.copy()


def _first(x: Enclosed, count: int, axis: int) -> Enclosed:
    return x.mapped(lambda bound: np.moveaxis(np.moveaxis(bound, axis, 0)[:count], 0, axis))


def joined(arrays: Sequence[Enclosed], axis: int) -> Enclosed:
    """Joined along an axis that they have."""
    parts = [
        Interval(
            np.concatenate([array.parts[position].lower for array in arrays], axis),
            np.concatenate([array.parts[position].upper for array in arrays], axis),
        )
        for position in range(len(arrays[0].parts))
    ]
    return arrays[0].with_parts(parts, np.concatenate([scale(array) for array in arrays], axis))
