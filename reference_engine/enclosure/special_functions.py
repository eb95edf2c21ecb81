"""What functions with names of their own promise: images, ulps, and the other usual formulas.

The ulps are those of PyTorch, TensorFlow, XLA and SciPy at 400 points of each function's range in float32 and float64,
rounded up, away from where the formulas below, which some of them use, lose more.
"""

import math
from collections.abc import Callable
from typing import Any

from flint import arb

from reference_engine.enclosure.balls import by_balls
from reference_engine.enclosure.elementwise import function
from reference_engine.enclosure.functions import FUNCTIONS, Function
from reference_engine.enclosure.interval import Interval, chosen, point
from reference_engine.enclosure.variants import forward_variant, variant
from reference_engine.op import Array
from reference_engine.ops import (
    bessel_functions,
    cardinal_sine,
    error_functions,
    gamma_functions,
    logarithmic_products,
)
from reference_engine.ops.bessel_functions import i0, i0e, i1e, slope_of_scaled_bessel
from reference_engine.ops.error_functions import (
    SQRT_2PI,
    TWO_OVER_SQRT_PI,
    erf,
    erfc,
    erfcinv,
    erfcx,
    ndtr,
    ndtri,
    scaled_erfc_integral,
)
from reference_engine.ops.exponential import exp, exp2, log, log1p
from reference_engine.ops.gamma_functions import digamma
from reference_engine.ops.powers import pow, sqrt  # noqa: A004 -- array API names
from reference_engine.ops.selection import abs, sign, where  # noqa: A004 -- array API names
from reference_engine.ops.special_values import SpecialFunction
from reference_engine.ops.trigonometric import cos, sin, tan

HALF_SQRT_2 = math.sqrt(0.5)
SHIFT = 7
"""So far to the right the gamma functions are computed by series of inverse powers."""


def image_of(function: SpecialFunction, **fixed: int) -> Callable[..., Interval]:
    """The function's values at points, infinities among them; elsewhere its image in ball arithmetic."""

    def image(x: Interval, **parameters: int) -> Interval:
        given = {**fixed, **parameters}

        def of_ball(ball: arb) -> Any:
            value = function.of_ball(ball, **given)
            return arb("nan") if isinstance(value, float) else value

        return chosen(x.is_point, point(function(x.lower, **given)), by_balls(of_ball)(x))

    return image


_DIGAMMA = image_of(gamma_functions.logarithmic_derivative)


def _polygamma(x: Interval, *, n: int) -> Interval:
    return image_of(gamma_functions.higher_derivative, n=n)(x) if n else _DIGAMMA(x)


def _bessel_i(x: Interval, *, order: int) -> Interval:
    return image_of(bessel_functions.odd_bessel if order % 2 else bessel_functions.even_bessel, order=order)(x)


FUNCTIONS.update({
    "erf": Function(image_of(error_functions.error_function), 6),
    "erfc": Function(image_of(error_functions.complement), 4),
    "erfcx": Function(image_of(error_functions.scaled_complement, order=0), 8),
    "scaled_erfc_integral": Function(image_of(error_functions.scaled_complement), 8),
    "erfinv": Function(image_of(error_functions.inverse), 6),
    "erfcinv": Function(image_of(error_functions.inverse_complement), 8),
    "ndtr": Function(image_of(error_functions.distribution), 4),
    "log_ndtr": Function(image_of(error_functions.logarithm_of_distribution), 6),
    "inverse_mills_ratio": Function(image_of(error_functions.density_over_distribution), 8),
    "ndtri": Function(image_of(error_functions.quantile), 4),
    "lgamma": Function(image_of(gamma_functions.logarithm_of_gamma), 4),
    "digamma": Function(_DIGAMMA, 8),
    "polygamma": Function(_polygamma, 16),
    "i0": Function(image_of(bessel_functions.even_bessel, order=0), 6),
    "i1": Function(image_of(bessel_functions.odd_bessel, order=1), 16),
    "bessel_i": Function(_bessel_i, 12),
    "i0e": Function(image_of(bessel_functions.scaled_bessel, order=0, times=0), 5),
    "i1e": Function(image_of(bessel_functions.scaled_bessel, order=1, times=0), 10),
    "slope_of_scaled_bessel": Function(image_of(bessel_functions.scaled_bessel), 10),
    "entr": Function(image_of(logarithmic_products.entropy), 3),
    "logit": Function(image_of(logarithmic_products.log_odds), 3),
    "sinc": Function(image_of(cardinal_sine.cardinal_sine, times=0), 4),
    "slope_of_sinc": Function(image_of(cardinal_sine.cardinal_sine), 4),
})  # fmt: skip


