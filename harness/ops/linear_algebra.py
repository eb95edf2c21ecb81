"""Products and functions of matrices."""

from harness.ops.op import family

family(
    "linear",
    ("matmul", "x1 x2", "the matrix product"),
    ("linear", "x weight bias", "a dense layer as users call it: x @ weight + bias"),
    ("det", "x", "the determinant of the matrices on the last two axes"),
)
