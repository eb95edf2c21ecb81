"""Arithmetic with names of its own, in Chainer's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "rsqrt": "F.rsqrt({0})",
    "squared_difference": "F.squared_difference({0}, {1})",
}
LACKS = {
    "cbrt": "Chainer has no cube root",
    "deg2rad": "Chainer has no deg2rad",
    "rad2deg": "Chainer has no rad2deg",
    "logaddexp2": "Chainer has no logaddexp2",
    "fmax": "Chainer has no fmax",
    "fmin": "Chainer has no fmin",
}
