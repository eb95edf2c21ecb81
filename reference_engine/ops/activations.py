"""Activation functions of neural networks."""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.exponential import exp
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.selection import let_through, where
from reference_engine.semantics import current
from reference_engine.shapes import check_axis
from reference_engine.variable import value_of


@op
def relu(x: Array) -> Array:
    """max(x, 0).  dy/dx = 1 for x > 0, 0 for x < 0.  At 0: `relu_at_zero`; any number in [0, 1] is a subgradient.

    At NaN: `relu_at_nan`.  Of an infinite cotangent: `infinity_at_relu`.
    """
    return np.maximum(x, 0)


@relu.derivative("x", unsaved="x")
def _(g: Array, y: Array, x: Array) -> Array:
    options = current()
    value = value_of(y)
    cotangent = let_through(value > 0 if options.relu_at_nan == "zero" else ~(value <= 0), g, "infinity_at_relu")
    if options.relu_at_zero == "zero":
        return cotangent
    return where(x == 0, g * {"half": 0.5, "one": 1.0}[options.relu_at_zero], cotangent)


@op
def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(-x)), without overflow.  dy/dx = y (1 - y) = y sigmoid(-x), the latter accurate for large x too."""
    decay = np.exp(-np.abs(x))
    return np.where(x < 0, decay, 1) / (1 + decay)


@sigmoid.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    return g * (y * sigmoid(-x))


@op
def softplus(x: Array) -> Array:
    """log(1 + exp(x)), without overflow.  dy/dx = sigmoid(x)."""
    return np.logaddexp(x, 0)


@softplus.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * sigmoid(x)


@op
def softmax(x: Array, *, axis: int = -1) -> Array:
    """exp(x) / sum(exp(x)) along an axis, without overflow.  The cotangent of x is y (g - sum(g y))."""
    check_axis("softmax", axis, x.ndim)
    powers = np.exp(_shifted(x, axis))
    return powers / np.sum(powers, axis=axis, keepdims=True)


@softmax.derivative("x")
def _(g: Array, y: Array, axis: int) -> Array:
    return y * (g - sum_of(g * y, axis=axis, keepdims=True))


@op
def log_softmax(x: Array, *, axis: int = -1) -> Array:
    """log(softmax(x)) along an axis, without overflow.  The cotangent of x is g - exp(y) sum(g)."""
    check_axis("log_softmax", axis, x.ndim)
    shifted = _shifted(x, axis)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


@log_softmax.derivative("x")
def _(g: Array, y: Array, axis: int) -> Array:
    return g - exp(y) * sum_of(g, axis=axis, keepdims=True)


def _shifted(x: Array, axis: int) -> Array:
    """x less its maximum along the axis, so that no exponential overflows; no elements have no maximum."""
    return x - np.max(x, axis=axis, keepdims=True) if x.size else x
