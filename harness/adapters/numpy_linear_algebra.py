"""Products and functions of matrices where functions are NumPy's."""

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments
from harness.adapters.vectors import columns_forward, rows_forward
from harness.literals import quoted

_PRODUCTS = ("outer", "dot", "inner", "kron")
_FUNCTIONS = ("det", "inv", "pinv", "cholesky")


def linear_algebra_ops(module: str) -> dict[str, Template]:
    """The ops that NumPy has, in `module` and its `linalg`."""

    def einsum(*arrays: str, subscripts: str) -> str:
        return f"{module}.einsum({quoted(subscripts)}, {', '.join(arrays)})"

    return {
        **{op: f"{module}.{op}({{0}}, {{1}})" for op in _PRODUCTS},
        "vecdot": f"{module}.sum({module}.conj({{0}}) * {{1}}, axis={{axis}})",
        "tensordot": f"{module}.tensordot({{0}}, {{1}}, axes={{axes}})",
        "einsum": einsum,
        "cross": f"{module}.cross({{0}}, {{1}}, axis={{axis}})",
        "matrix_transpose": f"{module}.swapaxes({{0}}, -2, -1)",
        "diagonal": _diagonal(module),
        "trace": f"{module}.trace({{0}})",
        "diag": f"{module}.diag({{0}}, {{offset}})",
        "tril": f"{module}.tril({{0}}, {{k}})",
        "triu": f"{module}.triu({{0}}, {{k}})",
        **{op: f"{module}.linalg.{op}({{0}})" for op in _FUNCTIONS},
        "solve": f"{module}.linalg.solve({{0}}, {{1}})",
        "logabsdet": f"{module}.linalg.slogdet({{0}})[1]",
        "eigvalsh": f"{module}.linalg.eigh({{0}})[0]",
        "eigh_vectors": columns_forward(f"{module}.where", f"{module}.linalg.eigh({{0}})[1]"),
        "svd_u": columns_forward(f"{module}.where", f"{module}.linalg.svd({{0}}, full_matrices=False)[0]"),
        "svd_vh": rows_forward(f"{module}.where", f"{module}.linalg.svd({{0}}, full_matrices=False)[2]"),
        "svdvals": f"{module}.linalg.svd({{0}}, compute_uv=False)",
        "cdist": f"{module}.linalg.norm({{0}}[..., None, :] - {{1}}[..., None, :, :], axis=-1)",
    }


def _diagonal(module: str) -> Template:
    def template(x: str, *, offset: int) -> str:
        """Of the axes in the order in which HIPS autograd has a derivative: so `offset` counts the other way."""
        return f"{module}.diagonal({x}{arguments(offset=-offset or None, axis1=-1, axis2=-2)})"

    return template
