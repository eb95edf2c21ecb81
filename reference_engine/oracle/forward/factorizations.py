"""The Cholesky factor, Q and R, by the algorithms that define them."""

import numpy as np
from flint import arb

from reference_engine.oracle.balls import NOT_A_NUMBER, Ball, Balls
from reference_engine.oracle.errors import Uncertain
from reference_engine.oracle.forward.elementwise import side
from reference_engine.oracle.forward.table import forward
from reference_engine.oracle.forward.whole_matrices import each_matrix


@forward("cholesky")
def cholesky(x: Balls) -> Balls:
    """Of the mean of x and its transpose; NaN in the lower triangle where that is not positive definite."""
    return each_matrix("Cholesky factor", _cholesky, x)


def _cholesky(x: Balls) -> Balls:
    size = len(x)
    factor = np.full((size, size), arb(0), object)
    for row in range(size):
        for column in range(row + 1):
            rest = (x[row, column] + x[column, row]) / 2
            for earlier in range(column):
                rest = rest - factor[row, earlier] * factor[column, earlier]
            if row == column:
                if side(rest) <= 0:
                    return _triangle(np.full((size, size), NOT_A_NUMBER, object), lower=True)
                factor[row, row] = rest.sqrt()
            else:
                factor[row, column] = rest / factor[column, column]
    return factor


@forward("qr_r")
def qr_r(x: Balls) -> Balls:
    """By Householder's reflections: none where there is nothing to reflect, as in the last row (LAPACK's dlarfg)."""
    return each_matrix("R", lambda one: _factors(one)[1], x)


@forward("qr_q")
def qr_q(x: Balls) -> Balls:
    """The product of the same reflections, of which the first columns count."""
    return each_matrix("Q", lambda one: _factors(one)[0], x)


def _factors(x: Balls) -> tuple[Balls, Balls]:
    """Q, with as many columns as x has rows or columns, and R, with as many rows."""
    rows, columns = x.shape
    size = min(rows, columns)
    r, q = x.copy(), np.full((rows, rows), arb(0), object)
    np.fill_diagonal(q, arb(1))
    for column in range(size):
        if any(not ball.is_zero() for ball in r[column + 1 :, column]):
            normal = _normal(r[column:, column])
            _reflect(r[column:], normal)
            _reflect(q.T[column:], normal)
    return q[:, :size], _triangle(r, lower=False)[:size]


def _normal(column: Balls) -> Balls:
    """Of the reflection that makes the column a multiple of (1, 0, ..., 0), with the other sign than its first."""
    first = column[0]
    length = _sum_of_squares(column).sqrt()
    if not first.is_zero() and first.contains(0):
        raise Uncertain("an element that is reflected may have either sign")
    normal = column.copy()
    normal[0] = first + length if first >= 0 else first - length
    return normal


def _reflect(a: Balls, normal: Balls) -> None:
    """Reflect the columns, in place."""
    weight = 2 / _sum_of_squares(normal)
    for column in range(a.shape[1]):
        amount = weight * sum((n * b for n, b in zip(normal, a[:, column], strict=True)), arb(0))
        a[:, column] = a[:, column] - amount * normal


def _triangle(a: Balls, *, lower: bool) -> Balls:
    """The lower or the upper triangle, and 0 elsewhere."""
    result = np.full(a.shape, arb(0), object)
    rows, columns = a.shape
    below = np.tri(rows, columns, 0 if lower else -1, dtype=np.bool_)
    kept = below if lower else ~below
    result[kept] = a[kept]
    return result


def _sum_of_squares(balls: Balls) -> Ball:
    return sum((ball * ball for ball in balls), arb(0))
