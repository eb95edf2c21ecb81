"""Arithmetic with names of its own: roots, angles, differences, and what lies between two numbers."""

import math

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.exponential import exp2
from reference_engine.ops.selection import equals, where
from reference_engine.semantics import current
from reference_engine.variable import value_of

DEGREE = math.pi / 180


@op
def cbrt(x: Array) -> Array:
    """The cube root, of negative numbers too.  dy/dx = 1 / (3 y^2).  At 0: infinite."""
    return np.cbrt(x)


@cbrt.derivative("x")
def _(g: Array, y: Array) -> Array:
    return g / (3 * (y * y))


@op
def rsqrt(x: Array) -> Array:
    """1 / sqrt(x).  dy/dx = -y^3 / 2.  At 0 both are infinite, -0 has the other signs."""
    return 1 / np.sqrt(x)


@rsqrt.derivative("x")
def _(g: Array, y: Array) -> Array:
    return g * (y * y * y * -0.5)


@op
def deg2rad(x: Array) -> Array:
    """Degrees as radians.  dy/dx = pi / 180."""
    return np.deg2rad(x)


@deg2rad.derivative("x")
def _(g: Array) -> Array:
    return g * DEGREE


@op
def rad2deg(x: Array) -> Array:
    """Radians as degrees.  dy/dx = 180 / pi."""
    return np.rad2deg(x)


@rad2deg.derivative("x")
def _(g: Array) -> Array:
    return g * (1 / DEGREE)


@op
def logaddexp2(x1: Array, x2: Array) -> Array:
    """log2(2^x1 + 2^x2) without overflow.  d/dx1 = 1 / (1 + 2^(x2 - x1)), in [0, 1].

    1/2 at x1 = x2: `logaddexp_of_equals`. NaN where both are the same infinity.
    """
    return np.logaddexp2(x1, x2)


@logaddexp2.derivative("x1")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return g * _share(x1, x2, 1)


@logaddexp2.derivative("x2")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return g * _share(x2, x1, 0)


def _share(x: Array, other: Array, of_equals: int) -> Array:
    """The part that 2^x has in the sum; `of_equals` where the two are equal, if `logaddexp_of_equals` says so."""
    share = exp2(-logaddexp2(0, other - x))
    if current().logaddexp_of_equals == "first":
        share = where(value_of(other) - value_of(x) == 0, of_equals, share)
    return share


@op
def squared_difference(x1: Array, x2: Array) -> Array:
    """(x1 - x2)^2.  d/dx1 = 2 (x1 - x2), d/dx2 = -2 (x1 - x2)."""
    return np.square(x1 - x2)


@squared_difference.derivative("x1")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return g * (2 * (x1 - x2))


@squared_difference.derivative("x2")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return g * (-2 * (x1 - x2))


@op
def fmax(x1: Array, x2: Array) -> Array:
    """The larger of two, the number where one is NaN.  It gets the cotangent; of equal ones: `fmax_ties`."""
    return np.fmax(x1, x2)


@op
def fmin(x1: Array, x2: Array) -> Array:
    """The smaller of two, the number where one is NaN.  It gets the cotangent; of equal ones: `fmax_ties`."""
    return np.fmin(x1, x2)


@fmax.derivative("x1")
@fmin.derivative("x1")
def _(g: Array, y: Array, x1: Array, x2: Array) -> Array:
    share = {"split": 0.5, "first": 1.0, "second": 0.0}[current().fmax_ties]
    return where(equals(x1, y), where(equals(x2, y), g * share, g), 0)


@fmax.derivative("x2")
@fmin.derivative("x2")
def _(g: Array, y: Array, x1: Array, x2: Array) -> Array:
    share = {"split": 0.5, "first": 0.0, "second": 1.0}[current().fmax_ties]
    return where(equals(x2, y), where(equals(x1, y), g * share, g), 0)