# Formulas of values


@forward_variant("erfc")
def _(x: Array) -> Array:
    """The square is rounded, and the exponential magnifies that."""
    return exp(-x * x) * erfcx(x)


@forward_variant("erfinv")
def _(x: Array) -> Array:
    """XLA's and Eigen's lose what x is off the ends, and off 0."""
    return where(abs(x) > 0.5, sign(x) * erfcinv(1 - sqrt(x * x)), ndtri((x + 1) / 2) * HALF_SQRT_2)


@forward_variant("polygamma")
def _(x: Array, *, n: int) -> Array:
    """Of order 0 it is digamma, and loses as much."""
    return digamma(x) if n == 0 else function("polygamma")(x, n=n)


@forward_variant("slope_of_scaled_bessel")
def _(x: Array, *, order: int, times: int) -> Array:
    """The recurrence, which follows from everybody's derivatives of i0e and i1e, and cancels for large x."""
    if times == 0:
        return function("slope_of_scaled_bessel")(x, order=order, times=0)
    orders = (max(order - 1, 1 - order), order, order + 1)
    below, same, above = (slope_of_scaled_bessel(x, order=one, times=times - 1) for one in orders)
    return (below + above) / 2 - sign(x) * same


@forward_variant("scaled_erfc_integral")
def _(x: Array, *, order: int) -> Array:
    """The recurrence, which follows from everybody's derivative of erfcx, and cancels for large x."""
    if order == 0:
        return erfcx(x)
    if order == 1:
        return TWO_OVER_SQRT_PI / 2 - x * erfcx(x)
    before, integral = (scaled_erfc_integral(x, order=one) for one in (order - 2, order - 1))
    return (before / 2 - x * integral) / order


@forward_variant("ndtr")
def _(x: Array) -> Array:
    return erfc(-x * HALF_SQRT_2) / 2


@forward_variant("ndtr")
def _(x: Array) -> Array:
    """PyTorch's, which loses what is small."""
    return (1 + erf(x * HALF_SQRT_2)) / 2


@forward_variant("log_ndtr")
def _(x: Array) -> Array:
    """PyTorch's and XLA's."""
    return where(x < -1, log(erfcx(-x * HALF_SQRT_2) / 2) - x * x / 2, log1p(-erfc(x * HALF_SQRT_2) / 2))


@forward_variant("log_ndtr")
def _(x: Array) -> Array:
    return log(ndtr(x))


@forward_variant("lgamma")
def _(x: Array) -> Array:
    """XLA's: far from 0, and back by the recurrence, which loses what is small at 1 and 2; left of 0 by reflection."""
    right = _reflected(x)
    factors = right
    for step in range(1, SHIFT):
        factors = factors * (right + step)
    value = function("lgamma")(right + SHIFT) - log(factors)
    return where(x < 0.5, math.log(math.pi) - log(abs(sin(x * math.pi))) - value, value)


@forward_variant("digamma")
def _(x: Array) -> Array:
    """The same, which loses what is small near the zeros."""
    right = _reflected(x)
    value = function("digamma")(right + SHIFT)
    for step in range(SHIFT):
        value = value - 1 / (right + step)
    return where(x < 0.5, value - math.pi / tan(x * math.pi), value)


