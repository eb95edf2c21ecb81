"""Fourier and cosine transforms: each element a sum in which every element has a part, in any order.

Fast algorithms are off by some ulps of the sum of absolute values, not of each product: their roundings mix all
elements (Higham, Accuracy and Stability of Numerical Algorithms, section 24.1).
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from reference_engine.enclosure.enclosed import Enclosed
from reference_engine.enclosure.formats import WIDE, Bound
from reference_engine.enclosure.interval import Interval, anything, chosen
from reference_engine.enclosure.rounding import CORRECT, limited, spread_at
from reference_engine.enclosure.scales import scale

ROUNDINGS_OF_A_PRODUCT = 3
"""Of a complex product, sqrt(5), and of the root of unity that is its factor."""
ROUNDINGS_OF_THE_NORM = 2
"""Of the factor that the norm asks for, and of the product with it."""


def _ulps(n: int) -> float:
    """What n elements may cost, in ulps of the sum of their absolute values.

    For each prime factor p of n there are a product and p - 1 sums on the way of an element to the result (Van Loan,
    Computational Frameworks for the Fast Fourier Transform, section 2.1).
    """
    return CORRECT * (ROUNDINGS_OF_THE_NORM + sum(p - 1 + ROUNDINGS_OF_A_PRODUCT for p in _prime_factors(n)))


def _prime_factors(n: int) -> Iterator[int]:
    p = 2
    while n > 1:
        while n % p == 0:
            yield p
            n //= p
        p += 1


def _applied(x: Enclosed, axis: int, real: Bound, imaginary: Bound, dtype: np.dtype[Any], ulps: float) -> Enclosed:
    """The rows along an axis times a matrix, given by its parts; the real part of that alone for a real `dtype`."""
    size = x.shape[axis]
    mids = [np.moveaxis((part.lower + part.upper) / 2, axis, -1) for part in x.in_parts(2)]
    radii = [np.moveaxis((part.upper - part.lower) / 2, axis, -1) for part in x.in_parts(2)]
    moduli = np.moveaxis(np.hypot(*(part.largest for part in x.in_parts(2))), axis, -1)
    largest = np.max(np.hypot(real, imaginary), initial=WIDE(0))
    magnitude = np.sum(moduli, axis=-1, keepdims=True) * largest * np.ones(real.shape[1])
    spread = spread_at(magnitude, x.format, ulps) if size > 1 else np.zeros_like(magnitude)
    radius = np.sum(radii[0] + radii[1], axis=-1, keepdims=True) * largest
    weights = ((real, -imaginary), (imaginary, real)) if dtype.kind == "c" else ((real, -imaginary),)
    parts = []
    for first, second in weights:
        mid = np.matmul(mids[0], first) + np.matmul(mids[1], second)
        part = limited(Interval(mid - radius, mid + radius), spread, spread, x.format, size == 1)
        parts.append(chosen(np.isfinite(magnitude), part, anything(())).mapped(_back(axis)))
    sizes = np.moveaxis(np.broadcast_to(scale(x), x.shape), axis, -1)
    scales = np.sum(sizes, axis=-1, keepdims=True) * largest * np.ones(real.shape[1])
    return Enclosed(parts, dtype, x.format, scale=_back(axis)(scales))


def _back(axis: int) -> Callable[[Bound], Bound]:
    return lambda bound: np.moveaxis(bound, -1, axis)


def _angles(n: int, columns: int) -> Bound:
    """2 pi j k / n, of exactly reduced j k."""
    return (np.outer(np.arange(n), np.arange(columns)) % n).astype(WIDE) * (4 * np.arccos(WIDE(0)) / n)


def _factor(n: int, is_inverse: bool, norm: str | None) -> Any:
    if norm == "ortho":
        return 1 / np.sqrt(WIDE(n))
    return 1 / WIDE(n) if (norm != "forward") == is_inverse else WIDE(1)


def _resized(x: Enclosed, n: int, axis: int) -> Enclosed:
    """Cut off or filled up with zeros to n elements along an axis."""

    def resized(bound: Bound) -> Bound:
        rows = np.moveaxis(bound, axis, -1)[..., :n]
        widths = [(0, 0)] * (rows.ndim - 1) + [(0, n - rows.shape[-1])]
        return np.moveaxis(np.pad(rows, widths), -1, axis)

    return x.mapped(resized)


def _complex(x: Enclosed) -> np.dtype[Any]:
    return np.result_type(x.dtype, np.complex64)


def _transform(sign: int, *, is_half: bool = False) -> Callable[..., Enclosed]:
    """`np.fft.fft` (sign -1) or its inverse; the first half of it."""

    def apply(x: Enclosed, n: int | None = None, axis: int = -1, norm: str | None = None) -> Enclosed:
        n = x.shape[axis] if n is None else n
        angles = _angles(n, n // 2 + 1 if is_half else n)
        factor = _factor(n, sign == 1, norm)
        real, imaginary = np.cos(angles) * factor, sign * np.sin(angles) * factor
        return _applied(_resized(x, n, axis), axis, real, imaginary, _complex(x), _ulps(n))

    return apply


def _irfft(x: Enclosed, n: int | None = None, axis: int = -1, norm: str | None = None) -> Enclosed:
    n = 2 * (x.shape[axis] - 1) if n is None else n
    given = n // 2 + 1
    counts = np.array([1 if k in (0, n - k) else 2 for k in range(given)])[:, np.newaxis]
    angles = _angles(n, n)[:given]
    # The imaginary parts of the frequencies 0 and n / 2 are ignored, not only multiplied with what is nearly 0.
    sines = np.where(counts == 2, np.sin(angles), 0)
    weights = counts * _factor(n, True, norm)
    return _applied(_resized(x, given, axis), axis, weights * np.cos(angles), weights * sines, _real(x), _ulps(n))


def _real(x: Enclosed) -> np.dtype[Any]:
    return np.empty(0, _complex(x)).real.dtype


TRANSFORMS: dict[str, Callable[..., Enclosed]] = {
    "fft": _transform(-1),
    "ifft": _transform(1),
    "rfft": _transform(-1, is_half=True),
    "irfft": _irfft,
}
"""By the name of NumPy's function."""


def _cosines(n: int, norm: str) -> Bound:
    turns = np.outer(2 * np.arange(n) + 1, np.arange(n)) % (4 * n)
    matrix = 2 * np.cos(turns.astype(WIDE) * (np.arccos(WIDE(0)) / n))
    return matrix / np.sqrt(np.where(np.arange(n) == 0, 4 * n, 2 * n).astype(WIDE)) if norm == "ortho" else matrix


def _times(x: Enclosed, matrix: Bound, axis: int) -> Enclosed:
    """A cosine transform: a Fourier transform of the elements and their mirror image, turned by half a step each."""
    ulps = _ulps(2 * x.shape[axis]) + CORRECT * ROUNDINGS_OF_A_PRODUCT
    return _applied(x, axis, matrix, np.zeros_like(matrix), x.dtype, ulps)


def dct(x: Enclosed, *, axis: int = -1, norm: str = "backward") -> Enclosed:
    """The forward function of the op of that name."""
    return _times(x, _cosines(x.shape[axis], norm), axis)


def transposed_dct(x: Enclosed, *, axis: int, norm: str) -> Enclosed:
    """The forward function of the op of that name."""
    return _times(x, _cosines(x.shape[axis], norm).T, axis)
