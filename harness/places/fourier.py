"""Where transforms count elements differently: odd and even sizes, cut off or filled up, and parts that are ignored."""

from harness.places.place import ordinary, special, structured

REAL = (0.5, -1.25, 2.0, 1.75)
ODD = (0.5, -1.25, 2.0, 1.75, -0.25)
COMPLEX = (0.5 + 1.0j, -1.25, 2.0 - 0.5j, 0.75j)
ODD_COMPLEX = (0.5 + 1.0j, -1.25, 2.0 - 0.5j, 0.75j, 1.5 + 0.25j)
MATRIX = ((0.5, -1.25, 2.0, 0.25), (1.75, 0.25, -0.75, 1.0))
COMPLEX_MATRIX = ((0.5 + 1.0j, -1.25, 2.0 - 0.5j), (0.75j, 1.5 + 0.25j, -0.5 + 0.5j))

for name in ("fft", "ifft"):
    structured(
        name,
        ordinary(COMPLEX),
        ordinary(ODD_COMPLEX, name="odd"),
        ordinary(COMPLEX_MATRIX, name="first_axis", axis=0),
        ordinary(COMPLEX, name="ortho", norm="ortho"),
        ordinary(COMPLEX, name="forward", norm="forward"),
        special("cut_off", "What is cut off has the gradient 0", COMPLEX, n=3),
        special("filled_up", "Zeros that were filled in have no gradient", COMPLEX, n=6),
        special("size_1", "One element is its own transform", (0.5 + 1.0j,)),
        special("real", "The gradient of real numbers is real", REAL),
    )
structured(
    "rfft",
    ordinary(REAL),
    ordinary(ODD, name="odd"),
    ordinary(MATRIX, name="first_axis", axis=0),
    ordinary(REAL, name="ortho", norm="ortho"),
    ordinary(REAL, name="forward", norm="forward"),
    special("cut_off", "What is cut off has the gradient 0", REAL, n=3),
    special("filled_up", "Zeros that were filled in have no gradient", REAL, n=7),
    special("size_1", "One element is its own transform", (0.5,)),
    special("size_2", "Of two elements there is no frequency between 0 and the highest", (0.5, -1.25)),
    half=False,
)
for name in ("irfft", "hfft"):
    structured(
        name,
        ordinary(COMPLEX),
        ordinary(COMPLEX, name="odd", n=7),
        ordinary(COMPLEX_MATRIX, name="first_axis", axis=0),
        ordinary(COMPLEX, name="ortho", norm="ortho"),
        ordinary(COMPLEX, name="forward", norm="forward"),
        special("imaginary_ends", "The imaginary parts of the first and the highest frequency count for nothing",
                (0.5 + 1.0j, 1.0j, -1.25 + 2.0j)),
        special("imaginary_end_of_odd", "Of an odd number of elements, the imaginary part of the last one counts",
                (0.5 + 1.0j, -1.25 + 2.0j), n=3),
        special("cut_off", "What is cut off has the gradient 0", COMPLEX, n=4),
        special("filled_up", "Zeros that were filled in have no gradient", COMPLEX, n=9),
        special("size_1", "Of one element only the real part counts", (0.5 + 1.0j,), n=1),
        special("size_2", "Of two elements only the real parts count", (0.5 + 1.0j, -1.25 + 2.0j), n=2),
    )  # fmt: skip
structured(
    "ihfft",
    ordinary(REAL),
    ordinary(ODD, name="odd"),
    ordinary(MATRIX, name="first_axis", axis=0),
    ordinary(REAL, name="ortho", norm="ortho"),
    special("cut_off", "What is cut off has the gradient 0", REAL, n=3),
    special("filled_up", "Zeros that were filled in have no gradient", REAL, n=7),
    half=False,
)
for name in ("fftn", "ifftn"):
    structured(
        name,
        ordinary(COMPLEX_MATRIX),
        ordinary(COMPLEX_MATRIX, name="last_axes", axes=(-2, -1)),
        ordinary(COMPLEX_MATRIX, name="one_axis", axes=(0,), norm="ortho"),
        special("cut_off_and_filled_up", "Along one axis cut off, along the other filled up", COMPLEX_MATRIX,
                s=(3, 2), axes=(-2, -1)),
    )  # fmt: skip
structured(
    "rfftn",
    ordinary(MATRIX),
    ordinary(MATRIX, name="last_axes", axes=(-2, -1)),
    ordinary(MATRIX, name="turned", axes=(1, 0), norm="ortho"),
    special("cut_off_and_filled_up", "Along one axis filled up, along the other cut off", MATRIX, s=(3, 3),
            axes=(-2, -1)),
    half=False,
)  # fmt: skip
structured(
    "irfftn",
    ordinary(COMPLEX_MATRIX),
    ordinary(COMPLEX_MATRIX, name="last_axes", axes=(-2, -1)),
    ordinary(COMPLEX_MATRIX, name="turned", axes=(1, 0), norm="ortho"),
    special("cut_off_and_filled_up", "Along one axis filled up, along the other cut off", COMPLEX_MATRIX, s=(3, 3),
            axes=(-2, -1)),
    special("not_hermitian", "Imaginary parts that no real numbers have are left out, after the other axes",
            ((0.5 + 1.0j, -1.25 + 2.0j), (1.5 - 0.25j, 0.75j)), axes=(-2, -1)),
)  # fmt: skip
for name in ("fftshift", "ifftshift"):
    structured(
        name,
        ordinary(ODD),
        ordinary(REAL, name="even"),
        ordinary(MATRIX, name="one_axis", axes=(1,)),
        special("size_1", "One element stays where it is", (0.5,)),
    )
for name in ("dct", "idct"):
    structured(
        name,
        ordinary(REAL),
        ordinary(ODD, name="odd"),
        ordinary(MATRIX, name="first_axis", axis=0),
        ordinary(ODD, name="ortho", norm="ortho"),
        special("size_1", "One element is multiplied with 2, or divided by it", (0.5,)),
        half=False,
    )
