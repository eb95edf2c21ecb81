"""The other usual formulas, of derivatives and of values: algebraically equal to the engine's, differently rounded.

A framework that uses one of them computes what it may; so each enclosure holds what any of them gives. Those of
derivatives are written as the engine's rules are: of the cotangent, the output `y`, operands and parameters by name.
"""

import math
from collections.abc import Callable

import numpy as np

from reference_engine.enclosure.axes import count, kept
from reference_engine.enclosure.interval import Mask
from reference_engine.enclosure.selections import bounds_of
from reference_engine.op import Array
from reference_engine.ops.arithmetic import reciprocal
from reference_engine.ops.casting import conj
from reference_engine.ops.cumulative import cumulative_logsumexp
from reference_engine.ops.exponential import LN2, LN10, at_equals, exp, exp2, log, log1p
from reference_engine.ops.hyperbolic import cosh, sinh, tanh
from reference_engine.ops.powers import sqrt
from reference_engine.ops.reductions import Axis, mean
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.selection import abs, maximum, where  # noqa: A004 -- array API names
from reference_engine.ops.shape import along, broadcast_to
from reference_engine.ops.trigonometric import cos
from reference_engine.variable import value_of

VARIANTS: dict[tuple[str, str], list[Callable[..., Array]]] = {}
"""Formulas of derivatives, by op and operand."""
FORWARD: dict[str, list[Callable[..., Array]]] = {}
"""Formulas of values, by op: of the operands, which are arrays, and of parameters by keyword."""


def variant(op: str, operand: str) -> Callable[[Callable[..., Array]], Callable[..., Array]]:
    """Register another formula for the derivative of an op."""

    def register(function: Callable[..., Array]) -> Callable[..., Array]:
        VARIANTS.setdefault((op, operand), []).append(function)
        return function

    return register


def forward_variant(op: str) -> Callable[[Callable[..., Array]], Callable[..., Array]]:
    """Register another formula for the value of an op."""

    def register(function: Callable[..., Array]) -> Callable[..., Array]:
        FORWARD.setdefault(op, []).append(function)
        return function

    return register


@forward_variant("sigmoid")
def _(x: Array) -> Array:
    """Chainer's, and XLA's: right to an ulp of 1/2, not of a small value."""
    return tanh(x * 0.5) * 0.5 + 0.5


@forward_variant("sigmoid")
def _(x: Array) -> Array:
    return reciprocal(1 + exp(-x))


@forward_variant("exp2")
def _(x: Array) -> Array:
    """XLA's."""
    return exp(x * LN2)


@forward_variant("sinh")
def _(x: Array) -> Array:
    """XLA's, which does not overflow before its value does."""
    return where(abs(x) < 1, sinh.forward(x), exp(x - LN2) - exp(-x - LN2))


@forward_variant("cosh")
def _(x: Array) -> Array:
    """XLA's."""
    return exp(x - LN2) + exp(-x - LN2)


@forward_variant("logaddexp")
def _(x1: Array, x2: Array) -> Array:
    return maximum(x1, x2) + log1p(exp(-abs(x1 - x2)))


@forward_variant("logaddexp2")
def _(x1: Array, x2: Array) -> Array:
    return maximum(x1, x2) + log1p(exp2(-abs(x1 - x2))) / LN2


@variant("tanh", "x")
def _(g: Array, x: Array) -> Array:
    root = cosh(x)
    return g / (root * root)


@variant("sigmoid", "x")
def _(g: Array, y: Array) -> Array:
    return g * (y * (1 - y))


@variant("softplus", "x")
def _(g: Array, x: Array) -> Array:
    """Chainer's."""
    return g * (1 - 1 / (1 + exp(x)))


@variant("softplus", "x")
def _(g: Array, y: Array, x: Array) -> Array:
    """That of logaddexp(x, 0)."""
    return g * exp(x - y)


@variant("logaddexp", "x1")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return g * at_equals(1 / (1 + exp(x2 - x1)), x1, x2, 1)


@variant("logaddexp", "x2")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return g * at_equals(1 / (1 + exp(x1 - x2)), x2, x1, 0)


@variant("logaddexp", "x1")
def _(g: Array, y: Array, x1: Array, x2: Array) -> Array:
    return g * at_equals(exp(x1 - y), x1, x2, 1)


@variant("logaddexp", "x2")
def _(g: Array, y: Array, x1: Array, x2: Array) -> Array:
    return g * at_equals(exp(x2 - y), x2, x1, 0)


@variant("softmax", "x")
def _(g: Array, y: Array, axis: int) -> Array:
    weighted = g * y
    return weighted - y * sum_of(weighted, axis=axis, keepdims=True)


