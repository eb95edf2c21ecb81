"""Logarithms beside what they are multiplied with, or divided by: 0 times a logarithm is 0."""

import math

import numpy as np
from flint import arb

from reference_engine.op import Array, op
from reference_engine.ops.exponential import log, log1p
from reference_engine.ops.selection import where
from reference_engine.ops.special_values import Ball, by_balls
from reference_engine.variable import value_of


@op
def xlogy(x1: Array, x2: Array) -> Array:
    """x1 log(x2), and 0 for x1 = 0, but NaN for x2 = NaN.  d/dx1 = log(x2), d/dx2 = x1 / x2.

    At x1 = 0 where x2 <= 0 the function is 0 along x2, and along x1 it has no derivative: it counts as 0 in both.
    """
    return np.where(_is_void(x1, x2), 0, x1 * np.log(np.where(_is_void(x1, x2), 1, x2)))


@xlogy.derivative("x1")
def _(g: Array, x1: Array, x2: Array) -> Array:
    void = (value_of(x1) == 0) & (value_of(x2) <= 0)
    return g * log(where(void, 1, x2))


@xlogy.derivative("x2")
def _(g: Array, x1: Array, x2: Array) -> Array:
    void = (value_of(x1) == 0) & (value_of(x2) <= 0)
    return g * (x1 / where(void, 1, x2))


@op
def xlog1py(x1: Array, x2: Array) -> Array:
    """x1 log(1 + x2), and 0 for x1 = 0, but NaN for x2 = NaN.  d/dx1 = log1p(x2), d/dx2 = x1 / (1 + x2).

    At x1 = 0 where x2 <= -1 it is as xlogy is.
    """
    return np.where(_is_void(x1, x2), 0, x1 * np.log1p(np.where(_is_void(x1, x2), 0, x2)))


@xlog1py.derivative("x1")
def _(g: Array, x1: Array, x2: Array) -> Array:
    void = (value_of(x1) == 0) & (value_of(x2) <= -1)
    return g * log1p(where(void, 0, x2))


@xlog1py.derivative("x2")
def _(g: Array, x1: Array, x2: Array) -> Array:
    void = (value_of(x1) == 0) & (value_of(x2) <= -1)
    return g * (x1 / (1 + where(void, 0, x2)))


def _is_void(x1: Array, x2: Array) -> Array:
    """Where a product with a logarithm is 0, whatever that is."""
    return (x1 == 0) & (x2 == x2)


@by_balls(at_infinity=-math.inf, at_minus_infinity=-math.inf)
def entropy(x: arb) -> Ball:
    if x > 0:
        return -x * x.log()
    return 0.0 if x == 0 else -math.inf


@by_balls(at_infinity=math.nan, at_minus_infinity=math.nan)
def log_odds(x: arb) -> Ball:
    if x == 0 or x == 1:
        return -math.inf if x == 0 else math.inf
    return (x / (1 - x)).log() if 0 < x < 1 else math.nan


@op
def entr(x: Array) -> Array:
    """-x log(x), 0 at 0 and minus infinity below.  dy/dx = -log(x) - 1, at 0 infinite, below NaN."""
    return entropy(x)


@entr.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * (-log(x) - 1)


@op
def logit(x: Array) -> Array:
    """log(x / (1 - x)), the inverse of sigmoid, from 0 to 1.  dy/dx = 1 / (x (1 - x)).  At 0 and 1: infinite."""
    return log_odds(x)


@logit.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g / (x * (1 - x))
