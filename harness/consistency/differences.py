"""How two observations differ: in kind, or in numbers beyond what rounding explains."""

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from harness.arrays import Array
from harness.checker.enclosures import Enclosure
from harness.consistency.asked import FLOATING
from harness.consistency.rounding import Measured, Numbers, parts, ulp
from harness.results import Explanation, Observation

Basis = Literal["", "derived", "measured", "here alone"]
"""Whence one knows what rounding explains: from bounds of the reference, or from runs with moved inputs, in which the
functions may agree."""

Agreement = Literal["unknown", "agree", "disagree", "there alone"]


@dataclass(frozen=True)
class Difference:
    """Two functions that disagree at a point."""

    point: str
    pair: tuple[str, str]
    """Their names; that of the reference comes last."""
    shown: tuple[str, str]
    """What each gave there: of two arrays the first numbers that differ."""
    index: tuple[int, ...] | None = None
    """Where these numbers stand; None where the arrays differ in kind."""
    ulps: float = math.nan
    """How far they are apart, in units in the last place of the larger one; NaN for integers."""
    allowed: float = 0.0
    """How far they might be, in the same units."""
    basis: Basis = ""
    in_float64: Agreement = "unknown"
    """Whether the functions agree when they get the same inputs in float64. `there alone`: all this is of there."""
    explained_by: tuple[Explanation, ...] = ()
    """The conventions that explain it: all of them together for `is_profile`, else each of them."""
    is_profile: bool = False
    """Whether the profile of the framework predicts it."""
    mathematics: str = ""
    """Who is right, in a sentence."""


def of_kind(point: str, pair: tuple[str, str], one: Observation, other: Observation) -> Difference | None:
    """A difference in outcome, dtype or shape."""
    if one.outcome != "array" or other.outcome != "array":
        return None if one.outcome == other.outcome else Difference(point, pair, (_in_short(one), _in_short(other)))
    if one.dtype != other.dtype:
        return Difference(point, pair, (f"dtype {one.dtype}", f"dtype {other.dtype}"))
    if one.shape != other.shape:
        return Difference(point, pair, (f"shape {one.shape}", f"shape {other.shape}"))
    return None


def are_equal(one: Observation, other: Observation) -> bool:
    """Whether what does not differ in kind has the same numbers, NaN where NaN is; -0.0 and 0.0 are the same."""
    return one.outcome != "array" or np.array_equal(one.array.numpy(), other.array.numpy(), equal_nan=True)


def of_integers(point: str, pair: tuple[str, str], one: Array, other: Array) -> Difference:
    """The first of the elements that are not equal."""
    index = _first(one.numpy() != other.numpy())
    return Difference(point, pair, _at(index, one, other), index)


def by_measuring(point: str, pair: tuple[str, str], one: Array, other: Array, found: Measured) -> Difference | None:
    """The first difference that the measured scatter does not explain."""
    if not found.is_outside.any():
        return None
    index = _first(found.is_outside)
    basis: Basis = "here alone" if found.is_here_alone[index] else "measured"
    return _of_numbers(point, pair, (one, other), index, found.allowed, basis)


def by_bounds(point: str, pair: tuple[str, str], one: Array, reference: Array, bounds: Enclosure) -> Difference | None:
    """The first number outside of the bounds."""
    lower, upper = (np.stack(side, axis=-1) if len(side) == 2 else side[0] for side in zip(*bounds.parts, strict=True))
    values, right = parts(one), parts(reference)
    with np.errstate(invalid="ignore"):
        is_inside = (lower <= values) & (values <= upper)
        allowed = np.maximum(upper - right, right - lower)
    is_anything = (lower == -math.inf) & (upper == math.inf)
    is_outside = ~(is_inside | is_anything | (np.isnan(values) & np.isnan(lower)))
    if not is_outside.any():
        return None
    return _of_numbers(point, pair, (one, reference), _first(is_outside), allowed, "derived")


def _of_numbers(
    point: str,
    pair: tuple[str, str],
    arrays: tuple[Array, Array],
    place: tuple[int, ...],
    allowed: Numbers,
    basis: Basis,
) -> Difference:
    """`place` is one of `parts`, whose last axis are the parts of a complex number."""
    one, other = (parts(array)[place] for array in arrays)
    unit = max(ulp(one, arrays[0].dtype), ulp(other, arrays[1].dtype))
    with np.errstate(invalid="ignore", divide="ignore"):
        ulps, within = float(abs(one - other) / unit), float(allowed[place] / unit)
    index = place[: len(arrays[0].shape)]
    return Difference(point, pair, _at(index, *arrays), index, math.inf if math.isnan(ulps) else ulps, within, basis)


def _at(index: tuple[int, ...], one: Array, other: Array) -> tuple[str, str]:
    return str(one.numpy()[index]), str(other.numpy()[index])


def _first(mask: NDArray[Any]) -> tuple[int, ...]:
    return tuple(int(position) for position in np.argwhere(mask)[0])


def _in_short(seen: Observation) -> str:
    if seen.outcome != "array":
        return str(seen)
    return "an array of numbers" if np.any(seen.array.numpy()) else "zeros"


def is_floating(array: Array) -> bool:
    """Whether it is compared by what rounding explains."""
    return array.dtype.startswith(FLOATING)
