"""What moves elements, picks them, or changes their dtype, in PyTorch's words."""

from harness.adapters.base import Template
from harness.adapters.define_by_run import along, getitem


def _take(x: str, indices: str, *, axis: int) -> str:
    return x + along(axis, indices)


_CASTS = {"float16": "half", "float32": "float", "float64": "double"}


def _astype(x: str, *, dtype: str) -> str:
    return f"{x}.{_CASTS[dtype]}()" if dtype in _CASTS else f"{x}.to(torch.{dtype})"


OPS: dict[str, Template] = {
    "reshape": "{0}.reshape({shape})",
    "permute_dims": "torch.permute({0}, {axes})",
    "broadcast_to": "torch.broadcast_to({0}, {shape})",
    "expand_dims": "torch.unsqueeze({0}, dim={axis})",
    "squeeze": "torch.squeeze({0}, dim={axis})",
    "concat": "torch.cat([{*}], dim={axis})",
    "stack": "torch.stack([{*}], dim={axis})",
    "getitem": getitem,
    "take": _take,
    "astype": _astype,
    "stop_gradient": "{0}.detach()",
}
