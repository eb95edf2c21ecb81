"""Fourier transforms, in PyTorch's words."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments

_ONE_AXIS = ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft")
_SEVERAL_AXES = ("fftn", "ifftn", "rfftn", "irfftn")


def _along_one(op: str) -> Callable[..., str]:
    def text(x: str, *, n: int | None, axis: int, norm: str) -> str:
        dim = None if axis == -1 else axis
        return f"torch.fft.{op}({x}{arguments(n=n, dim=dim)}{_said(norm)})"

    return text


def _along_several(op: str) -> Callable[..., str]:
    def text(x: str, *, s: tuple[int, ...] | None, axes: tuple[int, ...] | None, norm: str) -> str:
        return f"torch.fft.{op}({x}{arguments(s=s, dim=axes)}{_said(norm)})"

    return text


def _said(norm: str) -> str:
    return "" if norm == "backward" else f', norm="{norm}"'


def _shift(op: str) -> Callable[..., str]:
    def text(x: str, *, axes: tuple[int, ...] | None) -> str:
        return f"torch.fft.{op}({x}{arguments(dim=axes)})"

    return text


OPS: dict[str, Template] = {
    **{op: _along_one(op) for op in _ONE_AXIS},
    **{op: _along_several(op) for op in _SEVERAL_AXES},
    **{op: _shift(op) for op in ("fftshift", "ifftshift")},
}
LACKS: dict[str, str] = {
    **dict.fromkeys(("dct", "idct"), "PyTorch has no cosine transform"),
}
