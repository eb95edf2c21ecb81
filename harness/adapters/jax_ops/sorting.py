"""What depends on the order of elements, in JAX's words."""

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments
from harness.literals import source


def _sort(x: str, *, axis: int, descending: bool) -> str:
    return f"jnp.sort({x}, axis={axis}{arguments(descending=descending)})"


def _topk(x: str, *, k: int, axis: int) -> str:
    return f"jax.lax.top_k({x}, {k}{arguments(axis=None if axis == -1 else axis)})[0]"


def _median(x: str, *, axis: int | None, keepdims: bool) -> str:
    return f"jnp.median({x}{arguments(axis=axis, keepdims=keepdims)})"


def _quantile(x: str, *, q: float, axis: int | None, keepdims: bool, method: str) -> str:
    given = arguments(axis=axis, keepdims=keepdims, method=None if method == "linear" else method)
    return f"jnp.quantile({x}, {source(q)}{given})"


def _lower_median(x: str, *, axis: int | None, keepdims: bool) -> str:
    return _quantile(x, q=0.5, axis=axis, keepdims=keepdims, method="lower")


OPS: dict[str, Template] = {
    "sort": _sort,
    "topk": _topk,
    "median": _median,
    "lower_median": _lower_median,
    "quantile": _quantile,
    "cumulative_max": "jax.lax.cummax({0}, axis={axis})",
    "cumulative_min": "jax.lax.cummin({0}, axis={axis})",
}
