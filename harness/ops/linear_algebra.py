"""Products and functions of matrices."""

from typing import Annotated, Literal

import msgspec

from harness.ops.op import Parameter, Shape, family

# What an einsum multiplies is text in programs that anybody may have written: letters, commas, dots and one arrow.
Subscripts = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z.,]*->[A-Za-z.]*\Z", max_length=200)]
MatrixNorm = float | Literal["fro", "nuc"]

_AXIS = {"axis": Parameter(int, -1)}
_OFFSET = {"offset": Parameter(int, 0)}
_K = {"k": Parameter(int, 0)}

family(
    "linear",
    ("matmul", "x1 x2", "the matrix product"),
    ("linear", "x weight bias", "a dense layer as users call it: x @ weight + bias"),
    ("outer", "x1 x2", "all products of an element of one vector and one of another"),
    ("dot", "x1 x2", "the sum of the products of two vectors' elements"),
    ("vecdot", "x1 x2", "the sum of conj(x1) * x2 along an axis", _AXIS),
    ("inner", "x1 x2", "the sum of products over the last axis of each"),
    (
        "tensordot",
        "x1 x2",
        "the sum of products over axes of each",
        {"axes": Parameter(int | tuple[Shape, Shape], 2)},
    ),
    (
        "einsum",
        "*arrays",
        "the sum of products over the axes that a text names",
        {"subscripts": Parameter(Subscripts)},
    ),
    ("kron", "x1 x2", "the Kronecker product of two matrices"),
    ("cross", "x1 x2", "the cross product of vectors of three elements", _AXIS),
)
family(
    "matrix_parts",
    ("matrix_transpose", "x", "the last two axes swapped"),
    ("diagonal", "x", "a diagonal of the matrices on the last two axes", _OFFSET),
    ("trace", "x", "the sum of the main diagonal of the matrices on the last two axes"),
    ("diag", "x", "the matrix with a vector on a diagonal", _OFFSET),
    ("tril", "x", "the elements on and below the diagonal k, else 0", _K),
    ("triu", "x", "the elements on and above the diagonal k, else 0", _K),
)
family(
    "linear_algebra",
    ("det", "x", "the determinant of the matrices on the last two axes"),
    ("logdet", "x", "the logarithm of the determinant, NaN where that is negative"),
    ("logabsdet", "x", "the logarithm of the determinant's absolute value"),
    ("inv", "x", "the inverse of the matrices on the last two axes"),
    ("pinv", "x", "the pseudoinverse of the matrices on the last two axes"),
    ("solve", "x1 x2", "the y with x1 @ y = x2, for matrices x1 and x2"),
    (
        "solve_triangular",
        "x1 x2",
        "the y with t @ y = x2, t being the upper or the lower triangle of x1",
        {"lower": Parameter(bool, False)},
    ),
    ("matrix_power", "x", "the product of n times the matrix, for negative n of its inverse", {"n": Parameter(int)}),
    ("expm", "x", "the exponential of the matrices on the last two axes"),
    ("cholesky", "x", "the lower triangular y with y @ y.T = x"),
    ("eigvalsh", "x", "the eigenvalues of symmetric matrices, the smallest first"),
    ("eigh_vectors", "x", "the eigenvectors of symmetric matrices as columns, their first components not negative"),
    ("svdvals", "x", "the singular values, the largest first"),
    ("svd_u", "x", "the left singular vectors as columns, their first components not negative"),
    ("svd_vh", "x", "the right singular vectors as rows, their first components not negative"),
    ("qr_q", "x", "the Q of x = Q @ R with orthonormal columns, with the signs of Householder's reflections"),
    ("qr_r", "x", "the upper triangular R of x = Q @ R, with the signs of Householder's reflections"),
    (
        "matrix_norm",
        "x",
        "the norm of the matrices on the last two axes: of all elements, of rows, of columns, of singular values",
        {"ord": Parameter(MatrixNorm, "fro"), "keepdims": Parameter(bool, False)},
    ),
    ("cdist", "x1 x2", "the Euclidean distance of each row of x1 and each of x2"),
)
