"""Picking elements, and the transposes of it: putting a cotangent where its element came from."""

from typing import Any

import numpy as np

from reference_engine.op import Array, op
from reference_engine.shapes import check_axis

Shape = tuple[int, ...]


@op
def getitem(x: Array, *, index: Any) -> Array:
    """x[index], by any index that NumPy knows.  What is not picked gets 0, what is picked twice gets the sum."""
    return x[index]


@getitem.derivative("x")
def _(g: Array, x_shape: Shape, index: Any) -> Array:
    return putitem(g, shape=x_shape, index=index)


@op
def putitem(g: Array, *, shape: Shape, index: Any) -> Array:
    """Zeros of `shape` with `g` added at `index`: the transpose of `getitem`."""
    result = np.zeros(shape, g.dtype)
    if _is_basic(index):
        result[index] = g
    else:
        np.add.at(result, index, g)  # an array of indices may name an element twice
    return result


@putitem.derivative("g")
def _(g: Array, index: Any) -> Array:
    return getitem(g, index=index)


@op
def take_places(x: Array, *, places: Any, axis: int) -> Array:
    """`take` of places that follow from the shape alone: nothing is kept for the derivative."""
    return np.take(x, places, axis)


@take_places.derivative("x")
def _(g: Array, x_shape: Shape, places: Any, axis: int) -> Array:
    return put(g, places, shape=x_shape, axis=axis)


@op
def gather(x: Array, indices: Array, *, index: Any) -> Array:
    """x[index], where the index was made of `indices`, which the derivative keeps, as `getitem` keeps nothing."""
    return x[index]


@gather.derivative("x")
def _(g: Array, x_shape: Shape, indices: Array, index: Any) -> Array:
    return scatter(g, indices, shape=x_shape, index=index)


@op
def scatter(g: Array, indices: Array, *, shape: Shape, index: Any) -> Array:
    """Zeros of `shape` with `g` added at `index`: the transpose of `gather`."""
    return putitem.forward(g, shape=shape, index=index)


@scatter.derivative("g")
def _(g: Array, indices: Array, index: Any) -> Array:
    return gather(g, indices, index=index)


def _is_basic(index: Any) -> bool:
    """Whether the index picks no element twice: integers, slices, `...` and new axes."""
    parts = index if isinstance(index, tuple) else (index,)
    return all(part is None or part is ... or isinstance(part, (int, np.integer, slice)) for part in parts)


@op
def take(x: Array, indices: Array, *, axis: int = 0) -> Array:
    """The elements at `indices` along an axis.  An element that is taken twice gets both cotangents."""
    check_axis("take", axis, x.ndim)
    return np.take(x, indices, axis)


@take.derivative("x")
def _(g: Array, x_shape: Shape, indices: Array, axis: int) -> Array:
    return put(g, indices, shape=x_shape, axis=axis)


@op
def put(g: Array, indices: Array, *, shape: Shape, axis: int) -> Array:
    """Zeros of `shape` with `g` added at `indices` along an axis: the transpose of `take`."""
    result = np.zeros(shape, g.dtype)
    np.add.at(result, (*[slice(None)] * (axis % len(shape)), indices), g)
    return result


@put.derivative("g")
def _(g: Array, indices: Array, axis: int) -> Array:
    return take(g, indices, axis=axis)
