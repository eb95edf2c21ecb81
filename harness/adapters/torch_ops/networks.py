"""What layers of neural networks are made of, in PyTorch's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "relu": "torch.relu({0})",
    "sigmoid": "torch.sigmoid({0})",
    "softplus": "torch.nn.functional.softplus({0})",
    "softmax": "torch.softmax({0}, dim={axis})",
    "log_softmax": "torch.log_softmax({0}, dim={axis})",
    "softmin": "torch.nn.functional.softmin({0}, dim={axis})",
    "glu": "torch.nn.functional.glu({0}, dim={axis})",
    "leaky_relu": "torch.nn.functional.leaky_relu({0}, negative_slope={negative_slope})",
    "prelu": "torch.nn.functional.prelu({0}, {1})",
    "elu": "torch.nn.functional.elu({0}, alpha={alpha})",
    "selu": "torch.nn.functional.selu({0})",
    "celu": "torch.nn.functional.celu({0}, alpha={alpha})",
    "relu6": "torch.nn.functional.relu6({0})",
    "hard_tanh": "torch.nn.functional.hardtanh({0})",
    "hard_sigmoid": "torch.nn.functional.hardsigmoid({0})",
    "hard_swish": "torch.nn.functional.hardswish({0})",
    "softshrink": "torch.nn.functional.softshrink({0}, lambd={lambd})",
    "hardshrink": "torch.nn.functional.hardshrink({0}, lambd={lambd})",
    "threshold": "torch.nn.functional.threshold({0}, threshold={threshold}, value={value})",
    "silu": "torch.nn.functional.silu({0})",
    "mish": "torch.nn.functional.mish({0})",
    "gelu": "torch.nn.functional.gelu({0})",
    "gelu_tanh": "torch.nn.functional.gelu({0}, approximate='tanh')",
    "softsign": "torch.nn.functional.softsign({0})",
    "tanhshrink": "torch.nn.functional.tanhshrink({0})",
    "log_sigmoid": "torch.nn.functional.logsigmoid({0})",
}
LACKS: dict[str, str] = {
    "squareplus": "PyTorch has no squareplus",
}
