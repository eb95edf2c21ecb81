"""Arithmetic with names of its own: roots, angles, differences, and the larger and smaller of what may be NaN."""

from harness.ops.op import family

family(
    "numbers",
    ("cbrt", "x", "the cube root, of negative numbers too"),
    ("rsqrt", "x", "1 / sqrt(x)"),
    ("deg2rad", "x", "degrees as radians"),
    ("rad2deg", "x", "radians as degrees"),
    ("logaddexp2", "x1 x2", "log2(2 ** x1 + 2 ** x2)"),
    ("squared_difference", "x1 x2", "(x1 - x2) ** 2"),
    ("fmax", "x1 x2", "the larger of two, the number where one is NaN"),
    ("fmin", "x1 x2", "the smaller of two, the number where one is NaN"),
)
