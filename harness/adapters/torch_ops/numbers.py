"""Arithmetic with names of its own, in PyTorch's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "rsqrt": "torch.rsqrt({0})",
    "deg2rad": "torch.deg2rad({0})",
    "rad2deg": "torch.rad2deg({0})",
    "logaddexp2": "torch.logaddexp2({0}, {1})",
    "fmax": "torch.fmax({0}, {1})",
    "fmin": "torch.fmin({0}, {1})",
}
LACKS = {
    "cbrt": "PyTorch has no cube root",
    "squared_difference": "PyTorch has no squared difference",
}
