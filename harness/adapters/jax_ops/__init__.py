"""The ops in JAX's words: NumPy's names as far as they go, and a file for each kind of the others."""

from harness.adapters.base import Template
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

OPS: dict[str, Template] = {
    **numpy_ops("jnp"),
    **reductions.OPS,
    **linear_algebra.OPS,
    **arrays.OPS,
    **networks.OPS,
    **layers.OPS,
    **losses.OPS,
    **special_functions.OPS,
    **indexing.OPS,
    **sorting.OPS,
    **fourier.OPS,
    **numbers.OPS,
}
LACKS: dict[str, str] = {
    **indexing.LACKS,
    **arrays.LACKS,
    **linear_algebra.LACKS,
    **networks.LACKS,
    **layers.LACKS,
    **losses.LACKS,
    **special_functions.LACKS,
    **numbers.LACKS,
}
