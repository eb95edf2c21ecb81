"""Losses, in PyTorch's words."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.literals import source


def _loss(call: str) -> Callable[..., str]:
    """A template of a function that takes its reduction by name."""

    def template(*operands: str, reduction: str, **parameters: float) -> str:
        arguments = call.format(*operands, **{name: source(value) for name, value in parameters.items()})
        return f"torch.nn.functional.{arguments}, reduction={reduction!r})"

    return template


OPS: dict[str, Template] = {
    "mse_loss": _loss("mse_loss({0}, {1}"),
    "l1_loss": _loss("l1_loss({0}, {1}"),
    "huber_loss": _loss("huber_loss({0}, {1}, delta={delta}"),
    "smooth_l1_loss": _loss("smooth_l1_loss({0}, {1}, beta={beta}"),
    "cross_entropy": _loss("cross_entropy({0}, {1}"),
    "soft_cross_entropy": _loss("cross_entropy({0}, {1}"),
    "nll_loss": _loss("nll_loss({0}, {1}"),
    "binary_cross_entropy": _loss("binary_cross_entropy({0}, {1}"),
    "binary_cross_entropy_with_logits": _loss("binary_cross_entropy_with_logits({0}, {1}"),
    "kl_div": _loss("kl_div({0}, {1}"),
    "poisson_nll_loss": _loss("poisson_nll_loss({0}, {1}"),
    # Without the bounds that these otherwise have for the variance and for the lengths.
    "gaussian_nll_loss": _loss("gaussian_nll_loss({0}, {1}, {2}, eps=0.0"),
    "cosine_similarity": "torch.nn.functional.cosine_similarity({0}, {1}, dim={axis}, eps=0.0)",
}
LACKS: dict[str, str] = {
    "hinge_loss": "PyTorch has no hinge loss of single scores",
    "log_cosh_loss": "PyTorch has no log_cosh loss",
}
