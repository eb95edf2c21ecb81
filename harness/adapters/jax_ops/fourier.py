"""Fourier transforms, in JAX's words; those of NumPy's names are in `numpy_like`."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments


def _cosine(op: str) -> Callable[..., str]:
    def template(x: str, *, axis: int, norm: str) -> str:
        said = "" if norm == "backward" else ', norm="ortho"'
        return f"jax.scipy.fft.{op}({x}{arguments(axis=None if axis == -1 else axis)}{said})"

    return template


OPS: dict[str, Template] = {
    "dct": _cosine("dct"),
    "idct": _cosine("idct"),
}
