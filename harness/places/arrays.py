"""Where elements are moved and repeated in a way of its own: more often than there are, never, or where none are."""

import numpy as np

from harness.places.place import complex_at, ordinary, special, structured

NUMBER = np.asarray(0.5)
ROW = (0.5, -1.25, 2.0, 1.75)
MATRIX = ((0.5, -1.25, 2.0), (1.75, 0.25, -0.75))
BLOCK = (((0.5, -1.25, 2.0), (1.75, 0.25, -0.75), (1.0, -0.5, 1.5)),)
NOTHING = ((), ())
COMPLEX = ((0.5 + 1.0j, -1.25), (2.0 - 0.5j, 0.75j))

structured(
    "moveaxis",
    ordinary((MATRIX,), source=0, destination=-1),
    ordinary((MATRIX,), name="several_axes", source=(0, 1), destination=(2, 0)),
    special("no_elements", "An axis of size 0 moves like any other", NOTHING, source=0, destination=1),
)
structured("swapaxes", ordinary((MATRIX,), axis1=0, axis2=2), complex_at(COMPLEX, axis1=0, axis2=-1))
structured(
    "ravel",
    ordinary(MATRIX),
    special("without_axes", "A number without axes becomes an array of one", NUMBER),
    special("no_elements", "Of no elements none remain", NOTHING),
)

structured(
    "flip",
    ordinary(MATRIX, axis=1),
    ordinary(MATRIX, name="all_axes"),
    ordinary(MATRIX, name="several_axes", axis=(0, -1)),
    special("size_1", "An axis of size 1 stays as it is", (ROW,), axis=0),
    special("no_elements", "Of no elements none are turned round", NOTHING, axis=1),
    complex_at(COMPLEX, axis=0),
)
structured(
    "roll",
    ordinary(MATRIX, shift=1, axis=1),
    ordinary(MATRIX, name="without_an_axis", shift=2),
    ordinary(MATRIX, name="several_axes", shift=(1, -2), axis=(0, 1)),
    special("further_than_the_size", "A shift counts modulo the size", MATRIX, shift=-7, axis=1),
    special("same_axis_twice", "Shifts of one axis add up", MATRIX, shift=(1, 1), axis=(1, 1)),
    special("no_elements", "An axis of size 0 has nothing to move", NOTHING, shift=1, axis=1),
    complex_at(COMPLEX, shift=1, axis=0),
)
structured(
    "rot90",
    ordinary(MATRIX),
    ordinary(MATRIX, name="back", k=-1, axes=(1, 0)),
    special("half_turn", "Two right angles reverse both axes", MATRIX, k=2),
    special("full_turn", "Four right angles change nothing", MATRIX, k=4),
)
structured(
    "tile",
    ordinary(MATRIX, repetitions=(2, 3)),
    special("fewer_than_axes", "Ones are put before repetitions that are fewer than axes", MATRIX, repetitions=(2,)),
    special("more_than_axes", "New axes come first", ROW, repetitions=(2, 1, 2)),
    special("never", "What is repeated 0 times has the gradient 0", MATRIX, repetitions=(0, 2)),
    special("no_elements", "No elements, repeated, are none", NOTHING, repetitions=(2, 3)),
    complex_at(COMPLEX, repetitions=(1, 2)),
)
structured(
    "repeat",
    ordinary(MATRIX, repeats=2, axis=1),
    ordinary(MATRIX, name="without_an_axis", repeats=3),
    special("once", "Once changes nothing", MATRIX, repeats=1, axis=0),
    special("never", "What is repeated 0 times has the gradient 0", MATRIX, repeats=0, axis=1),
    special("no_elements", "No elements, repeated, are none", NOTHING, repeats=2, axis=1),
    complex_at(COMPLEX, repeats=2, axis=0),
)
structured(
    "pad",
    ordinary(MATRIX, before=(1, 0), after=(0, 2)),
    ordinary(MATRIX, name="by_a_number", before=(0, 1), after=(1, 1), value=-2.5),
    ordinary(MATRIX, name="edge", before=(0, 2), after=(0, 1), mode="edge"),
    ordinary(MATRIX, name="reflect", before=(0, 2), after=(0, 1), mode="reflect"),
    ordinary(MATRIX, name="symmetric", before=(0, 2), after=(0, 1), mode="symmetric"),
    ordinary(BLOCK, name="edge_of_images", before=(0, 1, 1), after=(0, 0, 2), mode="edge"),
    ordinary(BLOCK, name="reflect_of_images", before=(0, 1, 1), after=(0, 0, 2), mode="reflect"),
    special("nothing", "Widths of 0 change nothing", MATRIX, before=(0, 0), after=(0, 0)),
    special("reflect_twice", "What a mirror shows of a mirror belongs to an element too", MATRIX, before=(0, 3),
            after=(0, 0), mode="reflect"),
    special("symmetric_twice", "A mirror behind the last element shows the other mirror too", MATRIX, before=(0, 4),
            after=(0, 0), mode="symmetric"),
    special("reflect_nothing", "A mirror that shows nothing changes nothing", MATRIX, before=(0, 0), after=(0, 0),
            mode="reflect"),
    special("no_elements", "An array of no elements becomes one of the number alone", NOTHING, before=(0, 1),
            after=(0, 1), value=1.5),
    special("infinite", "A number that is infinite has no part in the gradient", MATRIX, before=(1, 0), after=(0, 1),
            value=float("-inf")),
    complex_at(COMPLEX, before=(1, 0), after=(0, 1)),
)  # fmt: skip
structured(
    "sliding_windows",
    ordinary((ROW,), size=2),
    ordinary((ROW,), name="step", size=2, step=2),
    special("left_over", "An element behind the last whole window has the gradient 0", MATRIX, size=2, step=2),
    special("gaps", "An element between two windows has the gradient 0", ROW, size=1, step=3),
    special("all", "One window that holds everything", ROW, size=4),
    special("none", "A window that does not fit shows nothing", ROW, size=5),
)

