"""What moves and repeats elements, or slides along them, in NumPy's words: a part of `numpy_like`."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments
from harness.literals import source

Shape = tuple[int, ...]
Axis = int | Shape | None


def array_ops(module: str) -> dict[str, Template]:
    """The functions from `module`."""
    return {
        "moveaxis": f"{module}.moveaxis({{0}}, {{source}}, {{destination}})",
        "swapaxes": f"{module}.swapaxes({{0}}, {{axis1}}, {{axis2}})",
        "ravel": f"{module}.ravel({{0}})",
        "flip": _flip(module),
        "roll": _roll(module),
        "rot90": f"{module}.rot90({{0}}, k={{k}}, axes={{axes}})",
        "tile": f"{module}.tile({{0}}, {{repetitions}})",
        "repeat": _repeat(module),
        "pad": _pad(module),
        "diff": f"{module}.diff({{0}}, n={{n}}, axis={{axis}})",
        "trapezoid": f"{module}.trapezoid({{0}}, {{1}}, axis={{axis}})",
        "correlate": _with_mode(f"{module}.correlate"),
        "convolve": _with_mode(f"{module}.convolve"),
    }


def _flip(module: str) -> Callable[..., str]:
    def template(x: str, *, axis: Axis) -> str:
        return f"{module}.flip({x}{arguments(axis=axis)})"

    return template


def _roll(module: str) -> Callable[..., str]:
    def template(x: str, *, shift: int | Shape, axis: Axis) -> str:
        return f"{module}.roll({x}, {source(shift)}{arguments(axis=axis)})"

    return template


def _repeat(module: str) -> Callable[..., str]:
    def template(x: str, *, repeats: int, axis: int | None) -> str:
        return f"{module}.repeat({x}, {repeats}{arguments(axis=axis)})"

    return template


def _pad(module: str) -> Callable[..., str]:
    def template(x: str, *, before: Shape, after: Shape, mode: str, value: float) -> str:
        widths = source(tuple(zip(before, after, strict=True)))
        return f'{module}.pad({x}, {widths}, "{mode}"{arguments(constant_values=value or None)})'

    return template


def _with_mode(function: str) -> Callable[..., str]:
    def template(x: str, kernel: str, *, mode: str) -> str:
        return f'{function}({x}, {kernel}, mode="{mode}")'

    return template
