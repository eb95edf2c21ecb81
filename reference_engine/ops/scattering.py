"""Arrays with other values at some indices: the functional form of `x[indices] = values` and its relatives.

`index_set` and its like have one list of indices along an axis, and values in the shape of what these pick;
`put_along_axis` has an index for each value, in the shape of x but for the axis. Negative indices count from the end.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_engine.op import Array, op
from reference_engine.ops.gathering import index_along
from reference_engine.ops.indexing import putitem, scatter
from reference_engine.ops.segments import segment_max, segment_min
from reference_engine.ops.selection import where
from reference_engine.ops.shape import Shape, along, concat, reshape
from reference_engine.semantics import current
from reference_engine.shapes import check_axis, check_ndim, check_shape, shape_of
from reference_engine.variable import value_of


def index_set(x: Array, indices: Array, values: Array, *, axis: int = 0) -> Array:
    """x with `values` at `indices` along an axis; of several at one place the last stays.

    x gets the cotangent where nothing is written. Of values written to one place: `overwritten_values`.
    """
    return _set(x, _index("index_set", x, indices, values, axis), values)


def put_along_axis(x: Array, indices: Array, values: Array, *, axis: int = -1) -> Array:
    """x with values[i, j] at [indices[i, j], j] for axis 0, and so on; else as `index_set`."""
    index = index_along(indices, x.shape, axis)
    check_shape("put_along_axis", "indices", indices, _with_size(x.shape, axis, shape_of(indices)[axis]))
    check_shape("put_along_axis", "values", values, shape_of(indices))
    return _set(x, index, values)


def index_add(x: Array, indices: Array, values: Array, *, axis: int = 0) -> Array:
    """x with `values` added at `indices` along an axis.  Each gets the cotangent of where it is, also several there."""
    return x + scatter(values, indices, shape=x.shape, index=_index("index_add", x, indices, values, axis))


def index_max(x: Array, indices: Array, values: Array, *, axis: int = 0) -> Array:
    """x, or the largest of `values` that `indices` along an axis put there.  Equal ones share the cotangent evenly."""
    return _extremum(segment_max, x, _index("index_max", x, indices, values, axis), values)


def index_min(x: Array, indices: Array, values: Array, *, axis: int = 0) -> Array:
    """x, or the smallest of `values` that `indices` along an axis put there.  Equal ones share the cotangent evenly."""
    return _extremum(segment_min, x, _index("index_min", x, indices, values, axis), values)


def _index(op: str, x: Array, indices: Array, values: Array, axis: int) -> Any:
    """The index of the values; raises `ShapeMismatch` unless there is one for each along the axis."""
    check_axis(op, axis, len(x.shape))
    check_ndim(op, "indices", indices, 1)
    check_shape(op, "values", values, _with_size(x.shape, axis, len(value_of(indices))))
    return along(axis, value_of(indices), len(x.shape))


def _with_size(shape: Shape, axis: int, size: int) -> Shape:
    """The shape with another size along an axis."""
    axis %= len(shape)
    return (*shape[:axis], size, *shape[axis + 1 :])


@op
def unless_overwritten(values: Array, *, stays: NDArray[np.bool_]) -> Array:
    """The values where `stays` holds, else 0: another value comes to the same place later.

    So the derivative is 0 for what does not stay: `overwritten_values`.
    """
    return np.where(stays, values, 0)


@unless_overwritten.derivative("values")
def _(g: Array, stays: NDArray[np.bool_]) -> Array:
    return g if current().overwritten_values == "passes" else where(stays, g, 0)


def _set(x: Array, index: Any, values: Array) -> Array:
    places = _places(x.shape, index)
    last = np.full(x.shape, -1)
    order = np.arange(places.size).reshape(places.shape)
    last[index] = order  # NumPy writes in order, so the last of several stays
    stays = last.ravel()[places] == order
    values = unless_overwritten(values, stays=stays)
    return where(last >= 0, putitem(values, shape=x.shape, index=index), x)


def _extremum(function: Any, x: Array, index: Any, values: Array) -> Array:
    """Each element of x is a segment of its own, to which some of the values belong too."""
    places = _places(x.shape, index)
    size = int(np.prod(x.shape))
    numbers = concat(reshape(x, shape=(-1,)), reshape(values, shape=(-1,)))
    found = function(numbers, np.concatenate([np.arange(size), places.ravel()]), num_segments=size)
    return reshape(found, shape=x.shape)


def _places(shape: Shape, index: Any) -> NDArray[np.intp]:
    """Where in the flat array each value goes."""
    places: NDArray[np.intp] = np.arange(int(np.prod(shape))).reshape(shape)[index]
    return places
