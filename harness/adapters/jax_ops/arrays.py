"""What moves elements, picks them, or changes their dtype, in JAX's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "unstack": "jnp.unstack({0}, axis={axis})[{index}]",
    "take": "jnp.take({0}, {1}, axis={axis})",
    "astype": "{0}.astype({dtype})",
    "stop_gradient": "jax.lax.stop_gradient({0})",
}
LACKS: dict[str, str] = {
    "sliding_windows": "JAX has no function for windows along an axis",
}