@variant("expm1", "x")
def _(g: Array, y: Array) -> Array:
    return g * (y + 1)


@variant("exp2", "x")
def _(g: Array, x: Array) -> Array:
    return g * exp(x * LN2) * LN2


@variant("log2", "x")
def _(g: Array, x: Array) -> Array:
    return g / (x * LN2)


@variant("log10", "x")
def _(g: Array, x: Array) -> Array:
    return g / (x * LN10)


@variant("tan", "x")
def _(g: Array, x: Array) -> Array:
    """TensorFlow's."""
    secant = reciprocal(cos(x))
    return g * (secant * secant)


@variant("asin", "x")
def _(g: Array, x: Array) -> Array:
    return g / sqrt(1 - x * x)


@variant("acos", "x")
def _(g: Array, x: Array) -> Array:
    return -g / sqrt(1 - x * x)


@variant("asinh", "x")
def _(g: Array, y: Array) -> Array:
    """TensorFlow's."""
    return g / cosh(y)


@variant("acosh", "x")
def _(g: Array, x: Array) -> Array:
    return where(_has_square(x), g / sqrt(x * x - 1), g / (sqrt(x - 1) * sqrt(x + 1)))


@variant("acosh", "x")
def _(g: Array, y: Array) -> Array:
    """TensorFlow's."""
    return g / sinh(y)


@variant("atanh", "x")
def _(g: Array, x: Array) -> Array:
    return g / (1 - x * x)


@variant("divide", "x2")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return where(_has_square(x2), -g * x1 / (x2 * x2), -g * (x1 / x2 / x2))


def _has_square(x: Array) -> Mask:
    """Where the square of a finite number neither overflows nor underflows: what is lost by that is no rounding."""
    size = np.absolute(value_of(x))
    square = bounds_of(size * size)
    return (square.lower > 0) & (np.isfinite(square.upper) | np.isinf(bounds_of(size).lower))


@forward_variant("mean")
def _(x: Array, *, axis: Axis, keepdims: bool) -> Array:
    """By the reciprocal of the number of elements, as XLA has it."""
    return sum_of(x, axis=axis, keepdims=keepdims) * _share(x, axis)


@forward_variant("mean")
def _(x: Array, *, axis: Axis, keepdims: bool) -> Array:
    """The mean of the means of rows, as Keras's losses have it."""
    if axis is not None or x.ndim < 2:
        return np.mean(x, axis=axis, keepdims=keepdims)
    return np.mean(np.mean(x, axis=-1, keepdims=True), keepdims=keepdims)


@variant("mean", "x")
def _(g: Array, x: Array, axis: Axis) -> Array:
    """By the reciprocal of the number of elements, as Chainer and XLA have it."""
    return broadcast_to(kept(g * _share(x, axis), x.shape, axis), shape=x.shape)


def _share(x: Array, axis: Axis) -> float:
    """Of each element in the mean; of none there is no mean."""
    return 1 / (count(x.shape, axis) or math.nan)


@variant("cumulative_logsumexp", "x")
def _(g: Array, y: Array, x: Array, axis: int) -> Array:
    """PyTorch's and TensorFlow's, which add up logarithms: of the positive cotangents, and of the negative ones."""
    gained, lost = (exp(_logsumexp_from_each_on(log(maximum(weights, 0)) - y, axis) + x) for weights in (g, -g))
    return gained - lost


def _logsumexp_from_each_on(x: Array, axis: int) -> Array:
    return _reversed(cumulative_logsumexp(_reversed(x, axis), axis=axis), axis)


def _reversed(x: Array, axis: int) -> Array:
    return x[along(axis, slice(None, None, -1), x.ndim)]


@variant("var", "x")
def _(g: Array, x: Array, axis: Axis, correction: float) -> Array:
    """Through the mean as well, where what comes back adds up to zero but for rounding."""
    slope = kept(g, x.shape, axis) * (2 / _degrees_of_freedom(x, axis, correction)) * conj(_deviation(x, axis))
    return slope - mean(slope, axis=axis, keepdims=True)


@variant("std", "x")
def _(g: Array, y: Array, x: Array, axis: Axis, correction: float) -> Array:
    """The same, through the variance."""
    weight = kept(g / (2 * y), x.shape, axis)
    slope = weight * (2 / _degrees_of_freedom(x, axis, correction)) * conj(_deviation(x, axis))
    return slope - mean(slope, axis=axis, keepdims=True)


def _degrees_of_freedom(x: Array, axis: Axis, correction: float) -> np.float64:
    """None of one element, and by 0 NumPy's numbers are divided as an array's are."""
    return np.float64(count(x.shape, axis) - correction)


def _deviation(x: Array, axis: Axis) -> Array:
    return x - mean(x, axis=axis, keepdims=True)
