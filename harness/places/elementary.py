"""Where elementary functions change character."""

from harness.places.place import complex_at, elementwise, ordinary, special, structured

INFINITY = float("inf")
NUMBERS = (-1.3, 0.2, 2.1)
OTHERS = (0.7, -1.6, 1.1)
POSITIVE = (0.3, 1.7, 4.2)
FRACTIONS = (-0.6, 0.15, 0.85)
COMPLEX = (0.3 + 0.4j, -1.2 + 0.5j)
OTHER_COMPLEX = (1.1 - 0.6j, 0.4 + 0.9j)

# arithmetic
for op in ("add", "subtract", "multiply"):
    elementwise(op, ordinary(NUMBERS, OTHERS), complex_at(COMPLEX, OTHER_COMPLEX))
elementwise(
    "divide",
    ordinary(NUMBERS, OTHERS),
    special("by_zero", "Nothing can be divided by 0", (1.0, -1.0, 0.0), (0.0, 0.0, 0.0)),
    special("square", "Where the square of the divisor overflows, or underflows", (3e200, 3e-200), (4e200, 4e-200)),
    complex_at(COMPLEX, OTHER_COMPLEX),
)
for op in ("negative", "positive"):
    elementwise(op, ordinary(NUMBERS), complex_at(COMPLEX))
elementwise(
    "reciprocal",
    ordinary(NUMBERS),
    special("zero", "At 0 there is a pole", (0.0,)),
    complex_at(COMPLEX),
)

elementwise(
    "floor_divide",
    ordinary((-5.5, 2.2, 7.3), (2.1, -1.6, 3.1)),
    special("jumps", "Where the quotient is an integer it jumps", (6.0, -6.0, 0.0), (2.0, 2.0, 3.0)),
    special("rounded_quotient", "The quotient rounds to an integer that it is not", (1.0, -1.0), (0.1, 0.1)),
    special("by_zero", "Nothing can be divided by 0", (1.0, -1.0, 0.0), (0.0, 0.0, 0.0)),
    twice=False,
)
elementwise(
    "remainder",
    ordinary((-5.5, 2.2, 7.3), (2.1, -1.6, 3.1)),
    special("jumps", "Where the quotient is an integer it jumps", (6.0, -6.0, 0.0), (2.0, 2.0, 3.0)),
    special("rounded_quotient", "The quotient rounds to an integer that it is not", (1.0, -1.0), (0.1, 0.1)),
    special("by_zero", "Nothing can be divided by 0", (1.0, -1.0, 0.0), (0.0, 0.0, 0.0)),
)

# parts of complex numbers
structured("conj", ordinary(COMPLEX), special("real", "A real number is its own conjugate", NUMBERS))
structured("real", ordinary(COMPLEX), special("real", "A real number is its own real part", NUMBERS))
structured("imag", ordinary(COMPLEX))

# powers
elementwise(
    "pow",
    ordinary(POSITIVE, OTHERS),
    special("zero_base", "0 to a positive power is 0", (0.0, 0.0, 0.0), (1.0, 2.0, 0.5)),
    special("zero_to_zero", "0 to the power 0 is 1", (0.0,), (0.0,)),
    special("zero_to_negative", "0 to a negative power is infinite", (0.0,), (-1.0,)),
    special(
        "negative_base", "A negative number has powers only where the exponent is an integer", (-2.0, -2.0), (2.0, 3.0)
    ),
    special("undefined", "A negative number has no power with a broken exponent", (-2.0,), (0.5,)),
    complex_at(COMPLEX, OTHER_COMPLEX),
)
elementwise("square", ordinary(NUMBERS), complex_at(COMPLEX))
elementwise(
    "sqrt",
    ordinary(POSITIVE),
    special("zero", "At 0 it rises infinitely fast", (0.0,)),
    special("outside", "Below 0 it is undefined", (-1.0,)),
    complex_at(COMPLEX),
)
elementwise(
    "hypot",
    ordinary(NUMBERS, OTHERS),
    special("origin", "At the origin the cone has its tip", (0.0,), (0.0,)),
    special("axis", "On an axis it is as smooth as elsewhere", (3.0, 0.0), (0.0, -3.0)),
    special("huge", "The squares overflow, the length does not", (3e200, 3e-200), (4e200, 4e-200)),
)

# exponential
for op in ("exp", "exp2", "expm1"):
    elementwise(
        op,
        ordinary(NUMBERS),
        special("range", "Where the result leaves the range of the dtype", (-750.0, 720.0)),
        complex_at(COMPLEX),
    )
for op in ("log", "log2", "log10"):
    elementwise(
        op,
        ordinary(POSITIVE),
        special("zero", "At 0 it is minus infinity", (0.0,)),
        special("outside", "Below 0 it is undefined", (-1.0,)),
        complex_at(COMPLEX),
    )
