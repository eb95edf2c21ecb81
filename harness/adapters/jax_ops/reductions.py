"""What is taken over axes, or along one, in JAX's words."""

from harness.adapters.base import Template
from harness.adapters.numpy_like import reduction

OPS: dict[str, Template] = {
    "logsumexp": reduction("jax.nn.logsumexp"),
    "vector_norm": reduction("jnp.linalg.vector_norm"),
}
