"""Numbers that are made of a whole matrix or vector: the norm, the determinant."""

import math
from typing import Any

import numpy as np

from reference_engine.errors import SingularMatrix
from reference_engine.op import Array, op
from reference_engine.ops.casting import conj
from reference_engine.ops.indexing import getitem
from reference_engine.ops.masking import masked_in_roots
from reference_engine.ops.reductions import Axis, axes_of, kept
from reference_engine.ops.selection import equals, where
from reference_engine.ops.shape import expand_dims
from reference_engine.semantics import current
from reference_engine.shapes import check_square


@op
def euclidean_norm(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """The Euclidean length over axes, y = sqrt(sum(abs(x)^2)).  dy/dx = conj(x) / y.

    At 0, the tip of a cone, any vector no longer than 1 is a subgradient: `vector_norm_at_zero`.
    """
    return np.linalg.vector_norm(x, axis=axes_of(axis, x.ndim), keepdims=keepdims)


@euclidean_norm.derivative("x")
def _(g: Array, y: Array, x: Array, axis: Axis) -> Array:
    length = kept(y, x.shape, axis)
    slope = conj(x) / length
    if current().vector_norm_at_zero == "zero":
        slope = where(equals(length, 0), 0, slope)
    g = kept(g, x.shape, axis)
    return masked_in_roots(g, g * slope)


@op
def det(x: Array) -> Array:
    """The determinant of the matrices on the last two axes.  dy/dx is the matrix of cofactors (Jacobi's formula).

    That is y times the transposed inverse where there is one; where there is none: `det_of_singular`.
    """
    check_square("det", x)
    if x.dtype == np.float16:  # which LAPACK does not know
        return np.linalg.det(x.astype(np.float32)).astype(np.float16)
    return np.linalg.det(x)


@det.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    option = current().det_of_singular
    is_singular = equals(y, 0)
    if option == "raises" and is_singular.any():
        raise SingularMatrix("the derivative of det divides by the determinant, and it is 0")
    cofactors = _cofactors(x)
    if option in ("zero", "nan"):
        cofactors = where(is_singular[..., None, None], {"zero": 0.0, "nan": math.nan}[option], cofactors)
    return expand_dims(g, axis=(-2, -1)) * cofactors


@op
def minor(x: Array) -> Array:
    """The determinant once more, with the matrix of cofactors for a derivative everywhere: of minors nobody divides."""
    return det.forward(x)


@minor.derivative("x")
def _(g: Array, x: Array) -> Array:
    return expand_dims(g, axis=(-2, -1)) * _cofactors(x)


def _cofactors(x: Array) -> Any:
    """Each element's minor, the determinant without its row and its column, with alternating signs.

    This needs no inverse, and as `minor` is an op it can be differentiated again.
    """
    size = x.shape[-1]
    others = np.nonzero(~np.eye(size, dtype=bool))[1].reshape(size, max(size - 1, 0))  # for each place, the others
    minors = minor(getitem(x, index=(..., others[:, None, :, None], others[None, :, None, :])))
    signs = (-1.0) ** np.add.outer(np.arange(size), np.arange(size))
    return minors * signs.astype(x.dtype)
