"""Activation functions in pieces: linear or exponential between points where two pieces meet.

At such a point the slope is the left one, the right one, or 0. Where frameworks take different ones a dimension
decides; elsewhere the docstring says which it is.
"""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.exponential import exp
from reference_engine.ops.selection import let_through, where
from reference_engine.ops.shape import reshape
from reference_engine.semantics import current
from reference_engine.shapes import check_least_ndim, check_shape, shape_of
from reference_engine.variable import Value, value_of

SELU_ALPHA = 1.6732632423543772848170429916717
SELU_SCALE = 1.0507009873554804934193349852946
"""The fixed point of mean 0 and variance 1 (Klambauer et al., Self-Normalizing Neural Networks, equation 14)."""


def _is_on_the_right(x: Array, at_zero: str) -> Value:
    """Where the right piece counts; `at_zero` says whether it does at 0."""
    x = value_of(x)
    right: Value = x >= 0 if at_zero == "right" else x > 0
    return right


@op
def leaky_relu(x: Array, *, negative_slope: float = 0.01) -> Array:
    """x for x > 0, else negative_slope x.  dy/dx = 1 or negative_slope.  At 0: `leaky_relu_at_zero`."""
    return np.where(x > 0, x, negative_slope * x)


@leaky_relu.derivative("x")
def _(g: Array, x: Array, negative_slope: float) -> Array:
    return where(_is_on_the_right(x, current().leaky_relu_at_zero), g, g * negative_slope)


def prelu(x: Array, weight: Array) -> Array:
    """x for x > 0, else weight x, with one weight for each channel.

    `weight` has shape (channels,), `x` (n, channels, ...). Source: He et al., Delving Deep into Rectifiers, equation 1.
    """
    check_least_ndim("prelu", "x", x, 2)
    check_shape("prelu", "weight", weight, shape_of(x)[1:2])
    return parametric_relu(x, reshape(weight, shape=(-1, *[1] * (np.ndim(value_of(x)) - 2))))


@op
def parametric_relu(x1: Array, x2: Array) -> Array:
    """x1 for x1 > 0, else x2 x1.  d/dx1 = 1 or x2, d/dx2 = 0 or x1.  At x1 = 0: `prelu_at_zero`."""
    return np.where(x1 > 0, x1, x2 * x1)


@parametric_relu.derivative("x1")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return where(_is_on_the_right(x1, current().prelu_at_zero), g, g * x2)


@parametric_relu.derivative("x2")
def _(g: Array, x1: Array) -> Array:
    return where(value_of(x1) > 0, 0, g * x1)


@op
def elu(x: Array, *, alpha: float = 1.0) -> Array:
    """x for x > 0, else alpha (exp(x) - 1).  dy/dx = 1 or alpha exp(x).  At 0: `elu_at_zero`.

    For alpha = 1 that is no kink. Source: Clevert et al., Fast and Accurate Deep Network Learning by ELUs, equation 15.
    """
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


@elu.derivative("x")
def _(g: Array, x: Array, alpha: float) -> Array:
    right = _is_on_the_right(x, current().elu_at_zero)
    return where(right, g, g * (alpha * exp(where(right, 0, x))))


@op
def selu(x: Array) -> Array:
    """elu with a scale and an alpha of its own.  dy/dx = scale, or scale alpha exp(x).  At 0: `selu_at_zero`.

    Source: Klambauer et al., Self-Normalizing Neural Networks, equation 2.
    """
    return SELU_SCALE * np.where(x > 0, x, SELU_ALPHA * np.expm1(np.minimum(x, 0)))


@selu.derivative("x")
def _(g: Array, x: Array) -> Array:
    right = _is_on_the_right(x, current().selu_at_zero)
    return where(right, g * SELU_SCALE, g * (SELU_SCALE * SELU_ALPHA * exp(where(right, 0, x))))


@op
def celu(x: Array, *, alpha: float = 1.0) -> Array:
    """x for x > 0, else alpha (exp(x / alpha) - 1).  dy/dx = 1 or exp(x / alpha), which is 1 at 0: no kink.

    Source: Barron, Continuously Differentiable Exponential Linear Units, equation 2.
    """
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0) / alpha))


