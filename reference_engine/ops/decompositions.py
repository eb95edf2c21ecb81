"""What factorizations of matrices give: the Cholesky factor, Q and R."""

import numpy as np

from reference_engine.errors import NotPositiveDefinite
from reference_engine.op import Array, op
from reference_engine.ops.inverses import solve_triangular
from reference_engine.ops.matrix_parts import tril
from reference_engine.ops.shape import concat
from reference_engine.ops.symmetric import symmetric
from reference_engine.semantics import current
from reference_engine.shapes import check_square


def cholesky(x: Array) -> Array:
    """The lower triangular y with y @ y^T = x, for symmetric positive definite matrices on the last two axes.

    What is read of a matrix that is not symmetric: `cholesky_reads`. Of one that is not positive definite:
    `cholesky_of_indefinite`.
    """
    check_square("cholesky", x)
    return cholesky_factor(symmetric(x, current().cholesky_reads))


@op
def cholesky_factor(x: Array) -> Array:
    """The Cholesky factor of a symmetric matrix.  gx = y^-T (phi(y^T g) + phi(y^T g)^T) y^-1 / 2.

    phi takes the lower triangle and halves its diagonal (I. Murray, Differentiation of the Cholesky decomposition,
    2016, equation 10).
    """
    try:
        return np.linalg.cholesky(x)
    except np.linalg.LinAlgError:
        if current().cholesky_of_indefinite == "raises":
            raise NotPositiveDefinite("a matrix has no Cholesky factor") from None
        return np.tril(np.full_like(x, np.nan))


@cholesky_factor.derivative("x")
def _(g: Array, y: Array) -> Array:
    halved = (np.tri(y.shape[-1]) - np.eye(y.shape[-1]) / 2).astype(y.dtype)
    phi = (y.mT @ g) * halved
    half = solve_triangular(y.mT, phi + phi.mT)
    return solve_triangular(y.mT, half.mT) / 2


@op
def qr_r(x: Array) -> Array:
    """The upper triangular R of x = Q R, for real matrices (..., m, n), of shape (..., min(m, n), n).

    Its signs are those of Householder's reflections, which LAPACK has: R[i, i] has the opposite sign of the element
    that it is made from; in the last row of a square or wide matrix, the same. Where the first min(m, n) columns are
    independent, with R = [R1 R2] and M = R1 g1^T - g2 x2^T Q: gx1 = (x2 g2^T + Q copyltu(M)) R1^-T and gx2 = Q g2,
    where copyltu mirrors the lower triangle (M. Seeger et al., Auto-differentiating linear algebra, 2017, section
    4.3).
    """
    return np.linalg.qr(x, mode="r")


@qr_r.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    size = y.shape[-2]
    factor, rest, weights = y[..., :size], x[..., size:], g[..., size:]
    q = solve_triangular(factor.mT, x[..., :size].mT, lower=True).mT
    through_q = rest @ weights.mT
    first = _of_first_columns(through_q, factor @ g[..., :size].mT - through_q.mT @ q, q, factor)
    return concat(first, q @ weights, axis=-1)


@op
def qr_q(x: Array) -> Array:
    """The Q of x = Q R with orthonormal columns, for real matrices (..., m, n), of shape (..., m, min(m, n)).

    Its signs are those of `qr_r`. In the same words, gx1 = (g + Q copyltu(M)) R1^-T with M = -g^T Q, and gx2 = 0.
    """
    return np.linalg.qr(x)[0]


@qr_q.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    size = y.shape[-1]
    first = _of_first_columns(g, -g.mT @ y, y, qr_r(x)[..., :size])
    return concat(first, np.zeros(x[..., size:].shape), axis=-1)


def _of_first_columns(g: Array, m: Array, q: Array, factor: Array) -> Array:
    """(g + q copyltu(m)) factor^-T."""
    lower = tril(m)
    return solve_triangular(factor, (g + q @ (lower + tril(lower, k=-1).mT)).mT).mT
