"""The normalized cardinal sine."""

import math

from flint import arb

from reference_engine.op import Array, op
from reference_engine.ops.selection import where
from reference_engine.ops.special_values import Ball, by_balls
from reference_engine.semantics import current
from reference_engine.variable import value_of


@by_balls(at_infinity=math.nan, at_minus_infinity=math.nan)
def cardinal_sine(x: arb, *, times: int) -> Ball:
    """sin(pi x) / (pi x), differentiated so many `times`.

    With t = pi x, differentiating t f(t) = sin(t) k times gives t f(k) + k f(k - 1) = sin(t + k pi / 2).
    """
    if x == 0:
        return 0.0 if times % 2 else (-1) ** (times // 2) * arb.pi() ** times / (times + 1)
    value = x.sinc_pi()
    for k in range(1, times + 1):
        value = ((x + arb(k) / 2).sin_pi() * arb.pi() ** (k - 1) - k * value) / x
    return value


@op
def sinc(x: Array) -> Array:
    """sin(pi x) / (pi x), and 1 at 0.  dy/dx = (cos(pi x) - y) / x, without the cancellation near 0.

    At 0: `sinc_at_zero`. At infinity NaN, as the sine is.
    """
    return cardinal_sine(x, times=0)


@sinc.derivative("x")
def _(g: Array, x: Array) -> Array:
    slope = slope_of_sinc(x, times=1)
    if current().sinc_at_zero == "nan":
        slope = where(value_of(x) == 0, math.nan, slope)
    return g * slope


@op
def slope_of_sinc(x: Array, *, times: int) -> Array:
    """sinc, differentiated so many times.  Only rules use it."""
    return cardinal_sine(x, times=times)


@slope_of_sinc.derivative("x")
def _(g: Array, x: Array, times: int) -> Array:
    return g * slope_of_sinc(x, times=times + 1)
