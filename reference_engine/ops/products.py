"""Products of some elements, exact with zeros: along the last axis by doubling, in log2(n) multiplications."""

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
    products = product_of_earlier(rows) * product_of_earlier(rows[..., ::-1])[..., ::-1]
    return permute_dims(reshape(products, shape=moved.shape), axes=tuple(int(axis) for axis in np.argsort(order)))


def product_of_earlier(rows: Array) -> Array:
    """Along the last axis, the product of the elements before each."""
    size = rows.shape[-1]
    products = _shifted(rows, 1, 1) if size else rows
    step = 1
    while step < size:
        products = products * _shifted(products, step, 1)
        step *= 2
    return products


def sum_over_earlier(weights: Array, rows: Array) -> Array:
    """Along the last axis, the weights up to each place, each times the elements from its own place to before this one.

    That is s[i] = weights[i] + rows[i-1] s[i-1].
    """
    size = rows.shape[-1]
    sums, products = weights, _shifted(rows, 1, 1) if size else rows
    step = 1
    while step < size:
        sums = sums + products * _shifted(sums, step, 0)
        products = products * _shifted(products, step, 1)
        step *= 2
    return sums


def _shifted(rows: Array, step: int, filling: int) -> Array:
    """The rows moved `step` elements to the right, `filling` moving in."""
    moved_in = np.full((*rows.shape[:-1], step), filling, rows.dtype)
    return concat(moved_in, rows[..., :-step], axis=-1)
