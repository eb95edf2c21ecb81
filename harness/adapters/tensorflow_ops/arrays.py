"""What moves elements, picks them, or changes their dtype, in TensorFlow's words."""

from harness.adapters.base import Template
from harness.literals import Index, index_source


def _getitem(x: str, *, index: Index) -> str:
    return f"{x}[{index_source(index)}]"


OPS: dict[str, Template] = {
    "reshape": "tf.reshape({0}, {shape})",
    "permute_dims": "tf.transpose({0}, perm={axes})",
    "broadcast_to": "tf.broadcast_to({0}, {shape})",
    "expand_dims": "tf.expand_dims({0}, axis={axis})",
    "squeeze": "tf.squeeze({0}, axis={axis})",
    "concat": "tf.concat([{*}], axis={axis})",
    "stack": "tf.stack([{*}], axis={axis})",
    "getitem": _getitem,
    "take": "tf.gather({0}, {1}, axis={axis})",
    "astype": "tf.cast({0}, {dtype})",
    "stop_gradient": "tf.stop_gradient({0})",
}
