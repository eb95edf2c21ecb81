"""What layers of neural networks are made of, in TensorFlow's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "relu": "tf.nn.relu({0})",
    "sigmoid": "tf.sigmoid({0})",
    "softplus": "tf.math.softplus({0})",
    "softmax": "tf.nn.softmax({0}, axis={axis})",
    "log_softmax": "tf.nn.log_softmax({0}, axis={axis})",
}
