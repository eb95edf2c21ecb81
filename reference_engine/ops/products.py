"""Products of all elements but one, exact with zeros."""

import math

import numpy as np

from reference_engine.op import Array
from reference_engine.ops.shape import concat, permute_dims, reshape


def product_of_others(x: Array, axes: tuple[int, ...]) -> Array:
    """For each element of `x`, the product of the other elements over `axes`, in the shape of `x`."""
    others = tuple(axis for axis in range(x.ndim) if axis not in axes)
    order = (*others, *axes)
    moved = permute_dims(x, axes=order)
    rows = reshape(moved, shape=(*(x.shape[axis] for axis in others), math.prod(x.shape[axis] for axis in axes)))
    products = _product_of_earlier(rows) * _product_of_earlier(rows[..., ::-1])[..., ::-1]
    return permute_dims(reshape(products, shape=moved.shape), axes=tuple(int(axis) for axis in np.argsort(order)))


def _product_of_earlier(rows: Array) -> Array:
    """Along the last axis, the product of the elements before each: by doubling, in log2(n) multiplications."""
    size = rows.shape[-1]
    products = _shifted(rows, 1) if size else rows
    step = 1
    while step < size:
        products = products * _shifted(products, step)
        step *= 2
    return products


def _shifted(rows: Array, step: int) -> Array:
    """The rows moved `step` elements to the right, ones moving in."""
    ones = np.ones((*rows.shape[:-1], step), rows.dtype)
    return concat(ones, rows[..., :-step], axis=-1)
