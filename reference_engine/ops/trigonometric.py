"""Trigonometric functions and their inverses."""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.masking import masked
from reference_engine.ops.powers import hypot
from reference_engine.ops.selection import where
from reference_engine.semantics import current
from reference_engine.variable import value_of


@op
def sin(x: Array) -> Array:
    """The sine.  dy/dx = cos(x) (DLMF 4.20.1)."""
    return np.sin(x)


@sin.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * cos(x)


@op
def cos(x: Array) -> Array:
    """The cosine.  dy/dx = -sin(x) (DLMF 4.20.2)."""
    return np.cos(x)


@cos.derivative("x")
def _(g: Array, x: Array) -> Array:
    return -g * sin(x)


@op
def tan(x: Array) -> Array:
    """The tangent.  dy/dx = 1 / cos(x)^2 = 1 + y^2 (DLMF 4.20.3)."""
    return np.tan(x)


@tan.derivative("x")
def _(g: Array, y: Array) -> Array:
    return g * (1 + y * y)


@op
def asin(x: Array) -> Array:
    """The inverse sine.  dy/dx = 1 / sqrt(1 - x^2) (DLMF 4.24.7).  At -1 and 1: infinite."""
    return np.arcsin(x)


@asin.derivative("x")
def _(g: Array, x: Array) -> Array:
    return masked(g, g / cosine_of_asin(x))


@op
def acos(x: Array) -> Array:
    """The inverse cosine.  dy/dx = -1 / sqrt(1 - x^2) (DLMF 4.24.8).  At -1 and 1: infinite."""
    return np.arccos(x)


@acos.derivative("x")
def _(g: Array, x: Array) -> Array:
    return masked(g, -g / cosine_of_asin(x))


@op
def cosine_of_asin(x: Array) -> Array:
    """The cosine of asin(x), sqrt(1 - x^2).  dy/dx = -x / y.  At -1 and 1: infinite.

    The root is split in two factors, which are exact near the ends and right on the branches of complex x; in its
    derivative they are together, for one by one they give 0 times infinity at the ends.
    """
    return np.sqrt(1 - x) * np.sqrt(1 + x)


@cosine_of_asin.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    return -(g * x / y)


@op
def atan(x: Array) -> Array:
    """The inverse tangent.  dy/dx = 1 / (1 + x^2) (DLMF 4.24.9)."""
    return np.arctan(x)


@atan.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g / (1 + x * x)


@op
def atan2(x1: Array, x2: Array) -> Array:
    """The angle of the point (x2, x1), in (-pi, pi].  d/dx1 = x2 / r^2, d/dx2 = -x1 / r^2 with r = hypot(x1, x2).

    Divided by r twice, for r^2 might overflow, or underflow.

    At the origin there is no angle and no derivative: `atan2_at_zero`. On the cut x1 = 0, x2 < 0 the value jumps and
    the derivative is that on either side.
    """
    return np.arctan2(x1, x2)


@atan2.derivative("x1")
def _(g: Array, x1: Array, x2: Array) -> Array:
    r = hypot(x1, x2)
    return _off_origin(masked(g, g * (x2 / r / r)), x1, x2)


@atan2.derivative("x2")
def _(g: Array, x1: Array, x2: Array) -> Array:
    r = hypot(x1, x2)
    return _off_origin(masked(g, -g * (x1 / r / r)), x1, x2)


def _off_origin(cotangent: Array, x1: Array, x2: Array) -> Array:
    """The cotangent, at the origin what `atan2_at_zero` says."""
    if current().atan2_at_zero == "nan":
        return cotangent
    return where((value_of(x1) == 0) & (value_of(x2) == 0), 0, cotangent)
