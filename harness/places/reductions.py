"""Where reductions and cumulative ops change character."""

import math

from harness.places.place import complex_at, ordinary, special, structured

_X = (1.5, -0.5, 2.25)
_MATRIX = ((1.5, -0.5, 2.25), (0.75, 3.0, -1.25))
_COMPLEX = (0.5 + 0.25j, -1.0 + 2.0j, 1.5 - 0.5j)

for _name in ("sum", "mean"):
    structured(
        _name,
        ordinary(_X),
        ordinary(_MATRIX, name="along_axis", axis=1),
        ordinary(_MATRIX, name="kept", axis=0, keepdims=True),
        special("not_finite", "The cotangent does not depend on the elements", (1.0, math.inf, math.nan)),
        special("no_elements", "It is taken over no elements", ()),
        special("no_rows", "Along an axis without elements it is taken over nothing", ((), ()), axis=1),
        complex_at(_COMPLEX),
    )
structured(
    "prod",
    ordinary(_X),
    ordinary(_MATRIX, name="along_axis", axis=1),
    special("one_zero", "Where one factor is 0, it alone has a derivative that is not 0", (0.0, 2.0, 3.0)),
    special("two_zeros", "Where two factors are 0, no factor alone changes the product", (0.0, 2.0, 0.0)),
    special("infinity", "A factor is infinite", (math.inf, 2.0, 3.0)),
    special("no_elements", "The product of no elements is 1", ()),
    complex_at(_COMPLEX),
)
for _name in ("max", "min", "amax", "amin"):
    structured(
        _name,
        ordinary(_X),
        ordinary(_MATRIX, name="along_axis", axis=1),
        ordinary(_MATRIX, name="kept", axis=0, keepdims=True),
        special("ties", "Several elements are the extremum", (2.0, 1.0, 2.0, 1.0)),
        special("ties_along_axis", "Several elements along an axis are the extremum", (2.0, 1.0, 2.0, 1.0), axis=0),
        special("infinities", "Several infinities are the extremum", (math.inf, -math.inf, math.inf, -math.inf)),
        special("nan", "NaN is the extremum of what holds it", (1.0, math.nan, 2.0)),
        special("no_elements", "There is no extremum of no elements", ()),
    )
structured(
    "ptp",
    ordinary(_X),
    ordinary(_MATRIX, name="along_axis", axis=1),
    special("ties", "Several elements are the largest, and several the smallest", (2.0, 1.0, 2.0, 1.0)),
    special("equal", "All elements are equal", (2.0, 2.0, 2.0)),
    special("one_element", "The largest element is the smallest", (2.0,)),
    special("nan", "The range of what holds NaN is NaN", (1.0, math.nan, 2.0)),
)
for _name in ("nansum", "nanmean", "nanprod"):
    structured(
        _name,
        ordinary(_X),
        ordinary(_MATRIX, name="along_axis", axis=1),
        special("one_nan", "An element that is NaN counts as none", (1.5, math.nan, 2.25)),
        special("all_nan", "All elements are NaN", (math.nan, math.nan)),
        special("a_row_of_nan", "All elements of a row are NaN", ((math.nan, math.nan), (1.5, math.nan)), axis=1),
        special("infinity", "An infinity counts, and NaN does not", (1.5, math.inf, math.nan)),
        special("no_elements", "It is taken over no elements", ()),
        *(() if _name != "nanprod" else (special("zero", "A factor is 0", (0.0, math.nan, 3.0)),)),
    )
structured(
    "average",
    ordinary(_X, (1.0, 2.0, 0.5)),
    ordinary(_MATRIX, ((1.0, 2.0, 0.5), (0.25, 1.0, 4.0)), name="along_axis", axis=1),
    special("weight_of_zero", "An element has the weight 0", _X, (1.0, 0.0, 0.5)),
    special("no_weight", "The weights add up to 0", (1.5, 2.25), (1.0, -1.0)),
)
for _name in ("var", "std"):
    structured(
        _name,
        ordinary(_X),
        ordinary(_MATRIX, name="along_axis", axis=1),
        ordinary(_X, name="corrected", correction=1.0),
        special("equal", "All elements are equal", (2.0, 2.0, 2.0)),
        special("one_element", "One element does not vary", (2.0,)),
        special("one_element_corrected", "The variance of one element, corrected, is 0 / 0", (2.0,), correction=1.0),
        special("infinity", "An element is infinite", (1.0, math.inf, 2.0)),
        special("no_elements", "No elements have no mean", ()),
        complex_at(_COMPLEX),
    )
structured(
    "logsumexp",
    ordinary(_X),
    ordinary(_MATRIX, name="along_axis", axis=1),
    special("large", "exp would overflow", (1000.0, 999.0, -1000.0)),
    special("some_minus_infinity", "exp of an element is 0", (1.0, -math.inf, 2.0)),
    special("all_minus_infinity", "exp of every element is 0", (-math.inf, -math.inf)),
    special("infinity", "An element is infinite", (1.0, math.inf, 2.0)),
    special("one_element", "Of one element it is the element", (2.0,)),
)
structured(
    "vector_norm",
    ordinary(_X),
    ordinary(_MATRIX, name="along_axis", axis=1),
    ordinary(_X, name="sizes", ord=1),
    ordinary(_X, name="cubes", ord=3),
    ordinary(_X, name="largest", ord=math.inf),
    special("zero", "At the origin the length has a kink", (0.0, 0.0)),
    special("zero_of_sizes", "At 0 the sum of sizes has a kink", (0.0, 2.0), ord=1),
    special("zero_of_cubes", "At the origin the root of the sum of cubes has a kink", (0.0, 0.0), ord=3),
    special("zero_of_largest", "At the origin the largest size has a kink", (0.0, 0.0), ord=math.inf),
    special("tied_largest", "Two sizes are the largest", (3.0, -3.0, 1.0), ord=math.inf),
    special("tiny_and_huge", "The squares would underflow, or overflow", ((3e-200, 4e-200), (3e200, 4e200)), axis=1),
    special("infinity", "A coordinate is infinite", (1.0, math.inf)),
    complex_at(_COMPLEX),
)
structured(
    "cumulative_sum",
    ordinary(_X),
    ordinary(_MATRIX, name="along_axis", axis=1),
    special("no_elements", "There are no elements", ()),
    complex_at(_COMPLEX),
)
structured(
    "cumulative_prod",
    ordinary((2.0, -0.5, 4.0)),
    ordinary(_MATRIX, name="along_axis", axis=1),
    special("one_zero", "A factor is 0", (2.0, 0.0, 3.0)),
    special("two_zeros", "Two factors are 0", (2.0, 0.0, 3.0, 0.0)),
    special("no_elements", "There are no elements", ()),
    complex_at((1.0 + 1.0j, 2.0j, 1.0 - 1.0j)),
)
structured(
    "cumulative_logsumexp",
    ordinary(_X),
    ordinary(_MATRIX, name="along_axis", axis=1),
    special("large", "exp would overflow", (-1000.0, 1000.0, 0.0)),
    special("some_minus_infinity", "exp of an element is 0", (1.0, -math.inf, 2.0)),
    special("minus_infinity_first", "exp of the first elements is 0", (-math.inf, -math.inf, 2.0)),
    special("infinity", "An element is infinite", (1.0, math.inf, 2.0)),
    special("nan", "From the first NaN on all is NaN", (1.0, math.nan, 2.0)),
    special("no_elements", "There are no elements", ()),
)
