"""Arithmetic with names of its own."""

from flint import acb, arb

from reference_engine.oracle.balls import INFINITY, NOT_A_NUMBER, Ball, Balls
from reference_engine.oracle.forward.elementwise import side
from reference_engine.oracle.forward.selection import larger, smaller
from reference_engine.oracle.forward.table import chosen, elementwise, forward


@elementwise("cbrt")
def cbrt(x: arb) -> Ball:
    """The real cube root; at 0 it is 0."""
    if x.is_nan():
        return NOT_A_NUMBER
    where = side(x)
    return x.root(3) if where > 0 else -(-x).root(3) if where < 0 else arb(0)


@elementwise("rsqrt")
def rsqrt(x: Ball) -> Ball:
    if isinstance(x, acb):
        return 1 / x.sqrt()
    where = side(x)
    return 1 / x.sqrt() if where > 0 else INFINITY if where == 0 else NOT_A_NUMBER


@elementwise("deg2rad")
def deg2rad(x: arb) -> arb:
    return x * arb.pi() / 180


@elementwise("rad2deg")
def rad2deg(x: arb) -> arb:
    return x * 180 / arb.pi()


@elementwise("logaddexp2")
def logaddexp2(x1: arb, x2: arb) -> Ball:
    total = arb(2) ** x1 + arb(2) ** x2
    return total.log() / arb(2).log() if total > 0 else -INFINITY if total == 0 else NOT_A_NUMBER


@elementwise("squared_difference")
def squared_difference(x1: Ball, x2: Ball) -> Ball:
    return (x1 - x2) * (x1 - x2)


@forward("fmax")
def fmax(x1: Balls, x2: Balls) -> Balls:
    return chosen(lambda one, other: other if one.is_nan() else one if other.is_nan() else larger(one, other), x1, x2)


@forward("fmin")
def fmin(x1: Balls, x2: Balls) -> Balls:
    return chosen(lambda one, other: other if one.is_nan() else one if other.is_nan() else smaller(one, other), x1, x2)
