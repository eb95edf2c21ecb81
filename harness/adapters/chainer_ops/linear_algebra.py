"""Products and functions of matrices, in Chainer's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "matmul": "{0} @ {1}",
    "linear": "F.linear({0}, {1}.T, {2})",  # Chainer keeps the weight as (out, in)
    "det": "F.det({0})",
}
