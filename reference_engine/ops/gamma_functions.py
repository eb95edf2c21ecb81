"""The logarithm of the gamma function and its derivatives."""

import math

from flint import acb, arb

from reference_engine.op import Array, op
from reference_engine.ops.special_values import Ball, by_balls


def _is_pole(x: arb) -> bool:
    """Whether the gamma function has a pole at this number."""
    return bool(x <= 0 and x.is_integer())


@by_balls(at_infinity=math.inf, at_minus_infinity=math.inf)
def logarithm_of_gamma(x: arb) -> Ball:
    """log(abs(gamma(x))), to the left of 0 by the reflection formula (DLMF 5.5.3)."""
    if _is_pole(x):
        return math.inf
    if x > 0:
        return x.lgamma()
    return (arb.pi() / abs(x.sin_pi())).log() - (1 - x).lgamma()


@by_balls(at_infinity=math.inf, at_minus_infinity=math.nan)
def logarithmic_derivative(x: arb) -> Ball:
    return math.nan if _is_pole(x) else x.digamma()


@by_balls(at_infinity=0.0, at_minus_infinity=math.nan)
def higher_derivative(x: arb, *, n: int) -> Ball:
    """At a pole of even order infinite, at one of odd order undefined."""
    if _is_pole(x):
        return math.inf if n % 2 else math.nan
    return acb(x).polygamma(acb(n)).real


@op
def lgamma(x: Array) -> Array:
    """log(abs(gamma(x))).  dy/dx = digamma(x) (DLMF 5.2.2).  At 0, -1, -2, ... there are poles, and no derivative."""
    return logarithm_of_gamma(x)


@lgamma.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * digamma(x)


@op
def digamma(x: Array) -> Array:
    """The derivative of lgamma.  dy/dx = polygamma(x, n=1) (DLMF 5.15).  At its poles 0, -1, -2, ...: NaN."""
    return logarithmic_derivative(x)


@digamma.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * polygamma(x, n=1)


@op
def polygamma(x: Array, *, n: int) -> Array:
    """The derivative of digamma of order n >= 0 (DLMF 5.15); its derivative is that of order n + 1.

    At its poles 0, -1, -2, ... infinite for odd n, else NaN.
    """
    return higher_derivative(x, n=n) if n else logarithmic_derivative(x)


@polygamma.derivative("x")
def _(g: Array, x: Array, n: int) -> Array:
    return g * polygamma(x, n=n + 1)
