"""The error function, the normal distribution function, and their relatives and inverses."""

import math

from flint import arb

from reference_engine.op import Array, op
from reference_engine.ops.exponential import exp
from reference_engine.ops.special_values import Ball, by_balls

TWO_OVER_SQRT_PI = 1.1283791670955125739
HALF_SQRT_PI = 0.88622692545275801365
SQRT_2PI = 2.5066282746310005024


@by_balls(at_infinity=1.0, at_minus_infinity=-1.0)
def error_function(x: arb) -> Ball:
    return x.erf()


@by_balls(at_infinity=0.0, at_minus_infinity=2.0)
def complement(x: arb) -> Ball:
    return x.erfc()


@by_balls(at_infinity=0.0, at_minus_infinity=math.inf)
def scaled_complement(x: arb, *, order: int) -> Ball:
    """exp(x^2) times the repeated integral i^n erfc(x), for n = `order`.

    Where x is positive it is U((n + 1) / 2, 1 / 2, x^2) / (2^n sqrt(pi)) (DLMF 7.18.11); elsewhere the recurrence
    (7.18.7) adds up what is positive.
    """
    if x > 0:
        tricomi: arb = (x * x).hypgeom_u(arb(order + 1) / 2, arb(0.5))
        return tricomi / (arb.pi().sqrt() * 2**order)
    if x < -200:
        return math.inf
    before, integral = 2 / arb.pi().sqrt(), (x * x).exp() * x.erfc()
    for step in range(1, order + 1):
        before, integral = integral, (before / 2 - x * integral) / step
    return integral


@by_balls(at_infinity=math.nan, at_minus_infinity=math.nan)
def inverse(x: arb) -> Ball:
    if abs(x) == 1:
        return math.inf if x > 0 else -math.inf
    return x.erfinv() if abs(x) < 1 else math.nan


@by_balls(at_infinity=math.nan, at_minus_infinity=math.nan)
def inverse_complement(x: arb) -> Ball:
    if x == 0 or x == 2:
        return math.inf if x == 0 else -math.inf
    return x.erfcinv() if 0 < x < 2 else math.nan


@by_balls(at_infinity=1.0, at_minus_infinity=0.0)
def distribution(x: arb) -> Ball:
    return (-x / arb(2).sqrt()).erfc() / 2


@by_balls(at_infinity=0.0, at_minus_infinity=-math.inf)
def logarithm_of_distribution(x: arb) -> Ball:
    """log(erfc(z) / 2) with z = -x / sqrt(2), for large x by erfc(-z) / 2, for small x by the scaled complement."""
    z = -x / arb(2).sqrt()
    if x > 0:
        return (-(-z).erfc() / 2).log1p()
    return (z * z).hypgeom_u(arb(0.5), arb(0.5)).log() - z * z - (4 * arb.pi()).log() / 2


@by_balls(at_infinity=0.0, at_minus_infinity=math.inf)
def density_over_distribution(x: arb) -> Ball:
    """exp(-x^2 / 2) / (sqrt(2 pi) ndtr(x)), the inverse of Mills' ratio of -x."""
    z = -x / arb(2).sqrt()
    if x > 0:
        return (-z * z).exp() / (z.erfc() * (arb.pi() / 2).sqrt())
    return arb(2).sqrt() / (z * z).hypgeom_u(arb(0.5), arb(0.5))


@by_balls(at_infinity=math.nan, at_minus_infinity=math.nan)
def quantile(x: arb) -> Ball:
    if x == 0 or x == 1:
        return -math.inf if x == 0 else math.inf
    return -arb(2).sqrt() * (2 * x).erfcinv() if 0 < x < 1 else math.nan


@op
def erf(x: Array) -> Array:
    """The error function.  dy/dx = 2 / sqrt(pi) exp(-x^2) (DLMF 7.2.1)."""
    return error_function(x)


@erf.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * (TWO_OVER_SQRT_PI * exp(-x * x))


@op
def erfc(x: Array) -> Array:
    """1 - erf(x), accurate where that is small.  dy/dx = -2 / sqrt(pi) exp(-x^2) (DLMF 7.2.2)."""
    return complement(x)


@erfc.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * (-TWO_OVER_SQRT_PI * exp(-x * x))


@op
def erfcx(x: Array) -> Array:
    """exp(x^2) erfc(x), which does not underflow.  dy/dx = 2 x y - 2 / sqrt(pi), without the cancellation at large x.

    It is -2 exp(x^2) times the integral of erfc from x on (DLMF 7.18.3).
    """
    return scaled_complement(x, order=0)


@erfcx.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * (-2 * scaled_erfc_integral(x, order=1))


@op
def scaled_erfc_integral(x: Array, *, order: int) -> Array:
    """exp(x^2) times the repeated integral i^n erfc(x) of order n.  dy/dx = -2 (n + 1) times that of order n + 1.

    Both follow from exp(x^2) i^n erfc(x) = 2 / (sqrt(pi) n!) times the integral of t^n exp(-t^2 - 2 x t) over t > 0
    (DLMF 7.18.2). Only rules use it.
    """
    return scaled_complement(x, order=order)


@scaled_erfc_integral.derivative("x")
def _(g: Array, x: Array, order: int) -> Array:
    return g * (-2 * (order + 1) * scaled_erfc_integral(x, order=order + 1))


@op
def erfinv(x: Array) -> Array:
    """The inverse of erf, from -1 to 1.  dy/dx = sqrt(pi) / 2 exp(y^2).  At -1 and 1: infinite."""
    return inverse(x)


@erfinv.derivative("x")
def _(g: Array, y: Array) -> Array:
    return g * (HALF_SQRT_PI * exp(y * y))


@op
def erfcinv(x: Array) -> Array:
    """The inverse of erfc, from 0 to 2.  dy/dx = -sqrt(pi) / 2 exp(y^2).  At 0 and 2: infinite."""
    return inverse_complement(x)


@erfcinv.derivative("x")
def _(g: Array, y: Array) -> Array:
    return g * (-HALF_SQRT_PI * exp(y * y))


@op
def ndtr(x: Array) -> Array:
    """The distribution function of the normal distribution, erfc(-x / sqrt(2)) / 2.  dy/dx is its density."""
    return distribution(x)


@ndtr.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * (exp(-x * x / 2) / SQRT_2PI)


@op
def log_ndtr(x: Array) -> Array:
    """log(ndtr(x)), accurate where ndtr(x) underflows or is nearly 1.  dy/dx is the density divided by ndtr(x)."""
    return logarithm_of_distribution(x)


@log_ndtr.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * inverse_mills_ratio(x)


@op
def inverse_mills_ratio(x: Array) -> Array:
    """The normal density at x divided by ndtr(x).  dy/dx = -y (x + y).  Only rules use it."""
    return density_over_distribution(x)


@inverse_mills_ratio.derivative("x")
def _(g: Array, y: Array, x: Array) -> Array:
    return -g * (y * (x + y))


@op
def ndtri(x: Array) -> Array:
    """The inverse of ndtr, from 0 to 1.  dy/dx = sqrt(2 pi) exp(y^2 / 2).  At 0 and 1: infinite."""
    return quantile(x)


@ndtri.derivative("x")
def _(g: Array, y: Array) -> Array:
    return g * (SQRT_2PI * exp(y * y / 2))
