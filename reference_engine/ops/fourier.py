"""Discrete Fourier transforms and the cosine transform. All are linear.

Of n numbers, `fft` is y[k] = sum over j of x[j] w^(jk) with w = exp(-2 pi i / n), and `ifft` the same with the other
root of unity and divided by n. Their matrices are symmetric, so each is its own transpose; only what was added or cut
off to have n numbers is to be undone. By `norm` the factor 1 / n stands before the inverse ("backward"), before the
other ("forward"), or its root before both ("ortho").

Formulas: Van Loan, Computational Frameworks for the Fast Fourier Transform, sections 1.1 and 4.3.
"""

import math
from typing import Any, Literal

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.casting import conj
from reference_engine.ops.padding import pad
from reference_engine.ops.rearrangement import part_of, roll
from reference_engine.ops.shape import Shape

Norm = Literal["backward", "ortho", "forward"]
_OTHER_WAY: dict[Norm, Norm] = {"backward": "forward", "ortho": "ortho", "forward": "backward"}


@op
def fft(x: Array, *, n: int | None = None, axis: int = -1, norm: Norm = "backward") -> Array:
    """The transform along an axis, of x cut off or filled up with zeros to `n` elements.  Complex.

    Raises `ValueError` if there are none.
    """
    return np.fft.fft(_single(x), n, axis, norm)


@fft.derivative("x")
def _(g: Array, x_shape: Shape, axis: int, norm: Norm) -> Array:
    return _resized(fft(g, axis=axis, norm=norm), x_shape[axis], axis)


@op
def ifft(x: Array, *, n: int | None = None, axis: int = -1, norm: Norm = "backward") -> Array:
    """The inverse of `fft`."""
    return np.fft.ifft(_single(x), n, axis, norm)


@ifft.derivative("x")
def _(g: Array, x_shape: Shape, axis: int, norm: Norm) -> Array:
    return _resized(ifft(g, axis=axis, norm=norm), x_shape[axis], axis)


@op
def rfft(x: Array, *, n: int | None = None, axis: int = -1, norm: Norm = "backward") -> Array:
    """The first n // 2 + 1 elements of `fft` of real numbers, of which the others are the conjugates.

    The transpose puts zeros in the place of the others; `fit` takes the real part.
    """
    return np.fft.rfft(_single(x), n, axis, norm)


@rfft.derivative("x")
def _(g: Array, x_shape: Shape, n: int | None, axis: int, norm: Norm) -> Array:
    size = x_shape[axis]
    return _resized(fft(g, n=size if n is None else n, axis=axis, norm=norm), size, axis)


@op
def irfft(x: Array, *, n: int | None = None, axis: int = -1, norm: Norm = "backward") -> Array:
    """The inverse of `rfft`: n real numbers, 2 (m - 1) by default, of the first n // 2 + 1 of m complex ones.

    An element counts twice, for itself and for its conjugate, but the first does once, and so does that of the
    frequency n / 2, for an even n; of these two only the real part counts.
    """
    return np.fft.irfft(_single(x), n, axis, norm)


