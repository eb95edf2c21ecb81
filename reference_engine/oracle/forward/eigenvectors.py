"""Vectors of eigenvalues and singular values of real matrices, from the values alone.

For a symmetric A with different eigenvalues l_i and eigenvectors v_i, and any vector b, the product over all j but i of
(A - l_j) / (l_i - l_j) takes b to v_i (v_i . b) (J. J. Sylvester, 1883). With b = (1, 0, ..., 0) that is a multiple of
v_i whose first component is a square: so it has the sign that it should have. It tells nothing where that is 0, or two
eigenvalues are equal: then, and only then, the determinant of b, A b, A A b, ... is 0 (A. N. Krylov, 1931).
"""

from collections.abc import Iterable

import numpy as np
from flint import arb

from reference_engine.oracle.balls import Ball, Balls, is_complex
from reference_engine.oracle.errors import OutOfReach, Uncertain
from reference_engine.oracle.forward.eigenvalues import eigenvalues, mirrored
from reference_engine.oracle.forward.table import forward
from reference_engine.oracle.forward.whole_matrices import each_matrix, matrix_of


@forward("eigh_vectors")
def eigh_vectors(x: Balls) -> Balls:
    """Those of the mean of x and its transpose."""
    return each_matrix("eigenvectors", lambda one: _eigenvectors((one + one.T) / 2), x)


@forward("eigh_vectors_of_lower_triangle")
def eigh_vectors_of_lower_triangle(x: Balls) -> Balls:
    """Those of the lower triangle and its mirror image."""
    return each_matrix("eigenvectors of the lower triangle", lambda one: _eigenvectors(mirrored(one)), x)


@forward("svd_u")
def svd_u(x: Balls) -> Balls:
    return each_matrix("left singular vectors", _left_vectors, x)


@forward("svd_vh")
def svd_vh(x: Balls) -> Balls:
    return each_matrix("right singular vectors", lambda one: _left_vectors(one.T).T, x)


def _eigenvectors(x: Balls) -> Balls:
    return _as_columns(_parts_of_eigenvectors(x, _first_unit_vector(len(x))))


def _left_vectors(x: Balls) -> Balls:
    """The eigenvectors of x x^T; where x has more rows than columns, x v for those of x^T x."""
    rows, columns = x.shape
    if rows <= columns:
        found: Iterable[Balls] = _parts_of_eigenvectors(_product(x, x.T), _first_unit_vector(rows))
    else:
        # Of b = x^T (1, 0, ..., 0) the part along v is v (x v)_1, so that the first component of x v is a square again.
        found = [_product(x, part) for part in _parts_of_eigenvectors(_product(x.T, x), x[0])]
    return _as_columns(reversed(list(found)))


def _parts_of_eigenvectors(a: Balls, b: Balls) -> list[Balls]:
    """The part of b along each eigenvector of a, in the order of the eigenvalues. Raises `OutOfReach` if one is 0."""
    _check_that_all_differ(a, b)
    values = eigenvalues(a)
    parts = []
    for own in values:
        part = b
        for other in values:
            if other is not own:
                part = (_product(a, part) - other * part) / _distance(own, other)
        parts.append(part)
    return parts


def _check_that_all_differ(a: Balls, b: Balls) -> None:
    if is_complex(a):
        raise OutOfReach("the phases of complex vectors are not determined")
    columns = [b]
    for _ in b[1:]:
        columns.append(_product(a, columns[-1]))
    determinant = matrix_of(np.stack(columns)).det()
    if determinant.is_zero() or not determinant.is_finite():
        raise OutOfReach("vectors are not determined where two values are equal or a first component is 0")
    if determinant.contains(0):
        raise Uncertain("two values may be equal, or the first component of a vector 0")


def _distance(one: Ball, other: Ball) -> Ball:
    if one.overlaps(other):
        raise Uncertain("two values may be equal")
    return one - other


def _first_unit_vector(size: int) -> Balls:
    return np.array([arb(int(position == 0)) for position in range(size)], object)


def _as_columns(vectors: Iterable[Balls]) -> Balls:
    """Each with the length 1."""
    return np.stack([vector / sum((ball * ball for ball in vector), arb(0)).sqrt() for vector in vectors], axis=-1)


def _product(x1: Balls, x2: Balls) -> Balls:
    product: Balls = np.dot(x1, x2)
    return product
