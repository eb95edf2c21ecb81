"""Symmetric (and Hermitian) matrices: what is read of one that is none, and the eigenvalues."""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.casting import conj
from reference_engine.ops.matrix_parts import tril
from reference_engine.ops.selection import where
from reference_engine.ops.shape import expand_dims
from reference_engine.ops.signs import pointing_forward
from reference_engine.semantics import current
from reference_engine.shapes import check_square


def symmetric(x: Array, option: str) -> Array:
    """The symmetric matrix that is meant by x, by an option of `cholesky_reads` or `eigvalsh_reads`."""
    if option == "both_triangles":
        return (x + conj(x.mT)) / 2
    return mirrored(x) if option == "lower_triangle" else mirrored_alone(x)


@op
def mirrored(x: Array) -> Array:
    """The lower triangle and its mirror image.  The cotangent is shared as though both triangles had been read."""
    return _mirrored(x)


@mirrored.derivative("x")
def _(g: Array) -> Array:
    return (g + conj(g.mT)) / 2


@op
def mirrored_alone(x: Array) -> Array:
    """The lower triangle and its mirror image.  The upper triangle gets no cotangent."""
    return _mirrored(x)


@mirrored_alone.derivative("x")
def _(g: Array) -> Array:
    return tril(g) + tril(conj(g.mT), k=-1)


def _mirrored(x: Array) -> Array:
    below = np.tri(x.shape[-1], dtype=np.bool_)
    return np.where(below, x, np.conjugate(np.swapaxes(x, -1, -2)))


def eigvalsh(x: Array) -> Array:
    """The eigenvalues of the symmetric or Hermitian matrices on the last two axes, the smallest first.

    What is read of a matrix that is not symmetric: `eigvalsh_reads`.
    """
    check_square("eigvalsh", x)
    return eigenvalues(symmetric(x, current().eigvalsh_reads))


@op
def eigenvalues(x: Array) -> Array:
    """Those of a symmetric or Hermitian matrix.  dy[i] = v_i^H dx v_i (J. R. Magnus, On differentiating eigenvalues and
    eigenvectors, 1985).

    Where two are equal there is no derivative: eigenvectors are any of those that fit.
    """
    return np.linalg.eigvalsh(x)


@eigenvalues.derivative("x")
def _(g: Array, x: Array) -> Array:
    vectors = eigenvectors(x)
    return (conj(vectors) * expand_dims(g, axis=-2)) @ vectors.mT


def eigh_vectors(x: Array) -> Array:
    """The eigenvectors of the real symmetric matrices on the last two axes, as columns, in the order of `eigvalsh`.

    Each has its first component not negative: the sign is a constant to differentiation. Where two eigenvalues are
    equal, vectors have no derivative; where a first component is 0, the sign jumps. What is read of a matrix that is
    not symmetric: `eigvalsh_reads`.
    """
    check_square("eigh_vectors", x)
    return pointing_forward(eigenvectors(symmetric(x, current().eigvalsh_reads)), axis=-2)


@op
def eigenvectors(x: Array) -> Array:
    """Those of a symmetric or Hermitian matrix, as columns.  dy = y (f * (y^H dx y)), f[i, j] = 1 / (l[j] - l[i])."""
    return np.linalg.eigh(x)[1]


@eigenvectors.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    values = eigenvalues(x)
    is_diagonal = np.eye(values.shape[-1], dtype=np.bool_)
    gaps = where(is_diagonal, 1, expand_dims(values, axis=-2) - expand_dims(values, axis=-1))
    return conj(y) @ where(is_diagonal, 0, (y.mT @ g) / gaps) @ y.mT
