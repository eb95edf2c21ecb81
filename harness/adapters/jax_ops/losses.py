"""Losses that JAX's tutorials write in one line; JAX itself has none.

https://docs.jax.dev/en/latest/notebooks/neural_network_with_tfds_data.html is one of these tutorials.
"""

from harness.adapters.base import Template
from harness.adapters.reductions_of_losses import reduced_by

_loss = reduced_by("jnp.mean({})", "jnp.sum({})")

OPS: dict[str, Template] = {
    "mse_loss": _loss("({0} - {1}) ** 2"),
    "l1_loss": _loss("jnp.abs({0} - {1})"),
    "soft_cross_entropy": _loss("-jnp.sum({1} * jax.nn.log_softmax({0}), axis=-1)"),
}
_MISSING = (
    "huber_loss", "smooth_l1_loss", "cross_entropy", "nll_loss", "binary_cross_entropy",
    "binary_cross_entropy_with_logits", "kl_div", "hinge_loss", "log_cosh_loss", "cosine_similarity",
    "poisson_nll_loss", "gaussian_nll_loss",
)  # fmt: skip
LACKS: dict[str, str] = dict.fromkeys(_MISSING, "JAX has no losses of its own")
