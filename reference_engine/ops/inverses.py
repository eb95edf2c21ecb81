"""Inverses of matrices, and solutions of linear systems."""

from typing import Any

import numpy as np

from reference_engine.errors import SingularMatrix
from reference_engine.op import Array, op
from reference_engine.ops.casting import conj
from reference_engine.ops.linear import matmul
from reference_engine.ops.matrix_parts import tril, triu
from reference_engine.semantics import current
from reference_engine.shapes import check_least_ndim, check_shape, check_square


@op
def inv(x: Array) -> Array:
    """The inverse of the matrices on the last two axes.  dy = -y dx y (The Matrix Cookbook, section 2.2).

    Of a singular matrix: `inverse_of_singular`.
    """
    check_square("inv", x)
    return _solved(x, np.broadcast_to(np.eye(x.shape[-1], dtype=x.dtype), x.shape))


@inv.derivative("x")
def _(g: Array, y: Array) -> Array:
    return -(y.mT @ g @ y.mT)


@op
def solve(x1: Array, x2: Array) -> Array:
    """The y with x1 @ y = x2, for square matrices x1 (..., n, n) and as many matrices x2 (..., n, k).

    The transposed system carries the cotangent back: d/dx2 = solve(x1^T, g), and d/dx1 = -(d/dx2) y^T (M. B. Giles,
    An extended collection of matrix derivative results, 2008, section 2.2.4). Of a singular x1: `inverse_of_singular`.
    """
    check_square("solve", x1)
    check_shape("solve", "x2", x2, (*x1.shape[:-1], *x2.shape[-1:]))
    return _solved(x1, x2)


@solve.derivative("x1")
def _(g: Array, y: Array, x1: Array) -> Array:
    return -(solve(x1.mT, g) @ y.mT)


@solve.derivative("x2")
def _(g: Array, x1: Array) -> Array:
    return solve(x1.mT, g)


def _solved(matrix: Array, right: Array) -> Any:
    try:
        return np.linalg.solve(matrix, right)
    except np.linalg.LinAlgError:
        if current().inverse_of_singular == "raises":
            raise SingularMatrix("a matrix has no inverse") from None
    shape = np.broadcast_shapes(matrix.shape[:-2], right.shape[:-2])
    solutions = np.empty((*shape, *right.shape[-2:]), np.result_type(matrix, right))
    with np.errstate(all="ignore"):
        for index in np.ndindex(*shape):
            pair = (np.broadcast_to(one, (*shape, *one.shape[-2:]))[index] for one in (matrix, right))
            solutions[index] = _by_elimination(*pair)
    return solutions


def _by_elimination(matrix: Array, right: Array) -> Array:
    """By Gaussian elimination with partial pivoting that divides by a pivot of 0 at the end, and not on the way."""
    upper, right = matrix.copy(), right.copy()
    size = len(upper)
    for column in range(size):
        pivot = column + int(np.argmax(np.abs(upper[column:, column])))
        for rows in (upper, right):
            rows[[column, pivot]] = rows[[pivot, column]]
        if upper[column, column] != 0:
            factors = upper[column + 1 :, column] / upper[column, column]
            right[column + 1 :] -= np.outer(factors, right[column])
            upper[column + 1 :] -= np.outer(factors, upper[column])
    return _substituted(upper, right, lower=False)


@op
def solve_triangular(x1: Array, x2: Array, *, lower: bool = False) -> Array:
    """The y with t @ y = x2, where t is the upper triangle of x1, or the lower one; the other is not read.

    Shapes and derivatives are those of `solve`; what is not read gets no cotangent. Divides by the diagonal: by 0 it
    gives infinity or NaN.
    """
    check_square("solve_triangular", x1)
    check_least_ndim("solve_triangular", "x2", x2, 2)
    check_shape("solve_triangular", "x2", x2, (*x2.shape[:-2], x1.shape[-1], x2.shape[-1]))
    return _substituted(x1, x2, lower)


@solve_triangular.derivative("x1")
def _(g: Array, y: Array, x1: Array, lower: bool) -> Array:
    cotangent = -(solve_triangular(x1.mT, g, lower=not lower) @ y.mT)
    return tril(cotangent) if lower else triu(cotangent)


@solve_triangular.derivative("x2")
def _(g: Array, x1: Array, lower: bool) -> Array:
    return solve_triangular(x1.mT, g, lower=not lower)


def _substituted(triangle: Array, right: Array, lower: bool) -> Any:
    """The solution of a triangular system, row by row; the other triangle is not read."""
    size = triangle.shape[-1]
    shape = np.broadcast_shapes(triangle.shape[:-2], right.shape[:-2])
    solution = np.array(np.broadcast_to(right, (*shape, *right.shape[-2:])), np.result_type(triangle, right))
    for row in range(size) if lower else reversed(range(size)):
        known = slice(row) if lower else slice(row + 1, size)
        solution[..., row, :] -= (triangle[..., row : row + 1, known] @ solution[..., known, :])[..., 0, :]
        solution[..., row, :] /= triangle[..., row, row, None]
    return solution


@op
def pinv(x: Array) -> Array:
    """The pseudoinverse (Moore and Penrose) of the matrices on the last two axes.

    Where the rank does not change nearby,
    dy = -y dx y + y y^H dx^H (1 - x y) + (1 - y x) dx^H y^H y (Golub and Pereyra, The differentiation of
    pseudo-inverses and nonlinear least squares problems whose variables separate, 1973, equation 4.12). Singular values
    below max(m, n) eps times the largest count as 0.
    """
    check_least_ndim("pinv", "x", x, 2)
    return np.linalg.pinv(x, rtol=max(x.shape[-2:]) * np.finfo(x.dtype).eps)


@pinv.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    outside = conj(matmul(np.eye(x.shape[-2], dtype=x.dtype) - x @ y, g.mT) @ y) @ y.mT
    inside = y.mT @ conj(y @ matmul(g.mT, np.eye(x.shape[-1], dtype=x.dtype) - y @ x))
    return outside + inside - y.mT @ g @ y.mT
