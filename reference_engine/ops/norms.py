"""Norms of vectors and matrices, and distances."""

import math
from typing import Literal

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.masking import masked_in_roots
from reference_engine.ops.matrices import euclidean_norm
from reference_engine.ops.reductions import Axis, amax, axes_of, kept
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.selection import abs, equals, sign, where  # noqa: A004 -- array API names
from reference_engine.ops.shape import expand_dims
from reference_engine.ops.singular_values import svdvals
from reference_engine.semantics import current
from reference_engine.shapes import check_along, check_axis, check_least_ndim


def vector_norm(x: Array, *, axis: Axis = None, keepdims: bool = False, ord: float = 2.0) -> Array:  # noqa: A002
    """sum(abs(x)^ord)^(1/ord) over axes, for ord >= 1; for infinity the largest absolute value.

    For 2 it is the Euclidean length. For 1 and infinity it has the kinks of `abs` and of `amax`, whose dimensions
    `abs_at_zero` and `amax_ties` are. For the others it has one at 0: `vector_norm_at_zero`.
    """
    check_axis("vector_norm", axis, x.ndim)
    if not ord >= 1:
        raise ValueError(f"vector_norm has no derivative of order {ord}, only of those from 1 on")
    if ord == 2:
        return euclidean_norm(x, axis=axis, keepdims=keepdims)
    if ord == 1:
        return sum_of(abs(x), axis=axis, keepdims=keepdims)
    if ord == math.inf:
        return amax(abs(x), axis=axis, keepdims=keepdims)
    return power_norm(x, axis=axis, keepdims=keepdims, ord=ord)


@op
def power_norm(x: Array, *, axis: Axis = None, keepdims: bool = False, ord: float) -> Array:  # noqa: A002
    """sum(abs(x)^ord)^(1/ord).  dy/dx = sign(x) (abs(x) / y)^(ord - 1), for real x; at 0: `vector_norm_at_zero`."""
    powers = np.sum(np.abs(x) ** ord, axis=axes_of(axis, x.ndim), keepdims=keepdims)
    return powers ** (1 / ord)


@power_norm.derivative("x")
def _(g: Array, y: Array, x: Array, axis: Axis, ord: float) -> Array:  # noqa: A002
    length = kept(y, x.shape, axis)
    slope = sign.recorded(x) * (abs(x) / length) ** (ord - 1)
    if current().vector_norm_at_zero == "zero":
        slope = where(equals(length, 0), 0, slope)
    g = kept(g, x.shape, axis)
    return masked_in_roots(g, g * slope)


def matrix_norm(x: Array, *, ord: float | Literal["fro", "nuc"] = "fro", keepdims: bool = False) -> Array:  # noqa: A002
    """The norm of the matrices on the last two axes.

    "fro": the Euclidean length of all elements. "nuc": the sum of the singular values. 1, infinity: the largest sum of
    absolute values of a column, of a row. 2: the largest singular value. Raises `ValueError` for any other.
    """
    check_least_ndim("matrix_norm", "x", x, 2)
    if ord == "fro":
        norm = euclidean_norm(x, axis=(-2, -1))
    elif ord == "nuc":
        norm = sum_of(svdvals(x), axis=-1)
    elif ord == 2:
        norm = amax(svdvals(x), axis=-1)
    elif ord in (1, math.inf):
        norm = amax(sum_of(abs(x), axis=-2 if ord == 1 else -1), axis=-1)
    else:
        raise ValueError(f"there is no norm of matrices of the order {ord!r}")
    return expand_dims(norm, axis=(-2, -1)) if keepdims else norm


def cdist(x1: Array, x2: Array) -> Array:
    """y[i, j] = the Euclidean distance of the rows x1[i] and x2[j]; of equal ones: `vector_norm_at_zero`."""
    for name, x in (("x1", x1), ("x2", x2)):
        check_least_ndim("cdist", name, x, 2)
    check_along("cdist", x1, x2, -1)
    return euclidean_norm(expand_dims(x1, axis=-2) - expand_dims(x2, axis=-3), axis=-1)
