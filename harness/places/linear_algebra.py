"""Where products of vectors and matrices, and parts of matrices, change character."""

from harness.places.place import complex_at, ordinary, special, structured

_VECTOR, _OTHER = (0.5, -1.5, 2.0), (1.25, 0.75, -0.5)
_COMPLEX_VECTOR, _OTHER_COMPLEX_VECTOR = (0.5 + 1j, -1.5 - 0.5j), (1.25 - 0.75j, 0.5 + 2j)
_TALL, _WIDE = ((1.0, 0.5), (-0.75, 2.0), (0.25, -1.5)), ((0.5, -1.0, 2.0), (1.5, 0.75, -0.25))
_SQUARE, _OTHER_SQUARE = ((2.0, 0.5), (-1.0, 1.5)), ((0.25, -1.5), (1.0, 0.75))
_STACK = (((2.0, 0.5), (-1.0, 1.5)), ((1.0, -0.5), (0.25, 3.0)))
_COMPLEX = ((2.0 + 0.5j, 0.5 - 1j), (-1.0 + 0.25j, 1.5 + 1j))
_OTHER_COMPLEX = ((0.5 - 1j, 1.25 + 0.5j), (1.0 + 2j, -0.75j))
_ONE = ((2.0,),)
_NOTHING: tuple[float, ...] = ()

structured(
    "matmul",
    ordinary(_TALL, _WIDE),
    ordinary(_STACK, _SQUARE, name="stack"),
    ordinary(_TALL, (1.0, -0.5), name="matrix_by_vector"),
    ordinary(_OTHER, _TALL, name="vector_by_matrix"),
    ordinary(_VECTOR, _OTHER, name="vectors"),
    ordinary(_STACK, (1.0, -0.5), name="stack_by_vector"),
    complex_at(_COMPLEX, _OTHER_COMPLEX),
)
structured(
    "linear",
    ordinary(_TALL, _SQUARE, (0.5, -1.0)),
    ordinary((1.0, -0.5), _SQUARE, (0.5, -1.0), name="vector"),
    ordinary(_STACK, _SQUARE, (0.5, -1.0), name="stack"),
)

# Products of vectors
structured(
    "outer",
    ordinary(_VECTOR, (1.0, -2.0)),
    special("no_elements", "One of the vectors has no elements", _VECTOR, _NOTHING),
    complex_at(_COMPLEX_VECTOR, _OTHER_COMPLEX_VECTOR),
)
structured(
    "dot",
    ordinary(_VECTOR, _OTHER),
    special("no_elements", "The vectors have no elements", _NOTHING, _NOTHING),
    complex_at(_COMPLEX_VECTOR, _OTHER_COMPLEX_VECTOR),
)
structured(
    "vecdot",
    ordinary(_WIDE, _OTHER),
    ordinary(_TALL, _TALL, name="along_axis", axis=0),
    complex_at(_COMPLEX_VECTOR, _OTHER_COMPLEX_VECTOR),
)
structured(
    "inner",
    ordinary(_WIDE, _OTHER),
    ordinary(_SQUARE, _TALL, name="matrices"),
    ordinary(_VECTOR, _OTHER, name="vectors"),
    complex_at(_COMPLEX_VECTOR, _OTHER_COMPLEX_VECTOR),
)
structured(
    "tensordot",
    ordinary(_STACK, _SQUARE),
    ordinary(_VECTOR, _OTHER, name="no_axes", axes=0),
    ordinary(_STACK, _WIDE, name="one_axis", axes=1),
    ordinary(_STACK, _TALL, name="chosen_axes", axes=((1,), (1,))),
    ordinary(_TALL, _WIDE, name="axes_from_the_end", axes=((-1,), (-2,))),
    complex_at(_COMPLEX, _OTHER_COMPLEX),
)
structured(
    "einsum",
    ordinary(_TALL, _WIDE, subscripts="ij,jk->ik"),
    ordinary(_VECTOR, _TALL, (1.0, -0.5), name="three", subscripts="i,ij,j->"),
    ordinary(_STACK, _SQUARE, name="free_axes", subscripts="...ij,jk->...ik"),
    ordinary(_STACK, name="transpose", subscripts="aij->jai"),
    special("diagonal", "A letter that one operand has twice takes its diagonal", _SQUARE, subscripts="ii->i"),
    special("trace", "The diagonal is summed over", _SQUARE, subscripts="ii->"),
    special("summed_alone", "A letter of one operand alone is summed over", _TALL, _VECTOR, subscripts="ij,k->i"),
    complex_at(_COMPLEX, _OTHER_COMPLEX, subscripts="ij,kj->ik"),
)
structured(
    "kron",
    ordinary(_WIDE, _SQUARE),
    special("one_element", "A matrix of one element is a factor", _ONE, _SQUARE),
    complex_at(_COMPLEX, _OTHER_COMPLEX),
)
structured(
    "cross",
    ordinary(_WIDE, (_OTHER, _VECTOR)),
    ordinary(_TALL, ((1.25, 0.5), (0.75, -1.0), (-0.5, 2.0)), name="along_axis", axis=0),
    ordinary(_WIDE, (_OTHER,), name="broadcast"),
    ordinary(_WIDE, _OTHER, name="rows_by_vector"),
    special("parallel", "The product of parallel vectors is 0", _VECTOR, (1.0, -3.0, 4.0)),
)

# Parts of matrices
structured(
    "matrix_transpose",
    ordinary(_TALL),
    ordinary(_STACK, name="stack"),
    complex_at(_COMPLEX),
)
structured(
    "diagonal",
    ordinary(_SQUARE),
    ordinary(_WIDE, name="above", offset=1),
    ordinary(_TALL, name="below", offset=-1),
    ordinary(_STACK, name="stack"),
    complex_at(_COMPLEX),
)
structured(
    "trace",
    ordinary(_SQUARE),
    ordinary(_STACK, name="stack"),
    special("wide", "A matrix that is not square has a trace too", _WIDE),
    complex_at(_COMPLEX),
)
structured(
    "diag",
    ordinary(_VECTOR),
    ordinary(_VECTOR, name="above", offset=1),
    ordinary(_VECTOR, name="below", offset=-2),
    special("no_elements", "A vector without elements makes a matrix without elements", _NOTHING),
    complex_at(_COMPLEX_VECTOR),
)
for _op in ("tril", "triu"):
    structured(
        _op,
        ordinary(_WIDE),
        ordinary(_TALL, name="above", k=1),
        ordinary(_TALL, name="below", k=-1),
        ordinary(_STACK, name="stack"),
        special("infinite", "What is cut off is infinite", ((1.0, float("inf")), (float("-inf"), 2.0))),
        complex_at(_COMPLEX),
    )
