"""What layers of neural networks are made of, in PyTorch's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "relu": "torch.relu({0})",
    "sigmoid": "torch.sigmoid({0})",
    "softplus": "torch.nn.functional.softplus({0})",
    "softmax": "torch.softmax({0}, dim={axis})",
    "log_softmax": "torch.log_softmax({0}, dim={axis})",
}
