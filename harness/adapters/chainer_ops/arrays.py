"""What moves elements, picks them, or changes their dtype, in Chainer's words."""

from harness.adapters.base import Template
from harness.adapters.chainer_ops.dtypes import check_dtype
from harness.adapters.define_by_run import along, arguments, getitem
from harness.errors import Unsupported
from harness.literals import source


def _take(x: str, indices: str, *, axis: int) -> str:
    return x + along(axis, f"{indices}.array")


def _astype(x: str, *, dtype: str) -> str:
    check_dtype(dtype)
    return f"F.cast({x}, {source(dtype)})"


def _flip(x: str, *, axis: int | tuple[int, ...] | None) -> str:
    if not isinstance(axis, int):
        raise Unsupported("F.flip takes one axis")
    return f"F.flip({x}, {axis})"


def _repeat(x: str, *, repeats: int, axis: int | None) -> str:
    return f"F.repeat({x}, {repeats}{arguments(axis=axis)})"


def _pad(x: str, *, before: tuple[int, ...], after: tuple[int, ...], mode: str, value: float) -> str:
    widths = source(tuple(zip(before, after, strict=True)))
    number = arguments(constant_values=value) if mode == "constant" else ""
    return f'F.pad({x}, {widths}, "{mode}"{number})'


def _correlate(x: str, kernel: str, *, mode: str) -> str:
    if mode == "same":
        raise Unsupported("F.convolution_1d pads both sides alike")
    padding = f", pad={kernel}.shape[0] - 1" if mode == "full" else ""
    return f"F.convolution_1d({x}[None, None], {kernel}[None, None]{padding})[0, 0]"


def _convolve(x: str, kernel: str, *, mode: str) -> str:
    return _correlate(x, f"F.flip({kernel}, 0)", mode=mode)


OPS: dict[str, Template] = {
    "reshape": "F.reshape({0}, {shape})",
    "permute_dims": "F.transpose({0}, {axes})",
    "broadcast_to": "F.broadcast_to({0}, {shape})",
    "expand_dims": "F.expand_dims({0}, {axis})",
    "squeeze": "F.squeeze({0}, axis={axis})",
    "concat": "F.concat([{*}], axis={axis})",
    "stack": "F.stack([{*}], axis={axis})",
    "unstack": "F.separate({0}, axis={axis})[{index}]",
    "moveaxis": "F.moveaxis({0}, {source}, {destination})",
    "swapaxes": "F.swapaxes({0}, {axis1}, {axis2})",
    "ravel": "F.flatten({0})",
    "flip": _flip,
    "tile": "F.tile({0}, {repetitions})",
    "repeat": _repeat,
    "pad": _pad,
    "correlate": _correlate,
    "convolve": _convolve,
    "getitem": getitem,
    "take": _take,
    "astype": _astype,
    "stop_gradient": "chainer.Variable({0}.array, requires_grad=False)",
}
LACKS: dict[str, str] = {
    "roll": "Chainer has no roll; F.rollaxis moves an axis",
    "sliding_windows": "Chainer has windows of images only, F.im2col",
    **{op: f"Chainer has no {op}" for op in ("rot90", "diff", "trapezoid")},
}
