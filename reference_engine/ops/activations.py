"""Activation functions of neural networks."""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.exponential import exp
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.selection import where
from reference_engine.semantics import current


@op
def relu(x: Array) -> Array:
    """max(x, 0).  dy/dx = 1 for x > 0, 0 for x < 0.  At 0: `relu_at_zero`; any number in [0, 1] is a subgradient."""
    return np.maximum(x, 0)


@relu.derivative("x", unsaved="x")
def _(g: Array, y: Array, x: Array) -> Array:
    option = current().relu_at_zero
    if option == "zero":
        return where(y > 0, g, 0)
    return where(x == 0, g * {"half": 0.5, "one": 1.0}[option], where(y > 0, g, 0))


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
    powers = np.exp(_shifted(x, axis))
    return powers / np.sum(powers, axis=axis, keepdims=True)


@softmax.derivative("x")
def _(g: Array, y: Array, axis: int) -> Array:
    return y * (g - sum_of(g * y, axis=axis, keepdims=True))


@op
def log_softmax(x: Array, *, axis: int = -1) -> Array:
    """log(softmax(x)) along an axis, without overflow.  The cotangent of x is g - exp(y) sum(g)."""
    shifted = _shifted(x, axis)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


@log_softmax.derivative("x")
def _(g: Array, y: Array, axis: int) -> Array:
    return g - exp(y) * sum_of(g, axis=axis, keepdims=True)


def _shifted(x: Array, axis: int) -> Array:
    """x less its maximum along the axis, so that no exponential overflows; no elements have no maximum."""
    return x - np.max(x, axis=axis, keepdims=True) if x.size else x
