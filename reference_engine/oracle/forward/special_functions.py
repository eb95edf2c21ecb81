"""Functions with names of their own: of errors, of the normal distribution, gamma, Bessel, and of entropies."""

from flint import acb, arb, ctx

from reference_engine.oracle.balls import INFINITY, NOT_A_NUMBER, Ball, Balls
from reference_engine.oracle.errors import OutOfReach, Uncertain
from reference_engine.oracle.forward.elementwise import side
from reference_engine.oracle.forward.selection import absolute
from reference_engine.oracle.forward.table import elementwise, for_each, forward

MOST_BITS = 1 << 14
"""Inverse functions take their time with more."""


@elementwise("erf")
def erf(x: arb) -> arb:
    return x.erf()


@elementwise("erfc")
def erfc(x: arb) -> arb:
    return x.erfc()


@elementwise("erfcx")
def erfcx(x: arb) -> arb:
    return (x * x).exp() * x.erfc()


@elementwise("erfinv")
def erfinv(x: arb) -> arb:
    low, high = side(x, -1), side(x, 1)
    if low == 0 or high == 0:
        return INFINITY if high == 0 else -INFINITY
    return x.erfinv() if low > 0 > high else NOT_A_NUMBER


@elementwise("erfcinv")
def erfcinv(x: arb) -> arb:
    if ctx.prec > MOST_BITS:
        raise OutOfReach(f"the inverse of erfc would be needed to more than {MOST_BITS} bits")
    low, high = side(x), side(x, 2)
    if low == 0 or high == 0:
        return INFINITY if low == 0 else -INFINITY
    return x.erfcinv() if low > 0 > high else NOT_A_NUMBER


@elementwise("ndtr")
def ndtr(x: arb) -> Ball:
    return (-x / arb(2).sqrt()).erfc() / 2


@elementwise("log_ndtr")
def log_ndtr(x: arb) -> Ball:
    return ndtr(x).log()


@elementwise("ndtri")
def ndtri(x: arb) -> Ball:
    return -arb(2).sqrt() * erfcinv(2 * x)


def _is_pole(x: arb) -> bool:
    """Whether the gamma function has a pole here. A ball around one, with others in it, is `Uncertain`."""
    if not x.is_finite() or x > 0 or not x.contains_integer():
        return False
    if x.is_exact():
        return True
    raise Uncertain(f"a number near {x.mid().str(10, radius=False)} may be a pole of the gamma function")


@elementwise("lgamma")
def lgamma(x: arb) -> arb:
    """log(abs(gamma(x))): the real part of the analytic continuation."""
    return INFINITY if _is_pole(x) else acb(x).lgamma().real


@elementwise("digamma")
def digamma(x: arb) -> arb:
    return NOT_A_NUMBER if _is_pole(x) else x.digamma()


@forward("polygamma")
def polygamma(x: Balls, *, n: int) -> Balls:
    def one(x: arb) -> arb:
        return NOT_A_NUMBER if _is_pole(x) else acb(x).polygamma(acb(n)).real

    return for_each(f"polygamma {n}", one, x)


@elementwise("i0")
def i0(x: arb) -> arb:
    return x.bessel_i(arb(0))


@elementwise("i1")
def i1(x: arb) -> arb:
    return x.bessel_i(arb(1))


@elementwise("sinc")
def sinc(x: arb) -> arb:
    return x.sinc_pi() if x.is_finite() else NOT_A_NUMBER


def _times_logarithm(x1: arb, x2: arb, border: int) -> Ball:
    """x1 log(x2 - border), and 0 for x1 = 0 unless x2 is NaN."""
    if x1.is_zero():
        return NOT_A_NUMBER if x2.is_nan() else arb(0)
    where = side(x2, border)
    if where == 0:
        return -INFINITY if x1 > 0 else INFINITY if x1 < 0 else NOT_A_NUMBER
    return x1 * (x2 - border).log() if where > 0 else NOT_A_NUMBER


@elementwise("xlogy")
def xlogy(x1: arb, x2: arb) -> Ball:
    return _times_logarithm(x1, x2, 0)


@elementwise("xlog1py")
def xlog1py(x1: arb, x2: arb) -> Ball:
    return _times_logarithm(x1, x2, -1)


@elementwise("entr")
def entr(x: arb) -> Ball:
    if x.is_nan():
        return NOT_A_NUMBER
    where = side(x)
    return -x * x.log() if where > 0 else arb(0) if where == 0 else -INFINITY


@elementwise("logit")
def logit(x: arb) -> Ball:
    low, high = side(x), side(x, 1)
    if low == 0 or high == 0:
        return INFINITY if high == 0 else -INFINITY
    return (x / (1 - x)).log() if low > 0 > high else NOT_A_NUMBER


def _scaled_bessel(order: int) -> None:
    """Enter exp(-abs(x)) times the modified Bessel function of an order; the absolute value has a kink at 0."""
    name = f"i{order}e"

    def one(x: arb, size: arb) -> arb:
        return (-size).exp() * x.bessel_i(arb(order))

    forward(name)(lambda x: for_each(name, one, x, absolute(x)))


_scaled_bessel(0)
_scaled_bessel(1)
