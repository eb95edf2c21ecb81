"""What layers of neural networks are made of, in Chainer's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "relu": "F.relu({0})",
    "sigmoid": "F.sigmoid({0})",
    "softplus": "F.softplus({0})",
    "softmax": "F.softmax({0}, axis={axis})",
    "log_softmax": "F.log_softmax({0}, axis={axis})",
}
