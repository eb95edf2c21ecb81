"""Inverses, linear systems, and functions of matrices."""

import numpy as np
from flint import acb_mat, arb, arb_mat

from reference_engine.oracle.balls import NOT_A_NUMBER, Balls, is_complex
from reference_engine.oracle.errors import OutOfReach, Uncertain
from reference_engine.oracle.forward.elementwise import divide, log, multiply, subtract
from reference_engine.oracle.forward.matrices import det, matmul
from reference_engine.oracle.forward.table import for_each, forward
from reference_engine.oracle.forward.whole_matrices import Matrix, balls_of, each_matrix, matrix_of


@forward("solve")
def solve(x1: Balls, x2: Balls) -> Balls:
    """NaN where x1 is singular."""
    return each_matrix("solution", _solution, x1, x2)


@forward("inv")
def inv(x: Balls) -> Balls:
    size = x.shape[-1]
    return solve(x, balls_of(arb_mat(size, size, [arb(int(i == j)) for i in range(size) for j in range(size)])))


def _solution(x1: Balls, x2: Balls) -> Balls:
    left, right = matrix_of(x1), matrix_of(x2)
    determinant = left.det()
    if determinant.is_zero() or not determinant.is_finite():
        return np.full(x2.shape, NOT_A_NUMBER, object)
    if determinant.contains(0):
        raise Uncertain("a matrix may be singular")
    return balls_of(_together(left, right)[0].solve(_together(left, right)[1]))


def _together(left: Matrix, right: Matrix) -> tuple[Matrix, Matrix]:
    """Both complex if one is."""
    if isinstance(left, arb_mat) and isinstance(right, arb_mat):
        return left, right
    return acb_mat(left), acb_mat(right)


@forward("solve_triangular")
def solve_triangular(x1: Balls, x2: Balls, *, lower: bool = False) -> Balls:
    """By substitution, row by row: what is divided by 0 is NaN."""
    size = x1.shape[-1]
    shape = np.broadcast_shapes(x1.shape[:-2], x2.shape[:-2])
    solution = np.broadcast_to(x2, (*shape, *x2.shape[-2:])).copy()
    rows = range(size) if lower else range(size - 1, -1, -1)
    for position, row in enumerate(rows):
        total = solution[..., row, :]
        for known in rows[:position]:
            term = for_each("multiply", multiply, x1[..., row, known, None], solution[..., known, :])
            total = for_each("subtract", subtract, total, term)
        solution[..., row, :] = for_each("divide", divide, total, x1[..., row, row, None])
    return solution


@forward("pinv")
def pinv(x: Balls) -> Balls:
    return each_matrix("pseudoinverse", _pseudoinverse, x)


def _pseudoinverse(x: Balls) -> Balls:
    matrix = matrix_of(x)
    adjoint = matrix.transpose() if isinstance(matrix, arb_mat) else matrix.conjugate().transpose()
    is_wide = x.shape[0] < x.shape[1]
    gram = matrix * adjoint if is_wide else adjoint * matrix
    determinant = gram.det()
    if determinant.is_zero():
        raise OutOfReach("the pseudoinverse jumps where the rank is not full")
    if determinant.contains(0):
        raise Uncertain("a matrix may have less than full rank")
    return balls_of(adjoint * gram.inv() if is_wide else gram.inv() * adjoint)


@forward("logdet")
def logdet(x: Balls) -> Balls:
    return for_each("log", log, det(x))


@forward("logabsdet")
def logabsdet(x: Balls) -> Balls:
    """Half the logarithm of the square."""
    if is_complex(x):
        return for_each("log", log, for_each("modulus", abs, det(x)))
    return for_each("log of modulus", lambda one: log(one * one) / 2, det(x))


@forward("matrix_power")
def matrix_power(x: Balls, *, n: int) -> Balls:
    base = inv(x) if n < 0 else x
    size = x.shape[-1]
    product = balls_of(arb_mat(size, size, [arb(int(i == j)) for i in range(size) for j in range(size)]))
    product = np.broadcast_to(_kept(product), x.shape)
    for _ in range(abs(n)):
        product = matmul(product, base)
    return product


def _kept(x: Balls) -> Balls:
    return for_each("kept", lambda ball: ball, x)


@forward("expm")
def expm(x: Balls) -> Balls:
    return each_matrix("exponential", lambda one: balls_of(matrix_of(one).exp()), x)
