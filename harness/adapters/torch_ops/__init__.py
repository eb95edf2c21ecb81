"""The ops in PyTorch's words, a file for each kind; what it lacks, with the reason that the report shows."""

from harness.adapters.base import Template
from harness.adapters.torch_ops import arrays, elementary, linear_algebra, networks, reductions

OPS: dict[str, Template] = {
    **elementary.OPS,
    **reductions.OPS,
    **linear_algebra.OPS,
    **arrays.OPS,
    **networks.OPS,
}
