"""Eigenvalues of symmetric matrices, and the singular values, which are some of those, by Jacobi's method.

It turns the matrix, plane by plane, until what is beside the diagonal is nearly 0. Each turn is done on balls, so they
hold the true matrix at every time; and no eigenvalue is further from the diagonal, both in order, than the size of what
remains beside it (Weyl). So equal eigenvalues are no exception.
"""

import numpy as np
from flint import acb, arb

from reference_engine.oracle.balls import Ball, Balls, is_complex, widened
from reference_engine.oracle.errors import Uncertain
from reference_engine.oracle.forward.table import forward
from reference_engine.oracle.forward.whole_matrices import each_matrix
from reference_engine.oracle.working import Working

MOST_SWEEPS = 60


@forward("eigvalsh")
def eigvalsh(x: Balls) -> Balls:
    """Those of the mean of x and its transpose, conjugated where it is complex; the smallest first."""
    return each_matrix("eigenvalues", _of_hermitian, x)


@forward("eigvalsh_of_lower_triangle")
def eigvalsh_of_lower_triangle(x: Balls) -> Balls:
    """Those of the lower triangle and its mirror image."""
    return each_matrix("eigenvalues of the lower triangle", lambda one: _of_hermitian(mirrored(one)), x)


def mirrored(x: Balls) -> Balls:
    """The lower triangle and its mirror image."""
    lower = np.tri(len(x), dtype=np.bool_)
    whole = _conjugate(x.T)
    whole[lower] = x[lower]
    return whole


def _of_hermitian(x: Balls) -> Balls:
    if not is_complex(x):
        return _as_array(eigenvalues((x + x.T) / 2))
    hermitian = (x + _conjugate(x.T)) / 2
    real, imaginary = _part(hermitian, "real"), _part(hermitian, "imag")
    # Each eigenvalue of the complex matrix is two of this real one.
    return _as_array(eigenvalues(np.block([[real, -imaginary], [imaginary, real]]))[::2])


@forward("svdvals")
def svdvals(x: Balls) -> Balls:
    """The largest eigenvalues of [[0, x], [x^H, 0]], as many as there are rows or columns; the largest first."""
    return each_matrix("singular values", _singular_values, x)


def _singular_values(x: Balls) -> Balls:
    if is_complex(x):
        real, imaginary = _part(x, "real"), _part(x, "imag")
        values = singular_values(np.block([[real, -imaginary], [imaginary, real]]))[::2]
    else:
        values = singular_values(x)
    return _as_array(values)


def singular_values(x: Balls) -> list[Ball]:
    rows, columns = x.shape
    zeros = [np.full((size, size), arb(0), object) for size in (rows, columns)]
    return eigenvalues(np.block([[zeros[0], x], [x.T, zeros[1]]]))[::-1][: min(rows, columns)]


def eigenvalues(x: Balls) -> list[Ball]:
    """Those of a real symmetric matrix, in order."""
    size, a = len(x), x.copy()
    pairs = [(row, column) for row in range(size) for column in range(row + 1, size)]
    smallest = arb((1, -Working.current.bits)) * (1 + sum((abs(ball).upper() for ball in a.flat), arb(0)))
    for _ in range(MOST_SWEEPS):
        beside = [pair for pair in pairs if not a[pair].contains(0) and not abs(a[pair].mid()) < smallest]
        if not beside or not all(ball.is_finite() for ball in a.flat):
            break
        for row, column in beside:
            _turn(a, row, column)
    else:
        raise Uncertain("the eigenvalues of a matrix did not settle")
    ordered = sorted((a[one, one] for one in range(size)), key=_Midpoint)
    # The radii, for in another order than that of the midpoints the true numbers may be as far off.
    remainder = sum((ball.rad() for ball in ordered), sum((abs(a[pair]).upper() for pair in pairs), arb(0)) * 2)
    return [widened(ball.mid(), remainder) for ball in ordered]


class _Midpoint:
    """Orders balls by their midpoints."""

    def __init__(self, ball: Ball) -> None:
        self.ball = ball

    def __lt__(self, other: "_Midpoint") -> bool:
        return bool(self.ball.mid() < other.ball.mid())


def _turn(a: Balls, row: int, column: int) -> None:
    """The rotation that makes the element at (row, column) nearly 0, in place: by an angle whose tangent is exact.

    (Golub and Van Loan, Matrix Computations, section 8.5.)
    """
    element = a[row, column].mid()
    if element.is_zero():  # since another turn
        return
    theta = (a[column, column] - a[row, row]).mid() / (2 * element)
    root = (theta * theta + 1).sqrt()
    tangent = (1 / (theta + root) if theta.mid() >= 0 else 1 / (theta - root)).mid()
    cosine = 1 / (tangent * tangent + 1).sqrt()
    sine = tangent * cosine
    for lines in (a, a.T):
        first, second = lines[row].copy(), lines[column].copy()
        lines[row], lines[column] = cosine * first - sine * second, sine * first + cosine * second


def _conjugate(x: Balls) -> Balls:
    return _as_array([ball if isinstance(ball, arb) else ball.conjugate() for ball in x.flat]).reshape(x.shape)


def _part(x: Balls, name: str) -> Balls:
    """The real or the imaginary part of a complex matrix, some elements of which may be real."""
    return _as_array([getattr(acb(ball), name) for ball in x.flat]).reshape(x.shape)


def _as_array(balls: list[Ball]) -> Balls:
    result = np.empty(len(balls), object)
    result[:] = balls
    return result
