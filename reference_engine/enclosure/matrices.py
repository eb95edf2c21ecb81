"""Functions of matrices, by backward errors: what a stable algorithm gives is exact for a matrix nearby.

(N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2002, chapters 9, 10, 19.) So the bounds are those of
the function on a ball around the matrix, whose radius is a few ulps of its largest element for each row. Rational
functions and the exponential are evaluated in ball arithmetic. Eigenvalues and singular values move no further than the
matrix does (Weyl), and their vectors by that distance over the gap to the next one (Davis and Kahan). Nothing is known
where the ball may hold a singular point.
"""

from collections.abc import Callable
from typing import Any

import flint
import numpy as np
from numpy.typing import NDArray

from reference_engine.enclosure.balls import ball, bounds_of, computing
from reference_engine.enclosure.enclosed import Enclosed
from reference_engine.enclosure.formats import WIDE
from reference_engine.enclosure.interval import Interval
from reference_engine.enclosure.rounding import CORRECT, rounded

BACKWARD_ULPS = 4.0
"""For each row or column, of the largest element."""

DOUBLE_EPSILON = np.finfo(np.float64).eps
"""Of LAPACK, by which the middle is computed."""

Matrix = Any
"""An `arb_mat` or an `acb_mat`."""


class _Unknown(Exception):
    """The balls hold a singular point."""


def _by_balls(function: Callable[..., Any], dimensions: Callable[..., tuple[int, ...]]) -> Callable[..., Enclosed]:
    """A function of matrices of balls as one of enclosed arrays, the results of which have these `dimensions`."""

    def forward(*operands: Enclosed, **parameters: Any) -> Enclosed:
        batch = np.broadcast_shapes(*(x.shape[:-2] for x in operands))
        shape = (*batch, *dimensions(*(x.shape[-2:] for x in operands)))
        spread = [_broadcast(x, batch) for x in operands]
        is_complex = any(x.is_complex for x in operands) and function is not _log_of_modulus
        found = np.empty((1 + is_complex, 2, *shape), WIDE)
        with computing():
            for index in np.ndindex(*batch):
                balls = _evaluated(function, [x[index] for x in spread], shape[len(batch) :], parameters)
                for part in range(len(found)):
                    for place, one in zip(np.ndindex(*shape[len(batch) :]), balls, strict=True):
                        found[(part, slice(None), *index, *place)] = bounds_of(_part(one, part))
        return _enclosed(found, operands[0], is_complex)

    return forward


def _broadcast(x: Enclosed, batch: tuple[int, ...]) -> Enclosed:
    """Repeated to stacks of these sizes."""
    return x.mapped(lambda bound: np.broadcast_to(bound, (*batch, *x.shape[-2:])))


def _evaluated(
    function: Callable[..., Any], matrices: list[Enclosed], shape: tuple[int, ...], parameters: dict[str, Any]
) -> list[Any]:
    """The elements of a function's result; balls that hold everything if nothing is known."""
    try:
        result = function(*map(_nearby, matrices), **parameters)
    except (_Unknown, ZeroDivisionError):
        return [flint.arb("nan")] * int(np.prod(shape))
    return result.entries() if hasattr(result, "entries") else [result]


def _part(one: Any, part: int) -> flint.arb:
    return (one.imag if part else one.real) if isinstance(one, flint.acb) else flint.arb(0) if part else one


def _enclosed(found: Any, like: Enclosed, is_complex: bool) -> Enclosed:
    dtype = like.dtype if is_complex else np.empty(0, like.dtype).real.dtype
    parts = [rounded(Interval(lower, upper), like.format, CORRECT) for lower, upper in found]
    return Enclosed(parts, dtype, like.format)


def _nearby(x: Enclosed) -> Matrix:
    """The ball around a matrix that holds all for which a stable algorithm may have computed."""
    radius = _radius(x)
    rows, columns = x.shape
    balls = [
        [ball(part.lower[index] - radius, part.upper[index] + radius) for index in np.ndindex(rows, columns)]
        for part in x.parts
    ]
    if x.is_complex:
        return flint.acb_mat(rows, columns, list(map(flint.acb, *balls)))
    return flint.arb_mat(rows, columns, balls[0])


def _radius(x: Enclosed) -> Any:
    largest = max((np.max(part.largest, initial=0) for part in x.parts), default=WIDE(0))
    if not np.isfinite(largest):
        raise _Unknown
    return BACKWARD_ULPS * max(x.shape) * x.format.ulp(np.asarray(largest, WIDE)) if largest else WIDE(0)


