"""What moves elements, picks them, or changes their dtype, in Chainer's words."""

from harness.adapters.base import Template
from harness.adapters.chainer_ops.dtypes import check_dtype
from harness.adapters.define_by_run import along, getitem
from harness.literals import source


def _take(x: str, indices: str, *, axis: int) -> str:
    return x + along(axis, f"{indices}.array")


def _astype(x: str, *, dtype: str) -> str:
    check_dtype(dtype)
    return f"F.cast({x}, {source(dtype)})"


OPS: dict[str, Template] = {
    "reshape": "F.reshape({0}, {shape})",
    "permute_dims": "F.transpose({0}, {axes})",
    "broadcast_to": "F.broadcast_to({0}, {shape})",
    "expand_dims": "F.expand_dims({0}, {axis})",
    "squeeze": "F.squeeze({0}, axis={axis})",
    "concat": "F.concat([{*}], axis={axis})",
    "stack": "F.stack([{*}], axis={axis})",
    "getitem": getitem,
    "take": _take,
    "astype": _astype,
    "stop_gradient": "chainer.Variable({0}.array, requires_grad=False)",
}
