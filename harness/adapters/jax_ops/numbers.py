"""Arithmetic with names of its own, in JAX's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "rsqrt": "jax.lax.rsqrt({0})",
}
LACKS = {
    "squared_difference": "JAX has no squared difference",
}
