"""Matrix products."""

from typing import Any

import numpy as np

from reference_engine.dtypes import check_equal
from reference_engine.op import Array, op
from reference_engine.ops.casting import astype
from reference_engine.ops.shape import expand_dims, squeeze
from reference_engine.semantics import current
from reference_engine.shapes import check_ndim, check_shape, shape_of


@op
def matmul(x1: Array, x2: Array) -> Array:
    """The matrix product over the last axis of x1 and the last but one of x2, the axes before them broadcast.

    An operand with one axis is a row on the left and a column on the right, and that axis is gone from the result.
    d/dx1 = g x2^T, d/dx2 = x1^T g (Petersen and Pedersen, The Matrix Cookbook, section 2).
    """
    if current().linear_dtypes != "promotes":
        check_equal("matmul", x1, x2)
    return np.matmul(x1, x2)


@matmul.derivative("x1")
def _(g: Array, x1_shape: tuple[int, ...], x2: Array) -> Array:
    return _left(g, len(x1_shape), x2)


@matmul.derivative("x2")
def _(g: Array, x1: Array, x2_shape: tuple[int, ...]) -> Array:
    return _right(g, x1, len(x2_shape))


def _left(g: Array, x1_ndim: int, x2: Array) -> Array:
    """g x2^T; `fit` sums over axes that were broadcast, and over the row's if x1 has one axis."""
    if x2.ndim == 1:
        return expand_dims(g, axis=-1) * x2
    return (g if x1_ndim > 1 else expand_dims(g, axis=-2)) @ x2.mT


def _right(g: Array, x1: Array, x2_ndim: int) -> Array:
    """x1^T g; `fit` sums over axes that were broadcast."""
    if x1.ndim == 1:
        return expand_dims(x1, axis=-1) * expand_dims(g, axis=-2) if x2_ndim > 1 else x1 * g
    if x2_ndim == 1:
        return squeeze(x1.mT @ expand_dims(g, axis=-1), axis=-1)
    return x1.mT @ g


def linear(x: Array, weight: Array, bias: Array) -> Any:
    """A dense layer: x @ weight + bias, with `x` (..., n), `weight` (n, m) and `bias` (m,).

    Operands of different dtypes: `linear_dtypes`.
    """
    check_ndim("linear", "weight", weight, 2)
    check_shape("linear", "bias", bias, shape_of(weight)[1:])
    if current().linear_dtypes == "casts_input":
        x = astype(x, dtype=weight.dtype)
    return affine(x, weight, bias)


@op
def affine(x: Array, weight: Array, bias: Array) -> Array:
    """x @ weight + bias."""
    if current().linear_dtypes != "promotes":
        check_equal("linear", x, weight, bias)
    return np.matmul(x, weight) + bias


@affine.derivative("x")
def _(g: Array, x_shape: tuple[int, ...], weight: Array) -> Array:
    return _left(g, len(x_shape), weight)


@affine.derivative("weight")
def _(g: Array, x: Array, weight_shape: tuple[int, ...]) -> Array:
    return _right(g, x, len(weight_shape))


@affine.derivative("bias")
def _(g: Array) -> Array:
    return g
