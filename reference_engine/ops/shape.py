"""Other shapes for the same elements. All are linear, and their results may be views of their operand."""

from typing import Any

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.indexing import getitem
from reference_engine.shapes import check_axis

Shape = tuple[int, ...]


@op
def reshape(x: Array, *, shape: Shape) -> Array:
    """The same elements in another shape, in the order of their indices, the last axis fastest; one size may be -1."""
    return np.reshape(x, shape)


@reshape.derivative("x")
def _(g: Array, x_shape: Shape) -> Array:
    return reshape(g, shape=x_shape)


@op
def permute_dims(x: Array, *, axes: Shape) -> Array:
    """The axes in another order: axis i of the result is axis `axes[i]` of x."""
    return np.transpose(x, axes)


@permute_dims.derivative("x")
def _(g: Array, axes: Shape) -> Array:
    return permute_dims(g, axes=tuple(int(axis) for axis in np.argsort([axis % len(axes) for axis in axes])))


@op
def broadcast_to(x: Array, *, shape: Shape) -> Array:
    """Repeated to a larger shape.  `fit` sums the cotangent over what was repeated."""
    return np.broadcast_to(x, shape)


@broadcast_to.derivative("x")
def _(g: Array) -> Array:
    return g


@op
def expand_dims(x: Array, *, axis: int | Shape = 0) -> Array:
    """New axes of size 1 at `axis`, one position of the result or several."""
    return np.expand_dims(x, axis)


@expand_dims.derivative("x")
def _(g: Array, x_shape: Shape) -> Array:
    return reshape(g, shape=x_shape)


@op
def squeeze(x: Array, *, axis: int | Shape) -> Array:
    """Without the axes `axis`, which have size 1."""
    check_axis("squeeze", axis, x.ndim)
    return np.squeeze(x, axis)


@squeeze.derivative("x")
def _(g: Array, x_shape: Shape) -> Array:
    return reshape(g, shape=x_shape)


@op
def concat(*arrays: Array, axis: int = 0) -> Array:
    """Joined along an axis.  Each operand gets its slice of the cotangent."""
    return np.concatenate(arrays, axis)


@concat.derivative("arrays")
def _(g: Array, position: int, shapes: list[Shape], axis: int) -> Array:
    start = sum(shape[axis] for shape in shapes[:position])
    part = slice(start, start + shapes[position][axis])
    return getitem(g, index=along(axis, part, len(shapes[position])))


@op
def stack(*arrays: Array, axis: int = 0) -> Array:
    """Joined along a new axis, at position `axis` of the result.  Each operand gets its layer of the cotangent."""
    return np.stack(arrays, axis)


@stack.derivative("arrays")
def _(g: Array, position: int, shapes: list[Shape], axis: int) -> Array:
    return getitem(g, index=along(axis, position, len(shapes[position]) + 1))


def unstack(x: Array, *, index: int, axis: int = 0) -> Array:
    """The array at `index` of those that an axis is taken apart into.  The others get zeros."""
    return x[along(axis, index, x.ndim)]


def along(axis: int, part: int | slice, ndim: int) -> tuple[Any, ...]:
    """The index of `part` along one of `ndim` axes."""
    return (*[slice(None)] * (axis % ndim), part)
