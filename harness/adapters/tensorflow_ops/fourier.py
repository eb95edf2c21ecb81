"""Fourier transforms, in TensorFlow's words.

`tf.signal.fftnd` and its siblings, which take axes and norms, have no kernel for the CPU.
"""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments
from harness.errors import Unsupported
from harness.literals import source

Axes = tuple[int, ...] | None


def _along_one(op: str, *, takes_length: bool) -> Callable[..., str]:
    def text(x: str, *, n: int | None, axis: int, norm: str) -> str:
        _check(f"tf.signal.{op}", norm, axis == -1)
        if n is not None and not takes_length:
            raise Unsupported(f"tf.signal.{op} takes no length")
        return f"tf.signal.{op}({x}{'' if n is None else f', fft_length=[{n}]'})"

    return text


def _along_last(op: str, *, takes_length: bool) -> Callable[..., str]:
    def text(x: str, *, s: tuple[int, ...] | None, axes: Axes, norm: str) -> str:
        are_last = axes is not None and axes in ((-2, -1), (-3, -2, -1))
        _check(f"tf.signal.{op[:-1]}2d", norm, are_last)
        if s is not None and not takes_length:
            raise Unsupported(f"tf.signal.{op[:-1]}2d takes no lengths")
        return f"tf.signal.{op[:-1]}{len(axes or ())}d({x}{arguments(fft_length=s)})"

    return text


def _check(function: str, norm: str, are_last: bool) -> None:
    if norm != "backward":
        raise Unsupported(f"{function} has no other norm")
    if not are_last:
        raise Unsupported(f"{function} is along the last axes only")


def _dct(x: str, *, axis: int, norm: str) -> str:
    _check("tf.signal.dct", "backward", axis == -1)
    said = "" if norm == "backward" else ', norm="ortho"'
    return f"tf.signal.dct({x}{said})"


def _idct(x: str, *, axis: int, norm: str) -> str:
    """Without a norm, what the documentation says about it: to be multiplied with 0.5 / n."""
    _check("tf.signal.idct", "backward", axis == -1)
    return f'tf.signal.idct({x}, norm="ortho")' if norm == "ortho" else f"tf.signal.idct({x}) * 0.5 / {x}.shape[-1]"


def _shift(op: str) -> Callable[..., str]:
    def text(x: str, *, axes: Axes) -> str:
        return f"tf.signal.{op}({x}{'' if axes is None else f', axes={source(axes)}'})"

    return text


OPS: dict[str, Template] = {
    **{op: _along_one(op, takes_length=False) for op in ("fft", "ifft")},
    **{op: _along_one(op, takes_length=True) for op in ("rfft", "irfft")},
    **{op: _along_last(op, takes_length=False) for op in ("fftn", "ifftn")},
    **{op: _along_last(op, takes_length=True) for op in ("rfftn", "irfftn")},
    **{op: _shift(op) for op in ("fftshift", "ifftshift")},
    "dct": _dct,
    "idct": _idct,
}
LACKS: dict[str, str] = {
    **{op: f"TensorFlow has no {op}" for op in ("hfft", "ihfft")},
}
