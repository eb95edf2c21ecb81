"""Fourier transforms in NumPy's words: a part of `numpy_like`."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments

_ONE_AXIS = ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft")
_SEVERAL_AXES = ("fftn", "ifftn", "rfftn", "irfftn")


def fourier_ops(module: str) -> dict[str, Template]:
    """The functions from `module.fft`."""
    return {
        **{op: _along_one(f"{module}.fft.{op}") for op in _ONE_AXIS},
        **{op: _along_several(f"{module}.fft.{op}") for op in _SEVERAL_AXES},
        **{op: _shift(f"{module}.fft.{op}") for op in ("fftshift", "ifftshift")},
    }


def _along_one(function: str) -> Callable[..., str]:
    def template(x: str, *, n: int | None, axis: int, norm: str) -> str:
        return f"{function}({x}{arguments(n=n, axis=None if axis == -1 else axis)}{_said(norm)})"

    return template


def _along_several(function: str) -> Callable[..., str]:
    def template(x: str, *, s: tuple[int, ...] | None, axes: tuple[int, ...] | None, norm: str) -> str:
        return f"{function}({x}{arguments(s=s, axes=axes)}{_said(norm)})"

    return template


def _said(norm: str) -> str:
    return "" if norm == "backward" else f', norm="{norm}"'


def _shift(function: str) -> Callable[..., str]:
    def template(x: str, *, axes: tuple[int, ...] | None) -> str:
        return f"{function}({x}{arguments(axes=axes)})"

    return template
