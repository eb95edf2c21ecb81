"""Products and functions of matrices, in TensorFlow's words."""

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments
from harness.adapters.vectors import columns_forward, rows_forward
from harness.errors import Unsupported
from harness.literals import quoted, source


def _einsum(*arrays: str, subscripts: str) -> str:
    return f"tf.einsum({quoted(subscripts)}, {', '.join(arrays)})"


def _cross(x1: str, x2: str, *, axis: int) -> str:
    if axis != -1:
        raise Unsupported("tf.linalg.cross takes vectors on the last axis alone")
    return f"tf.linalg.cross({x1}, {x2})"


def _matrix_norm(x: str, *, ord: float | str, keepdims: bool) -> str:  # noqa: A002
    if ord == "nuc":
        raise Unsupported("tf.norm has no nuclear norm")
    return f"tf.norm({x}, ord={source(ord)}, axis=[-2, -1]{arguments(keepdims=keepdims)})"


OPS: dict[str, Template] = {
    "matmul": "{0} @ {1}",
    "linear": "{1}_layer({0})",  # the layer is made where its weights are
    "outer": "tf.tensordot({0}, {1}, axes=0)",
    "dot": "tf.tensordot({0}, {1}, axes=1)",
    "vecdot": "tf.reduce_sum(tf.math.conj({0}) * {1}, axis={axis})",
    "inner": "tf.experimental.numpy.inner({0}, {1})",
    "tensordot": "tf.tensordot({0}, {1}, axes={axes})",
    "einsum": _einsum,
    "kron": "tf.experimental.numpy.kron({0}, {1})",
    "cross": _cross,
    "matrix_transpose": "tf.linalg.matrix_transpose({0})",
    "diagonal": "tf.linalg.diag_part({0}, k={offset})",
    "trace": "tf.linalg.trace({0})",
    "diag": "tf.linalg.diag({0}, k={offset})",
    "tril": "tf.experimental.numpy.tril({0}, {k})",
    "triu": "tf.experimental.numpy.triu({0}, {k})",
    "det": "tf.linalg.det({0})",
    "logdet": "tf.linalg.logdet({0})",
    "logabsdet": "tf.linalg.slogdet({0}).log_abs_determinant",
    "inv": "tf.linalg.inv({0})",
    "pinv": "tf.linalg.pinv({0})",
    "solve": "tf.linalg.solve({0}, {1})",
    "solve_triangular": "tf.linalg.triangular_solve({0}, {1}, lower={lower})",
    "expm": "tf.linalg.expm({0})",
    "cholesky": "tf.linalg.cholesky({0})",
    "eigvalsh": "tf.linalg.eigvalsh({0})",
    "eigh_vectors": columns_forward("tf.where", "tf.linalg.eigh({0})[1]"),
    "svdvals": "tf.linalg.svd({0}, compute_uv=False)",
    "svd_u": columns_forward("tf.where", "tf.linalg.svd({0})[1]"),
    # The third is V, not its transpose.
    "svd_vh": rows_forward("tf.where", "tf.linalg.matrix_transpose(tf.linalg.svd({0})[2])"),
    "qr_q": "tf.linalg.qr({0}).q",
    "qr_r": "tf.linalg.qr({0}).r",
    "matrix_norm": _matrix_norm,
    "cdist": "tf.norm({0}[..., None, :] - {1}[..., None, :, :], axis=-1)",
}
LACKS: dict[str, str] = {
    "matrix_power": "TensorFlow has no power of a matrix",
}
