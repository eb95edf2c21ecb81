"""Where functions of matrices change character: singular matrices, equal eigenvalues, ties of norms, no rows.

The libraries that they come from (LAPACK, Eigen) have no float16.
"""

import math

from harness.places.place import complex_at, ordinary, special, structured

_TALL, _WIDE = ((1.0, 0.5), (-0.75, 2.0), (0.25, -1.5)), ((0.5, -1.0, 2.0), (1.5, 0.75, -0.25))
_SQUARE, _OTHER = ((2.0, 0.5), (-1.0, 1.5)), ((0.25, -1.5), (1.0, 0.75))
_THREE = ((2.0, 0.5, -0.25), (-1.0, 1.5, 0.75), (0.5, -0.5, 3.0))
_NEGATIVE = ((0.5, 2.0), (1.5, -1.0))
_STACK = (((2.0, 0.5), (-1.0, 1.5)), ((1.0, -0.5), (0.25, 3.0)))
_SYMMETRIC = ((2.0, 0.5, -0.25), (0.5, 1.5, 0.75), (-0.25, 0.75, 3.0))
_SYMMETRIC_STACK = (((2.0, 0.5), (0.5, 1.5)), ((1.0, -0.25), (-0.25, 3.0)))
_NOT_SYMMETRIC = ((4.0, 1.0), (3.0, 5.0))
_COMPLEX = ((2.0 + 0.5j, 0.5 - 1j), (-1.0 + 0.25j, 1.5 + 1j))
_OTHER_COMPLEX = ((0.5 - 1j, 1.25 + 0.5j), (1.0 + 2j, -0.75j))
_HERMITIAN = ((2.0 + 0j, 0.5 - 1j), (0.5 + 1j, 1.5 + 0j))
_SINGULAR = ((1.0, 2.0), (2.0, 4.0))
_ZEROS, _IDENTITY = ((0.0, 0.0), (0.0, 0.0)), ((1.0, 0.0), (0.0, 1.0))
_TWICE = ((2.0, 0.0, 0.0), (0.0, 2.0, 0.0), (0.0, 0.0, 3.0))
_MIXED_TWICE = ((3.0, 1.0, 1.0), (1.0, 3.0, 1.0), (1.0, 1.0, 3.0))
_TURN, _DIAGONAL = ((3.0, 4.0), (-4.0, 3.0)), ((3.0, 0.0), (0.0, 2.0))
_ONE = ((2.0,),)

# Determinants
structured(
    "det",
    ordinary(_THREE),
    ordinary(_STACK, name="stack"),
    special("singular", "A matrix of rank 1 has the determinant 0, and a gradient", _SINGULAR),
    special("zeros", "A matrix of zeros has the determinant 0, and no gradient", _ZEROS),
    special("one", "The determinant of one element is the element", _ONE),
    complex_at(_COMPLEX),
    half=False,
)
structured(
    "logabsdet",
    ordinary(_THREE),
    ordinary(_NEGATIVE, name="negative"),
    ordinary(_STACK, name="stack"),
    special("singular", "The determinant is 0", _SINGULAR),
    special("large", "The determinant overflows, its logarithm does not", ((1e200, 0.0), (0.0, 1e200))),
    complex_at(_COMPLEX),
    half=False,
)
structured(
    "logdet",
    ordinary(_SYMMETRIC),
    special("singular", "The determinant is 0", _SINGULAR),
    special("negative", "The determinant is negative and has no logarithm", ((1.0, 2.0), (2.0, 1.0))),
    half=False,
)

# Inverses
structured(
    "inv",
    ordinary(_THREE),
    ordinary(_STACK, name="stack"),
    special("singular", "A matrix of rank 1 has no inverse", _SINGULAR),
    special("ill_conditioned", "Rows that are nearly parallel", ((1.0, 1.0), (1.0, 1.0 + 2.0**-20))),
    special("one", "The inverse of one element is its reciprocal", _ONE),
    complex_at(_COMPLEX),
    half=False,
)
structured(
    "pinv",
    ordinary(_TALL),
    ordinary(_WIDE, name="wide"),
    ordinary(_SQUARE, name="square"),
    special("rank_one", "Where the rank is not full it jumps", _SINGULAR),
    special("zeros", "The pseudoinverse of zeros is zeros", _ZEROS),
    half=False,
)
structured(
    "solve",
    ordinary(_THREE, _TALL),
    ordinary(_STACK, _STACK, name="stack"),
    special("singular", "A matrix of rank 1 solves nothing, or too much", _SINGULAR, _OTHER),
    special("one", "The solution for one element is a quotient", _ONE, ((3.0, 4.0),)),
    complex_at(_COMPLEX, _OTHER_COMPLEX),
    half=False,
)
structured(
    "solve_triangular",
    ordinary(_THREE, _TALL),
    ordinary(_THREE, _TALL, name="lower", lower=True),
    special("singular", "A 0 on the diagonal divides", ((1.0, 5.0), (0.0, 0.0)), ((1.0, 0.0), (2.0, 3.0))),
    complex_at(_COMPLEX, _OTHER_COMPLEX),
    half=False,
)

# Functions
structured(
    "matrix_power",
    ordinary(_SQUARE, n=3),
    ordinary(_STACK, name="stack", n=2),
    ordinary(_THREE, name="inverse", n=-2),
    special("zero", "To the power 0 it is the identity, which depends on nothing", _SQUARE, n=0),
    special("one", "To the power 1 it is itself", _SQUARE, n=1),
    special("singular", "A matrix of rank 1 has powers, but no negative ones", _SINGULAR, n=2),
    special("inverse_of_singular", "A matrix of rank 1 has no negative power", _SINGULAR, n=-1),
    complex_at(_COMPLEX, n=3),
    half=False,
)
structured(
    "expm",
    ordinary(_THREE),
    ordinary(_STACK, name="stack"),
    special("zeros", "The exponential of zeros is the identity", _ZEROS),
    special("nilpotent", "A matrix whose square is 0 has two terms", ((0.0, 1.0), (0.0, 0.0))),
    special("large", "A large matrix is halved many times", ((-40.0, 20.0), (10.0, -50.0))),
    complex_at(_COMPLEX),
    half=False,
)

