"""Products and functions of matrices, in PyTorch's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "matmul": "{0} @ {1}",
    "linear": "torch.nn.functional.linear({0}, {1}.T, {2})",  # torch keeps the weight as (out, in)
    "det": "torch.linalg.det({0})",
}
