"""Sums, products and extrema of the rows with the same id.

Row i of the result belongs to the rows of x whose `segment_ids`, in any order, are i. A row with a negative id belongs
to none, and gets 0.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_engine.op import Array, op
from reference_engine.ops.indexing import getitem, scatter, take
from reference_engine.ops.reductions import prod
from reference_engine.ops.selection import equals, let_through, where
from reference_engine.shapes import check_least_ndim, check_shape
from reference_engine.variable import value_of


def segment_sum(x: Array, segment_ids: Array, *, num_segments: int) -> Array:
    """The sum of the rows of each segment, 0 for an empty one.  Each row gets the cotangent of its segment."""
    _check_ids("segment_sum", x, segment_ids)
    ids = np.asarray(value_of(segment_ids))
    if (ids < 0).any():
        x, ids = getitem(x, index=ids >= 0), ids[ids >= 0]
    return scatter(x, segment_ids, shape=(num_segments, *x.shape[1:]), index=ids)


def segment_mean(x: Array, segment_ids: Array, *, num_segments: int) -> Array:
    """The mean of the rows of each segment, 0 for an empty one."""
    _check_ids("segment_mean", x, segment_ids)
    total = segment_sum(x, segment_ids, num_segments=num_segments)
    count = np.sum(_members(segment_ids, num_segments), axis=1, dtype=x.dtype)
    return total / np.reshape(np.maximum(count, 1), (-1,) + (1,) * (len(x.shape) - 1))


def segment_prod(x: Array, segment_ids: Array, *, num_segments: int) -> Array:
    """The product of the rows of each segment, 1 for an empty one.  With zeros: as `prod`."""
    _check_ids("segment_prod", x, segment_ids)
    members = np.reshape(_members(segment_ids, num_segments), (num_segments, -1) + (1,) * (len(x.shape) - 1))
    return prod(where(members, x, 1), axis=1)


def _check_ids(op: str, x: Array, segment_ids: Array) -> None:
    """Raise `ShapeMismatch` unless there is an id for each row of x."""
    check_least_ndim(op, "x", x, 1)
    check_shape(op, "segment_ids", segment_ids, x.shape[:1])


def _members(segment_ids: Array, num_segments: int) -> NDArray[np.bool_]:
    """For each segment, which rows belong to it."""
    members: NDArray[np.bool_] = np.equal(np.arange(num_segments)[:, np.newaxis], value_of(segment_ids))
    return members


@op
def segment_max(x: Array, segment_ids: Array, *, num_segments: int) -> Array:
    """The largest elements of each segment's rows, -inf for an empty one.  Equal ones share the cotangent evenly.

    The other elements: `infinity_at_segment_max`.
    """
    _check_ids("segment_max", x, segment_ids)
    return _extrema(np.maximum, -np.inf, x, segment_ids, num_segments)


@op
def segment_min(x: Array, segment_ids: Array, *, num_segments: int) -> Array:
    """The smallest elements of each segment's rows, inf for an empty one.  Equal ones share the cotangent evenly."""
    _check_ids("segment_min", x, segment_ids)
    return _extrema(np.minimum, np.inf, x, segment_ids, num_segments)


@segment_max.derivative("x")
@segment_min.derivative("x")
def _(g: Array, y: Array, x: Array, segment_ids: Array) -> Array:
    ids = np.asarray(value_of(segment_ids))
    belongs = np.reshape(ids >= 0, (-1,) + (1,) * (x.ndim - 1))
    ids = np.maximum(ids, 0)
    chosen = equals(x, take(value_of(y), ids)) & belongs
    count = np.zeros(np.shape(value_of(y)), x.dtype)
    np.add.at(count, ids, chosen)
    return let_through(chosen, take(g, ids) / np.maximum(count, 1)[ids], "infinity_at_segment_max")


def _extrema(choose: np.ufunc, nothing: float, x: Array, segment_ids: Any, num_segments: int) -> Array:
    result = np.full((num_segments, *x.shape[1:]), nothing, x.dtype)
    belongs = segment_ids >= 0
    choose.at(result, segment_ids[belongs], x[belongs])
    return result
