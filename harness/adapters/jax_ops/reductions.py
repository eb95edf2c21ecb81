"""What is taken over axes, or along one, in JAX's words."""

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments
from harness.adapters.numpy_like import Axis, norm, reduction


def _average(x: str, weights: str, *, axis: Axis) -> str:
    return f"jnp.average({x}{arguments(axis=axis)}, weights={weights})"


OPS: dict[str, Template] = {
    "logsumexp": reduction("jax.nn.logsumexp"),
    "ptp": reduction("jnp.ptp"),
    "nansum": reduction("jnp.nansum"),
    "nanmean": reduction("jnp.nanmean"),
    "nanprod": reduction("jnp.nanprod"),
    "average": _average,
    "cumulative_logsumexp": "jax.lax.cumlogsumexp({0}, axis={axis})",
    "vector_norm": norm("jnp.linalg.vector_norm"),
}
