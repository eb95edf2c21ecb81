"""Arithmetic with names of its own, in TensorFlow's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "cbrt": "tf.experimental.numpy.cbrt({0})",
    "rsqrt": "tf.math.rsqrt({0})",
    "deg2rad": "tf.experimental.numpy.deg2rad({0})",
    "rad2deg": "tf.experimental.numpy.rad2deg({0})",
    "logaddexp2": "tf.experimental.numpy.logaddexp2({0}, {1})",
    "squared_difference": "tf.math.squared_difference({0}, {1})",
}
LACKS = {
    "fmax": "TensorFlow has no fmax",
    "fmin": "TensorFlow has no fmin",
}
