"""What layers of neural networks are made of, in Chainer's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "relu": "F.relu({0})",
    "sigmoid": "F.sigmoid({0})",
    "softplus": "F.softplus({0})",
    "softmax": "F.softmax({0}, axis={axis})",
    "log_softmax": "F.log_softmax({0}, axis={axis})",
    "leaky_relu": "F.leaky_relu({0}, slope={negative_slope})",
    "prelu": "F.prelu({0}, {1})",
    "elu": "F.elu({0}, alpha={alpha})",
    "selu": "F.selu({0})",
    "relu6": "F.relu6({0})",
}
_MISSING = (
    "softmin", "glu", "celu", "hard_tanh", "hard_swish", "softshrink", "hardshrink", "threshold", "mish", "gelu",
    "gelu_tanh", "softsign", "tanhshrink", "log_sigmoid", "squareplus",
)  # fmt: skip
LACKS: dict[str, str] = {
    **{op: f"Chainer has no {op}" for op in _MISSING},
    "hard_sigmoid": "Chainer's hard_sigmoid is another function, with the slope 0.2",
    "silu": "Chainer has silu only as F.swish with a weight for each feature",
}
