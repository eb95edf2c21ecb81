"""The ops in JAX's words: NumPy's names as far as they go, and a file for each kind of the others."""

from harness.adapters.jax_ops import (
    arrays,
    fourier,
    indexing,
    layers,
    linear_algebra,
    losses,
    networks,
    numbers,
    reductions,
    sorting,
    special_functions,
)
from harness.adapters.numpy_like import numpy_ops
from harness.adapters.tables import together

_further, LACKS = together(
    arrays,
    fourier,
    indexing,
    layers,
    linear_algebra,
    losses,
    networks,
    numbers,
    reductions,
    sorting,
    special_functions,
)
OPS = {**numpy_ops("jnp"), **_further}