elementwise(
    "log1p",
    ordinary(POSITIVE),
    special("near_zero", "Near 0 it is x", (1e-20, -1e-20)),
    special("minus_one", "At -1 it is minus infinity", (-1.0,)),
    special("outside", "Below -1 it is undefined", (-2.0,)),
    complex_at(COMPLEX),
)
elementwise(
    "logaddexp",
    ordinary(NUMBERS, OTHERS),
    special("equal", "Two equal numbers share the gradient", (1.5, 800.0), (1.5, 800.0)),
    special("far", "Far apart, one of them has all of the gradient", (1000.0, -1000.0), (-1000.0, 1000.0)),
    special("infinite", "Two equal infinities have no difference", (INFINITY, -INFINITY), (INFINITY, -INFINITY)),
)

# trigonometric, hyperbolic
for op in ("sin", "cos"):
    elementwise(op, ordinary(NUMBERS), special("large", "Far from 0 the period matters", (1e6,)), complex_at(COMPLEX))
elementwise(
    "tan",
    ordinary(NUMBERS),
    special("pole", "Beside a pole it is huge", (1.5707963267948966,)),
    complex_at(COMPLEX),
)
for op in ("asin", "acos"):
    elementwise(
        op,
        ordinary(FRACTIONS),
        special("ends", "At the ends of its domain it rises infinitely fast", (-1.0, 1.0)),
        special("outside", "Outside its domain it is undefined", (-1.5, 2.0)),
        complex_at(COMPLEX),
    )
elementwise("atan", ordinary(NUMBERS), special("large", "Far from 0 it is flat", (1e200, -1e9)), complex_at(COMPLEX))
elementwise(
    "atan2",
    ordinary(NUMBERS, OTHERS),
    special("origin", "At the origin there is no angle", (0.0,), (0.0,)),
    special("cut", "Across the negative axis the angle jumps", (0.0, -0.0), (-1.0, -1.0)),
    special("axes", "On the other axes it is smooth", (0.0, 2.0, -2.0), (2.0, 0.0, 0.0)),
    special("huge", "The squares overflow, or underflow, the slopes do not", (3e200, 3e-200), (4e200, 4e-200)),
)
for op in ("sinh", "cosh", "tanh"):
    elementwise(
        op,
        ordinary(NUMBERS),
        special("large", "Where an exponential of it overflows", (800.0, -800.0)),
        complex_at(COMPLEX),
    )
elementwise(
    "asinh",
    ordinary(NUMBERS),
    special("large", "Where an exponential of it overflows", (800.0, -800.0)),
    special("square", "Where the square overflows, the slope does not", (1e200, -1e200)),
    complex_at(COMPLEX),
)
elementwise(
    "acosh",
    ordinary((1.3, 2.7, 1.05)),
    special("square", "Where the square overflows, the slope does not", (1e200,)),
    special("one", "At 1 it rises infinitely fast", (1.0,)),
    special("outside", "Below 1 it is undefined", (0.5,)),
    complex_at((1.3 + 0.4j, 2.2 + 0.5j)),
)
elementwise(
    "atanh",
    ordinary(FRACTIONS),
    special("ends", "At the ends of its domain it is infinite", (-1.0, 1.0)),
    special("outside", "Outside its domain it is undefined", (-1.5, 2.0)),
    complex_at(COMPLEX),
)

# selection
for op in ("maximum", "minimum"):
    elementwise(
        op,
        ordinary(NUMBERS, OTHERS),
        special("ties", "Of two equal numbers either is the answer", (1.0, -1.0), (1.0, -1.0)),
        special("zeros", "Of 0 and -0 either is the answer", (0.0, -0.0), (-0.0, 0.0)),
    )
elementwise(
    "clip",
    ordinary((-1.5, 0.25, 1.75), min=-1.0, max=1.0),
    special("bounds", "At its bounds there is a kink", (-1.0, 1.0), min=-1.0, max=1.0),
    special("below_alone", "At its only bound there is a kink", (-1.0, 0.5), min=-1.0),
    special("above_alone", "At its only bound there is a kink, from above", (1.0, 0.5), max=1.0),
    special("equal_bounds", "Between two equal bounds it is a constant", (-1.0, 1.0, 2.0), min=1.0, max=1.0),
    special(
        "crossed_bounds", "With the lower bound above the upper it is the upper", (-1.0, 0.0, 1.0), min=1.0, max=-1.0
    ),
)
elementwise(
    "where",
    ordinary((True, False, True), NUMBERS, OTHERS),
    special("unused_nan", "What was not chosen is NaN", (True, False), (1.0, float("nan")), (float("nan"), 2.0)),
)
elementwise("abs", ordinary(NUMBERS), special("zero", "At 0 there is a kink", (0.0,)), complex_at(COMPLEX))
elementwise(
    "copysign",
    ordinary((-1.3, 0.2, 2.1), (0.7, -1.6, -1.1)),
    special("kink", "Where x1 is 0 its size has a kink", (0.0, 0.0), (1.0, -1.0)),
    special("jump", "Where x2 is 0 or -0 it jumps from one sign to the other", (2.0, -2.0), (0.0, -0.0)),
)
for op in ("sign", "floor", "ceil", "round", "trunc"):
    elementwise(op, ordinary(NUMBERS), special("jumps", "At its jumps", (0.0, 1.0, -1.0, 0.5, 1.5)), twice=False)
