"""Functions of numbers, element by element: from arithmetic to hyperbolic functions, comparisons and choices."""

from harness.ops.op import Parameter, family

family(
    "arithmetic",
    ("add", "x1 x2", "x1 + x2"),
    ("subtract", "x1 x2", "x1 - x2"),
    ("multiply", "x1 x2", "x1 * x2"),
    ("divide", "x1 x2", "x1 / x2"),
    ("negative", "x", "-x"),
    ("positive", "x", "+x"),
    ("reciprocal", "x", "1 / x"),
    ("floor_divide", "x1 x2", "the largest integer not above x1 / x2"),
    ("remainder", "x1 x2", "x1 - x2 * floor(x1 / x2), which has the sign of x2"),
)
family(
    "complex_parts",
    ("conj", "x", "the complex conjugate"),
    ("real", "x", "the real part"),
    ("imag", "x", "the imaginary part"),
)
family(
    "powers",
    ("pow", "x1 x2", "x1 to the power x2"),
    ("square", "x", "x * x"),
    ("sqrt", "x", "the square root"),
    ("hypot", "x1 x2", "sqrt(x1 * x1 + x2 * x2) without overflow"),
)
family(
    "exponential",
    ("exp", "x", "e to the power x"),
    ("expm1", "x", "exp(x) - 1, accurate near 0"),
    ("exp2", "x", "2 to the power x"),
    ("log", "x", "the natural logarithm"),
    ("log1p", "x", "log(1 + x), accurate near 0"),
    ("log2", "x", "the logarithm to base 2"),
    ("log10", "x", "the logarithm to base 10"),
    ("logaddexp", "x1 x2", "log(exp(x1) + exp(x2))"),
)
family(
    "trigonometric",
    ("sin", "x", "the sine"),
    ("cos", "x", "the cosine"),
    ("tan", "x", "the tangent"),
    ("asin", "x", "the inverse sine"),
    ("acos", "x", "the inverse cosine"),
    ("atan", "x", "the inverse tangent"),
    ("atan2", "x1 x2", "the angle of the point (x2, x1)"),
)
family(
    "hyperbolic",
    ("sinh", "x", "the hyperbolic sine"),
    ("cosh", "x", "the hyperbolic cosine"),
    ("tanh", "x", "the hyperbolic tangent"),
    ("asinh", "x", "the inverse hyperbolic sine"),
    ("acosh", "x", "the inverse hyperbolic cosine"),
    ("atanh", "x", "the inverse hyperbolic tangent"),
)
family(
    "comparison",
    ("equal", "x1 x2", "x1 == x2"),
    ("not_equal", "x1 x2", "x1 != x2"),
    ("less", "x1 x2", "x1 < x2"),
    ("less_equal", "x1 x2", "x1 <= x2"),
    ("greater", "x1 x2", "x1 > x2"),
    ("greater_equal", "x1 x2", "x1 >= x2"),
)
family(
    "selection",
    ("where", "condition x1 x2", "x1 where the condition holds, else x2"),
    ("maximum", "x1 x2", "the larger of two, element by element"),
    ("minimum", "x1 x2", "the smaller of two, element by element"),
    (
        "clip",
        "x",
        "x limited to [min, max]",
        {"min": Parameter(float | None, None), "max": Parameter(float | None, None)},
    ),
    ("abs", "x", "the absolute value"),
    ("sign", "x", "-1, 0 or 1"),
    ("copysign", "x1 x2", "the size of x1 with the sign of x2, that of -0 too"),
    ("floor", "x", "the largest integer not above x"),
    ("ceil", "x", "the smallest integer not below x"),
    ("round", "x", "the nearest integer, of two the even one"),
    ("trunc", "x", "the nearest integer towards 0"),
)