structured(
    "diff",
    ordinary(MATRIX),
    ordinary(MATRIX, name="first_axis", axis=0),
    ordinary((ROW,), name="twice", n=2),
    special("not_at_all", "The difference of order 0 is the array itself", ROW, n=0),
    special("more_often_than_elements", "Where no difference remains, the gradient is 0", ROW, n=4),
    special("size_1", "One element has no difference", MATRIX[:1], axis=0),
    complex_at(COMPLEX),
)
structured(
    "trapezoid",
    ordinary(MATRIX, ((0.0, 0.5, 2.0), (-1.0, 1.5, 1.75))),
    ordinary(MATRIX, (0.0, 0.5, 2.0), name="same_places"),
    ordinary(MATRIX, (0.5, 2.0), name="first_axis", axis=0),
    special("one_point", "One point has no area under it, and no gradient but 0", (0.5,), (2.0,)),
    special("same_place_twice", "Two points at one place have no area between them, but slopes", ROW,
            (0.0, 1.0, 1.0, 2.0)),
    special("backwards", "An integral from right to left is negative", ROW, (2.0, 1.0, 0.5, 0.0)),
)  # fmt: skip
for name in ("correlate", "convolve"):
    structured(
        name,
        ordinary(ROW, (0.5, -1.0, 0.25)),
        *(ordinary(ROW, (0.5, -1.0, 0.25), name=mode, mode=mode) for mode in ("full", "same", "valid")),
        special("even_and_same", "Of a kernel of even size, the middle is half a place to the left", ROW, (0.5, -1.0),
                mode="same"),
        special("size_1", "A kernel of one element is a factor", ROW, (0.5,)),
        special("as_long", "A kernel as long as the other fits in one place", (0.5, 2.0), (1.5, -0.75), mode="valid"),
    )  # fmt: skip
