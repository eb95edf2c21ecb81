"""Picking elements by arrays of indices and masks, and writing to where they come from, in JAX's words."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.adapters.define_by_run import along


def _at(how: str) -> Callable[..., str]:
    """`x.at[indices].set(values)`"""

    def template(x: str, indices: str, values: str, *, axis: int) -> str:
        return f"{x}.at{along(axis, indices)}.{how}({values})"

    return template


OPS: dict[str, Template] = {
    "take_along_axis": "jnp.take_along_axis({0}, {1}, axis={axis})",
    "embedding": "jnp.take({1}, {0}, axis=0)",
    "put_along_axis": "jnp.put_along_axis({0}, {1}, {2}, axis={axis}, inplace=False)",
    "index_set": _at("set"),
    "index_add": _at("add"),
    "index_max": _at("max"),
    "index_min": _at("min"),
    "segment_sum": "jax.ops.segment_sum({0}, {1}, num_segments={num_segments})",
    "segment_prod": "jax.ops.segment_prod({0}, {1}, num_segments={num_segments})",
    "segment_max": "jax.ops.segment_max({0}, {1}, num_segments={num_segments})",
    "segment_min": "jax.ops.segment_min({0}, {1}, num_segments={num_segments})",
}
LACKS = {"segment_mean": "JAX has no segment_mean"}
