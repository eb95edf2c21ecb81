"""Hyperbolic functions and their inverses."""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.masking import masked
from reference_engine.ops.powers import hypot, sqrt


@op
def sinh(x: Array) -> Array:
    """The hyperbolic sine.  dy/dx = cosh(x) (DLMF 4.34.1)."""
    return np.sinh(x)


@sinh.derivative("x")
def _(g: Array, x: Array) -> Array:
    return masked(g, g * cosh(x))


@op
def cosh(x: Array) -> Array:
    """The hyperbolic cosine.  dy/dx = sinh(x) (DLMF 4.34.2)."""
    return np.cosh(x)


@cosh.derivative("x")
def _(g: Array, x: Array) -> Array:
    return masked(g, g * sinh(x))


@op
def tanh(x: Array) -> Array:
    """The hyperbolic tangent.  dy/dx = 1 / cosh(x)^2 = 1 - y^2 (DLMF 4.34.3)."""
    return np.tanh(x)


@tanh.derivative("x")
def _(g: Array, y: Array) -> Array:
    return g * (1 - y * y)


@op
def asinh(x: Array) -> Array:
    """The inverse hyperbolic sine.  dy/dx = 1 / sqrt(1 + x^2) (DLMF 4.38.9), of real x by hypot: x^2 might overflow."""
    return np.arcsinh(x)


@asinh.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g / (sqrt(1 + x * x) if x.dtype.kind == "c" else hypot(x, 1))


@op
def acosh(x: Array) -> Array:
    """The inverse hyperbolic cosine, for x >= 1.  dy/dx = 1 / sqrt(x^2 - 1) (DLMF 4.38.10).  At 1: infinite."""
    return np.arccosh(x)


@acosh.derivative("x")
def _(g: Array, x: Array) -> Array:
    return masked(g, g / sinh_of_acosh(x))


@op
def sinh_of_acosh(x: Array) -> Array:
    """sinh(acosh(x)), sqrt(x^2 - 1).  dy/dx = x / y.  At 1: infinite.  Split and put together as `cosine_of_asin`."""
    return np.sqrt(x - 1) * np.sqrt(x + 1)


@sinh_of_acosh.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    return g * x / y


@op
def atanh(x: Array) -> Array:
    """The inverse hyperbolic tangent.  dy/dx = 1 / (1 - x^2) (DLMF 4.38.11).  At -1 and 1: infinite."""
    return np.arctanh(x)


@atanh.derivative("x")
def _(g: Array, x: Array) -> Array:
    return masked(g, g / one_minus_square(x))


@op
def one_minus_square(x: Array) -> Array:
    """1 - x^2, exact near -1 and 1.  dy/dx = -2 x."""
    return (1 - x) * (1 + x)


@one_minus_square.derivative("x")
def _(g: Array, x: Array) -> Array:
    return -2 * (g * x)
