"""Activation functions, from their definitions. Those in pieces note on which piece a number is."""

from collections.abc import Callable

import numpy as np
from flint import arb

from reference_engine.oracle.balls import Ball, Balls
from reference_engine.oracle.forward.elementwise import divide, sigmoid, softplus
from reference_engine.oracle.forward.elementwise import sqrt as root
from reference_engine.oracle.forward.reductions import softmax
from reference_engine.oracle.forward.selection import larger, smaller
from reference_engine.oracle.forward.table import chosen, elementwise, for_each, forward
from reference_engine.oracle.working import Working


def _once(name: str, function: Callable[..., Ball], *operands: Ball) -> Ball:
    return Working.current.computed(name, function, operands)


def _exact(number: float) -> Ball:
    """The number that a parameter is, always the same ball."""
    return Working.current.kept(arb(number))


def _limited(x: Ball, low: float, high: float) -> Ball:
    return smaller(larger(x, _exact(low)), _exact(high))


def _above(x: Ball, border: float) -> bool | None:
    """Whether a number is above a border; None if it is NaN."""
    order = Working.current.ordered(x, _exact(border))
    return None if order is None else order > 0


def _in_two_pieces(x: Ball, right: Callable[[Ball], Ball], left: Callable[[Ball], Ball], name: str) -> Ball:
    """`right` for positive numbers, `left` for others; NaN is NaN. `name` stands for the function."""
    is_right = _above(x, 0)
    if is_right is None:
        return x
    return _once(f"{name} {is_right}", right if is_right else left, x)


def _same(x: Ball) -> Ball:
    return x


@forward("leaky_relu")
def leaky_relu(x: Balls, *, negative_slope: float = 0.01) -> Balls:
    slope = arb(negative_slope)
    return chosen(lambda one: _in_two_pieces(one, _same, lambda x: slope * x, f"leaky_relu {negative_slope}"), x)


@forward("prelu")
def prelu(x: Balls, weight: Balls) -> Balls:
    def one(x: Ball, weight: Ball) -> Ball:
        return x if _above(x, 0) is not False else _once("multiply", lambda x1, x2: x1 * x2, weight, x)

    return chosen(one, x, np.reshape(weight, (-1, *[1] * (x.ndim - 2))))


@forward("elu")
def elu(x: Balls, *, alpha: float = 1.0) -> Balls:
    return chosen(lambda one: _in_two_pieces(one, _same, lambda x: arb(alpha) * x.expm1(), f"elu {alpha}"), x)


@forward("selu")
def selu(x: Balls) -> Balls:
    scale, alpha = arb("1.0507009873554804934193349852946"), arb("1.6732632423543772848170429916717")

    def left(x: Ball) -> Ball:
        return scale * alpha * x.expm1()

    return chosen(lambda one: _in_two_pieces(one, lambda x: scale * x, left, "selu"), x)


@forward("celu")
def celu(x: Balls, *, alpha: float = 1.0) -> Balls:
    def left(x: Ball) -> Ball:
        return arb(alpha) * (x / arb(alpha)).expm1()

    return chosen(lambda one: _in_two_pieces(one, _same, left, f"celu {alpha}"), x)


@forward("relu6")
def relu6(x: Balls) -> Balls:
    return chosen(lambda one: _limited(one, 0, 6), x)


@forward("hard_tanh")
def hard_tanh(x: Balls) -> Balls:
    return chosen(lambda one: _limited(one, -1, 1), x)


def _hard_sigmoid(x: Ball) -> Ball:
    return _once("hard_sigmoid", lambda x: (x + 3) / 6, _limited(x, -3, 3))


@forward("hard_sigmoid")
def hard_sigmoid(x: Balls) -> Balls:
    return chosen(_hard_sigmoid, x)


@forward("hard_swish")
def hard_swish(x: Balls) -> Balls:
    return chosen(lambda one: _once("multiply", lambda x1, x2: x1 * x2, one, _hard_sigmoid(one)), x)


@forward("softshrink")
def softshrink(x: Balls, *, lambd: float = 0.5) -> Balls:
    def one(x: Ball) -> Ball:
        return _once("subtract", lambda x1, x2: x1 - x2, x, _limited(x, -lambd, lambd))

    return chosen(one, x)


@forward("hardshrink")
def hardshrink(x: Balls, *, lambd: float = 0.5) -> Balls:
    def one(x: Ball) -> Ball:
        is_above, is_below = _above(x, lambd), _above(_once("negative", lambda x: -x, x), lambd)
        return _exact(0) if is_above is False and is_below is False else x

    return chosen(one, x)


@forward("threshold")
def threshold_of(x: Balls, *, threshold: float, value: float) -> Balls:
    return chosen(lambda one: _exact(value) if _above(one, threshold) is False else one, x)


@elementwise("silu")
def silu(x: Ball) -> Ball:
    return x * sigmoid(x)


@elementwise("mish")
def mish(x: Ball) -> Ball:
    return x * softplus(x).tanh()


@elementwise("gelu")
def gelu(x: Ball) -> Ball:
    return x / 2 * (-x / arb(2).sqrt()).erfc()


@elementwise("gelu_tanh")
def gelu_tanh(x: Ball) -> Ball:
    cubic = arb("0.044715") * x * x * x
    return x / 2 * (1 + ((2 / arb.pi()).sqrt() * (x + cubic)).tanh())


@elementwise("tanhshrink")
def tanhshrink(x: Ball) -> Ball:
    return x - x.tanh()


@elementwise("log_sigmoid")
def log_sigmoid(x: Ball) -> Ball:
    return -softplus(-x)


@forward("softsign")
def softsign(x: Balls) -> Balls:
    """Smooth at 0, although abs(x) is not: in a ball that holds 0, either piece is near enough to the other."""
    return for_each("softsign", lambda x: divide(x, 1 + abs(x)), x)


@forward("squareplus")
def squareplus(x: Balls, *, b: float = 4.0) -> Balls:
    return for_each(f"squareplus {b}", lambda x: (x + root(x * x + arb(b))) / 2, x)


@forward("glu")
def glu(x: Balls, *, axis: int = -1) -> Balls:
    first, second = np.split(x, 2, axis)
    return for_each("multiply", lambda x1, x2: x1 * x2, first, for_each("sigmoid", sigmoid, second))


@forward("softmin")
def softmin(x: Balls, *, axis: int = -1) -> Balls:
    return softmax(for_each("negative", lambda x: -x, x), axis=axis)
