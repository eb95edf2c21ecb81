"""The modified Bessel functions of the first kind of orders 0 and 1, plain and scaled by exp(-abs(x))."""

import math
from math import comb

from flint import arb

from reference_engine.op import Array, op
from reference_engine.ops.special_values import Ball, by_balls


@by_balls(at_infinity=math.inf, at_minus_infinity=math.inf)
def even_bessel(x: arb, *, order: int) -> Ball:
    """I of an even order."""
    return math.inf if abs(x) > 20_000 else abs(x).bessel_i(arb(order))


@by_balls(at_infinity=math.inf, at_minus_infinity=-math.inf)
def odd_bessel(x: arb, *, order: int) -> Ball:
    """I of an odd order."""
    if abs(x) > 20_000:
        return math.inf if x > 0 else -math.inf
    return x.bessel_i(arb(order))


@by_balls(at_infinity=0.0, at_minus_infinity=0.0)
def scaled_bessel(x: arb, *, order: int, times: int) -> Ball:
    """exp(-abs(x)) I of an order, differentiated so many `times`; at 0 the mean of both sides.

    It is even where order + times is, else odd. On the right each differentiation is (I(n-1) + I(n+1)) / 2 - I(n), by
    DLMF 10.29.1; so the terms are those of ((s - 2 + 1/s) / 2)^times, in which s shifts the order.
    """
    is_odd = (order + times) % 2
    if x == 0 and is_odd:
        return 0.0
    size = abs(x)
    total = arb(0)
    for step in range(2 * times + 1):
        shifted = abs(order + step - times)
        weight = (-1) ** step * comb(2 * times, step)
        total += weight * size.bessel_i(arb(shifted), scaled=True)
    total /= 2**times
    if is_odd and not x > 0:
        return -total if x < 0 else total.union(-total)
    return total


@op
def i0(x: Array) -> Array:
    """The modified Bessel function of order 0.  dy/dx = i1(x) (DLMF 10.29.3)."""
    return even_bessel(x, order=0)


@i0.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * i1(x)


@op
def i1(x: Array) -> Array:
    """The modified Bessel function of order 1.  dy/dx = (I0(x) + I2(x)) / 2 (DLMF 10.29.1), where nothing cancels."""
    return odd_bessel(x, order=1)


@i1.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * ((i0(x) + bessel_i(x, order=2)) / 2)


@op
def bessel_i(x: Array, *, order: int) -> Array:
    """The modified Bessel function of an order above 1.  dy/dx as that of i1.  Only rules use it."""
    return odd_bessel(x, order=order) if order % 2 else even_bessel(x, order=order)


@bessel_i.derivative("x")
def _(g: Array, x: Array, order: int) -> Array:
    below = bessel_i(x, order=order - 1) if order > 2 else i1(x)
    return g * ((below + bessel_i(x, order=order + 1)) / 2)


@op
def i0e(x: Array) -> Array:
    """exp(-abs(x)) i0(x).  dy/dx = i1e(x) - sign(x) y, without the cancellation at large x.

    At 0 there is a kink: 1 on the left, -1 on the right; the mean of both, 0, is a subgradient.
    """
    return scaled_bessel(x, order=0, times=0)


@i0e.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * slope_of_scaled_bessel(x, order=0, times=1)


@op
def i1e(x: Array) -> Array:
    """exp(-abs(x)) i1(x).  dy/dx = i0e(x) - y (sign(x) + 1 / x), without the cancellation at large x.  At 0: 1/2."""
    return scaled_bessel(x, order=1, times=0)


@i1e.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * slope_of_scaled_bessel(x, order=1, times=1)


@op
def slope_of_scaled_bessel(x: Array, *, order: int, times: int) -> Array:
    """exp(-abs(x)) times the modified Bessel function of an order, differentiated so many times.  Only rules use it.

    Where both sides of 0 differ it is their mean.
    """
    return scaled_bessel(x, order=order, times=times)


@slope_of_scaled_bessel.derivative("x")
def _(g: Array, x: Array, order: int, times: int) -> Array:
    return g * slope_of_scaled_bessel(x, order=order, times=times + 1)
