"""Division with a remainder."""

from flint import arb

from reference_engine.oracle.balls import Ball, Balls
from reference_engine.oracle.forward.elementwise import divide, side
from reference_engine.oracle.forward.selection import not_a_number_of, sure
from reference_engine.oracle.forward.table import chosen, forward
from reference_engine.oracle.working import Working


@forward("floor_divide")
def floor_divide(x1: Balls, x2: Balls) -> Balls:
    return chosen(_whole_quotient, x1, x2)


@forward("remainder")
def remainder(x1: Balls, x2: Balls) -> Balls:
    """x1 - x2 floor(x1 / x2)."""
    return chosen(_rest, x1, x2)


def _whole_quotient(x1: arb, x2: arb) -> Ball:
    """The largest integer not above x1 / x2; NaN for x2 = 0, and where x1 is not finite."""
    if not x1.is_finite() or x2.is_nan() or side(x2) == 0:
        return not_a_number_of(x1, x2)
    if not x2.is_finite():  # the quotient is 0, or on the other side of 0 and near it
        return arb(0 if Working.current.ordered(x1, arb(0)) in (0, side(x2)) else -1)
    return sure("floor_divide", arb.floor, arb.is_integer, Working.current.computed("divide", divide, (x1, x2)))


def _rest(x1: arb, x2: arb) -> Ball:
    """An infinite x2 is taken away once or never."""
    whole = _whole_quotient(x1, x2)
    if not whole.is_finite():
        return whole
    if whole.is_zero():
        return x1
    return Working.current.computed("remainder", lambda one, other, times: one - other * times, (x1, x2, whole))
