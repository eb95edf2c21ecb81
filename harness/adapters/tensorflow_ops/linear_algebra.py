"""Products and functions of matrices, in TensorFlow's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "matmul": "{0} @ {1}",
    "linear": "{1}_layer({0})",  # the layer is made where its weights are
    "det": "tf.linalg.det({0})",
}
