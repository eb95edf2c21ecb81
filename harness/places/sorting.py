"""Where what depends on the order of elements changes character: at ties, at NaN, and between two elements."""

import math

from harness.places.place import ordinary, special, structured

_X = (2.5, -1.0, 0.75, 4.0, 1.25)
_MATRIX = ((2.5, -1.0, 0.75), (-0.25, 4.0, 1.25))
_TIED = (2.0, 1.0, 2.0, 1.0, 2.0)
_NOT_FINITE = (1.0, math.nan, -math.inf, math.inf)

structured(
    "sort",
    ordinary(_X),
    ordinary(_X, name="descending", descending=True),
    ordinary(_MATRIX, name="along_axis", axis=0),
    special("ties", "Equal elements keep their order", _TIED),
    special("ties_descending", "Equal elements stand in some order in a descending order", _TIED, descending=True),
    special("not_finite", "NaN comes after infinity", _NOT_FINITE),
    special("not_finite_descending", "NaN comes before infinity in a descending order", _NOT_FINITE, descending=True),
    special("one_element", "One element is in order", (2.5,)),
    special("no_elements", "No elements are in order", ()),
)
structured(
    "topk",
    ordinary(_X, k=2),
    ordinary(_MATRIX, name="along_axis", k=1, axis=0),
    ordinary(_X, name="all", k=5),
    special("ties", "More elements are equal than are picked", _TIED, k=2),
    special("ties_below", "All of the largest are picked, and one of those that come next", _TIED, k=4),
    special("not_finite", "NaN counts as the largest", _NOT_FINITE, k=2),
    special("none", "None of the elements are picked", _X, k=0),
)
for _name in ("median", "lower_median"):
    structured(
        _name,
        ordinary(_X),
        ordinary((2.5, -1.0, 0.75, 4.0), name="even"),
        ordinary(_MATRIX, name="along_axis", axis=1),
        ordinary(_MATRIX, name="kept", axis=0, keepdims=True),
        special("ties", "Several elements are equal to the median", _TIED),
        special("ties_along_axis", "Several elements are equal to the median along an axis", _TIED, axis=0),
        special("ties_even", "The two in the middle are equal", (1.0, 2.0, 2.0, 3.0)),
        special("nan", "The median of what holds NaN is NaN", (1.0, math.nan, 2.0)),
        special("infinities", "The two in the middle are a number and infinity", (1.0, math.inf, 2.0, math.inf)),
    )
structured(
    "quantile",
    ordinary(_X, q=0.375),
    ordinary(_MATRIX, name="along_axis", q=0.25, axis=1),
    ordinary(_X, name="lower", q=0.375, method="lower"),
    ordinary(_X, name="higher", q=0.375, method="higher"),
    ordinary(_X, name="midpoint", q=0.375, method="midpoint"),
    special("at_an_element", "It is an element itself", _X, q=0.25),
    special("least", "The quantile of 0 is the minimum", _X, q=0.0),
    special("largest", "The quantile of 1 is the maximum", _X, q=1.0),
    special("ties", "The two on either side are equal", _TIED, q=0.125),
    special("nan", "The quantile of what holds NaN is NaN", (1.0, math.nan, 2.0), q=0.25),
    special("infinities", "One of the two on either side is infinite", (1.0, math.inf, 2.0), q=0.75),
)
for _name in ("cumulative_max", "cumulative_min"):
    structured(
        _name,
        ordinary((1.5, 0.5, 2.25, 3.0, -1.0)),
        ordinary(_MATRIX, name="along_axis", axis=1),
        special("ties", "An element equals the extremum of those before it", _TIED),
        special("nan", "From the first NaN on all is NaN", (1.0, math.nan, 2.0)),
        special("infinities", "From the first infinity on nothing changes", (1.0, math.inf, -math.inf, 2.0)),
        special("no_elements", "There are no elements", ()),
    )
