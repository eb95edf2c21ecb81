"""Functions of numbers: arithmetic, powers, exponentials, trigonometric and hyperbolic functions, activations.

A real function asks first where it is in its domain. A ball across the border of the domain is `Uncertain`, outside
it is NaN, and at a pole that has a sign on the whole domain it is infinite.
"""

from flint import acb, arb

from reference_engine.oracle.balls import INFINITY, NOT_A_NUMBER, Ball
from reference_engine.oracle.errors import Uncertain
from reference_engine.oracle.forward.table import elementwise


def side(x: arb, border: Ball = 0) -> int:
    """-1, 0 or 1 as x is below, at or above a border; NaN is below every border, outside every domain."""
    if x.is_nan() or x < border:
        return -1
    if x > border:
        return 1
    if x == border:
        return 0
    raise Uncertain(f"a number near {x.mid().str(10, radius=False)} may lie on either side of {border}")


@elementwise("add")
def add(x1: Ball, x2: Ball) -> Ball:
    return x1 + x2


@elementwise("subtract")
def subtract(x1: Ball, x2: Ball) -> Ball:
    """x1 - x2. A number minus itself is 0, whatever its radius."""
    return type(x1)(0) if x1 is x2 and x1.is_finite() else x1 - x2


@elementwise("multiply")
def multiply(x1: Ball, x2: Ball) -> Ball:
    return x1 * x2


@elementwise("divide")
def divide(x1: Ball, x2: Ball) -> Ball:
    """x1 / x2. At x2 = 0 it is undefined, for it has another sign on either side.

    A number through itself is 1, whatever its radius.
    """
    if x1 is x2 and x1.is_finite() and not x1.contains(0):
        return type(x1)(1)
    if isinstance(x2, arb) and x2.is_finite() and side(x2) == 0:
        return NOT_A_NUMBER
    return x1 / x2


@elementwise("negative")
def negative(x: Ball) -> Ball:
    return -x


@elementwise("positive")
def positive(x: Ball) -> Ball:
    return x


@elementwise("reciprocal")
def reciprocal(x: Ball) -> Ball:
    return divide(arb(1), x)


@elementwise("pow")
def pow_(x1: Ball, x2: Ball) -> Ball:
    """x1 to the power x2: 1 for x2 = 0, a product for other integers, else exp(x2 log(x1)) where x1 is positive."""
    if isinstance(x1, acb) or isinstance(x2, acb):
        if acb(x1).is_zero():
            return acb(0) if side(acb(x2).real) > 0 else NOT_A_NUMBER
        return acb(x1) ** x2
    if x2.is_zero():
        return arb(1)
    if x2.is_finite() and x2.is_exact() and x2.is_integer():
        if side(x2) < 0:
            return divide(arb(1), x1 ** (-x2))
        return x1**x2
    if x1.is_nan() or x2.is_nan():
        return NOT_A_NUMBER
    where = side(x1)
    if where > 0:
        return x1**x2
    if where == 0:
        sign = side(x2)
        return arb(0) if sign > 0 else INFINITY if sign < 0 else arb(1)
    if x2.contains_integer():
        raise Uncertain("the power of a negative number may be an integer")
    return NOT_A_NUMBER


@elementwise("square")
def square(x: Ball) -> Ball:
    return x * x


@elementwise("sqrt")
def sqrt(x: Ball) -> Ball:
    if isinstance(x, acb):
        return x.sqrt()
    where = side(x)
    return x.sqrt() if where > 0 else arb(0) if where == 0 else NOT_A_NUMBER


@elementwise("hypot")
def hypot(x1: Ball, x2: Ball) -> Ball:
    return sqrt(x1 * x1 + x2 * x2)


@elementwise("exp")
def exp(x: Ball) -> Ball:
    return x.exp()


@elementwise("expm1")
def expm1(x: Ball) -> Ball:
    return x.expm1()


@elementwise("exp2")
def exp2(x: Ball) -> Ball:
    return pow_(arb(2), x)


@elementwise("log")
def log(x: Ball) -> Ball:
    if isinstance(x, acb):
        return x.log() if not x.is_zero() else -INFINITY
    where = side(x)
    return x.log() if where > 0 else -INFINITY if where == 0 else NOT_A_NUMBER


@elementwise("log1p")
def log1p(x: Ball) -> Ball:
    if isinstance(x, acb):
        return x.log1p()
    where = side(x, -1)
    return x.log1p() if where > 0 else -INFINITY if where == 0 else NOT_A_NUMBER


@elementwise("log2")
def log2(x: Ball) -> Ball:
    return log(x) / arb(2).log()


@elementwise("log10")
def log10(x: Ball) -> Ball:
    return log(x) / arb(10).log()


@elementwise("logaddexp")
def logaddexp(x1: Ball, x2: Ball) -> Ball:
    return log(x1.exp() + x2.exp())


@elementwise("sin")
def sin(x: Ball) -> Ball:
    return x.sin() if x.is_finite() else NOT_A_NUMBER


@elementwise("cos")
def cos(x: Ball) -> Ball:
    return x.cos() if x.is_finite() else NOT_A_NUMBER


@elementwise("tan")
def tan(x: Ball) -> Ball:
    return x.tan()


@elementwise("asin")
def asin(x: Ball) -> Ball:
    return x.asin() if isinstance(x, acb) or _between_minus_one_and_one(x) else NOT_A_NUMBER


@elementwise("acos")
def acos(x: Ball) -> Ball:
    return x.acos() if isinstance(x, acb) or _between_minus_one_and_one(x) else NOT_A_NUMBER


def _between_minus_one_and_one(x: arb) -> bool:
    """The ends included."""
    return side(x, -1) >= 0 and side(x, 1) <= 0


@elementwise("atan")
def atan(x: Ball) -> Ball:
    return x.atan()


@elementwise("atan2")
def atan2(x1: arb, x2: arb) -> arb:
    """The angle of the point (x2, x1), in (-pi, pi]; at the origin 0."""
    if x1.is_nan() or x2.is_nan():
        return NOT_A_NUMBER
    if not x2 > 0:
        side(x1)  # the angle jumps where x1 changes sign
        side(x2) if x1.is_zero() else None
    return arb.atan2(x1, x2)


@elementwise("sinh")
def sinh(x: Ball) -> Ball:
    return x.sinh()


@elementwise("cosh")
def cosh(x: Ball) -> Ball:
    return x.cosh()


@elementwise("tanh")
def tanh(x: Ball) -> Ball:
    return x.tanh()


@elementwise("asinh")
def asinh(x: Ball) -> Ball:
    return x.asinh()


@elementwise("acosh")
def acosh(x: Ball) -> Ball:
    return x.acosh() if isinstance(x, acb) or side(x, 1) >= 0 else NOT_A_NUMBER


@elementwise("atanh")
def atanh(x: Ball) -> Ball:
    if isinstance(x, acb) or x.is_nan():
        return x.atanh()
    low, high = side(x, -1), side(x, 1)
    if low == 0 or high == 0:
        return INFINITY if high == 0 else -INFINITY
    return x.atanh() if low > 0 > high else NOT_A_NUMBER


@elementwise("sigmoid")
def sigmoid(x: Ball) -> Ball:
    return 1 / (1 + (-x).exp())


@elementwise("softplus")
def softplus(x: Ball) -> Ball:
    return (1 + x.exp()).log()
