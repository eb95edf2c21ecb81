"""Numbers as balls: a midpoint and a radius, between which the true value certainly lies.

A real number is an `arb`, a complex one an `acb` (Fredrik Johansson, Arb: efficient arbitrary-precision midpoint-radius
interval arithmetic, IEEE Transactions on Computers 66, 2017). An array of them is a NumPy array of objects; so are
bools, which are the balls 0 and 1. -0.0 is 0: a real function does not know the sign of zero.
"""

from typing import Any, TypeAlias

import numpy as np
from flint import acb, arb
from numpy.typing import NDArray

Ball: TypeAlias = Any
"""An `arb` or an `acb`."""
Balls: TypeAlias = NDArray[Any]
"""An array of balls, of dtype object."""

INFINITY = arb("inf")
NOT_A_NUMBER = arb("nan")

LONGEST_EXPONENT = 10
"""Characters of a decimal exponent that is written out, its sign included."""


def array_of(values: NDArray[Any]) -> Balls:
    """The exact balls of an array of bools, integers, floats or complex numbers; infinities and NaN as such."""
    result = np.empty(values.shape, object)
    for index, value in np.ndenumerate(values):
        result[index] = ball_of(value.item())
    return result


def ball_of(value: complex) -> Ball:
    """The exact ball of a Python number."""
    if isinstance(value, complex):
        return acb(arb(value.real), arb(value.imag))
    return arb(value)


def is_complex(balls: Balls) -> bool:
    """Whether any of them is an `acb`."""
    return any(isinstance(ball, acb) for ball in balls.flat)


def parts(ball: Ball) -> tuple[arb, ...]:
    """The real and the imaginary part, or the real number alone."""
    return (ball.real, ball.imag) if isinstance(ball, acb) else (ball,)


def is_exact(ball: Ball) -> bool:
    """Whether it is one finite number."""
    return bool(ball.is_finite() and ball.is_exact())


def is_unbounded(ball: Ball) -> bool:
    """Whether nothing is known about the number but that there is one: its size is beyond what the bits can tell."""
    return any(not part.is_finite() and not part.is_nan() and part.mid().is_finite() for part in parts(ball))


def fingerprint(ball: Ball) -> tuple[Any, ...]:
    """Equal for exact balls of the same kind and value, and for them alone."""
    return tuple((int(mantissa), int(exponent)) for mantissa, exponent in (part.man_exp() for part in parts(ball)))


def power_of_two(exponent: int) -> arb:
    """2 to the power `exponent`, exactly."""
    return arb((1, exponent))


def exponent_of(ball: arb) -> int | None:
    """The e with 2^(e-1) <= abs(midpoint) < 2^e; None for what may be 0, or is not finite."""
    if not ball.is_finite() or ball.contains(0):
        return None
    mantissa, exponent = ball.mid().man_exp()
    return int(mantissa).bit_length() + int(exponent)


def upper_bound(ball: arb) -> arb:
    """An exact bound from above of the absolute value."""
    return ball.abs_upper()


def widened(ball: arb, radius: arb) -> arb:
    """The ball with `radius` added to its radius."""
    return arb(ball.mid(), ball.rad() + upper_bound(radius))


def text(ball: Ball, digits: int = 28) -> str:
    """So many digits of the midpoint, without zeros at the end; a ball around 0 that is hardly wider is 0."""
    if isinstance(ball, acb):
        imaginary = text(ball.imag, digits)
        sign = "" if imaginary.startswith("-") else "+"
        return f"{text(ball.real, digits)}{sign}{imaginary}j"
    if ball.contains(0) and not ball.is_zero() and ball.is_finite():
        return "0"
    if not ball.is_finite():
        return "nan" if ball.is_nan() else "inf" if ball > 0 else "-inf" if ball < 0 else "nan"
    number, mark, exponent = ball.mid().str(digits, radius=False).partition("e")
    if len(exponent) > LONGEST_EXPONENT:
        size = "tiny" if exponent.startswith("-") else "huge"
        return f"-{size}" if number.startswith("-") else size
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return f"{number}{mark}{exponent}"