def _reflected(x: Array) -> Array:
    return where(x < 0.5, 1 - x, x)


@forward_variant("logit")
def _(x: Array) -> Array:
    """The quotient is rounded."""
    return log(x / (1 - x))


@forward_variant("logit")
def _(x: Array) -> Array:
    return log(x) - log1p(-x)


@forward_variant("sinc")
def _(x: Array) -> Array:
    """The angle is rounded."""
    angle = x * math.pi
    return sin(angle) / angle


# Formulas of derivatives


@variant("erfcx", "x")
def _(g: Array, y: Array, x: Array) -> Array:
    """Everybody's, which cancels for large x."""
    return g * (2 * x * y - TWO_OVER_SQRT_PI)


@variant("erfinv", "x")
def _(g: Array, y: Array) -> Array:
    """With the constant as it is computed in float64."""
    return g * (math.sqrt(math.pi) / 2 * exp(y * y))


@variant("erfcinv", "x")
def _(g: Array, y: Array) -> Array:
    return g * (-math.sqrt(math.pi) / 2 * exp(y * y))


@variant("ndtri", "x")
def _(g: Array, y: Array) -> Array:
    return g * (math.sqrt(2 * math.pi) * exp(y * y / 2))


@variant("ndtr", "x")
def _(g: Array, x: Array) -> Array:
    """That of erfc(-x / sqrt(2)) / 2."""
    turned = x * HALF_SQRT_2
    return g * (exp(-turned * turned) / SQRT_2PI)


@variant("log_ndtr", "x")
def _(g: Array, y: Array, x: Array) -> Array:
    """JAX's, and Chainer's."""
    return g * (exp(-x * x / 2 - y) / SQRT_2PI)


@variant("log_ndtr", "x")
def _(g: Array, x: Array) -> Array:
    """PyTorch's."""
    return g * (HALF_SQRT_2 * TWO_OVER_SQRT_PI / erfcx(-x * HALF_SQRT_2))


@variant("i1", "x")
def _(g: Array, y: Array, x: Array) -> Array:
    return g * where(x == 0, 0.5, i0(x) - y / x)


@variant("i0e", "x")
def _(g: Array, y: Array, x: Array) -> Array:
    """Everybody's, which cancels for large x."""
    return g * (i1e(x) - sign(x) * y)


@variant("i1e", "x")
def _(g: Array, y: Array, x: Array) -> Array:
    """Everybody's, which cancels for large x."""
    return g * where(x == 0, 0.5, i0e(x) - y * (sign(x) + 1 / x))


@variant("logit", "x")
def _(g: Array, x: Array) -> Array:
    return g * (1 / x + 1 / (1 - x))


@variant("sinc", "x")
def _(g: Array, x: Array) -> Array:
    """PyTorch's, which cancels near 0."""
    angle = x * math.pi
    return where(x == 0, 0, g * ((cos(angle) * angle - sin(angle)) / (angle * x)))


# Arithmetic with names of its own


@forward_variant("cbrt")
def _(x: Array) -> Array:
    """TensorFlow's."""
    return sign(x) * pow(abs(x), 1 / 3)


@variant("cbrt", "x")
def _(g: Array, y: Array, x: Array) -> Array:
    """JAX's, and TensorFlow's."""
    return g * (y / (3 * x))


@variant("deg2rad", "x")
def _(g: Array) -> Array:
    return g * math.pi / 180


@variant("rad2deg", "x")
def _(g: Array) -> Array:
    return g * 180 / math.pi


@variant("rsqrt", "x")
def _(g: Array, y: Array, x: Array) -> Array:
    return -g * (y / (2 * x))


@variant("logaddexp2", "x1")
def _(g: Array, y: Array, x1: Array) -> Array:
    return g * exp2(x1 - y)


@variant("logaddexp2", "x2")
def _(g: Array, y: Array, x2: Array) -> Array:
    return g * exp2(x2 - y)
