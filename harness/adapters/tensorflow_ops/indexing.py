"""Picking elements by arrays of indices and masks, and writing to where they come from, in TensorFlow's words."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.errors import Unsupported


def _scattered(how: str) -> Callable[..., str]:
    """An index for each row: TensorFlow's indices are places on the first axes."""

    def template(x: str, indices: str, values: str, *, axis: int) -> str:
        if axis != 0:
            raise Unsupported("TensorFlow's tensor_scatter functions index the first axes, not another one alone")
        return f"tf.tensor_scatter_nd_{how}({x}, {indices}[:, tf.newaxis], {values})"

    return template


OPS: dict[str, Template] = {
    "take_along_axis": "tf.experimental.numpy.take_along_axis({0}, {1}, axis={axis})",
    "gather_nd": "tf.gather_nd({0}, {1})",
    "embedding": "tf.nn.embedding_lookup({1}, {0})",
    "boolean_mask": "tf.boolean_mask({0}, {1})",
    "masked_fill": "tf.where({1}, tf.cast({value}, {0}.dtype), {0})",
    "index_set": _scattered("update"),
    "index_add": _scattered("add"),
    "index_max": _scattered("max"),
    "index_min": _scattered("min"),
    "segment_sum": "tf.math.unsorted_segment_sum({0}, {1}, {num_segments})",
    "segment_mean": "tf.math.unsorted_segment_mean({0}, {1}, {num_segments})",
    "segment_prod": "tf.math.unsorted_segment_prod({0}, {1}, {num_segments})",
    "segment_max": "tf.math.unsorted_segment_max({0}, {1}, {num_segments})",
    "segment_min": "tf.math.unsorted_segment_min({0}, {1}, {num_segments})",
}
LACKS = {"put_along_axis": "TensorFlow has no put_along_axis"}
