"""Products of vectors, and of arrays as lists of vectors, made of the elementwise product, its sums and `matmul`."""

import math
from collections.abc import Sequence

import numpy as np

from reference_engine.errors import ShapeMismatch
from reference_engine.op import Array
from reference_engine.ops.arithmetic import multiply
from reference_engine.ops.casting import conj
from reference_engine.ops.indexing import take
from reference_engine.ops.linear import matmul
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.shape import expand_dims, permute_dims, reshape
from reference_engine.shapes import check_along, check_axis, check_ndim

Axes = int | tuple[Sequence[int], Sequence[int]]


def outer(x1: Array, x2: Array) -> Array:
    """y[i, j] = x1[i] x2[j], of two vectors."""
    _check_ndims("outer", x1, x2, 1)
    return multiply(expand_dims(x1, axis=1), x2)


def vecdot(x1: Array, x2: Array, *, axis: int = -1) -> Array:
    """The sum of conj(x1) x2 along an axis of both; the other axes broadcast."""
    check_along("vecdot", x1, x2, axis)
    return sum_of(multiply(conj(x1), x2), axis=axis)


def dot(x1: Array, x2: Array) -> Array:
    """The sum of x1[i] x2[i], of two vectors; without a conjugate."""
    _check_ndims("dot", x1, x2, 1)
    return matmul(x1, x2)


def inner(x1: Array, x2: Array) -> Array:
    """y[i, ..., j, ...] = the sum of x1[i, ..., k] x2[j, ..., k] over k; without a conjugate."""
    return tensordot(x1, x2, axes=((-1,), (-1,)))


def tensordot(x1: Array, x2: Array, *, axes: Axes = 2) -> Array:
    """The product summed over axes of both.

    `axes` are a tuple of those of x1 and one of those of x2, which are summed over together; or a number of axes, the
    last ones of x1 and the first ones of x2. The others follow, x1's before x2's.
    """
    summed1, summed2 = _pairs(axes, x1.ndim)
    check_axis("tensordot", tuple(summed1), x1.ndim)
    check_axis("tensordot", tuple(summed2), x2.ndim)
    summed1, summed2 = [axis % x1.ndim for axis in summed1], [axis % x2.ndim for axis in summed2]
    if [x1.shape[axis] for axis in summed1] != [x2.shape[axis] for axis in summed2]:
        raise ShapeMismatch(f"tensordot of shapes {x1.shape} and {x2.shape} over axes {summed1} and {summed2}")
    free1 = [axis for axis in range(x1.ndim) if axis not in summed1]
    free2 = [axis for axis in range(x2.ndim) if axis not in summed2]
    shape1, shape2 = tuple(x1.shape[axis] for axis in free1), tuple(x2.shape[axis] for axis in free2)
    count = math.prod(x1.shape[axis] for axis in summed1)
    left = reshape(permute_dims(x1, axes=(*free1, *summed1)), shape=(math.prod(shape1), count))
    right = reshape(permute_dims(x2, axes=(*summed2, *free2)), shape=(count, math.prod(shape2)))
    return reshape(matmul(left, right), shape=(*shape1, *shape2))


def _pairs(axes: Axes, ndim: int) -> tuple[Sequence[int], Sequence[int]]:
    """The axes of the first operand, which has `ndim`, and those of the second."""
    return (range(ndim - axes, ndim), range(axes)) if isinstance(axes, int) else axes


def kron(x1: Array, x2: Array) -> Array:
    """The Kronecker product of two matrices: blocks x1[i, j] x2."""
    _check_ndims("kron", x1, x2, 2)
    blocks = multiply(expand_dims(x1, axis=(1, 3)), expand_dims(x2, axis=(0, 2)))
    return reshape(blocks, shape=(x1.shape[0] * x2.shape[0], x1.shape[1] * x2.shape[1]))


def cross(x1: Array, x2: Array, *, axis: int = -1) -> Array:
    """The cross product of vectors of three elements along an axis: y[0] = x1[1] x2[2] - x1[2] x2[1], and so on."""
    following, preceding = np.array([1, 2, 0]), np.array([2, 0, 1])
    check_along("cross", x1, x2, axis)
    if x1.shape[axis] != 3:
        raise ShapeMismatch(f"cross takes vectors of three elements, not {x1.shape[axis]}")
    first = take(x1, following, axis=axis) * take(x2, preceding, axis=axis)
    return first - take(x1, preceding, axis=axis) * take(x2, following, axis=axis)


def _check_ndims(op: str, x1: Array, x2: Array, ndim: int) -> None:
    for name, x in (("x1", x1), ("x2", x2)):
        check_ndim(op, name, x, ndim)
