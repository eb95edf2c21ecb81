"""Where shapes, basic indices and casts change character: where there is one element, none, or nothing left."""

import math

from harness.literals import NewAxis, Rest, Slice
from harness.places.place import complex_at, ordinary, special, structured

NUMBER = (0.5,)
ROW = (0.5, -1.25, 2.0)
MATRIX = ((0.5, -1.25, 2.0), (1.75, 0.25, -0.75))
NOTHING = ((), ())
COMPLEX = ((0.5 + 1.0j, -1.25), (2.0 - 0.5j, 0.75j))

structured(
    "reshape",
    ordinary(MATRIX, shape=(3, 2)),
    special("without_axes", "One element without axes is a number", NUMBER, shape=()),
    special("no_elements", "No elements in another shape are none", NOTHING, shape=(0, 3)),
    complex_at(COMPLEX, shape=(4,)),
)
structured(
    "permute_dims",
    ordinary(MATRIX, axes=(1, 0)),
    ordinary((MATRIX,), name="round", axes=(2, 0, 1)),
    special("in_order", "Axes in their own order stay as they are", MATRIX, axes=(0, 1)),
    special("no_elements", "An axis of size 0 moves like any other", NOTHING, axes=(1, 0)),
    complex_at(COMPLEX, axes=(1, 0)),
)
structured(
    "broadcast_to",
    ordinary(ROW, shape=(2, 3)),
    special("size_1", "An axis of size 1 is repeated", ((0.5,), (-1.25,)), shape=(2, 3)),
    special("same_shape", "What has the shape already stays as it is", ROW, shape=(3,)),
    special("never", "What is repeated 0 times has the gradient 0", ROW, shape=(0, 3)),
    complex_at(COMPLEX[0], shape=(2, 2)),
)
structured(
    "expand_dims",
    ordinary(ROW, axis=0),
    ordinary(ROW, name="last", axis=-1),
    special("no_elements", "No elements with a new axis are none", NOTHING, axis=1),
    complex_at(COMPLEX, axis=1),
)
structured(
    "squeeze",
    ordinary((ROW,), axis=0),
    ordinary(((ROW,),), name="several_axes", axis=(0, 1)),
    special("without_axes", "One element without axes is a number", NUMBER, axis=0),
    special("no_elements", "No elements without an axis are none", ((),), axis=0),
    complex_at((COMPLEX,), axis=0),
)
structured(
    "concat",
    ordinary(ROW, NUMBER),
    ordinary(MATRIX, ((1.0,), (-0.5,)), name="along_axis", axis=1),
    special("one_array", "One array alone stays as it is", ROW),
    special("no_elements", "What has no elements adds none, and gets none", ROW, ()),
    complex_at(COMPLEX, COMPLEX),
)
structured(
    "stack",
    ordinary(ROW, (1.0, -0.5, 0.25)),
    ordinary(ROW, (1.0, -0.5, 0.25), name="last_axis", axis=-1),
    special("one_array", "One array alone gets a new axis of size 1", ROW),
    special("no_elements", "Arrays without elements are none together", (), ()),
    complex_at(COMPLEX, COMPLEX),
)
structured(
    "unstack",
    ordinary(MATRIX, index=1),
    ordinary(MATRIX, name="last_axis", index=0, axis=-1),
    special("number", "A vector is taken apart into numbers", ROW, index=2),
    special("from_the_end", "A negative index counts from the end", MATRIX, index=-2),
    complex_at(COMPLEX, index=0),
)

structured(
    "getitem",
    ordinary(MATRIX, index=(Slice(None, None), Slice(1, None))),
    ordinary(MATRIX, name="row", index=(1,)),
    ordinary(MATRIX, name="step", index=(Rest(), Slice(None, None, 2))),
    special("one_element", "One element without axes is a number", MATRIX, index=(0, 2)),
    special("from_the_end", "A negative index counts from the end", MATRIX, index=(-1, -3)),
    special("new_axis", "A new axis has size 1", ROW, index=(NewAxis(), Slice(None, None))),
    special("everything", "An index of nothing picks everything", MATRIX, index=(Rest(),)),
    special("empty_slice", "Where nothing is picked, the gradient is 0", ROW, index=(Slice(2, 2),)),
    special("beyond_the_end", "A slice ends where the array does", ROW, index=(Slice(1, 7),)),
    complex_at(COMPLEX, index=(Slice(None, None), 1)),
)

structured(
    "astype",
    ordinary(ROW, dtype="float32"),
    special("same_dtype", "A cast to the dtype that it has", ROW, dtype="float64"),
    special("overflow", "What overflows is infinite, and gets the whole cotangent", (1e300, -1e300), dtype="float32"),
    special("underflow", "What underflows is 0, and gets the whole cotangent", (1e-300, -1e-300), dtype="float32"),
    special("not_finite", "Infinity and NaN get the whole cotangent", (math.inf, -math.inf, math.nan), dtype="float32"),
    special("to_complex", "Of the cotangent of a real number, the imaginary part is lost", ROW, dtype="complex128"),
    complex_at(COMPLEX, dtype="complex64"),
)
structured(
    "stop_gradient",
    ordinary(ROW),
    special("not_finite", "No gradient comes back, whatever the value", (math.inf, math.nan)),
    twice=False,
)
