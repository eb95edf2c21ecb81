"""What layers of neural networks are made of, in TensorFlow's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "relu": "tf.nn.relu({0})",
    "sigmoid": "tf.sigmoid({0})",
    "softplus": "tf.math.softplus({0})",
    "softmax": "tf.nn.softmax({0}, axis={axis})",
    "log_softmax": "tf.nn.log_softmax({0}, axis={axis})",
    "glu": "tf.keras.activations.glu({0}, axis={axis})",
    "leaky_relu": "tf.nn.leaky_relu({0}, alpha={negative_slope})",
    "elu": "tf.keras.activations.elu({0}, alpha={alpha})",
    "selu": "tf.nn.selu({0})",
    "celu": "tf.keras.activations.celu({0}, alpha={alpha})",
    "relu6": "tf.nn.relu6({0})",
    "hard_tanh": "tf.keras.activations.hard_tanh({0})",
    "hard_sigmoid": "tf.keras.activations.hard_sigmoid({0})",
    "hard_swish": "tf.keras.activations.hard_swish({0})",
    "softshrink": "tf.keras.activations.soft_shrink({0}, threshold={lambd})",
    "hardshrink": "tf.keras.activations.hard_shrink({0}, threshold={lambd})",
    "threshold": "tf.keras.activations.threshold({0}, {threshold}, {value})",
    "silu": "tf.nn.silu({0})",
    "mish": "tf.keras.activations.mish({0})",
    "gelu": "tf.nn.gelu({0})",
    "gelu_tanh": "tf.nn.gelu({0}, approximate=True)",
    "softsign": "tf.nn.softsign({0})",
    "tanhshrink": "tf.keras.activations.tanh_shrink({0})",
    "log_sigmoid": "tf.math.log_sigmoid({0})",
    "squareplus": "tf.keras.activations.squareplus({0}, b={b})",
}
LACKS: dict[str, str] = {
    "softmin": "TensorFlow has no softmin",
    "prelu": "TensorFlow has prelu as a layer of Keras only, which has its own weights",
}
