"""Picking elements by arrays of indices and by masks: names for what `gather` and `take` do, and for `where`.

Negative indices count from the end. What is not picked gets 0, what is picked twice gets both cotangents.
"""

from typing import Any

import numpy as np

from reference_engine.errors import ShapeMismatch
from reference_engine.op import Array
from reference_engine.ops.indexing import gather, take
from reference_engine.ops.selection import where
from reference_engine.shapes import check_axis, check_least_ndim, check_ndim, check_shape, shape_of
from reference_engine.variable import value_of

Shape = tuple[int, ...]


def take_along_axis(x: Array, indices: Array, *, axis: int = -1) -> Array:
    """y[i, j] = x[indices[i, j], j] for axis 0, and so on: each row of x has indices of its own.

    x and `indices` have as many axes, and sizes that broadcast except along `axis`.
    """
    return gather(x, indices, index=index_along(indices, x.shape, axis))


def index_along(indices: Array, shape: Shape, axis: int) -> tuple[Any, ...]:
    """The index that picks `indices` along an axis of an array of `shape`, on each of the other axes its own."""
    check_axis("indices along an axis", axis, len(shape))
    indices, axis = value_of(indices), axis % len(shape)
    if indices.ndim != len(shape):
        raise ShapeMismatch(f"indices with {indices.ndim} axes pick along an axis of an array with {len(shape)}")
    positions = np.ogrid[tuple(map(slice, shape))]
    return (*positions[:axis], indices, *positions[axis + 1 :])


def gather_nd(x: Array, indices: Array) -> Array:
    """y[i] = x[indices[i, 0], indices[i, 1], ...]: the last axis of `indices` holds places on the first axes of x."""
    return gather(x, indices, index=tuple(np.moveaxis(value_of(indices), -1, 0)))


def embedding(indices: Array, weight: Array) -> Array:
    """The rows of a matrix `weight` at `indices`, as a layer for words has it."""
    check_ndim("embedding", "weight", weight, 2)
    return take(weight, indices, axis=0)


def boolean_mask(x: Array, mask: Array) -> Array:
    """x[mask]: the elements, or the rows, where the mask holds, in the order of their indices.

    The mask has the shape of the first axes of x.
    """
    check_least_ndim("boolean_mask", "mask", mask, 1)
    check_shape("boolean_mask", "mask", mask, shape_of(x)[: len(shape_of(mask))])
    return gather(x, mask, index=np.asarray(value_of(mask), np.bool_))


def masked_fill(x: Array, mask: Array, *, value: float) -> Array:
    """`value` where the mask holds, else x.  x gets the cotangent where the mask does not hold, and 0 elsewhere."""
    return where(mask, value, x)
