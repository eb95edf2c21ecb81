"""What moves elements, picks them, or changes their dtype, in TensorFlow's words."""

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments
from harness.errors import Unsupported
from harness.literals import Index, index_source, source

Axis = int | tuple[int, ...] | None


def _getitem(x: str, *, index: Index) -> str:
    return f"{x}[{index_source(index)}]"


def _flip(x: str, *, axis: Axis) -> str:
    if axis is None:
        return f"tf.experimental.numpy.flip({x})"
    return f"tf.reverse({x}, axis={source(axis if isinstance(axis, tuple) else (axis,))})"


def _roll(x: str, *, shift: int | tuple[int, ...], axis: Axis) -> str:
    if axis is None:
        return f"tf.experimental.numpy.roll({x}, {source(shift)})"
    return f"tf.roll({x}, {source(shift)}, axis={source(axis)})"


def _repeat(x: str, *, repeats: int, axis: int | None) -> str:
    return f"tf.repeat({x}, {repeats}{arguments(axis=axis)})"


def _pad(x: str, *, before: tuple[int, ...], after: tuple[int, ...], mode: str, value: float) -> str:
    widths = source(tuple(zip(before, after, strict=True)))
    if mode == "constant":
        return f"tf.pad({x}, {widths}{arguments(constant_values=value or None)})"
    if mode == "edge":
        raise Unsupported("tf.pad has no mode that repeats the element at the border")
    return f'tf.pad({x}, {widths}, mode="{mode.upper()}")'


def _correlate(x: str, kernel: str, *, mode: str) -> str:
    return _conv1d(x, f"{kernel}[:, None, None]", kernel, mode)


def _convolve(x: str, kernel: str, *, mode: str) -> str:
    return _conv1d(x, f"tf.reverse({kernel}, axis=[0])[:, None, None]", kernel, mode)


def _conv1d(x: str, filters: str, kernel: str, mode: str) -> str:
    if mode == "same":
        raise Unsupported("to a kernel of even size conv1d adds the odd zero on the other side")
    if mode == "full":
        x = f"tf.pad({x}, [[{kernel}.shape[0] - 1] * 2])"
    return f'tf.nn.conv1d({x}[None, :, None], {filters}, stride=1, padding="VALID")[0, :, 0]'


OPS: dict[str, Template] = {
    "reshape": "tf.reshape({0}, {shape})",
    "permute_dims": "tf.transpose({0}, perm={axes})",
    "broadcast_to": "tf.broadcast_to({0}, {shape})",
    "expand_dims": "tf.expand_dims({0}, axis={axis})",
    "squeeze": "tf.squeeze({0}, axis={axis})",
    "concat": "tf.concat([{*}], axis={axis})",
    "stack": "tf.stack([{*}], axis={axis})",
    "unstack": "tf.unstack({0}, axis={axis})[{index}]",
    "moveaxis": "tf.experimental.numpy.moveaxis({0}, {source}, {destination})",
    "swapaxes": "tf.experimental.numpy.swapaxes({0}, {axis1}, {axis2})",
    "ravel": "tf.reshape({0}, [-1])",
    "flip": _flip,
    "roll": _roll,
    "rot90": "tf.experimental.numpy.rot90({0}, k={k}, axes={axes})",
    "tile": "tf.experimental.numpy.tile({0}, {repetitions})",
    "repeat": _repeat,
    "pad": _pad,
    "sliding_windows": "tf.signal.frame({0}, {size}, {step})",
    "diff": "tf.experimental.numpy.diff({0}, n={n}, axis={axis})",
    "correlate": _correlate,
    "convolve": _convolve,
    "getitem": _getitem,
    "take": "tf.gather({0}, {1}, axis={axis})",
    "astype": "tf.cast({0}, {dtype})",
    "stop_gradient": "tf.stop_gradient({0})",
}
LACKS: dict[str, str] = {
    "trapezoid": "TensorFlow has no trapezoid rule; TensorFlow Probability has one",
}