@celu.derivative("x")
def _(g: Array, x: Array, alpha: float) -> Array:
    right = value_of(x) > 0
    return where(right, g, g * exp(where(right, 0, x) / alpha))


@op
def relu6(x: Array) -> Array:
    """x limited to [0, 6].  dy/dx = 1 inside, 0 outside: `infinity_at_relu`.  At 0 and 6: 0."""
    return np.clip(x, 0, 6)


@relu6.derivative("x")
def _(g: Array, x: Array) -> Array:
    x = value_of(x)
    return let_through((x > 0) & (x < 6), g, "infinity_at_relu")


@op
def hard_tanh(x: Array) -> Array:
    """x limited to [-1, 1].  dy/dx = 1 inside, 0 outside, 1 for NaN.  At -1 and 1: `hard_tanh_at_bounds`."""
    return np.clip(x, -1, 1)


@hard_tanh.derivative("x")
def _(g: Array, x: Array) -> Array:
    x = value_of(x)
    passes = current().hard_tanh_at_bounds == "passes"
    return where((x < -1) | (x > 1) if passes else (x <= -1) | (x >= 1), 0, g)


@op
def hard_sigmoid(x: Array) -> Array:
    """(x + 3) / 6 limited to [0, 1].  dy/dx = 1/6 inside, 0 outside: `infinity_at_relu`.  At -3 and 3: 0."""
    return np.clip(x + 3, 0, 6) / 6


@hard_sigmoid.derivative("x")
def _(g: Array, x: Array) -> Array:
    x = value_of(x)
    return let_through((x > -3) & (x < 3), g / 6, "infinity_at_relu")


@op
def hard_swish(x: Array) -> Array:
    """x hard_sigmoid(x).  dy/dx = 0 for x <= -3, 1 for x >= 3, (2 x + 3) / 6 between, which is -1/2 and 3/2 there.

    Source: Howard et al., Searching for MobileNetV3, section 5.2.
    """
    return x * (np.clip(x + 3, 0, 6) / 6)


@hard_swish.derivative("x")
def _(g: Array, x: Array) -> Array:
    left, right = value_of(x) <= -3, value_of(x) >= 3
    return where(left, 0, where(right, g, g * ((2 * x + 3) / 6)))


@op
def softshrink(x: Array, *, lambd: float = 0.5) -> Array:
    """x moved towards 0 by lambd, and 0 on the way.  dy/dx = 1, or 0 where y is.  At -lambd and lambd: 0.

    With lambd = 0 it is x, and has the slope 1 at 0 too.
    """
    return x - np.clip(x, -lambd, lambd)


@softshrink.derivative("x")
def _(g: Array, x: Array, lambd: float) -> Array:
    return where(_is_cut_off(x, lambd), 0, g)


def _is_cut_off(x: Array, lambd: float) -> Value:
    """Where x is made 0, and so are its neighbours."""
    inside: Value = np.abs(value_of(x)) <= lambd
    return inside & (lambd > 0)


@op
def hardshrink(x: Array, *, lambd: float = 0.5) -> Array:
    """x, but 0 from -lambd to lambd.  dy/dx = 1, or 0 where y is.  At -lambd and lambd, where it jumps: 0.

    With lambd = 0 it is x, and has the slope 1 at 0 too.
    """
    return np.where(np.abs(x) <= lambd, 0, x)


@hardshrink.derivative("x")
def _(g: Array, x: Array, lambd: float) -> Array:
    return where(_is_cut_off(x, lambd), 0, g)


@op
def threshold(x: Array, *, threshold: float, value: float) -> Array:
    """x above the threshold, else the value.  dy/dx = 1 or 0.  At the threshold, where it may jump: 0."""
    return np.where(x <= threshold, value, x)


@threshold.derivative("x")
def _(g: Array, x: Array, threshold: float) -> Array:
    return where(value_of(x) <= threshold, 0, g)
