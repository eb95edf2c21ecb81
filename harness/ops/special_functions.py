"""Functions with names of their own: of errors, of the normal distribution, gamma, Bessel, and of entropies."""

from harness.ops.op import Parameter, family

family(
    "error",
    ("erf", "x", "the error function"),
    ("erfc", "x", "1 - erf(x), accurate where that is small"),
    ("erfcx", "x", "exp(x * x) * erfc(x), which does not underflow"),
    ("erfinv", "x", "the inverse of erf, from -1 to 1"),
    ("erfcinv", "x", "the inverse of erfc, from 0 to 2"),
    ("ndtr", "x", "the distribution function of the normal distribution"),
    ("log_ndtr", "x", "log(ndtr(x)), accurate where that is large or near 0"),
    ("ndtri", "x", "the inverse of ndtr, from 0 to 1"),
)
family(
    "gamma",
    ("lgamma", "x", "log(abs(gamma(x)))"),
    ("digamma", "x", "the derivative of lgamma"),
    ("polygamma", "x", "the derivative of digamma of order n", {"n": Parameter(int)}),
)
family(
    "bessel",
    ("i0", "x", "the modified Bessel function of order 0"),
    ("i0e", "x", "exp(-abs(x)) * i0(x), which does not overflow"),
    ("i1", "x", "the modified Bessel function of order 1"),
    ("i1e", "x", "exp(-abs(x)) * i1(x), which does not overflow"),
)
family(
    "logarithmic",
    ("xlogy", "x1 x2", "x1 * log(x2), and 0 for x1 = 0"),
    ("xlog1py", "x1 x2", "x1 * log(1 + x2), and 0 for x1 = 0"),
    ("entr", "x", "-x * log(x), and 0 at 0"),
    ("logit", "x", "log(x / (1 - x)), the inverse of sigmoid"),
)
family("cardinal", ("sinc", "x", "sin(pi * x) / (pi * x), and 1 at 0"))
