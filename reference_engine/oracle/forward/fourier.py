"""Discrete Fourier transforms, as the sums that they are."""

from collections.abc import Callable
from typing import Any

import numpy as np
from flint import acb, arb, fmpq

from reference_engine.oracle.balls import Ball, Balls
from reference_engine.oracle.forward.table import forward
from reference_engine.oracle.working import Working

Shape = tuple[int, ...]


def _along(x: Balls, axis: int, given: int, name: str, size: int, element: Callable[[int, Any], Ball]) -> Balls:
    """`size` elements along an axis, each a function of its place and of the row, cut off or filled up to `given`."""
    working = Working.current
    rows = np.moveaxis(x, axis, -1)
    zero = working.kept(arb(0))
    result = np.empty((*rows.shape[:-1], size), object)
    for index in np.ndindex(*result.shape):
        *place, k = index
        row = tuple(rows[tuple(place)][:given])
        row += (zero,) * (given - len(row))
        result[index] = working.computed(f"{name} {given} {size} {k}", lambda *row, k=k: element(k, row), row)
    return np.moveaxis(result, -1, axis)


def _root_of_unity(turns: int, n: int) -> acb:
    return acb(arb(fmpq(2 * (turns % n), n))).exp_pi_i()


def _factor(n: int, sign: int, norm: str) -> arb:
    """What the sum is multiplied with; `sign` is -1 for the transform and 1 for its inverse."""
    if norm == "ortho":
        return 1 / arb(n).sqrt()
    return 1 / arb(n) if (norm == "backward") == (sign == 1) else arb(1)


def _of_complex(x: Balls, sign: int, n: int | None, axis: int, norm: str, first: Callable[[int], int]) -> Balls:
    """The first elements of the transform: how many, `first` of n says."""
    size = x.shape[axis] if n is None else n

    def element(k: int, row: Any) -> Ball:
        total = sum((one * _root_of_unity(sign * j * k, size) for j, one in enumerate(row)), acb(0))
        return total * _factor(size, sign, norm)

    return _along(x, axis, size, f"transform {sign} {norm}", first(size), element)


def _to_real(x: Balls, sign: int, n: int | None, axis: int, norm: str) -> Balls:
    """The transform of numbers of which those of negative frequencies are the conjugates of those that are given."""
    size = 2 * (x.shape[axis] - 1) if n is None else n

    def element(j: int, row: Any) -> Ball:
        total = arb(0)
        for k, one in enumerate(row):
            count = 1 if k in (0, size - k) else 2
            total += count * acb(one * _root_of_unity(sign * j * k, size)).real
        return total * _factor(size, sign, norm)

    return _along(x, axis, size // 2 + 1, f"to real {sign} {norm} {size}", size, element)


def _all(n: int) -> int:
    return n


def _half(n: int) -> int:
    return n // 2 + 1


@forward("fft")
def fft(x: Balls, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Balls:
    return _of_complex(x, -1, n, axis, norm, _all)


@forward("ifft")
def ifft(x: Balls, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Balls:
    return _of_complex(x, 1, n, axis, norm, _all)


@forward("rfft")
def rfft(x: Balls, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Balls:
    return _of_complex(x, -1, n, axis, norm, _half)


@forward("irfft")
def irfft(x: Balls, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Balls:
    return _to_real(x, 1, n, axis, norm)


@forward("hfft")
def hfft(x: Balls, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Balls:
    return _to_real(x, -1, n, axis, norm)


@forward("ihfft")
def ihfft(x: Balls, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Balls:
    return _of_complex(x, 1, n, axis, norm, _half)


def _axes(x: Balls, s: Shape | None, axes: Shape | None) -> list[tuple[int, int | None]]:
    along = tuple(range(x.ndim)) if axes is None else axes
    return list(zip(along, s or (None,) * len(along), strict=True))


@forward("fftn")
def fftn(x: Balls, *, s: Shape | None = None, axes: Shape | None = None, norm: str = "backward") -> Balls:
    for axis, n in _axes(x, s, axes):
        x = fft(x, n=n, axis=axis, norm=norm)
    return x


@forward("ifftn")
def ifftn(x: Balls, *, s: Shape | None = None, axes: Shape | None = None, norm: str = "backward") -> Balls:
    for axis, n in _axes(x, s, axes):
        x = ifft(x, n=n, axis=axis, norm=norm)
    return x


@forward("rfftn")
def rfftn(x: Balls, *, s: Shape | None = None, axes: Shape | None = None, norm: str = "backward") -> Balls:
    *others, (last, size) = _axes(x, s, axes)
    x = rfft(x, n=size, axis=last, norm=norm)
    for axis, n in others:
        x = fft(x, n=n, axis=axis, norm=norm)
    return x


@forward("irfftn")
def irfftn(x: Balls, *, s: Shape | None = None, axes: Shape | None = None, norm: str = "backward") -> Balls:
    *others, (last, size) = _axes(x, s, axes)
    for axis, n in others:
        x = ifft(x, n=n, axis=axis, norm=norm)
    return irfft(x, n=size, axis=last, norm=norm)


@forward("fftshift")
def fftshift(x: Balls, *, axes: Shape | None = None) -> Balls:
    return np.fft.fftshift(x, axes)


@forward("ifftshift")
def ifftshift(x: Balls, *, axes: Shape | None = None) -> Balls:
    return np.fft.ifftshift(x, axes)


@forward("dct")
def dct(x: Balls, *, axis: int = -1, norm: str = "backward") -> Balls:
    """Of type 2."""
    n = x.shape[axis]

    def element(k: int, row: Any) -> Ball:
        total = 2 * sum((one * arb(fmpq(k * (2 * j + 1), 2 * n)).cos_pi() for j, one in enumerate(row)), arb(0))
        return total / arb(2 * n if k else 4 * n).sqrt() if norm == "ortho" else total

    return _along(x, axis, n, f"dct {norm}", n, element)


@forward("idct")
def idct(x: Balls, *, axis: int = -1, norm: str = "backward") -> Balls:
    """Of type 2: the first element, and the cosines of the others."""
    n = x.shape[axis]

    def element(j: int, row: Any) -> Ball:
        first, *others = row
        cosines = (one * arb(fmpq(k * (2 * j + 1), 2 * n)).cos_pi() for k, one in enumerate(others, start=1))
        total = sum(cosines, arb(0))
        return (first + arb(2).sqrt() * total) / arb(n).sqrt() if norm == "ortho" else (first / 2 + total) / n

    return _along(x, axis, n, f"idct {norm}", n, element)
