"""What layers of neural networks are made of, in JAX's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "relu": "jax.nn.relu({0})",
    "sigmoid": "jax.nn.sigmoid({0})",
    "softplus": "jax.nn.softplus({0})",
    "softmax": "jax.nn.softmax({0}, axis={axis})",
    "log_softmax": "jax.nn.log_softmax({0}, axis={axis})",
    "glu": "jax.nn.glu({0}, axis={axis})",
    "leaky_relu": "jax.nn.leaky_relu({0}, negative_slope={negative_slope})",
    "elu": "jax.nn.elu({0}, alpha={alpha})",
    "selu": "jax.nn.selu({0})",
    "celu": "jax.nn.celu({0}, alpha={alpha})",
    "relu6": "jax.nn.relu6({0})",
    "hard_tanh": "jax.nn.hard_tanh({0})",
    "hard_sigmoid": "jax.nn.hard_sigmoid({0})",
    "hard_swish": "jax.nn.hard_swish({0})",
    "silu": "jax.nn.silu({0})",
    "mish": "jax.nn.mish({0})",
    "gelu": "jax.nn.gelu({0}, approximate=False)",
    "gelu_tanh": "jax.nn.gelu({0}, approximate=True)",
    "softsign": "jax.nn.soft_sign({0})",
    "log_sigmoid": "jax.nn.log_sigmoid({0})",
    "squareplus": "jax.nn.squareplus({0}, b={b})",
}
LACKS: dict[str, str] = {
    **{op: f"jax.nn has no {op}" for op in ("softmin", "prelu", "softshrink", "hardshrink", "threshold", "tanhshrink")},
}
