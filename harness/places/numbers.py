"""Where arithmetic with names of its own changes character: at zeros, ties, and beside NaN."""

import math

from harness.places.place import elementwise, ordinary, special

elementwise("cbrt", ordinary((-1.3, 0.9, 2.1)))
elementwise("rsqrt", ordinary((0.9, 1.7, 4.2)), special("outside", "Below 0 it is undefined", (-1.0, -4.0)))
elementwise("deg2rad", ordinary((-130.0, 40.0, 210.0)), twice=False)
elementwise("rad2deg", ordinary((-1.3, 0.4, 2.1)), twice=False)
elementwise(
    "logaddexp2",
    ordinary((0.5, -1.2, 2.0), (-0.7, 0.4, 1.2)),
    special("equal", "Where both are equal each has half of the slope", (0.0, 1.5), (0.0, 1.5)),
    special("far_apart", "Where one is far larger the other has no slope left", (1000.0, -1000.0), (-1000.0, 1000.0)),
)
elementwise(
    "squared_difference",
    ordinary((0.5, -1.2, 2.0), (-0.7, 0.4, 1.2)),
    special("equal", "Where both are equal it is 0, and so is its slope", (0.5, 1.5), (0.5, 1.5)),
)
for op in ("fmax", "fmin"):
    elementwise(
        op,
        ordinary((0.5, -1.2, 2.0), (-0.7, 0.4, 1.2)),
        special("ties", "Where both are equal there is a kink", (0.5, -1.5), (0.5, -1.5)),
        special("nan", "Where one is NaN the other is chosen", (math.nan, 1.5), (0.5, math.nan)),
    )
