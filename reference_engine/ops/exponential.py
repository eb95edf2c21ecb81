"""Exponentials and logarithms."""

import math

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.masking import masked
from reference_engine.ops.selection import where
from reference_engine.semantics import current
from reference_engine.variable import value_of

LN2 = math.log(2.0)
LN10 = math.log(10.0)


@op
def exp(x: Array) -> Array:
    """e to the power x.  dy/dx = y (DLMF 4.7.7)."""
    return np.exp(x)


@exp.derivative("x")
def _(g: Array, y: Array) -> Array:
    return masked(g, g * y)


@op
def expm1(x: Array) -> Array:
    """exp(x) - 1, accurate near 0.  dy/dx = exp(x), computed from x, for y + 1 loses what is small for x << 0."""
    return np.expm1(x)


@expm1.derivative("x")
def _(g: Array, x: Array) -> Array:
    return masked(g, g * exp(x))


@op
def exp2(x: Array) -> Array:
    """2 to the power x.  dy/dx = y ln 2 (DLMF 4.7.9)."""
    return np.exp2(x)


@exp2.derivative("x")
def _(g: Array, y: Array) -> Array:
    return masked(g, g * (y * LN2))


@op
def log(x: Array) -> Array:
    """The natural logarithm.  dy/dx = 1 / x (DLMF 4.7.1).  At 0: infinite."""
    return np.log(x)


@log.derivative("x")
def _(g: Array, x: Array) -> Array:
    return masked(g, g / x)


@op
def log1p(x: Array) -> Array:
    """log(1 + x), accurate near 0.  dy/dx = 1 / (1 + x).  At -1: infinite."""
    return np.log1p(x)


@log1p.derivative("x")
def _(g: Array, x: Array) -> Array:
    return masked(g, g / (1 + x))


@op
def log2(x: Array) -> Array:
    """The logarithm to base 2.  dy/dx = 1 / (x ln 2), where x ln 2 might underflow.  At 0: infinite."""
    return np.log2(x)


@log2.derivative("x")
def _(g: Array, x: Array) -> Array:
    return masked(g, g / x / LN2)


@op
def log10(x: Array) -> Array:
    """The logarithm to base 10.  dy/dx = 1 / (x ln 10), where x ln 10 might overflow.  At 0: infinite."""
    return np.log10(x)


@log10.derivative("x")
def _(g: Array, x: Array) -> Array:
    return masked(g, g / x / LN10)


@op
def logaddexp(x1: Array, x2: Array) -> Array:
    """log(exp(x1) + exp(x2)) without overflow.  d/dx1 = 1 / (1 + exp(x2 - x1)); 1/2 at x1 = x2: `logaddexp_of_equals`.

    It is taken as exp(-log(1 + exp(x2 - x1))), which does not overflow, where exp(x1 - y) would cancel. Where both are
    inf, or both are -inf, the difference is NaN, and so is the derivative.
    """
    return np.logaddexp(x1, x2)


@logaddexp.derivative("x1")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return g * _share(x1, x2, 1)


@logaddexp.derivative("x2")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return g * _share(x2, x1, 0)


def _share(x: Array, other: Array, of_equals: int) -> Array:
    """The part that exp(x) has in the sum, `of_equals` as for `at_equals`."""
    return at_equals(exp(-logaddexp(0, other - x)), x, other, of_equals)


def at_equals(share: Array, x: Array, other: Array, of_equals: int) -> Array:
    """`share`; where x and the other one are equal, `of_equals`, if `logaddexp_of_equals` says so."""
    if current().logaddexp_of_equals == "first":
        share = where(value_of(other) - value_of(x) == 0, of_equals, share)
    return share