def _inverse(x: Matrix) -> Matrix:
    return x.inv()


def _solution(x1: Matrix, x2: Matrix) -> Matrix:
    if type(x1) is not type(x2):
        x1, x2 = flint.acb_mat(x1), flint.acb_mat(x2)
    return x1.solve(x2)


def _triangular_solution(x1: Matrix, x2: Matrix, *, lower: bool) -> Matrix:
    size = x1.nrows()
    for row in range(size):
        for column in range(row + 1, size) if lower else range(row):
            x1[row, column] = 0
    return _solution(x1, x2)


def _pseudoinverse(x: Matrix) -> Matrix:
    """Where the rank is full."""
    adjoint = x.conjugate().transpose() if isinstance(x, flint.acb_mat) else x.transpose()
    if x.nrows() < x.ncols():
        return adjoint * (x * adjoint).inv()
    return (adjoint * x).inv() * adjoint


def _log_of_modulus(x: Matrix) -> flint.arb:
    return _positive(abs(x.det())).log()


def _log_of_determinant(x: Matrix) -> flint.arb:
    return _positive(x.det()).log()


def _positive(value: flint.arb) -> flint.arb:
    if not value > 0:
        raise _Unknown
    return value


def _exponential(x: Matrix) -> Matrix:
    return x.exp()


def _cholesky_factor(x: Matrix) -> Matrix:
    size = x.nrows()
    factor = flint.arb_mat(size, size)
    for row in range(size):
        for column in range(row + 1):
            rest = x[row, column]
            for earlier in range(column):
                rest -= factor[row, earlier] * factor[column, earlier]
            factor[row, column] = _positive(rest).sqrt() if row == column else rest / factor[column, column]
    return factor


def _triangular_factor(x: Matrix, signs: list[int]) -> Matrix:
    """R = L^T of the Cholesky factor L of x1^T x1, x1 the first columns, with these signs of rows."""
    first = _first_columns(x)
    factor = _cholesky_factor(first.transpose() * first)
    whole = factor.solve(first.transpose() * x)
    rows, columns = whole.nrows(), whole.ncols()
    places = [(row, column) for row in range(rows) for column in range(columns)]
    upper = [signs[row] * whole[row, column] if row <= column else 0 for row, column in places]
    return flint.arb_mat(rows, columns, upper)


def _orthonormal_factor(x: Matrix, signs: list[int]) -> Matrix:
    """Q = x1 R1^-1."""
    return _first_columns(x) * _first_columns(_triangular_factor(x, signs)).inv()


def _first_columns(x: Matrix) -> Matrix:
    """As many as there are rows, or all."""
    rows, size = x.nrows(), min(x.nrows(), x.ncols())
    return flint.arb_mat(rows, size, [x[row, column] for row in range(rows) for column in range(size)])


def _by_signs(function: Callable[[Matrix, list[int]], Matrix], position: int) -> Callable[[Enclosed], Enclosed]:
    """A factor of x = Q R, the first or the second; its signs are those of the reference's own."""

    def forward(x: Enclosed) -> Enclosed:
        factors: Any = np.linalg.qr(_middle(x))
        shape = factors[position].shape
        found = np.empty((1, 2, *shape), WIDE)
        with computing():
            for index in np.ndindex(*shape[:-2]):
                signs = [1 if pivot >= 0 else -1 for pivot in np.diagonal(factors[1][index])]
                balls = _evaluated(function, [x[index]], shape[-2:], {"signs": signs})
                for place, one in zip(np.ndindex(*shape[-2:]), balls, strict=True):
                    found[(0, slice(None), *index, *place)] = bounds_of(one)
        return _enclosed(found, x, is_complex=False)

    return forward


def _middle(x: Enclosed) -> Any:
    """A matrix in the middle of the bounds."""
    parts = [((part.lower + part.upper) / 2).astype(np.float64) for part in x.in_parts(2)]
    return parts[0] + 1j * parts[1] if x.is_complex else parts[0]


def _distance(x: Enclosed) -> Any:
    """How far from the middle a matrix may be, for each in a stack: a bound of the spectral norm."""
    widths = sum((part.upper - part.lower) ** 2 for part in x.parts)
    largest = np.max([part.largest for part in x.parts], axis=(0, -2, -1), initial=0)
    rows = max(x.shape[-2:], default=0)
    rounding = BACKWARD_ULPS * rows * rows * (x.format.ulp(largest) + largest * DOUBLE_EPSILON)
    return np.sqrt(np.sum(widths, axis=(-2, -1))) + np.where(largest == 0, 0, rounding)


