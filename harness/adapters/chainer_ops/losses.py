"""Losses, in Chainer's words."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.adapters.reductions_of_losses import reduced_by

_loss = reduced_by("F.mean({})", "F.sum({})")


def _with_mean(one_by_one: str, mean: str) -> Callable[..., str]:
    """A template of a loss that has a function, or an option, of its own for the mean."""

    def template(*operands: str, reduction: str) -> str:
        return mean.format(*operands) if reduction == "mean" else _loss(one_by_one)(*operands, reduction=reduction)

    return template


_SOFTMAX = _with_mean("F.softmax_cross_entropy({0}, {1}, reduce='no')", "F.softmax_cross_entropy({0}, {1})")

OPS: dict[str, Template] = {
    "mse_loss": _with_mean("F.squared_error({0}, {1})", "F.mean_squared_error({0}, {1})"),
    "l1_loss": _with_mean("F.absolute_error({0}, {1})", "F.mean_absolute_error({0}, {1})"),
    "huber_loss": _loss("F.huber_loss({0}, {1}, {delta}, reduce='no')"),
    "cross_entropy": _SOFTMAX,
    "soft_cross_entropy": _SOFTMAX,
    "binary_cross_entropy_with_logits": _loss("F.bernoulli_nll({1}, {0}, reduce='no')"),
}
_MISSING = (
    "smooth_l1_loss", "nll_loss", "binary_cross_entropy", "kl_div", "log_cosh_loss", "cosine_similarity",
    "poisson_nll_loss",
)  # fmt: skip
LACKS: dict[str, str] = {
    **{op: f"Chainer has no {op}" for op in _MISSING},
    "hinge_loss": "Chainer's hinge takes the scores of several classes and labels",
    "gaussian_nll_loss": "Chainer's gaussian_nll takes the logarithm of the variance",
}
