"""The ops in JAX's words: NumPy's names as far as they go, and a file for each kind of the others."""

from harness.adapters.base import Template
from harness.adapters.jax_ops import arrays, networks, reductions
from harness.adapters.numpy_like import numpy_ops

OPS: dict[str, Template] = {
    **numpy_ops("jnp"),
    **reductions.OPS,
    **arrays.OPS,
    **networks.OPS,
}
