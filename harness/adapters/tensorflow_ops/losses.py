"""Losses, in TensorFlow's words. Keras's take the mean over the last axis; that of these means is the mean of all."""

from harness.adapters.base import Template
from harness.adapters.reductions_of_losses import mean_only, reduced_by

_loss = reduced_by("tf.reduce_mean({})", "tf.reduce_sum({})")


def _keras(call: str) -> Template:
    return mean_only(f"tf.reduce_mean(tf.keras.losses.{call})", "Keras takes the mean over the last axis")


OPS: dict[str, Template] = {
    "mse_loss": _loss("tf.math.squared_difference({0}, {1})"),
    "l1_loss": _loss("tf.abs({0} - {1})"),
    "huber_loss": _keras("huber({1}, {0}, delta={delta})"),
    "cross_entropy": _loss("tf.nn.sparse_softmax_cross_entropy_with_logits(labels={1}, logits={0})"),
    "soft_cross_entropy": _loss("tf.nn.softmax_cross_entropy_with_logits(labels={1}, logits={0})"),
    "binary_cross_entropy": _keras("binary_crossentropy({1}, {0})"),
    "binary_cross_entropy_with_logits": _loss("tf.nn.sigmoid_cross_entropy_with_logits(labels={1}, logits={0})"),
    "hinge_loss": _keras("hinge({1}, {0})"),
    "log_cosh_loss": _keras("logcosh({1}, {0})"),
    "cosine_similarity": "-tf.keras.losses.cosine_similarity({0}, {1}, axis={axis})",
    "poisson_nll_loss": _loss("tf.nn.log_poisson_loss({1}, {0})"),
}
LACKS: dict[str, str] = {
    "smooth_l1_loss": "TensorFlow has no smooth_l1 loss",
    "nll_loss": "TensorFlow has no loss of logarithms of probabilities",
    "kl_div": "Keras's kl_divergence takes probabilities, not their logarithms",
    "gaussian_nll_loss": "TensorFlow has no Gaussian loss",
}
