"""Where picking and writing by indices changes character."""

import math

from harness.places.place import ordinary, special, structured

_X = (1.5, -0.5, 2.25, 0.75)
_MATRIX = ((1.5, -0.5, 2.25), (0.75, 3.0, -1.25))
_COLUMNS = ((5.0, -6.0), (-7.0, 8.0))
_ROWS = (1.5, -0.5, 2.25, 0.75, 3.0)
_IDS = (0, 0, 1, 1, 2)
_TALL = ((1.5, -0.5), (2.25, 0.75), (3.0, -1.25))

structured(
    "take",
    ordinary(_X, (2, 0)),
    ordinary(_MATRIX, (2, 0), name="along_axis", axis=1),
    special("repeated", "An element that is taken twice gets both cotangents", _X, (0, 0, 1)),
    special("from_the_end", "A negative index counts from the end", _X, (-1, 0)),
    special("beyond_the_end", "No element is at an index beyond the end", _X, (0, 7)),
)
structured(
    "take_along_axis",
    ordinary(_MATRIX, ((2, 0), (1, 2))),
    ordinary(_MATRIX, ((1, 0, 1), (0, 1, 0)), name="along_axis", axis=0),
    special("repeated", "An element that is taken twice gets both cotangents", _MATRIX, ((0, 0), (2, 2))),
    special("from_the_end", "A negative index counts from the end", _X, (-1, 0)),
    special("beyond_the_end", "No element is at an index beyond the end", _X, (0, 7)),
)
structured(
    "gather_nd",
    ordinary(_MATRIX, ((0, 2), (1, 0))),
    ordinary(_MATRIX, ((1,), (0,)), name="rows"),
    special("repeated", "An element that is picked twice gets both cotangents", _MATRIX, ((0, 2), (0, 2), (1, 1))),
)
structured(
    "embedding",
    ordinary((1, 0), _MATRIX),
    ordinary(((1, 0), (0, 1)), _MATRIX, name="table_of_indices"),
    special("repeated", "A row that is looked up twice gets both cotangents", (1, 1, 0), _MATRIX),
)
structured(
    "boolean_mask",
    ordinary(_X, (True, False, True, True)),
    ordinary(_MATRIX, (False, True), name="rows"),
    ordinary(_MATRIX, ((True, False, True), (False, True, False)), name="elements"),
    special("nothing", "A mask that holds nowhere picks no elements", _X, (False, False, False, False)),
)
structured(
    "masked_fill",
    ordinary(_X, (True, False, True, False), value=3.0),
    special("over_nan", "What is filled over NaN and infinities is a constant",
            (math.nan, 0.5, math.inf, 1.5), (True, False, True, False), value=3.0),
    special("with_infinity", "Minus infinity hides elements from what comes after", _X, (True, False, True, False),
            value=-math.inf),
)  # fmt: skip
structured(
    "put_along_axis",
    ordinary(_MATRIX, ((2, 0), (1, 2)), ((5.0, 6.0), (7.0, 8.0))),
    ordinary(_MATRIX, ((1, 0, 1),), ((5.0, 6.0, 7.0),), name="along_axis", axis=0),
    special("repeated", "Of two values at one place the last stays, and the other does not matter",
            _MATRIX, ((0, 0), (1, 2)), ((5.0, 6.0), (7.0, 8.0))),
)  # fmt: skip
structured(
    "index_set",
    ordinary(_X, (2, 0), (1.25, 3.5)),
    ordinary(_MATRIX, (2, 0), _COLUMNS, name="along_axis", axis=1),
    ordinary(_MATRIX, (1,), ((1.0, 0.5, -2.0),), name="rows"),
    special("repeated", "Of two values at one place the last stays, and the other does not matter",
            _X, (0, 0, 1), (1.25, 3.5, -2.0)),
)  # fmt: skip
structured(
    "index_add",
    ordinary(_X, (2, 0), (1.25, 3.5)),
    ordinary(_MATRIX, (2, 0), _COLUMNS, name="along_axis", axis=1),
    ordinary(_MATRIX, (1,), ((1.0, 0.5, -2.0),), name="rows"),
    special("repeated", "Two values at one place are both added", _X, (0, 0, 1), (1.25, 3.5, -2.0)),
    special("from_the_end", "A negative index counts from the end", _X, (-1, 0), (1.25, 3.5)),
)
for _name, _sign in (("index_max", 1.0), ("index_min", -1.0)):
    structured(
        _name,
        ordinary(_X, (2, 0), (1.25, 3.5)),
        ordinary(_MATRIX, (2, 0), _COLUMNS, name="along_axis", axis=1),
        special("repeated", "Two values come to one place", _X, (0, 0, 1), (1.25, 3.5, -2.0)),
        special("tie_with_x", "A value equals the element where it comes to", _X, (0, 1), (1.5, -0.5)),
        special("tie_of_values", "Two equal values come to one place, and are its extremum",
                (0.5, 0.5), (0, 0, 1), (2.0 * _sign, 2.0 * _sign, 0.25)),
        special("tie_of_three", "Two equal values come to one place, and the element there equals them",
                (2.0 * _sign, 0.5), (0, 0, 1), (2.0 * _sign, 2.0 * _sign, 0.25)),
    )  # fmt: skip
structured(
    "segment_sum",
    ordinary(_ROWS, _IDS, num_segments=3),
    ordinary(_TALL, (1, 0, 1), name="rows", num_segments=2),
    special("empty_segment", "The sum of no rows is 0", (1.5, -0.5, 2.25), (0, 0, 2), num_segments=3),
    special("negative_id", "A row with a negative id belongs to no segment", (1.5, -0.5, 2.25), (0, -1, 1),
            num_segments=2),
)  # fmt: skip
structured(
    "segment_mean",
    ordinary(_ROWS, _IDS, num_segments=3),
    ordinary(_TALL, (1, 0, 1), name="rows", num_segments=2),
    special("empty_segment", "The mean of no rows is 0", (1.5, -0.5, 2.25), (0, 0, 2), num_segments=3),
)
structured(
    "segment_prod",
    ordinary(_ROWS, _IDS, num_segments=3),
    ordinary(_TALL, (1, 0, 1), name="rows", num_segments=2),
    special("empty_segment", "The product of no rows is 1", (1.5, -0.5, 2.25), (0, 0, 2), num_segments=3),
    special("zeros", "One segment has one factor of 0, and another has two", (0.0, 2.0, 3.0, 0.0, 0.0, 4.0),
            (0, 0, 0, 1, 1, 1), num_segments=2),
)  # fmt: skip
for _name in ("segment_max", "segment_min"):
    structured(
        _name,
        ordinary(_ROWS, _IDS, num_segments=3),
        ordinary(_TALL, (1, 0, 1), name="rows", num_segments=2),
        special("empty_segment", "The extremum of no rows is infinite", (1.5, -0.5, 2.25), (0, 0, 2), num_segments=3),
        special("tie", "Two rows of a segment are equal", (2.0, 2.0, 1.0, 3.0), (0, 0, 1, 1), num_segments=2),
    )
