"""Functions of matrices: powers, the exponential, the logarithm of the determinant."""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.inverses import inv
from reference_engine.ops.selection import where
from reference_engine.ops.shape import broadcast_to, concat, expand_dims
from reference_engine.semantics import current, using
from reference_engine.shapes import check_square
from reference_engine.variable import value_of


@op
def logabsdet(x: Array) -> Array:
    """The logarithm of the absolute value of the determinant of the matrices on the last two axes, without overflow.

    dy/dx is the transposed inverse (Jacobi's formula), and so for real x whatever the sign of the determinant; of a
    singular matrix, where y is -inf: `logabsdet_of_singular`.
    """
    check_square("logabsdet", x)
    return np.linalg.slogdet(x)[1]


@logabsdet.derivative("x")
def _(g: Array, x: Array) -> Array:
    return _in_matrices(g) * _inverse(x).mT


def _inverse(x: Array) -> Array:
    """The inverse, of singular matrices too if nobody asks whether there is one."""
    if current().logabsdet_of_singular == "as_inverse":
        return inv(x)
    with using(inverse_of_singular="not_finite"):
        return inv(x)


@op
def logdet(x: Array) -> Array:
    """The logarithm of the determinant of the matrices on the last two axes, without overflow.

    NaN where the determinant is negative, value and derivative; for the rest it is `logabsdet`.
    """
    check_square("logdet", x)
    sign, logarithm = np.linalg.slogdet(x)
    return np.where(sign < 0, np.nan, logarithm).astype(logarithm.dtype)


@logdet.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    return _in_matrices(where(np.isnan(value_of(y)), np.nan, g)) * _inverse(x).mT


def _in_matrices(g: Array) -> Array:
    """A number for each matrix, as a matrix of one row and one column."""
    return expand_dims(g, axis=(-2, -1))


def matrix_power(x: Array, *, n: int) -> Array:
    """The product of n times the matrix, on the last two axes; of its inverse for negative n, the identity for 0."""
    check_square("matrix_power", x)
    if n < 0:
        return matrix_power(inv(x), n=-n)
    if n == 0:
        return broadcast_to(np.eye(x.shape[-1], dtype=x.dtype), shape=x.shape) + 0 * x
    half = matrix_power(x, n=n // 2) if n > 1 else None
    square = None if half is None else half @ half
    if square is None:
        return +x
    return square @ x if n % 2 else square


@op
def expm(x: Array) -> Array:
    """The exponential of the matrices on the last two axes, the sum of x^k / k!.

    The cotangent is the derivative at x^T in the direction g, the upper right block of exp([[x^T, g], [0, x^T]])
    (N. J. Higham, Functions of Matrices, 2008, theorem 3.6). Computed from a Padé approximant of degree 13 of a matrix
    that is halved until its norm is below 1/2, which is squared as often (the same, section 10.3).
    """
    check_square("expm", x)
    if x.shape[-1] == 0:
        return x.copy()
    norm = np.max(np.sum(np.abs(x), axis=-2), axis=-1)
    halvings = np.max(np.frexp(norm)[1], initial=-1) + 1
    scaled = x * 0.5 ** halvings.astype(norm.dtype)
    even, odd = np.zeros_like(x), np.zeros_like(x)
    power = np.broadcast_to(np.eye(x.shape[-1], dtype=x.dtype), x.shape)
    for degree, coefficient in enumerate(_PADE_13):
        if degree % 2:
            odd = odd + coefficient * power
        else:
            even = even + coefficient * power
        power = power @ scaled
    result = np.linalg.solve(even - odd, even + odd)
    for _ in range(halvings):
        result = result @ result
    return result


def _pade_coefficients(degree: int) -> list[float]:
    """Those of the numerator; the denominator's have alternating signs (Higham, equation 10.23)."""
    coefficients = [1.0]
    for k in range(1, degree + 1):
        coefficients.append(coefficients[-1] * (degree - k + 1) / ((2 * degree - k + 1) * k))
    return coefficients


_PADE_13 = _pade_coefficients(13)


@expm.derivative("x")
def _(g: Array, x: Array) -> Array:
    size = x.shape[-1]
    upper = concat(x.mT, g, axis=-1)
    lower = concat(np.zeros(x.shape, x.dtype), x.mT, axis=-1)
    return expm(concat(upper, lower, axis=-2))[..., :size, size:]