@irfft.derivative("x")
def _(g: Array, x_shape: Shape, axis: int, norm: Norm) -> Array:
    n = g.shape[axis]
    counts = np.full(n // 2 + 1, 2, g.dtype)
    counts[0] = 1
    if n % 2 == 0:
        counts[-1] = 1
    counts = counts.reshape(-1, *[1] * (len(x_shape) - 1 - axis % len(x_shape)))
    return _resized(part_of(ifft(g, axis=axis, norm=norm), axis, None, n // 2 + 1) * counts, x_shape[axis], axis)


def _single(x: Array) -> Array:
    """Numbers of half precision in single precision, for there is no complex dtype of half precision."""
    return x.astype(np.float32) if x.dtype == np.float16 else x


def _resized(x: Array, size: int, axis: int) -> Any:
    """The first `size` elements along an axis; where they are not so many, zeros after them."""
    missing = size - x.shape[axis]
    if missing <= 0:
        return part_of(x, axis, None, size)
    widths = [0] * x.ndim
    widths[axis] = missing
    return pad(x, before=(0,) * x.ndim, after=tuple(widths))


def hfft(x: Array, *, n: int | None = None, axis: int = -1, norm: Norm = "backward") -> Any:
    """`fft` of numbers of which the second half are the conjugates of the first, given the first: n real numbers."""
    return irfft(conj(x), n=n, axis=axis, norm=_OTHER_WAY[norm])


def ihfft(x: Array, *, n: int | None = None, axis: int = -1, norm: Norm = "backward") -> Any:
    """The inverse of `hfft`, of real numbers."""
    return conj(rfft(x, n=n, axis=axis, norm=_OTHER_WAY[norm]))


def fftn(x: Array, *, s: Shape | None = None, axes: Shape | None = None, norm: Norm = "backward") -> Any:
    """`fft` along several axes, all by default, each cut off or filled up to its size in `s`."""
    for axis, size in _sizes(x, s, axes):
        x = fft(x, n=size, axis=axis, norm=norm)
    return x


def ifftn(x: Array, *, s: Shape | None = None, axes: Shape | None = None, norm: Norm = "backward") -> Any:
    """The inverse of `fftn`."""
    for axis, size in _sizes(x, s, axes):
        x = ifft(x, n=size, axis=axis, norm=norm)
    return x


def rfftn(x: Array, *, s: Shape | None = None, axes: Shape | None = None, norm: Norm = "backward") -> Any:
    """`rfft` along the last of several axes, then `fft` along the others."""
    *others, (last, size) = _sizes(x, s, axes)
    x = rfft(x, n=size, axis=last, norm=norm)
    for axis, other in others:
        x = fft(x, n=other, axis=axis, norm=norm)
    return x


def irfftn(x: Array, *, s: Shape | None = None, axes: Shape | None = None, norm: Norm = "backward") -> Any:
    """`ifft` along all but the last of several axes, then `irfft` along that."""
    *others, (last, size) = _sizes(x, s, axes)
    for axis, other in others:
        x = ifft(x, n=other, axis=axis, norm=norm)
    return irfft(x, n=size, axis=last, norm=norm)


def _sizes(x: Array, s: Shape | None, axes: Shape | None) -> list[tuple[int, int | None]]:
    """Each axis with the size it is to have, None for what it has."""
    along = tuple(range(x.ndim)) if axes is None else axes
    return list(zip(along, (None,) * len(along) if s is None else s, strict=True))


def fftshift(x: Array, *, axes: Shape | None = None) -> Any:
    """The frequency 0 in the middle: moved by half of the size, rounded down."""
    along = tuple(range(x.ndim)) if axes is None else axes
    return roll(x, shift=tuple(x.shape[axis] // 2 for axis in along), axis=along)


def ifftshift(x: Array, *, axes: Shape | None = None) -> Any:
    """The inverse of `fftshift`: moved back."""
    along = tuple(range(x.ndim)) if axes is None else axes
    return roll(x, shift=tuple(-(x.shape[axis] // 2) for axis in along), axis=along)


@op
def dct(x: Array, *, axis: int = -1, norm: Literal["backward", "ortho"] = "backward") -> Array:
    """The cosine transform of type 2: y[k] = 2 * the sum over j of x[j] cos(pi k (2j + 1) / (2n)).

    With the norm "ortho" its matrix is orthogonal: y[0] is divided by the root of 4n, the others by that of 2n.
    """
    return _times(x, _cosines(x.shape[axis], norm), axis)


@dct.derivative("x")
def _(g: Array, axis: int, norm: Literal["backward", "ortho"]) -> Array:
    return transposed_dct(g, axis=axis, norm=norm)


@op
def transposed_dct(x: Array, *, axis: int, norm: Literal["backward", "ortho"]) -> Array:
    """The transpose of `dct`, a transform of type 3."""
    return _times(x, _cosines(x.shape[axis], norm).T, axis)


@transposed_dct.derivative("x")
def _(g: Array, axis: int, norm: Literal["backward", "ortho"]) -> Array:
    return dct(g, axis=axis, norm=norm)


def idct(x: Array, *, axis: int = -1, norm: Literal["backward", "ortho"] = "backward") -> Any:
    """The inverse of `dct`: of an orthogonal matrix the transpose, after the factors that make it so."""
    if norm == "backward":
        lengths = _lengths(x.shape[axis]).astype(x.dtype)
        x = x / lengths.reshape(-1, *[1] * (x.ndim - 1 - axis % x.ndim))
    return transposed_dct(x, axis=axis, norm="ortho")


def _lengths(n: int) -> Array:
    """Of the columns of the matrix of `dct`."""
    return np.sqrt(np.where(np.arange(n) == 0, 4 * n, 2 * n))


def _cosines(n: int, norm: str) -> Array:
    """The matrix of `dct`, to be multiplied from the right: element (j, k).  The angles are reduced exactly."""
    turns = np.outer(2 * np.arange(n) + 1, np.arange(n)) % (4 * n)
    matrix = 2 * np.cos(turns * (math.pi / (2 * n)))
    return matrix / _lengths(n) if norm == "ortho" else matrix


def _times(x: Array, matrix: Array, axis: int) -> Array:
    """The rows along an axis times a matrix, in the dtype of x."""
    return np.moveaxis(np.matmul(np.moveaxis(x, axis, -1), matrix.astype(x.dtype)), -1, axis)
