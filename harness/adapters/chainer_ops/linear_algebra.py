"""Products and functions of matrices, in Chainer's words."""

from harness.adapters.base import Template
from harness.literals import quoted


def _einsum(*arrays: str, subscripts: str) -> str:
    return f"F.einsum({quoted(subscripts)}, {', '.join(arrays)})"


OPS: dict[str, Template] = {
    "matmul": "{0} @ {1}",
    "linear": "F.linear({0}, {1}.T, {2})",  # Chainer keeps the weight as (out, in)
    "outer": "F.tensordot({0}, {1}, axes=0)",
    "dot": "F.tensordot({0}, {1}, axes=1)",
    "vecdot": "F.sum({0} * {1}, axis={axis})",
    "inner": "F.tensordot({0}, {1}, axes=(-1, -1))",
    "tensordot": "F.tensordot({0}, {1}, axes={axes})",
    "einsum": _einsum,
    "matrix_transpose": "F.swapaxes({0}, -2, -1)",
    "diagonal": "F.diagonal({0}, offset={offset}, axis1=-2, axis2=-1)",
    "trace": "F.sum(F.diagonal({0}, axis1=-2, axis2=-1), axis=-1)",
    "det": "F.det({0})",
    "inv": "F.inv({0})",
    "cholesky": "F.cholesky({0})",
}
LACKS: dict[str, str] = {
    **dict.fromkeys(("kron", "cross"), "Chainer has no Kronecker product and no cross product"),
    **dict.fromkeys(("diag", "tril", "triu"), "Chainer makes no matrices of diagonals, and cuts no triangles"),
    **dict.fromkeys(("logdet", "logabsdet"), "Chainer has no logarithm of a determinant"),
    **dict.fromkeys(("pinv", "solve", "solve_triangular"), "Chainer has no linear systems, and no pseudoinverse"),
    **dict.fromkeys(("matrix_power", "expm"), "Chainer has no functions of matrices but the inverse"),
    **dict.fromkeys(
        ("eigvalsh", "eigh_vectors", "svdvals", "svd_u", "svd_vh", "qr_q", "qr_r"),
        "Chainer has no factorization of matrices but Cholesky's",
    ),
    **dict.fromkeys(("matrix_norm", "cdist"), "Chainer has no norms of matrices, and no distances between all rows"),
}
