"""Products and functions of matrices, in JAX's words."""

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments


def _matrix_norm(x: str, *, ord: float | str, keepdims: bool) -> str:  # noqa: A002
    return f"jnp.linalg.matrix_norm({x}{arguments(ord=ord, keepdims=keepdims)})"


OPS: dict[str, Template] = {
    "vecdot": "jnp.vecdot({0}, {1}, axis={axis})",
    "cross": "jnp.linalg.cross({0}, {1}, axis={axis})",
    "matrix_transpose": "{0}.mT",
    "diagonal": "jnp.linalg.diagonal({0}, offset={offset})",
    "trace": "jnp.linalg.trace({0})",
    "logabsdet": "jnp.linalg.slogdet({0}).logabsdet",
    "solve_triangular": "jax.scipy.linalg.solve_triangular({0}, {1}, lower={lower})",
    "matrix_power": "jnp.linalg.matrix_power({0}, {n})",
    "expm": "jax.scipy.linalg.expm({0})",
    "eigvalsh": "jnp.linalg.eigvalsh({0})",
    "svdvals": "jnp.linalg.svdvals({0})",
    "qr_q": "jnp.linalg.qr({0}).Q",
    "qr_r": "jnp.linalg.qr({0}).R",
    "matrix_norm": _matrix_norm,
    "cdist": "jnp.linalg.norm({0}[..., None, :] - {1}[..., None, :, :], axis=-1)",
}
LACKS: dict[str, str] = {
    "logdet": "JAX has no logarithm of a determinant but slogdet, which takes the absolute value",
}
