"""What factorizations of matrices give: the Cholesky factor, singular values, R of QR.

A factor that is unique up to a sign or a rotation is no op of its own; rules that need one have it from here.
"""

import numpy as np

from reference_engine.errors import NotPositiveDefinite
from reference_engine.op import Array, op
from reference_engine.ops.casting import conj
from reference_engine.ops.inverses import solve_triangular
from reference_engine.ops.matrix_parts import tril
from reference_engine.ops.selection import where
from reference_engine.ops.shape import concat, expand_dims
from reference_engine.ops.symmetric import symmetric
from reference_engine.semantics import current


def cholesky(x: Array) -> Array:
    """The lower triangular y with y @ y^T = x, for symmetric positive definite matrices on the last two axes.

    What is read of a matrix that is not symmetric: `cholesky_reads`. Of one that is not positive definite:
    `cholesky_of_indefinite`.
    """
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
def svdvals(x: Array) -> Array:
    """The singular values of the matrices on the last two axes, the largest first.  dy[i] = Re(u_i^H dx v_i).

    Where two are equal, or one is 0, it has no derivative: singular vectors are any of those that fit.
    """
    return np.linalg.svd(x, compute_uv=False)


@svdvals.derivative("x")
def _(g: Array, x: Array) -> Array:
    return (conj(left_vectors(x)) * expand_dims(g, axis=-2)) @ conj(right_vectors(x))


@op
def left_vectors(x: Array) -> Array:
    """The left singular vectors u of a real x = u @ diag(s) @ vh, as columns.  The part of the rule of the SVD for u.

    (J. Townsend, Differentiating the singular value decomposition, 2016, equation 31.)
    """
    return np.linalg.svd(x, full_matrices=False)[0]


@op
def right_vectors(x: Array) -> Array:
    """The right singular vectors vh, as rows: the same for vh."""
    return np.linalg.svd(x, full_matrices=False)[2]


@left_vectors.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    return _of_left_vectors(g, y, svdvals(x), right_vectors(x))


@right_vectors.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    """x^T has the same vectors with left and right swapped."""
    return _of_left_vectors(g.mT, y.mT, svdvals(x), left_vectors(x).mT).mT


def _of_left_vectors(g: Array, u: Array, s: Array, vh: Array) -> Array:
    """u (((u^T g - g^T u) / e) diag(s)) vh + (1 - u u^T) g diag(1 / s) vh, where e[i, j] = s[j]^2 - s[i]^2."""
    weights = u.mT @ g
    scale, others = expand_dims(s, axis=-2), expand_dims(s, axis=-1)
    is_diagonal = np.eye(s.shape[-1], dtype=np.bool_)
    gaps = where(is_diagonal, 1, (scale - others) * (scale + others))
    rotated = u @ ((weights - weights.mT) / gaps * scale)
    outside = (g - u @ weights) / scale
    return (rotated + outside) @ vh


@op
def qr_r(x: Array) -> Array:
    """The upper triangular R of x = Q R, for matrices (..., m, n), of shape (..., min(m, n), n).

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
    lower = tril(factor @ g[..., :size].mT - through_q.mT @ q)
    first = solve_triangular(factor, (through_q + q @ (lower + tril(lower, k=-1).mT)).mT).mT
    return concat(first, q @ weights, axis=-1)
