"""Picking balls by indices and masks, writing them elsewhere, and what is made of those with the same id."""

from collections.abc import Callable
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from flint import arb

from reference_engine.oracle.balls import INFINITY, Ball, Balls
from reference_engine.oracle.forward.reductions import mean_of, product_of, sum_of
from reference_engine.oracle.forward.selection import larger, smaller
from reference_engine.oracle.forward.shape import take
from reference_engine.oracle.forward.table import forward, in_array
from reference_engine.oracle.working import Working

Place = tuple[int, ...]


def _whole(balls: Balls) -> Any:
    """The integers of exact balls."""
    return np.array([int(ball.unique_fmpz()) for ball in balls.flat], np.intp).reshape(balls.shape)


@forward("take_along_axis")
def take_along_axis(x: Balls, indices: Balls, *, axis: int = -1) -> Balls:
    return np.take_along_axis(x, _whole(indices), axis)


@forward("gather_nd")
def gather_nd(x: Balls, indices: Balls) -> Balls:
    places = _whole(indices)
    result = np.empty((*places.shape[:-1], *x.shape[places.shape[-1] :]), object)
    for index in np.ndindex(*places.shape[:-1]):
        result[index] = x[tuple(places[index])]
    return result


@forward("embedding")
def embedding(indices: Balls, weight: Balls) -> Balls:
    return take(weight, indices, axis=0)


@forward("boolean_mask")
def boolean_mask(x: Balls, mask: Balls) -> Balls:
    return in_array(x[_whole(mask).astype(np.bool_)])


@forward("masked_fill")
def masked_fill(x: Balls, mask: Balls, *, value: float) -> Balls:
    filled = np.broadcast_to(x, np.broadcast_shapes(x.shape, mask.shape)).copy()
    filled[np.broadcast_to(_whole(mask).astype(np.bool_), filled.shape)] = Working.current.kept(arb(value))
    return filled


Combination = Callable[[list[Ball]], Ball]
"""What is made of the balls that come to one place, in the order in which they come."""


def _at_places(x: Balls, values: dict[Place, list[Ball]], combined: Combination) -> Balls:
    """x, where the balls of each place are combined with those that come there."""
    result = x.copy()
    for place, coming in values.items():
        result[place] = combined([x[place], *coming])
    return result


def _scattered(x: Balls, indices: Balls, values: Balls, axis: int) -> dict[Place, list[Ball]]:
    """By place in x: the elements of `values` that the indices along an axis send there."""
    places, found = _whole(indices), dict[Place, list[Ball]]()
    axis %= x.ndim
    target = (*x.shape[:axis], places.size, *x.shape[axis + 1 :])
    spread = np.broadcast_to(values, target)
    for index in np.ndindex(*target):
        along = int(places[index[axis]]) % x.shape[axis]
        found.setdefault((*index[:axis], along, *index[axis + 1 :]), []).append(spread[index])
    return found


def _last(coming: list[Ball]) -> Ball:
    return coming[-1]


def _sum(coming: list[Ball]) -> Ball:
    working = Working.current
    return reduce(lambda one, other: working.computed("add", add, (one, other)), coming)


def _largest(coming: list[Ball]) -> Ball:
    return reduce(larger, coming)


def _smallest(coming: list[Ball]) -> Ball:
    return reduce(smaller, coming)


def _index_op(name: str, combined: Combination) -> None:
    def at_indices(x: Balls, indices: Balls, values: Balls, *, axis: int = 0) -> Balls:
        return _at_places(x, _scattered(x, indices, values, axis), combined)

    forward(name)(at_indices)


_index_op("index_set", _last)
_index_op("index_add", _sum)
_index_op("index_max", _largest)
_index_op("index_min", _smallest)


@forward("put_along_axis")
def put_along_axis(x: Balls, indices: Balls, values: Balls, *, axis: int = -1) -> Balls:
    axis %= x.ndim
    places = _whole(indices)
    target = tuple(places.shape[axis] if one == axis else size for one, size in enumerate(x.shape))
    places, spread = np.broadcast_to(places, target), np.broadcast_to(values, target)
    result = x.copy()
    for index in np.ndindex(*target):
        result[(*index[:axis], places[index], *index[axis + 1 :])] = spread[index]
    return result


def _segment_op(name: str, combined: Callable[[list[Ball]], Ball]) -> None:
    def of_segments(x: Balls, segment_ids: Balls, *, num_segments: int) -> Balls:
        ids = _whole(segment_ids)
        result = np.empty((num_segments, *x.shape[1:]), object)
        for index in np.ndindex(*result.shape):
            result[index] = combined([x[(row, *index[1:])] for row in np.flatnonzero(ids == index[0])])
        return result

    forward(name)(of_segments)


_segment_op("segment_sum", lambda rows: Working.current.computed("sum", sum_of, tuple(rows)) if rows else arb(0))
_segment_op("segment_mean", lambda rows: Working.current.computed("mean", mean_of, tuple(rows)) if rows else arb(0))
_segment_op("segment_prod", lambda rows: Working.current.computed("prod", product_of, tuple(rows)))
_segment_op("segment_max", lambda rows: _largest(rows) if rows else -INFINITY)
_segment_op("segment_min", lambda rows: _smallest(rows) if rows else INFINITY)
