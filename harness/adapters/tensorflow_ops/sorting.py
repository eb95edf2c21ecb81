"""What depends on the order of elements, in TensorFlow's words."""

from harness.adapters.base import Template
from harness.errors import Unsupported


def _sort(x: str, *, axis: int, descending: bool) -> str:
    direction = ", direction='DESCENDING'" if descending else ""
    return f"tf.sort({x}, axis={axis}{direction})"


def _topk(x: str, *, k: int, axis: int) -> str:
    if axis != -1:
        raise Unsupported("tf.math.top_k takes the largest along the last axis")
    return f"tf.math.top_k({x}, {k}).values"


OPS: dict[str, Template] = {"sort": _sort, "topk": _topk}
LACKS = {
    **dict.fromkeys(("median", "lower_median", "quantile"), "TensorFlow has no quantiles; TensorFlow Probability has"),
    **dict.fromkeys(("cumulative_max", "cumulative_min"), "TensorFlow has no cumulative maximum and minimum"),
}
