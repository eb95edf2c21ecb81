"""Comparisons and conditions: plain arrays of bool where they are certain, and else enclosed truth, from 0 to 1."""

from collections.abc import Callable
from typing import Any

import numpy as np

from reference_engine.enclosure.enclosed import Enclosed
from reference_engine.enclosure.formats import WIDE, format_of
from reference_engine.enclosure.interval import Interval, Mask

_BOOL = np.dtype(np.bool_)


def decided(surely: Any, possibly: Any, like: Enclosed) -> Any:
    """What is sure to hold, and what may."""
    surely, possibly = np.asarray(surely), np.asarray(possibly)
    if np.array_equal(surely, possibly):
        return surely
    return Enclosed([Interval(surely.astype(WIDE), possibly.astype(WIDE))], _BOOL, like.format)


def bounds_of_truth(condition: Any) -> tuple[Mask, Mask]:
    """Where a condition, plain or enclosed, holds surely and possibly."""
    if not isinstance(condition, Enclosed):
        plain = np.asarray(condition, np.bool_)
        return plain, plain
    part = condition.parts[0]
    return part.lower != 0, part.upper != 0


def less(x1: Enclosed, x2: Enclosed) -> Any:
    one, other = x1.parts[0], x2.parts[0]
    defined = ~(one.is_nan | other.is_nan)
    unknown = one.is_anything | other.is_anything
    return decided(
        (one.upper < other.lower) & ~unknown, ((one.lower < other.upper) & defined) | (unknown & defined), x1
    )


def less_equal(x1: Enclosed, x2: Enclosed) -> Any:
    one, other = x1.parts[0], x2.parts[0]
    unknown = one.is_anything | other.is_anything
    return decided((one.upper <= other.lower) & ~unknown, one.lower <= other.upper, x1)


def equal(x1: Enclosed, x2: Enclosed) -> Any:
    surely: Any = True
    possibly: Any = True
    count = max(len(x1.parts), len(x2.parts))
    for one, other in zip(x1.in_parts(count), x2.in_parts(count), strict=True):
        # An operand beside itself, as in x != x, the question for NaN.
        same = one.lower is other.lower and one.upper is other.upper
        surely = surely & ((~one.is_nan & ~one.is_anything) if same else (one.is_point & (one.lower == other.lower)
                                                                         & other.is_point))  # fmt: skip
        possibly = possibly & (one.lower <= other.upper) & (other.lower <= one.upper)
    return decided(surely, possibly, x1)


def negation(condition: Any) -> Any:
    surely, possibly = bounds_of_truth(condition)
    return decided(~possibly, ~surely, condition)


def both(x1: Any, x2: Any) -> Any:
    return _combined(np.logical_and, x1, x2)


def either(x1: Any, x2: Any) -> Any:
    return _combined(np.logical_or, x1, x2)


def _combined(function: Callable[[Mask, Mask], Mask], x1: Any, x2: Any) -> Any:
    (surely, possibly), (others_surely, others_possibly) = bounds_of_truth(x1), bounds_of_truth(x2)
    like = x1 if isinstance(x1, Enclosed) else x2
    return decided(function(surely, others_surely), function(possibly, others_possibly), like)


def is_finite(x: Enclosed) -> Any:
    surely: Any = True
    possibly: Any = True
    for part in x.parts:
        surely = surely & np.isfinite(part.lower) & np.isfinite(part.upper)
        possibly = possibly & ~part.is_nan & ~(part.is_point & np.isinf(part.lower))
    return decided(surely, possibly, x)


def is_nan(x: Enclosed) -> Any:
    surely: Any = False
    possibly: Any = False
    for part in x.parts:
        surely = surely | part.is_nan
        possibly = possibly | part.is_nan | part.is_anything
    return decided(surely, possibly, x)


def discretized(x: Enclosed, dtype: np.dtype[Any]) -> Any:
    """In a dtype of integers or bool: a plain array where bounds agree."""
    part = x.parts[0]
    if dtype.kind == "b":
        nonzero = [~(one.is_point & (one.lower == 0)) for one in x.parts]
        excluded = [(one.lower > 0) | (one.upper < 0) | one.is_nan for one in x.parts]
        return decided(np.any(excluded, axis=0), np.any(nonzero, axis=0), x)
    lower, upper = np.trunc(part.lower), np.trunc(part.upper)
    if np.array_equal(lower, upper) and np.isfinite(lower).all():
        return lower.astype(dtype)
    return Enclosed([Interval(lower, upper)], dtype, format_of(np.dtype(np.float64)))
