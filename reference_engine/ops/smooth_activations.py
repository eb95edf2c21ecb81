"""Activation functions without kinks."""

import math
from typing import Any

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.activations import sigmoid, softmax
from reference_engine.ops.arithmetic import negative
from reference_engine.ops.error_functions import ndtr
from reference_engine.ops.exponential import exp
from reference_engine.ops.hyperbolic import tanh
from reference_engine.ops.indexing import getitem
from reference_engine.ops.powers import hypot
from reference_engine.ops.selection import abs as magnitude
from reference_engine.variable import value_of

ONE_OVER_SQRT_2_PI = 1 / math.sqrt(2 * math.pi)
SQRT_2_OVER_PI = math.sqrt(2 / math.pi)
CUBIC = 0.044715
"""The weight of the cube that approximates gelu (Hendrycks and Gimpel, Gaussian Error Linear Units, section 2)."""


@op
def silu(x: Array) -> Array:
    """x sigmoid(x), also called swish.  dy/dx = sigmoid(x) (1 + x sigmoid(-x)).  At -inf the product is NaN."""
    return x * sigmoid(x)


@silu.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * (sigmoid(x) * (1 + x * sigmoid(-x)))


@op
def mish(x: Array) -> Array:
    """x tanh(softplus(x)).  With p = sigmoid(x) and q = sigmoid(-x):

    tanh(softplus(x)) = p (1 + q) / (1 + q^2), and its derivative is 4 p q^2 / (1 + q^2)^2, neither of which cancels.
    At -inf the product is NaN. Source: Misra, Mish: A Self Regularized Non-Monotonic Activation Function, section 2.
    """
    return x * _gate(x)


def _gate(x: Array) -> Array:
    """tanh(softplus(x))."""
    q = sigmoid(-x)
    return sigmoid(x) * ((1 + q) / (1 + q * q))


@mish.derivative("x")
def _(g: Array, x: Array) -> Array:
    q = sigmoid(-x)
    weight = 2 * q / (1 + q * q)
    return g * (_gate(x) + x * (sigmoid(x) * (weight * weight)))


@op
def gelu(x: Array) -> Array:
    """x ndtr(x), where ndtr is the normal distribution.  dy/dx = ndtr(x) + x exp(-x^2 / 2) / sqrt(2 pi).

    At -inf the product is NaN. Source: Hendrycks and Gimpel, Gaussian Error Linear Units, section 2.
    """
    return x * ndtr(x)


@gelu.derivative("x")
def _(g: Array, x: Array) -> Array:
    with np.errstate(over="ignore"):  # where the square is infinite, the density is 0
        density = exp(-0.5 * (x * x)) * ONE_OVER_SQRT_2_PI
    return g * (ndtr(x) + x * density)


@op
def gelu_tanh(x: Array) -> Array:
    """x (1 + tanh(u)) / 2 with u = sqrt(2 / pi) (x + 0.044715 x^3), which is x sigmoid(2 u), without cancellation.

    dy/dx = p + 2 x p q u' with p = sigmoid(2 u) and q = sigmoid(-2 u), where x^3 p q does not overflow as x^3 does.
    Source: Hendrycks and Gimpel, Gaussian Error Linear Units, section 2.
    """
    return x * sigmoid(2 * _argument(x))


def _argument(x: Array) -> Array:
    with np.errstate(over="ignore"):  # where the cube is infinite, the sigmoid is 0 or 1
        return SQRT_2_OVER_PI * (x + CUBIC * (x * x * x))


@gelu_tanh.derivative("x")
def _(g: Array, x: Array) -> Array:
    twice = 2 * _argument(x)
    gate = sigmoid(twice)
    decaying = x * (gate * sigmoid(-twice))
    return g * (gate + 2 * SQRT_2_OVER_PI * (decaying + 3 * CUBIC * (x * (x * decaying))))


@op
def softsign(x: Array) -> Array:
    """x / (1 + abs(x)).  dy/dx = 1 / (1 + abs(x))^2, at 0 as well.  At infinity the quotient is NaN."""
    return x / (1 + np.abs(x))


@softsign.derivative("x")
def _(g: Array, x: Array) -> Array:
    size = 1 + magnitude(x)
    return g / size / size


@op
def tanhshrink(x: Array) -> Array:
    """x - tanh(x).  dy/dx = tanh(x)^2."""
    return x - np.tanh(x)


@tanhshrink.derivative("x")
def _(g: Array, x: Array) -> Array:
    y = tanh(x)
    return g * (y * y)


@op
def log_sigmoid(x: Array) -> Array:
    """log(sigmoid(x)) = -softplus(-x), without overflow.  dy/dx = sigmoid(-x)."""
    return -np.logaddexp(-x, 0)


@log_sigmoid.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * sigmoid(-x)


@op
def squareplus(x: Array, *, b: float = 4.0) -> Array:
    """(x + r) / 2 with r = sqrt(x^2 + b).  dy/dx = (1 + x / r) / 2 = y / r.

    For x < 0 it is b / (2 (r - x)), which does not cancel. Where b = 0 it is relu, and the slope at 0 is NaN.
    Source: Barron, Squareplus: A Softplus-Like Algebraic Rectifier, equation 1.
    """
    root = np.hypot(x, math.sqrt(b))
    return np.where(x < 0, b / 4 / (root / 2 - np.minimum(x, 0) / 2), x / 2 + root / 2)


@squareplus.derivative("x")
def _(g: Array, y: Array, x: Array, b: float) -> Array:
    return g * (y / hypot(x, math.sqrt(b)))


def glu(x: Array, *, axis: int = -1) -> Any:
    """The first half along an axis, times the sigmoid of the second.

    Raises ValueError for an axis of odd size. Source: Dauphin et al., Language Modeling with Gated Convolutional
    Networks, section 3.
    """
    size = np.shape(value_of(x))[axis]
    if size % 2:
        raise ValueError(f"glu halves an axis, and {size} is odd")
    before = (slice(None),) * (axis % np.ndim(value_of(x)))
    first, second = (getitem(x, index=(*before, half)) for half in (slice(size // 2), slice(size // 2, size)))
    return first * sigmoid(second)


def softmin(x: Array, *, axis: int = -1) -> Any:
    """The softmax of -x along an axis."""
    return softmax(negative(x), axis=axis)