# Factorizations
structured(
    "cholesky",
    ordinary(_SYMMETRIC),
    ordinary(_SYMMETRIC_STACK, name="stack"),
    special("not_symmetric", "The two triangles are not each other's mirror image", _NOT_SYMMETRIC),
    special("indefinite", "A negative number has no root", ((-1.0,),)),
    special("singular", "A number that is 0 has a root, but no derivative", ((0.0,),)),
    special("one", "Of one element it is the root", _ONE),
    half=False,
)
structured(
    "eigvalsh",
    ordinary(_SYMMETRIC),
    ordinary(_SYMMETRIC_STACK, name="stack"),
    special("not_symmetric", "The two triangles are not each other's mirror image", _NOT_SYMMETRIC),
    special("equal", "Two eigenvalues are equal, and have no derivatives of their own", _TWICE),
    special("all_equal", "All eigenvalues of the identity are 1", _IDENTITY),
    special("zeros", "All eigenvalues are 0", _ZEROS),
    special("one", "The eigenvalue of one element is the element", _ONE),
    complex_at(_HERMITIAN),
    half=False,
)
structured(
    "eigh_vectors",
    ordinary(_SYMMETRIC),
    ordinary(_SYMMETRIC_STACK, name="stack"),
    special("not_symmetric", "The two triangles are not each other's mirror image", _NOT_SYMMETRIC),
    special("equal", "Two eigenvalues are equal, and any vectors in a plane are theirs", _MIXED_TWICE),
    special("diagonal", "The first component of a vector is 0, and its sign is anybody's", _DIAGONAL),
    special("one", "The vector of one element is 1, whatever the element", ((-2.0,),)),
    twice=False,  # the weighted sum of the squares that its case asks for is a constant
    half=False,
)
structured(
    "svdvals",
    ordinary(_TALL),
    ordinary(_WIDE, name="wide"),
    ordinary(_SQUARE, name="square"),
    special("equal", "All singular values of the identity are 1", _IDENTITY),
    special("singular", "The smallest singular value is 0, the tip of a cone", ((3.0, 0.0), (0.0, 0.0))),
    special("zeros", "All singular values are 0", _ZEROS),
    special("one", "The singular value of one negative element is its size", ((-2.0,),)),
    complex_at(_COMPLEX),
    half=False,
)
for op, shapes in (
    ("svd_u", (ordinary(_TALL), ordinary(_WIDE, name="wide"))),
    ("svd_vh", (ordinary(_WIDE), ordinary(_TALL, name="tall"))),
):
    structured(
        op,
        *shapes,
        ordinary(_SQUARE, name="square"),
        ordinary(_STACK, name="stack"),
        special("equal", "Two singular values are equal, and any vectors fit", _TURN),
        special("singular", "A singular value is 0, yet it has vectors", _SINGULAR),
        special("diagonal", "The first component of a vector is 0, and its sign is anybody's", _DIAGONAL),
        special("one", "The vector of one element is 1, whatever the element", ((-2.0,),)),
        half=False,
    )
structured(
    "qr_q",
    ordinary(_TALL),
    ordinary(_WIDE, name="wide"),
    ordinary(_THREE, name="square"),
    ordinary(_STACK, name="stack"),
    special("dependent", "The second column is a multiple of the first", _SINGULAR),
    special("zeros", "Without independent columns there is no derivative", _ZEROS),
    special("one", "One element is not reflected, whatever its sign", ((-2.0,),)),
    half=False,
)
structured(
    "qr_r",
    ordinary(_TALL),
    ordinary(_WIDE, name="wide"),
    ordinary(_THREE, name="square"),
    special("zeros", "Without independent columns there is no derivative", _ZEROS),
    special("one", "One element is not reflected, whatever its sign", ((-2.0,),)),
    half=False,
)

# Norms and distances
structured(
    "matrix_norm",
    ordinary(_TALL),
    ordinary(_TALL, name="nuclear", ord="nuc"),
    ordinary(_TALL, name="columns", ord=1),
    ordinary(_TALL, name="rows", ord=math.inf),
    ordinary(_TALL, name="spectral", ord=2),
    ordinary(_STACK, name="keepdims", keepdims=True),
    special("zero", "At 0 the length of all elements has a kink", _ZEROS),
    special("zero_nuclear", "At 0 the sum of singular values has a kink", _ZEROS, ord="nuc"),
    special("zero_columns", "At 0 the largest column has a kink", _ZEROS, ord=1),
    special("zero_spectral", "At 0 the largest singular value has a kink", _ZEROS, ord=2),
    special("tied_columns", "Two columns are equally large", ((1.0, -2.0), (2.0, 1.0)), ord=1),
    special("tied_rows", "Two rows are equally large", ((1.0, -2.0), (2.0, 1.0)), ord=math.inf),
    special("tied_spectral", "Two singular values are equally large", _IDENTITY, ord=2),
    special("singular_nuclear", "A singular value is 0", ((3.0, 0.0), (0.0, 0.0)), ord="nuc"),
    half=False,
)
structured(
    "cdist",
    ordinary(_TALL, _SQUARE),
    special("equal_rows", "The distance of two equal rows has a kink", _IDENTITY, _IDENTITY),
    half=False,
)
