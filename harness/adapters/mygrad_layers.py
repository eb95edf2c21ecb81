"""Layers with weights or windows, in MyGrad's words."""

from harness.adapters.base import Template
from harness.errors import Unsupported
from harness.literals import source
from harness.ops import OPS as ALL

Shape = int | tuple[int, int]


def _convolution(x: str, weight: str, *, stride: Shape, padding: Shape, dilation: Shape, groups: int) -> str:
    if groups != 1:
        raise Unsupported("MyGrad's convolutions have no groups")
    _check(stride, dilation)
    given = f"stride={source(stride)}, padding={source(padding)}"
    return f"mg.nnet.layers.conv_nd({x}, {weight}, {given})"


def _max_pool(x: str, *, size: Shape, stride: Shape, padding: Shape, dilation: Shape) -> str:
    if padding not in (0, (0, 0)):
        raise Unsupported("MyGrad's pooling has no padding")
    _check(stride, dilation)
    return f"mg.nnet.layers.max_pool({x}, {source(size if isinstance(size, tuple) else (size,))}, {source(stride)})"


def _check(stride: Shape, dilation: Shape) -> None:
    if stride not in (1, (1, 1)):
        raise Unsupported("MyGrad refuses windows that leave elements over at the end, as they mostly do with a stride")
    if dilation not in (1, (1, 1)):
        raise Unsupported("MyGrad takes a window with dilation for longer than it is, and refuses it near the end")


OPS: dict[str, Template] = {
    "conv1d": _convolution,
    "conv2d": _convolution,
    "max_pool1d": _max_pool,
    "max_pool2d": _max_pool,
    "batch_norm": "mg.nnet.layers.batchnorm({0}, gamma={1}, beta={2}, eps={eps})",
}
LACKS: dict[str, str] = {
    op: f"mygrad.nnet.layers has no {op}"
    for op, row in ALL.items()
    if row.family in ("convolutions", "pooling", "normalization", "images", "attention") and op not in OPS
}
