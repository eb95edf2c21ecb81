"""Products and functions of matrices, in PyTorch's words."""

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments
from harness.adapters.vectors import columns_forward, rows_forward
from harness.literals import quoted


def _einsum(*arrays: str, subscripts: str) -> str:
    return f"torch.einsum({quoted(subscripts)}, {', '.join(arrays)})"


def _matrix_norm(x: str, *, ord: float | str, keepdims: bool) -> str:  # noqa: A002
    return f"torch.linalg.matrix_norm({x}{arguments(ord=ord, keepdim=keepdims)})"


OPS: dict[str, Template] = {
    "matmul": "{0} @ {1}",
    "linear": "torch.nn.functional.linear({0}, {1}.T, {2})",  # torch keeps the weight as (out, in)
    "outer": "torch.outer({0}, {1})",
    "dot": "torch.dot({0}, {1})",
    "vecdot": "torch.linalg.vecdot({0}, {1}, dim={axis})",
    "inner": "torch.inner({0}, {1})",
    "tensordot": "torch.tensordot({0}, {1}, dims={axes})",
    "einsum": _einsum,
    "kron": "torch.kron({0}, {1})",
    "cross": "torch.linalg.cross({0}, {1}, dim={axis})",
    "matrix_transpose": "{0}.mT",
    "diagonal": "torch.linalg.diagonal({0}, offset={offset})",
    "trace": "torch.trace({0})",
    "diag": "torch.diag({0}, diagonal={offset})",
    "tril": "torch.tril({0}, diagonal={k})",
    "triu": "torch.triu({0}, diagonal={k})",
    "det": "torch.linalg.det({0})",
    "logdet": "torch.logdet({0})",
    "logabsdet": "torch.linalg.slogdet({0}).logabsdet",
    "inv": "torch.linalg.inv({0})",
    "pinv": "torch.linalg.pinv({0})",
    "solve": "torch.linalg.solve({0}, {1})",
    "solve_triangular": lambda x1, x2, *, lower: f"torch.linalg.solve_triangular({x1}, {x2}, upper={not lower})",
    "matrix_power": "torch.linalg.matrix_power({0}, {n})",
    "expm": "torch.linalg.matrix_exp({0})",
    "cholesky": "torch.linalg.cholesky({0})",
    "eigvalsh": "torch.linalg.eigvalsh({0})",
    "eigh_vectors": columns_forward("torch.where", "torch.linalg.eigh({0}).eigenvectors"),
    "svdvals": "torch.linalg.svdvals({0})",
    "svd_u": columns_forward("torch.where", "torch.linalg.svd({0}, full_matrices=False).U"),
    "svd_vh": rows_forward("torch.where", "torch.linalg.svd({0}, full_matrices=False).Vh"),
    "qr_q": "torch.linalg.qr({0}).Q",
    "qr_r": "torch.linalg.qr({0}).R",
    "matrix_norm": _matrix_norm,
    "cdist": "torch.cdist({0}, {1})",
}
