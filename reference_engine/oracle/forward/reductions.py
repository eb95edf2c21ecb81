"""Sums, products and moments over axes, and what is made of them."""

import math
from collections.abc import Callable
from functools import reduce
from itertools import accumulate
from operator import add, mul

import numpy as np
from flint import arb

from reference_engine.oracle.balls import Ball, Balls
from reference_engine.oracle.forward.elementwise import divide, log, sqrt, subtract
from reference_engine.oracle.forward.table import Axis, for_each, forward, over_axes, reduction
from reference_engine.oracle.working import Working


@reduction("sum")
def sum_of(*elements: Ball) -> Ball:
    return elements[0] if len(elements) == 1 else sum(elements, arb(0))


@reduction("mean")
def mean_of(*elements: Ball) -> Ball:
    """The mean; of elements that are one number, however wide its ball, that number."""
    if len(set(map(id, elements))) == 1:
        return elements[0]
    return divide(sum_of(*elements), arb(len(elements)))


@reduction("prod")
def product_of(*elements: Ball) -> Ball:
    return math.prod(elements, start=arb(1))


@reduction("logsumexp")
def logsumexp_of(*elements: Ball) -> Ball:
    if len(elements) == 1:
        return elements[0]
    return log(sum_of(*(element.exp() for element in elements)))


def _squared(x: Ball) -> Ball:
    """abs(x)^2, without the root on the way."""
    return x * x if isinstance(x, arb) else x.real * x.real + x.imag * x.imag


def _variance_of(correction: float, *elements: Ball) -> Ball:
    mean = mean_of(*elements)
    return divide(sum_of(*(_squared(subtract(element, mean)) for element in elements)), arb(len(elements) - correction))


@forward("var")
def var(x: Balls, *, axis: Axis = None, keepdims: bool = False, correction: float = 0.0) -> Balls:
    def variance(*elements: Ball) -> Ball:
        return Working.current.computed(f"var {correction}", lambda *x: _variance_of(correction, *x), elements)

    return over_axes(variance, x, axis, keepdims)


@forward("std")
def std(x: Balls, *, axis: Axis = None, keepdims: bool = False, correction: float = 0.0) -> Balls:
    return for_each("sqrt", sqrt, var(x, axis=axis, keepdims=keepdims, correction=correction))


def along(x: Balls, axis: int, function: Callable[..., list[Ball]]) -> Balls:
    """Each row of elements along an axis replaced by as many."""
    moved = np.moveaxis(x, axis, -1)
    result = np.empty_like(moved)
    for index in np.ndindex(*moved.shape[:-1]):
        row = function(*moved[index])
        for position, element in enumerate(row):
            result[(*index, position)] = element
    return np.moveaxis(result, -1, axis)


@forward("cumulative_sum")
def cumulative_sum(x: Balls, *, axis: int = 0) -> Balls:
    return along(x, axis, lambda *row: list(accumulate(row, lambda one, other: _once("add", add, one, other))))


@forward("cumulative_prod")
def cumulative_prod(x: Balls, *, axis: int = 0) -> Balls:
    return along(x, axis, lambda *row: list(accumulate(row, lambda one, other: _once("multiply", mul, one, other))))


@forward("cumulative_logsumexp")
def cumulative_logsumexp(x: Balls, *, axis: int = 0) -> Balls:
    def row(*elements: Ball) -> list[Ball]:
        return [_once("logsumexp", logsumexp_of, *elements[:count]) for count in range(1, len(elements) + 1)]

    return along(x, axis, row)


@forward("softmax")
def softmax(x: Balls, *, axis: int = -1) -> Balls:
    def row(*elements: Ball) -> list[Ball]:
        powers = [_once("exp", lambda x: x.exp(), element) for element in elements]
        total = _once("sum", sum_of, *powers)
        return [_once("divide", divide, power, total) for power in powers]

    return along(x, axis, row)


@forward("log_softmax")
def log_softmax(x: Balls, *, axis: int = -1) -> Balls:
    def row(*elements: Ball) -> list[Ball]:
        total = _once("logsumexp", logsumexp_of, *elements)
        return [_once("subtract", subtract, element, total) for element in elements]

    return along(x, axis, row)


def _once(name: str, function: Callable[..., Ball], *operands: Ball) -> Ball:
    return Working.current.computed(name, function, operands)


def dot(*elements: Ball) -> Ball:
    """The sum of the products of the first half of the elements with the second."""
    half = len(elements) // 2
    return reduce(add, map(mul, elements[:half], elements[half:]), arb(0))
