"""Where functions with names of their own change character: at ends of domains, poles, zeros and in their tails."""

from harness.places.place import elementwise, ordinary, special

# The error function, the normal distribution, and their inverses

elementwise(
    "erf",
    ordinary((-1.3, 0.2, 2.1)),
    special("tails", "In its tails the slope underflows", (-30.0, 6.0, 30.0)),
)
elementwise(
    "erfc",
    ordinary((-1.3, 0.2, 2.1)),
    special("tails", "In its tails value and slope underflow", (-6.0, 10.0, 30.0)),
)
elementwise(
    "erfcx",
    ordinary((-0.7, 0.4, 2.1)),
    special("large", "For large x the usual formula of its slope, 2 x y - 2 / sqrt(pi), cancels", (50.0, 1e4, 1e9)),
    special("overflow", "Far below 0 it overflows", (-26.0, -30.0)),
)
elementwise(
    "erfinv",
    ordinary((-0.4, 0.1, 0.3)),
    special("near_ends", "Near the ends of its domain it is steep", (-0.9999999, 0.99999999999)),
    special("ends", "At the ends of its domain it is infinite", (-1.0, 1.0)),
    special("outside", "Outside its domain it is undefined", (-1.5, 2.0)),
)
elementwise(
    "erfcinv",
    ordinary((0.7, 1.1, 1.4)),
    special("near_ends", "Near the ends of its domain it is steep", (1e-12, 1.9999999)),
    special("ends", "At the ends of its domain it is infinite", (0.0, 2.0)),
    special("outside", "Outside its domain it is undefined", (-0.5, 2.5)),
)
elementwise(
    "ndtr",
    ordinary((-1.3, 0.4, 2.1)),
    special("tails", "In its tails value and slope underflow", (-40.0, -10.0, 10.0)),
)
elementwise(
    "log_ndtr",
    ordinary((-1.3, 0.4, 2.1)),
    special("switches", "Where other formulas are taken", (-20.0, -10.0, -5.0, -1.0, 5.0, 8.0)),
    special("tails", "In its tails it is a parabola on one side, and 0 on the other", (-1e4, -40.0, 40.0)),
)
elementwise(
    "ndtri",
    ordinary((0.4, 0.5, 0.6)),
    special("near_ends", "Near the ends of its domain it is steep", (1e-12, 0.9999999)),
    special("ends", "At the ends of its domain it is infinite", (0.0, 1.0)),
    special("outside", "Outside its domain it is undefined", (-0.5, 1.5)),
)

# Gamma functions

elementwise(
    "lgamma",
    ordinary((0.9, 1.3, 2.7)),
    special("left", "Below 0 there are poles, and branches between them", (-0.5, -1.4, -2.6)),
    special("zeros", "At 1 and 2 it is 0", (1.0, 2.0)),
    special("poles", "At negative whole numbers it is infinite", (-1.0, -2.0)),
)
elementwise(
    "digamma",
    ordinary((0.9, 1.3, 2.7)),
    special("left", "Below 0 there are poles, and branches between them", (-0.5, -1.4, -2.6)),
    special("zero", "Near 1.46 it is 0", (1.4616321449683622, 1.4616321449683625)),
    special("poles", "At negative whole numbers it is undefined", (-1.0, -2.0)),
)
elementwise(
    "polygamma",
    ordinary((1.3, 1.8, 2.7), n=1),
    ordinary((1.3, 1.8, 2.7), n=0, name="order_0"),
    ordinary((1.9, 2.3, 2.7), n=3, name="order_3"),
    special("left", "Below 0 there are poles, and branches between them", (-0.5, -1.3, -2.7), n=1),
    special("poles", "At negative whole numbers trigamma is infinite", (-1.0, -2.0), n=1),
)

# Bessel functions

elementwise(
    "i0",
    ordinary((-1.3, 0.4, 2.1)),
    special("switches", "At 8 another series is taken", (-8.0, 8.0, 8.5)),
    special("overflow", "Far from 0 it overflows", (-720.0, 700.0)),
)
elementwise(
    "i0e",
    ordinary((-1.3, 0.4, 2.1)),
    special("switches", "At 8 another series is taken", (-8.0, 8.0, 8.5)),
    special("large", "For large x the usual formula of its slope, i1e(x) - y, cancels", (-1e3, 1e4, 1e7)),
)
elementwise(
    "i1",
    ordinary((-1.3, 0.4, 2.1)),
    special("switches", "At 8 another series is taken", (-8.0, 8.0, 8.5)),
    special("overflow", "Far from 0 it overflows", (-720.0, 700.0)),
)
elementwise(
    "i1e",
    ordinary((-1.3, 0.4, 2.1)),
    special("switches", "At 8 another series is taken", (-8.0, 8.0, 8.5)),
    special("large", "For large x the usual formula of its slope, i0e(x) - y - y / x, cancels", (-1e3, 1e4, 1e7)),
)

# Logarithms beside a factor, or a divisor

elementwise(
    "xlogy",
    ordinary((0.5, -1.2, 2.0), (0.9, 1.4, 2.2)),
    special("zero_first", "Where x1 is 0 the value is 0, but the slope along x1 is log(x2)", (0.0, 0.0), (0.5, 2.0)),
    special("both_zero", "Where both are 0 the value is 0", (0.0,), (0.0,)),
    special("zero_second", "Where x2 alone is 0 it is infinite", (1.5, -2.0), (0.0, 0.0)),
    special("outside", "Where x2 is below 0 it is undefined unless x1 is 0", (1.5, 0.0), (-1.0, -1.0)),
)
elementwise(
    "xlog1py",
    ordinary((0.5, -1.2, 2.0), (-0.1, 0.4, 1.2)),
    special(
        "zero_first", "Where x1 is 0 the value is 0, but the slope along x1 is log(1 + x2)", (0.0, 0.0), (-0.5, 1.0)
    ),
    special("both_zero", "Where x1 is 0 and x2 is -1 the value is 0", (0.0,), (-1.0,)),
    special("zero_second", "Where x2 is -1 and x1 is not 0 it is infinite", (1.5, -2.0), (-1.0, -1.0)),
    special("outside", "Where x2 is below -1 it is undefined unless x1 is 0", (1.5, 0.0), (-2.0, -2.0)),
)
elementwise(
    "entr",
    ordinary((0.9, 1.3, 3.0)),
    special("outside", "Below 0 it is minus infinity", (-1.0,)),
)
elementwise(
    "logit",
    ordinary((0.45, 0.5, 0.55)),
    special("ends", "At the ends of its domain it is infinite", (0.0, 1.0)),
    special("outside", "Outside its domain it is undefined", (-0.5, 1.5)),
)

# The cardinal sine

elementwise(
    "sinc",
    ordinary((0.3, -1.2, 2.6)),
    special("whole", "At whole numbers other than 0 it is 0", (1.0, -2.0, 3.0)),
    special("small", "Near 0 the usual formula of its slope, (cos(pi x) - y) / x, cancels", (1e-3, -1e-6, 1e-9)),
)
