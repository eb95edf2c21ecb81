"""Sums, products and quotients."""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.masking import masked, masked_in_roots


@op
def add(x1: Array, x2: Array) -> Array:
    """x1 + x2."""
    return np.add(x1, x2)


@add.derivative("x1")
@add.derivative("x2")
def _(g: Array) -> Array:
    return g


@op
def subtract(x1: Array, x2: Array) -> Array:
    """x1 - x2."""
    return np.subtract(x1, x2)


@subtract.derivative("x1")
def _(g: Array) -> Array:
    return g


@subtract.derivative("x2")
def _(g: Array) -> Array:
    return -g


@op
def multiply(x1: Array, x2: Array) -> Array:
    """x1 * x2.  The product rule: each operand's derivative is the other operand."""
    return np.multiply(x1, x2)


@multiply.derivative("x1")
def _(g: Array, x2: Array) -> Array:
    return g * x2


@multiply.derivative("x2")
def _(g: Array, x1: Array) -> Array:
    return g * x1


@op
def divide(x1: Array, x2: Array) -> Array:
    """x1 / x2.  d/dx1 = 1 / x2, d/dx2 = -y / x2 (the quotient rule).  At x2 = 0: infinite, or NaN for 0 / 0."""
    return np.divide(x1, x2)


@divide.derivative("x1")
def _(g: Array, x2: Array) -> Array:
    return masked(g, g / x2)


@divide.derivative("x2")
def _(g: Array, y: Array, x2: Array) -> Array:
    return masked(g, -g * (y / x2))


@op
def negative(x: Array) -> Array:
    """-x."""
    return np.negative(x)


@negative.derivative("x")
def _(g: Array) -> Array:
    return -g


@op
def positive(x: Array) -> Array:
    """+x: a new variable of the same value."""
    return np.positive(x)


@positive.derivative("x")
def _(g: Array) -> Array:
    return g


@op
def reciprocal(x: Array) -> Array:
    """1 / x.  dy/dx = -y^2.  At 0: infinite."""
    return np.reciprocal(x)


@reciprocal.derivative("x")
def _(g: Array, y: Array) -> Array:
    return masked_in_roots(g, -g * (y * y))
