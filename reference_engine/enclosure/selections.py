"""Rules that pick elements: by the engine's own rule where it is certain which, and else all that may be.

The bounds of an element and of the extremum that it is overlap, so from them nobody can see that the two are equal.
The operands' own bounds tell; and the engine's rule is shown numbers in their stead, one within the bounds of each.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from reference_engine.enclosure.axes import kept
from reference_engine.enclosure.enclosed import Enclosed
from reference_engine.enclosure.formats import WIDE, Bound, format_of
from reference_engine.enclosure.interval import Interval, point
from reference_engine.ops.casting import cast
from reference_engine.ops.reductions import axes_of
from reference_engine.ops.selection import where
from reference_engine.variable import value_of

Saved = tuple[Any, ...]
Apply = Callable[[Any, Saved], Any]
"""The engine's rule, on what is saved: the output, the operands, the parameters."""
Selection = Callable[[Apply, Any, Saved], Any]


def bounds_of(x: Any) -> Interval:
    """The bounds of the real numbers of a variable or an array."""
    x = value_of(x)
    return x.parts[0] if isinstance(x, Enclosed) else point(x)


def inside(x: Interval) -> Bound:
    """A number within the bounds."""
    return np.where(x.is_point | x.is_nan, x.lower, (x.lower + x.upper) / 2)


def in_own_dtype(result: Any, g: Any, *operands: Any) -> Any:
    """What a rule gave for numbers that stand in for `operands`, in the dtype that it gives for themselves."""
    dtype = np.result_type(*(value_of(one).dtype for one in (g, *operands)))
    return cast(result, dtype=dtype) if value_of(result).dtype == WIDE else result


def _part_of(g: Any) -> Any:
    """Nothing, all of the cotangent, or a share of it."""
    value = value_of(g)
    unknown = Interval(np.zeros(value.shape, WIDE), np.ones(value.shape, WIDE))
    return where(Enclosed([unknown], np.dtype(np.bool_), format_of(value.dtype)), g, 0)


def _extremum(sign: int) -> Selection:
    """The rule of the maximum (1) or the minimum (-1) over axes."""

    def select(apply: Apply, g: Any, saved: Saved) -> Any:
        y, x, axis, *others = saved
        bounds = bounds_of(x)
        axes = axes_of(axis, bounds.lower.ndim)
        low, high = (bounds.lower, bounds.upper) if sign > 0 else (-bounds.upper, -bounds.lower)
        possible = ~(high < np.max(low, axis=axes, keepdims=True))
        known = bounds.is_point | bounds.is_nan
        tied = np.all(~possible | known, axis=axes, keepdims=True)
        sure = tied | (np.sum(possible, axis=axes, keepdims=True) == 1)
        numbers = inside(bounds)
        extremum = np.reshape((np.max if sign > 0 else np.min)(numbers, axis=axes), np.shape(value_of(y)))
        result = in_own_dtype(apply(g, (extremum, numbers, axis, *others)), g, x)
        if sure.all():
            return result
        return where(sure, result, where(possible, _part_of(kept(g, bounds.lower.shape, axis)), 0))

    return select


def _of_two(choose: Callable[[Bound, Bound], Bound]) -> Selection:
    """The rule of the larger or the smaller of two."""

    def select(apply: Apply, g: Any, saved: Saved) -> Any:
        _, x1, x2 = saved
        one, other = bounds_of(x1), bounds_of(x2)
        apart = (one.upper < other.lower) | (other.upper < one.lower)
        sure = apart | ((one.is_point | one.is_nan) & (other.is_point | other.is_nan))
        numbers, others = inside(one), inside(other)
        result = in_own_dtype(apply(g, (choose(numbers, others), numbers, others)), g)
        return result if sure.all() else where(sure, result, _part_of(g))

    return select


def _clip(apply: Apply, g: Any, saved: Saved) -> Any:
    _, x, low, high = saved
    bounds = bounds_of(x)
    numbers = inside(bounds)
    limited = numbers if low is None else np.maximum(numbers, low)
    limited = limited if high is None else np.minimum(limited, high)
    sure = bounds.is_point | bounds.is_nan
    for limit in (low, high):
        if limit is not None:
            sure |= (bounds.upper < limit) | (bounds.lower > limit)
    sure |= (low is None) & (high is None)
    result = in_own_dtype(apply(g, (limited, numbers, low, high)), g, x)
    return result if sure.all() else where(sure, result, _part_of(g))


SELECTIONS: dict[str, Selection] = {
    "max": _extremum(1),
    "amax": _extremum(1),
    "min": _extremum(-1),
    "amin": _extremum(-1),
    "max_of_windows": _extremum(1),
    "maximum": _of_two(np.maximum),
    "fmax": _of_two(np.fmax),
    "fmin": _of_two(np.fmin),
    "minimum": _of_two(np.minimum),
    "clip": _clip,
}
"""By op."""