def _values(function: Callable[[NDArray[Any]], NDArray[Any]]) -> Callable[[Enclosed], Enclosed]:
    """Eigenvalues or singular values."""

    def forward(x: Enclosed) -> Enclosed:
        if not all(np.isfinite(part.largest).all() for part in x.parts):
            return _nothing_known(x, function(np.ones(x.shape)).shape, is_complex=False)
        values, distance = function(_middle(x)).astype(WIDE), _distance(x)[..., None]
        return _enclosed([(values - distance, values + distance)], x, is_complex=False)

    return forward


def _vectors(function: Callable[[NDArray[Any]], tuple[Any, Any]]) -> Callable[[Enclosed], Enclosed]:
    """Vectors of unit length, which the function gives as an array, with their gaps, broadcast against it."""

    def forward(x: Enclosed) -> Enclosed:
        finite = all(np.isfinite(part.largest).all() for part in x.parts)
        vectors, gaps = function(_middle(x) if finite else np.ones(x.shape))
        distance = _distance(x)[..., None, None]
        with np.errstate(all="ignore"):
            angle = np.where(2 * distance < gaps, 4 * distance / gaps, np.inf)
        parts = [vectors.real, vectors.imag] if x.is_complex else [vectors]
        return _enclosed([(part - angle, part + angle) for part in parts], x, x.is_complex)

    return forward


def _nothing_known(x: Enclosed, shape: tuple[int, ...], is_complex: bool) -> Enclosed:
    return _enclosed([(np.full(shape, -np.inf, WIDE), np.full(shape, np.inf, WIDE))] * (1 + is_complex), x, is_complex)


def _eigenvectors(x: NDArray[Any]) -> tuple[Any, Any]:
    values, vectors = np.linalg.eigh(x)
    return vectors.astype(np.result_type(vectors, WIDE)), _gaps(values)[..., None, :]


def _left_vectors(x: NDArray[Any]) -> tuple[Any, Any]:
    vectors, values, _ = np.linalg.svd(x, full_matrices=False)
    rows, columns = x.shape[-2:]
    return vectors.astype(np.result_type(vectors, WIDE)), _gaps_of_singular(values, rows - columns)[..., None, :]


def _right_vectors(x: NDArray[Any]) -> tuple[Any, Any]:
    _, values, vectors = np.linalg.svd(x, full_matrices=False)
    rows, columns = x.shape[-2:]
    return vectors.astype(np.result_type(vectors, WIDE)), _gaps_of_singular(values, columns - rows)[..., :, None]


def _gaps(values: NDArray[Any]) -> Any:
    """The distance of each to the nearest other one; infinite if there is none."""
    distances = np.abs(values[..., None] - values[..., None, :])
    return np.min(np.where(np.eye(values.shape[-1], dtype=np.bool_), np.inf, distances), axis=-1, initial=np.inf)


def _gaps_of_singular(values: NDArray[Any], further: int) -> Any:
    """Singular values are eigenvalues of [[0, x], [x^H, 0]], which has their negatives too, and 0 for what is left.

    A value and its negative have the same vectors. Where the side has `further` directions than there are values, a
    vector may turn into those, too.
    """
    return np.minimum(_gaps(values), values) if further > 0 else _gaps(values)


def _same(*shapes: tuple[int, ...]) -> tuple[int, ...]:
    return shapes[-1]


FORWARDS: dict[str, Callable[..., Enclosed]] = {
    "inv": _by_balls(_inverse, _same),
    "solve": _by_balls(_solution, _same),
    "solve_triangular": _by_balls(_triangular_solution, _same),
    "pinv": _by_balls(_pseudoinverse, lambda shape: shape[::-1]),
    "logabsdet": _by_balls(_log_of_modulus, lambda shape: ()),
    "logdet": _by_balls(_log_of_determinant, lambda shape: ()),
    "expm": _by_balls(_exponential, _same),
    "cholesky_factor": _by_balls(_cholesky_factor, _same),
    "qr_q": _by_signs(_orthonormal_factor, 0),
    "qr_r": _by_signs(_triangular_factor, 1),
    "eigenvalues": _values(np.linalg.eigvalsh),
    "svdvals": _values(lambda x: np.linalg.svd(x, compute_uv=False)),
    "eigenvectors": _vectors(_eigenvectors),
    "left_vectors": _vectors(_left_vectors),
    "right_vectors": _vectors(_right_vectors),
}
"""By op."""
