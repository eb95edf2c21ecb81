"""The singular value decomposition x = u @ diag(s) @ vh of real matrices: its values, and its vectors one by one."""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.casting import conj
from reference_engine.ops.selection import where
from reference_engine.ops.shape import expand_dims
from reference_engine.ops.signs import pointing_forward


@op
def svdvals(x: Array) -> Array:
    """The singular values of the matrices on the last two axes, the largest first.  dy[i] = Re(u_i^H dx v_i).

    Where two are equal, or one is 0, it has no derivative: singular vectors are any of those that fit.
    """
    return np.linalg.svd(x, compute_uv=False)


@svdvals.derivative("x")
def _(g: Array, x: Array) -> Array:
    return (conj(left_vectors(x)) * expand_dims(g, axis=-2)) @ conj(right_vectors(x))


def svd_u(x: Array) -> Array:
    """The left singular vectors of real matrices (..., m, n), as the columns of matrices (..., m, min(m, n)).

    In the order of `svdvals`, each with its first component not negative: the sign is a constant to differentiation.
    Where two singular values are equal, or one is 0 and m > n, the vectors have no derivative; where a first component
    is 0, the sign jumps.
    """
    return pointing_forward(left_vectors(x), axis=-2)


def svd_vh(x: Array) -> Array:
    """The right singular vectors, as the rows of matrices (..., min(m, n), n), with signs of their own: see `svd_u`."""
    return pointing_forward(right_vectors(x), axis=-1)


@op
def left_vectors(x: Array) -> Array:
    """The u of a real x, as columns, with LAPACK's signs.  The part of the rule of the SVD for u.

    (J. Townsend, Differentiating the singular value decomposition, 2016, equation 31.)
    """
    return np.linalg.svd(x, full_matrices=False)[0]


@op
def right_vectors(x: Array) -> Array:
    """The vh of a real x, as rows: the same for vh."""
    return np.linalg.svd(x, full_matrices=False)[2]


@left_vectors.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    return _of_left_vectors(g, y, svdvals(x), right_vectors(x))


@right_vectors.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    """x^T has the same vectors with left and right swapped."""
    return _of_left_vectors(g.mT, y.mT, svdvals(x), left_vectors(x).mT).mT


def _of_left_vectors(g: Array, u: Array, s: Array, vh: Array) -> Array:
    """u (((u^T g - g^T u) / e) diag(s)) vh + (1 - u u^T) g diag(1 / s) vh, where e[i, j] = s[j]^2 - s[i]^2.

    The second term is 0 where u is square.
    """
    weights = u.mT @ g
    scale, others = expand_dims(s, axis=-2), expand_dims(s, axis=-1)
    is_diagonal = np.eye(s.shape[-1], dtype=np.bool_)
    gaps = where(is_diagonal, 1, (scale - others) * (scale + others))
    slope = u @ ((weights - weights.mT) / gaps * scale)
    rows, columns = u.shape[-2:]
    if rows > columns:
        slope = slope + (g - u @ weights) / scale
    return slope @ vh
