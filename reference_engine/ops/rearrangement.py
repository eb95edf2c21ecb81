"""Elements in other places, or in several. All are linear."""

import math
from typing import Any

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.indexing import getitem, take_places
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.shape import Shape, along, permute_dims, reshape
from reference_engine.shapes import check_axis, check_least_ndim

Axis = int | Shape | None


@op
def flip(x: Array, *, axis: Axis = None) -> Array:
    """The elements in reverse order along `axis`, one or several; along all of them by default.

    It is its own inverse and its own transpose.
    """
    return np.flip(x, axis)


@flip.derivative("x")
def _(g: Array, axis: Axis) -> Array:
    return flip(g, axis=axis)


@op
def roll(x: Array, *, shift: int | Shape, axis: Axis = None) -> Array:
    """Moved by `shift` places along `axis`; what is pushed out at one end comes in at the other.

    Several shifts go with as many axes. Without an axis the elements are moved in the order of their indices, whatever
    the shape. The transpose moves back.
    """
    return np.roll(x, shift, axis)


@roll.derivative("x")
def _(g: Array, shift: int | Shape, axis: Axis) -> Array:
    return roll(g, shift=tuple(-one for one in shift) if isinstance(shift, tuple) else -shift, axis=axis)


@op
def tile(x: Array, *, repetitions: Shape) -> Array:
    """The whole array so many times along each axis; where one of the two has fewer axes, ones are put before.

    Each element gets the sum over its copies.
    """
    return np.tile(x, repetitions)


@tile.derivative("x")
def _(g: Array, x_shape: Shape, repetitions: Shape) -> Array:
    ndim = max(len(x_shape), len(repetitions))
    copies = (1,) * (ndim - len(repetitions)) + tuple(repetitions)
    sizes = (1,) * (ndim - len(x_shape)) + x_shape
    apart = reshape(g, shape=tuple(size for pair in zip(copies, sizes, strict=True) for size in pair))
    return reshape(sum_of(apart, axis=tuple(range(0, 2 * ndim, 2))), shape=x_shape)


@op
def repeat(x: Array, *, repeats: int, axis: int | None = None) -> Array:
    """Each element so many times in a row along an axis; without one, of the elements in the order of their indices.

    Each element gets the sum over its copies.
    """
    check_axis("repeat", axis, x.ndim)
    return np.repeat(x, repeats, axis)


@repeat.derivative("x")
def _(g: Array, x_shape: Shape, repeats: int, axis: int | None) -> Array:
    sizes, place = ((math.prod(x_shape),), 0) if axis is None else (x_shape, axis % len(x_shape))
    apart = reshape(g, shape=(*sizes[: place + 1], repeats, *sizes[place + 1 :]))
    return reshape(sum_of(apart, axis=place + 1), shape=x_shape)


def moveaxis(x: Array, *, source: int | Shape, destination: int | Shape) -> Any:
    """The axes `source` at the positions `destination` of the result; the others keep their order."""
    for axis in (source, destination):
        check_axis("moveaxis", axis, x.ndim)
    sources, destinations = _positions(source, x.ndim), _positions(destination, x.ndim)
    axes = [axis for axis in range(x.ndim) if axis not in sources]
    for position, axis in sorted(zip(destinations, sources, strict=True)):
        axes.insert(position, axis)
    return permute_dims(x, axes=tuple(axes))


def _positions(axis: int | Shape, ndim: int) -> Shape:
    return tuple(one % ndim for one in (axis if isinstance(axis, tuple) else (axis,)))


def swapaxes(x: Array, *, axis1: int, axis2: int) -> Any:
    """Two axes in each other's place."""
    check_axis("swapaxes", (axis1, axis2), x.ndim)
    axes = list(range(x.ndim))
    axes[axis1], axes[axis2] = axes[axis2], axes[axis1]
    return permute_dims(x, axes=tuple(axes))


def ravel(x: Array) -> Any:
    """All elements along one axis, in the order of their indices, the last axis fastest."""
    return reshape(x, shape=(-1,))


def rot90(x: Array, *, k: int = 1, axes: tuple[int, int] = (0, 1)) -> Any:
    """Turned k times by a right angle in the plane of two axes, from the first towards the second."""
    match k % 4:
        case 0:
            return getitem(x, index=...)
        case 1:
            return swapaxes(flip(x, axis=axes[1]), axis1=axes[0], axis2=axes[1])
        case 2:
            return flip(x, axis=tuple(axes))
    return flip(swapaxes(x, axis1=axes[0], axis2=axes[1]), axis=axes[1])


def sliding_windows(x: Array, *, size: int, step: int = 1) -> Any:
    """Windows of `size` neighbours along the last axis, one beginning at every `step`-th element, on a new last axis.

    Only whole windows count. An element that several windows see gets the sum of their cotangents.
    """
    check_least_ndim("sliding_windows", "x", x, 1)
    length = x.shape[-1]
    first = np.arange(0, max(length - size + 1, 0), step)
    return take_places(x, places=first[:, np.newaxis] + np.arange(size), axis=-1)


def part_of(x: Array, axis: int, start: int | None, stop: int | None) -> Any:
    """The slice of an axis."""
    return getitem(x, index=along(axis, slice(start, stop), x.ndim))
