"""Comparisons, choices, and functions that are constant between steps. Every choice is noted."""

from collections.abc import Callable

from flint import acb, arb

from reference_engine.oracle.balls import NOT_A_NUMBER, Ball, Balls, is_exact
from reference_engine.oracle.errors import OutOfReach, Uncertain
from reference_engine.oracle.forward.table import chosen, for_each, forward, over_axes
from reference_engine.oracle.working import Choice, Working


def larger(x1: Ball, x2: Ball) -> Ball:
    """The larger of two; NaN is larger than anything."""
    order = Working.current.ordered(x1, x2)
    if order is None:
        return not_a_number_of(x1, x2)
    return x1 if order >= 0 else x2


def smaller(x1: Ball, x2: Ball) -> Ball:
    """The smaller of two; NaN is smaller than anything."""
    order = Working.current.ordered(x1, x2)
    if order is None:
        return not_a_number_of(x1, x2)
    return x1 if order <= 0 else x2


def not_a_number_of(*operands: Ball) -> Ball:
    """NaN, which is that of these operands."""
    return Working.current.computed("nan", lambda *_: NOT_A_NUMBER, operands)


@forward("maximum")
def maximum(x1: Balls, x2: Balls) -> Balls:
    return chosen(larger, x1, x2)


@forward("minimum")
def minimum(x1: Balls, x2: Balls) -> Balls:
    return chosen(smaller, x1, x2)


@forward("relu")
def relu(x: Balls) -> Balls:
    zero = Working.current.kept(arb(0))
    return chosen(lambda one: larger(one, zero), x)


@forward("clip")
def clip(x: Balls, *, min: Balls | None = None, max: Balls | None = None) -> Balls:  # noqa: A002 -- array API names
    if min is not None:
        x = chosen(larger, x, min)
    return x if max is None else chosen(smaller, x, max)


def _extremum(choice: Callable[[Ball, Ball], Ball]) -> Callable[..., Balls]:
    def of_all(first: Ball, *others: Ball) -> Ball:
        for other in others:
            first = choice(first, other)
        return first

    return lambda x, *, axis=None, keepdims=False: over_axes(of_all, x, axis, keepdims)


forward("max")(_extremum(larger))
forward("amax")(_extremum(larger))
forward("amin")(_extremum(smaller))
forward("min")(_extremum(smaller))


@forward("where")
def where(condition: Balls, x1: Balls, x2: Balls) -> Balls:
    zero = arb(0)
    return chosen(lambda holds, one, other: other if Working.current.equal(holds, zero) else one, condition, x1, x2)


@forward("abs")
def absolute(x: Balls) -> Balls:
    zero = arb(0)

    def one(x: Ball) -> Ball:
        if isinstance(x, acb):
            return Working.current.computed("modulus", abs, (x,))
        order = Working.current.ordered(x, zero)
        return x if order is None or order >= 0 else Working.current.computed("negative", lambda x: -x, (x,))

    return chosen(one, x)


@forward("sign")
def sign(x: Balls) -> Balls:
    zero = arb(0)

    def one(x: Ball) -> Ball:
        if isinstance(x, acb):
            return zero if Working.current.equal(x, zero) else Working.current.computed("csgn", _direction, (x,))
        order = Working.current.ordered(x, zero)
        return not_a_number_of(x) if order is None else arb(order)

    return chosen(one, x)


def _direction(x: acb) -> acb:
    return x / abs(x)


@forward("copysign")
def copysign(x1: Balls, x2: Balls) -> Balls:
    """The size of x1 with the sign of x2. That of -0 and of NaN is a matter of bits: `OutOfReach`."""
    zero = arb(0)

    def signed(size: Ball, x2: Ball) -> Ball:
        order = Working.current.ordered(x2, zero)
        if not order:
            raise OutOfReach("the sign of zero or of NaN is no part of a real number")
        return size if order > 0 else Working.current.computed("negative", lambda x: -x, (size,))

    return chosen(signed, absolute(x1), x2)


def _step(name: str, whole: Callable[[arb], arb], jumps: Callable[[arb], bool]) -> None:
    """Enter a function that is constant between its jumps; `whole` gives its value, and a ball if it may be several."""

    forward(name)(lambda x: chosen(lambda one: one if not one.is_finite() else sure(name, whole, jumps, one), x))


def sure(name: str, whole: Callable[[arb], arb], jumps: Callable[[arb], bool], x: arb) -> arb:
    """The integer that `whole` gives for a finite number. Raises `Uncertain` if it may be one of several."""
    value = whole(x).unique_fmpz()
    if value is None:
        raise Uncertain(f"{name} of a number near {x.mid().str(10, radius=False)} may be one of two integers")
    Working.current.choices.append(Choice(int(value), is_exact(x) and jumps(x)))
    return arb(value)


def _to_even(x: arb) -> arb:
    """The nearest integer, of two the even one."""
    if is_exact(x) and _is_half_way(x):
        return 2 * (x / 2 + arb(0.25)).floor()
    return (x + arb(0.5)).floor()


def _towards_zero(x: arb) -> arb:
    if x.contains(0):
        return arb(0) if abs(x) < 1 else x
    return x.floor() if x > 0 else x.ceil()


def _is_half_way(x: arb) -> bool:
    return bool((2 * x).is_integer() and not x.is_integer())


_step("floor", arb.floor, arb.is_integer)
_step("ceil", arb.ceil, arb.is_integer)
_step("round", _to_even, _is_half_way)
_step("trunc", _towards_zero, lambda x: x.is_integer() and not x.is_zero())


def _comparison(name: str, holds: Callable[[int], bool]) -> None:
    def one(x1: Ball, x2: Ball) -> Ball:
        order = Working.current.ordered(x1, x2)
        return arb(int(order is not None and holds(order)))

    forward(name)(lambda x1, x2: chosen(one, x1, x2))


_comparison("less", lambda order: order < 0)
_comparison("less_equal", lambda order: order <= 0)
_comparison("greater", lambda order: order > 0)
_comparison("greater_equal", lambda order: order >= 0)


@forward("equal")
def equal(x1: Balls, x2: Balls) -> Balls:
    return chosen(lambda one, other: arb(int(Working.current.equal(one, other))), x1, x2)


@forward("not_equal")
def not_equal(x1: Balls, x2: Balls) -> Balls:
    return for_each("not", lambda same: 1 - same, equal(x1, x2))
