"""Losses, from their definitions."""

from collections.abc import Callable

import numpy as np
from flint import arb

from reference_engine.oracle.balls import Ball, Balls
from reference_engine.oracle.forward.elementwise import divide, log, sqrt
from reference_engine.oracle.forward.reductions import dot, log_softmax
from reference_engine.oracle.forward.selection import absolute, maximum
from reference_engine.oracle.forward.table import FORWARD, chosen, for_each, forward
from reference_engine.oracle.working import Working


def _difference(x1: Balls, x2: Balls) -> Balls:
    return FORWARD["subtract"](x1, x2)


def _product(x1: Balls, x2: Balls) -> Balls:
    return FORWARD["multiply"](x1, x2)


def _constant(number: float) -> Balls:
    array = np.empty((), object)
    array[()] = Working.current.kept(arb(number))
    return array


def _reduced(losses: Balls, reduction: str) -> Balls:
    return losses if reduction == "none" else FORWARD[reduction](losses)


def loss(name: str) -> Callable[[Callable[..., Balls]], Callable[..., Balls]]:
    """Enter the decorated function, which gives the losses one by one, with its reduction."""

    def enter(function: Callable[..., Balls]) -> Callable[..., Balls]:
        def reduced(*operands: Balls, reduction: str = "mean", **parameters: float) -> Balls:
            return _reduced(function(*operands, **parameters), reduction)

        forward(name)(reduced)
        return function

    return enter


@loss("mse_loss")
def mse_loss(x1: Balls, x2: Balls) -> Balls:
    return FORWARD["square"](_difference(x1, x2))


@loss("l1_loss")
def l1_loss(x1: Balls, x2: Balls) -> Balls:
    return absolute(_difference(x1, x2))


@loss("huber_loss")
def huber_loss(x1: Balls, x2: Balls, *, delta: float = 1.0) -> Balls:
    return _huber(absolute(_difference(x1, x2)), delta)


def _huber(size: Balls, delta: float) -> Balls:
    def one(size: Ball) -> Ball:
        is_far = Working.current.ordered(size, arb(delta)) == 1
        function = (lambda d: arb(delta) * (d - arb(delta) / 2)) if is_far else (lambda d: d * d / 2)
        return Working.current.computed(f"huber {delta} {is_far}", function, (size,))

    return chosen(one, size)


@loss("smooth_l1_loss")
def smooth_l1_loss(x1: Balls, x2: Balls, *, beta: float = 1.0) -> Balls:
    size = absolute(_difference(x1, x2))
    return size if beta == 0 else FORWARD["divide"](_huber(size, beta), _constant(beta))


@loss("nll_loss")
def nll_loss(x: Balls, labels: Balls) -> Balls:
    columns = [int(label.unique_fmpz()) for label in labels]
    return FORWARD["negative"](x[np.arange(len(x)), columns])


@loss("cross_entropy")
def cross_entropy(x: Balls, labels: Balls) -> Balls:
    return nll_loss(log_softmax(x, axis=-1), labels)


@loss("soft_cross_entropy")
def soft_cross_entropy(x: Balls, target: Balls) -> Balls:
    return FORWARD["negative"](FORWARD["sum"](_product(target, log_softmax(x, axis=-1)), axis=-1))


def _xlogy(x: Ball, y: Ball) -> Ball:
    return arb(0) if x.is_zero() and not y.is_nan() else x * log(y)


@loss("binary_cross_entropy")
def binary_cross_entropy(x: Balls, target: Balls) -> Balls:
    def one(x: Ball, target: Ball) -> Ball:
        return -(_xlogy(target, x) + _xlogy(1 - target, 1 - x))

    return for_each("binary_cross_entropy", one, x, target)


@loss("binary_cross_entropy_with_logits")
def binary_cross_entropy_with_logits(x: Balls, target: Balls) -> Balls:
    return for_each("logistic_loss", lambda x, target: (1 + x.exp()).log() - target * x, x, target)


@loss("kl_div")
def kl_div(x: Balls, target: Balls) -> Balls:
    return for_each("kl_div", lambda x, target: _xlogy(target, target) - target * x, x, target)


@loss("hinge_loss")
def hinge_loss(x: Balls, target: Balls) -> Balls:
    return maximum(_difference(_constant(1), _product(target, x)), _constant(0))


@loss("log_cosh_loss")
def log_cosh_loss(x1: Balls, x2: Balls) -> Balls:
    return for_each("log_cosh", lambda x: x.cosh().log(), _difference(x1, x2))


@forward("cosine_similarity")
def cosine_similarity(x1: Balls, x2: Balls, *, axis: int = -1) -> Balls:
    def one(*elements: Ball) -> Ball:
        half = len(elements) // 2
        first, second = elements[:half], elements[half:]
        norms = sqrt(dot(*first, *first)) * sqrt(dot(*second, *second))
        return divide(dot(*elements), norms)

    first, second = np.moveaxis(x1, axis, -1), np.moveaxis(x2, axis, -1)
    result = np.empty(first.shape[:-1], object)
    for index in np.ndindex(*result.shape):
        result[index] = Working.current.computed("cosine", one, (*first[index], *second[index]))
    return result


@loss("poisson_nll_loss")
def poisson_nll_loss(x: Balls, target: Balls) -> Balls:
    return for_each("poisson", lambda x, target: x.exp() - target * x, x, target)


@loss("gaussian_nll_loss")
def gaussian_nll_loss(x: Balls, target: Balls, var: Balls) -> Balls:
    def one(difference: Ball, var: Ball) -> Ball:
        return (log(var) + divide(difference * difference, var)) / 2

    return for_each("gaussian", one, _difference(x, target), var)
