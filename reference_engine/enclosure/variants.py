"""The other usual formulas, of derivatives and of values: algebraically equal to the engine's, differently rounded.

A framework that uses one of them computes what it may; so each enclosure holds what any of them gives. Those of
derivatives are written as the engine's rules are: of the cotangent, the output `y`, operands and parameters by name.
"""

from collections.abc import Callable

from reference_engine.enclosure.axes import count, kept
from reference_engine.op import Array
from reference_engine.ops.arithmetic import reciprocal
from reference_engine.ops.casting import conj
from reference_engine.ops.exponential import LN2, exp, log1p
from reference_engine.ops.hyperbolic import cosh, sinh, tanh
from reference_engine.ops.powers import sqrt
from reference_engine.ops.reductions import Axis, mean
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.selection import abs, maximum, where  # noqa: A004 -- array API names
from reference_engine.ops.shape import broadcast_to
from reference_engine.ops.trigonometric import cos

VARIANTS: dict[tuple[str, str], list[Callable[..., Array]]] = {}
"""Formulas of derivatives, by op and operand."""
FORWARD: dict[str, list[Callable[..., Array]]] = {}
"""Formulas of values, by op: of the operands, which are arrays."""


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
    return g / (1 + exp(x2 - x1))


@variant("logaddexp", "x2")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return g / (1 + exp(x1 - x2))


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
    return g / sqrt(x * x - 1)


@variant("acosh", "x")
def _(g: Array, y: Array) -> Array:
    """TensorFlow's."""
    return g / sinh(y)


@variant("atanh", "x")
def _(g: Array, x: Array) -> Array:
    return g / (1 - x * x)


@variant("divide", "x2")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return -g * x1 / (x2 * x2)


@variant("mean", "x")
def _(g: Array, x: Array, axis: Axis) -> Array:
    """By the reciprocal of the number of elements, as Chainer and XLA have it."""
    return broadcast_to(kept(g * (1 / count(x.shape, axis)), x.shape, axis), shape=x.shape)


@variant("var", "x")
def _(g: Array, x: Array, axis: Axis, correction: float) -> Array:
    """Through the mean as well, where what comes back adds up to zero but for rounding."""
    slope = kept(g, x.shape, axis) * (2 / (count(x.shape, axis) - correction)) * conj(_deviation(x, axis))
    return slope - mean(slope, axis=axis, keepdims=True)


@variant("std", "x")
def _(g: Array, y: Array, x: Array, axis: Axis, correction: float) -> Array:
    """The same, through the variance."""
    weight = kept(g / (2 * y), x.shape, axis)
    slope = weight * (2 / (count(x.shape, axis) - correction)) * conj(_deviation(x, axis))
    return slope - mean(slope, axis=axis, keepdims=True)


def _deviation(x: Array, axis: Axis) -> Array:
    return x - mean(x, axis=axis, keepdims=True)
