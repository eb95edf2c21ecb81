"""Sorted balls, the largest of them, quantiles, and extrema up to each. Every comparison is a choice that is noted."""

from itertools import accumulate

import numpy as np
from flint import arb

from reference_engine.oracle.balls import NOT_A_NUMBER, Ball, Balls
from reference_engine.oracle.forward.reductions import along
from reference_engine.oracle.forward.selection import larger, smaller
from reference_engine.oracle.forward.table import Axis, forward, over_axes
from reference_engine.oracle.working import Working


def in_order(row: tuple[Ball, ...]) -> list[Ball]:
    """The balls from the smallest to the largest, by insertion; equal ones stay in order, and NaN comes last."""
    ordered: list[Ball] = []
    for ball in row:
        place = len(ordered)
        while place and _is_above(ordered[place - 1], ball):
            place -= 1
        ordered.insert(place, ball)
    return ordered


def _is_above(one: Ball, other: Ball) -> bool:
    order = Working.current.ordered(one, other)
    return order == 1 if order is not None else bool(one.is_nan() and not other.is_nan())


@forward("sort")
def sort(x: Balls, *, axis: int = -1, descending: bool = False) -> Balls:
    return along(x, axis, lambda *row: in_order(row)[:: -1 if descending else 1])


@forward("topk")
def topk(x: Balls, *, k: int, axis: int = -1) -> Balls:
    return np.moveaxis(np.moveaxis(sort(x, axis=axis, descending=True), axis, 0)[:k], 0, axis)


@forward("quantile")
def quantile(x: Balls, *, q: float, axis: Axis = None, keepdims: bool = False, method: str = "linear") -> Balls:
    def one(*row: Ball) -> Ball:
        ordered = in_order(row)
        if ordered[-1].is_nan():
            return NOT_A_NUMBER
        place: Ball = arb(q) * (len(row) - 1)
        low, high = (int(end.unique_fmpz()) for end in (place.floor(), place.ceil()))
        share = {"linear": place - low, "lower": arb(0), "higher": arb(1), "midpoint": arb(0.5)}[method]
        if low == high or method == "lower":
            return ordered[low]
        if method == "higher":
            return ordered[high]
        name = f"between {share.str()}"
        return Working.current.computed(name, lambda x1, x2: x1 + share * (x2 - x1), (ordered[low], ordered[high]))

    return over_axes(one, x, axis, keepdims)


@forward("median")
def median(x: Balls, *, axis: Axis = None, keepdims: bool = False) -> Balls:
    return quantile(x, q=0.5, axis=axis, keepdims=keepdims)


@forward("lower_median")
def lower_median(x: Balls, *, axis: Axis = None, keepdims: bool = False) -> Balls:
    return quantile(x, q=0.5, axis=axis, keepdims=keepdims, method="lower")


@forward("cumulative_max")
def cumulative_max(x: Balls, *, axis: int = 0) -> Balls:
    return along(x, axis, lambda *row: list(accumulate(row, larger)))


@forward("cumulative_min")
def cumulative_min(x: Balls, *, axis: int = 0) -> Balls:
    return along(x, axis, lambda *row: list(accumulate(row, smaller)))
