"""What moves elements, picks them, or changes their dtype, in PyTorch's words."""

from harness.adapters.base import Template
from harness.adapters.define_by_run import along, arguments
from harness.adapters.define_by_run import getitem as usual_getitem
from harness.errors import Unsupported
from harness.literals import Index, Slice, source

Axis = int | tuple[int, ...] | None


def _getitem(x: str, *, index: Index) -> str:
    if any(isinstance(part, Slice) and (part.step or 1) < 0 for part in index):
        raise Unsupported("PyTorch's slices have positive steps; torch.flip reverses")
    return usual_getitem(x, index=index)


def _take(x: str, indices: str, *, axis: int) -> str:
    return x + along(axis, indices)


_CASTS = {"float16": "half", "float32": "float", "float64": "double"}


def _astype(x: str, *, dtype: str) -> str:
    return f"{x}.{_CASTS[dtype]}()" if dtype in _CASTS else f"{x}.to(torch.{dtype})"


def _flip(x: str, *, axis: Axis) -> str:
    return f"torch.flip({x}, dims={f'tuple(range({x}.ndim))' if axis is None else _dims(axis)})"


def _dims(axis: int | tuple[int, ...]) -> str:
    return source(axis if isinstance(axis, tuple) else (axis,))


def _roll(x: str, *, shift: int | tuple[int, ...], axis: Axis) -> str:
    return f"torch.roll({x}, {source(shift)}{arguments(dims=axis)})"


def _repeat(x: str, *, repeats: int, axis: int | None) -> str:
    return f"torch.repeat_interleave({x}, {repeats}{arguments(dim=axis)})"


_MODES = {"reflect": "reflect", "edge": "replicate"}


def _pad(x: str, *, before: tuple[int, ...], after: tuple[int, ...], mode: str, value: float) -> str:
    """The widths of the last axis come first; other modes than "constant" want none for the first ones."""
    pairs = list(zip(before, after, strict=True))
    if mode != "constant":
        pairs = pairs[next((axis for axis, widths in enumerate(pairs) if any(widths)), -1) :]
    widths = source(tuple(width for pair in reversed(pairs) for width in pair))
    if mode == "constant":
        return f"torch.nn.functional.pad({x}, {widths}{arguments(value=value or None)})"
    if mode not in _MODES:
        raise Unsupported(f"torch.nn.functional.pad has no mode {mode!r}")
    return f'torch.nn.functional.pad({x}, {widths}, mode="{_MODES[mode]}")'


def _correlate(x: str, kernel: str, *, mode: str) -> str:
    if mode == "same":
        raise Unsupported("to a kernel of even size conv1d adds the odd zero on the other side")
    padding = f", padding={kernel}.shape[0] - 1" if mode == "full" else ""
    return f"torch.nn.functional.conv1d({x}[None, None], {kernel}[None, None]{padding})[0, 0]"


def _convolve(x: str, kernel: str, *, mode: str) -> str:
    return _correlate(x, f"{kernel}.flip(0)", mode=mode)


OPS: dict[str, Template] = {
    "reshape": "{0}.reshape({shape})",
    "permute_dims": "torch.permute({0}, {axes})",
    "broadcast_to": "torch.broadcast_to({0}, {shape})",
    "expand_dims": "torch.unsqueeze({0}, dim={axis})",
    "squeeze": "torch.squeeze({0}, dim={axis})",
    "concat": "torch.cat([{*}], dim={axis})",
    "stack": "torch.stack([{*}], dim={axis})",
    "unstack": "torch.unbind({0}, dim={axis})[{index}]",
    "moveaxis": "torch.moveaxis({0}, {source}, {destination})",
    "swapaxes": "torch.swapaxes({0}, {axis1}, {axis2})",
    "ravel": "torch.ravel({0})",
    "flip": _flip,
    "roll": _roll,
    "rot90": "torch.rot90({0}, k={k}, dims={axes})",
    "tile": "torch.tile({0}, {repetitions})",
    "repeat": _repeat,
    "pad": _pad,
    "sliding_windows": "{0}.unfold(-1, {size}, {step})",
    "diff": "torch.diff({0}, n={n}, dim={axis})",
    "trapezoid": "torch.trapezoid({0}, {1}, dim={axis})",
    "correlate": _correlate,
    "convolve": _convolve,
    "getitem": _getitem,
    "take": _take,
    "astype": _astype,
    "stop_gradient": "{0}.detach()",
}
