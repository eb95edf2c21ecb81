"""Sorted elements, the largest of them, and extrema up to each: an element that is picked gets the cotangent.

NaN counts as larger than anything. Equal elements keep their order, in a descending order too, so each has a place of
its own: `descending_ties`.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_engine.op import Array, op
from reference_engine.ops.gathering import index_along
from reference_engine.ops.indexing import getitem, putitem
from reference_engine.ops.selection import equals
from reference_engine.ops.shape import along
from reference_engine.semantics import current
from reference_engine.shapes import check_axis
from reference_engine.variable import value_of

Shape = tuple[int, ...]
_BACKWARD = slice(None, None, -1)


@op
def sort(x: Array, *, axis: int = -1, descending: bool = False) -> Array:
    """The elements along an axis in order.  Each gets the cotangent of the place where it comes to stand."""
    result = np.sort(x, axis=axis)
    return result[along(axis, _BACKWARD, x.ndim)] if descending else result


@sort.derivative("x")
def _(g: Array, x: Array, axis: int, descending: bool) -> Array:
    if descending and current().descending_ties == "reversed":
        order = _order(x, axis)[along(axis, _BACKWARD, x.ndim)]
    else:
        order = _order(x, axis, descending)
    return getitem(g, index=index_along(np.argsort(order, axis), x.shape, axis))


@op
def topk(x: Array, *, k: int, axis: int = -1) -> Array:
    """The k largest elements along an axis, the largest first.  Of equal ones the first are picked."""
    check_axis("topk", axis, x.ndim)
    if not 0 <= k <= x.shape[axis]:
        raise ValueError(f"there are no {k} largest of {x.shape[axis]} elements")
    return np.sort(x, axis=axis)[along(axis, _BACKWARD, x.ndim)][along(axis, slice(k), x.ndim)]


@topk.derivative("x")
def _(g: Array, x: Array, k: int, axis: int) -> Array:
    picked = _order(x, axis, descending=True)[along(axis, slice(k), x.ndim)]
    return putitem(g, shape=x.shape, index=index_along(picked, x.shape, axis))


def _order(x: Array, axis: int, descending: bool = False) -> NDArray[np.intp]:
    """The indices of the sorted elements, those of equal ones in their own order."""
    backward = along(axis, _BACKWARD, x.ndim)
    values = value_of(x)
    order: NDArray[np.intp]
    if not descending:
        order = np.argsort(values, axis=axis, kind="stable")
    else:
        order = x.shape[axis] - 1 - np.argsort(values[backward], axis=axis, kind="stable")[backward]
    return order


@op
def cumulative_max(x: Array, *, axis: int = 0) -> Array:
    """Along an axis, the largest of the elements up to each.  It gets the cotangent; of equal ones the last.

    From the first NaN on all is NaN.
    """
    check_axis("cumulative_max", axis, x.ndim)
    return np.maximum.accumulate(x, axis)


@op
def cumulative_min(x: Array, *, axis: int = 0) -> Array:
    """Along an axis, the smallest of the elements up to each.  It gets the cotangent; of equal ones the last.

    From the first NaN on all is NaN.
    """
    check_axis("cumulative_min", axis, x.ndim)
    return np.minimum.accumulate(x, axis)


@cumulative_max.derivative("x")
@cumulative_min.derivative("x")
def _(g: Array, y: Array, x: Array, axis: int) -> Array:
    positions: Any = np.ogrid[tuple(map(slice, x.shape))][axis]
    latest = np.maximum.accumulate(np.where(equals(x, y), positions, 0), axis)
    return putitem(g, shape=x.shape, index=index_along(latest, x.shape, axis))
