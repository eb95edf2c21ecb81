"""The other usual formulas of activation functions: see `variants`."""

import math

from reference_engine.enclosure.variants import forward_variant, variant
from reference_engine.op import Array
from reference_engine.ops.activations import sigmoid, softplus
from reference_engine.ops.error_functions import erf, erfc
from reference_engine.ops.exponential import exp
from reference_engine.ops.hyperbolic import tanh
from reference_engine.ops.powers import hypot
from reference_engine.ops.rectifiers import SELU_ALPHA, SELU_SCALE
from reference_engine.ops.selection import abs, sign, where  # noqa: A004 -- array API names
from reference_engine.ops.smooth_activations import CUBIC, SQRT_2_OVER_PI
from reference_engine.variable import value_of


@variant("elu", "x")
def _(g: Array, y: Array, x: Array, alpha: float) -> Array:
    """From the output, as TensorFlow and Chainer have it."""
    return where(value_of(x) > 0, g, g * (y + alpha))


@variant("selu", "x")
def _(g: Array, y: Array, x: Array) -> Array:
    return where(value_of(x) > 0, g * SELU_SCALE, g * (y + SELU_SCALE * SELU_ALPHA))


@variant("celu", "x")
def _(g: Array, y: Array, x: Array, alpha: float) -> Array:
    return where(value_of(x) > 0, g, g * (y / alpha + 1))


@forward_variant("hard_sigmoid")
def _(x: Array) -> Array:
    """By the reciprocal, as XLA and PyTorch have it."""
    return where(x > -3, where(x < 3, (x + 3) * (1 / 6), 1), 0)


@variant("hard_swish", "x")
def _(g: Array, x: Array) -> Array:
    """PyTorch's."""
    numbers = value_of(x)
    return where(numbers <= -3, 0, where(numbers >= 3, g, g * (x / 3 + 0.5)))


@variant("hard_swish", "x")
def _(g: Array, x: Array) -> Array:
    """That of a product."""
    numbers = value_of(x)
    return where(numbers <= -3, 0, where(numbers >= 3, g, g * ((x + 3) / 6) + g * x / 6))


@variant("silu", "x")
def _(g: Array, y: Array, x: Array) -> Array:
    gate = sigmoid(x)
    return g * (y + gate * (1 - y))


@variant("silu", "x")
def _(g: Array, x: Array) -> Array:
    gate = sigmoid(x)
    return g * (gate + x * (gate * (1 - gate)))


@forward_variant("mish")
def _(x: Array) -> Array:
    return x * tanh(softplus(x))


@variant("mish", "x")
def _(g: Array, x: Array) -> Array:
    gate = tanh(softplus(x))
    return g * (gate + x * (sigmoid(x) * (1 - gate * gate)))


@forward_variant("gelu")
def _(x: Array) -> Array:
    return 0.5 * x * (1 + erf(x * math.sqrt(0.5)))


@forward_variant("gelu")
def _(x: Array) -> Array:
    return 0.5 * x * erfc(x * -math.sqrt(0.5))


@variant("gelu", "x")
def _(g: Array, x: Array) -> Array:
    distribution = 0.5 * (1 + erf(x * math.sqrt(0.5)))
    return g * (distribution + x * (exp(-0.5 * (x * x)) * (1 / math.sqrt(2 * math.pi))))


@forward_variant("gelu_tanh")
def _(x: Array) -> Array:
    return 0.5 * x * (1 + _tanh_in_gelu(x))


def _tanh_in_gelu(x: Array) -> Array:
    return tanh(SQRT_2_OVER_PI * (x + CUBIC * (x * x * x)))


@variant("gelu_tanh", "x")
def _(g: Array, x: Array) -> Array:
    y = _tanh_in_gelu(x)
    slope = SQRT_2_OVER_PI * (1 + 3 * CUBIC * (x * x))
    return g * (0.5 * (1 + y) + 0.5 * x * ((1 - y * y) * slope))


@variant("softsign", "x")
def _(g: Array, x: Array) -> Array:
    size = 1 + abs(x)
    return g / (size * size)


@variant("softsign", "x")
def _(g: Array, y: Array, x: Array) -> Array:
    """That of a quotient."""
    size = 1 + abs(x)
    return g / size - g * (y / size) * sign.recorded(x)


@variant("tanhshrink", "x")
def _(g: Array, x: Array) -> Array:
    """That of a difference."""
    y = tanh(x)
    return g - g * (1 - y * y)


@variant("log_sigmoid", "x")
def _(g: Array, y: Array, x: Array) -> Array:
    """XLA's, that of logaddexp(-x, 0)."""
    return g * exp(y - x)


@forward_variant("squareplus")
def _(x: Array, *, b: float) -> Array:
    """The formula as it stands, which cancels left of 0; that x * x overflows is no rounding."""
    return (x + hypot(x, math.sqrt(b))) / 2


@variant("squareplus", "x")
def _(g: Array, x: Array, b: float) -> Array:
    return g * ((1 + x / hypot(x, math.sqrt(b))) / 2)
