"""The exceptions of NumPy that engines on it pass on, by category: for the `errors` of their adapters."""

_WORDS = (
    "could not be broadcast together",
    "could not broadcast input array",
    "more dimensions than allowed",  # broadcast_to
    "broadcastable to requested shape",
    "doesn't match the broadcast shape",  # an operation in place
    "not broadcastable to correct shape",  # add.at
    "cannot reshape array",
    "mismatch in its core dimension",  # matmul
    "does not have enough dimensions",  # matmul of an array without axes
    "not aligned",  # dot
    "axes don't match array",  # transpose
    "cannot select an axis to squeeze out",
)

SHAPE_ERRORS: tuple[tuple[str, str, str], ...] = (
    *(("shape_mismatch", "ValueError", words) for words in _WORDS),
    ("shape_mismatch", "AxisError", ""),
    ("shape_mismatch", "IndexError", "too many indices for array"),
)
"""Arrays of shapes that do not fit: where many a mistaken derivative comes to its end."""

PICKING_ERRORS: tuple[tuple[str, str, str], ...] = (
    ("no_elements", "ValueError", "zero-size array to reduction operation"),
    ("index_out_of_bounds", "IndexError", "is out of bounds for axis"),
)
"""What is not there to be picked: an extremum of no elements, an element beyond the end."""
