"""Losses, with what they are reduced by."""

from typing import Literal

from harness.ops.op import Parameter, family

_REDUCTION = {"reduction": Parameter(Literal["none", "mean", "sum"], "mean")}

family(
    "losses",
    ("mse_loss", "x1 x2", "(x1 - x2)^2", _REDUCTION),
    ("l1_loss", "x1 x2", "abs(x1 - x2)", _REDUCTION),
    (
        "huber_loss",
        "x1 x2",
        "d^2 / 2 for d = abs(x1 - x2) up to delta, else delta * (d - delta / 2)",
        {"delta": Parameter(float, 1.0), **_REDUCTION},
    ),
    (
        "smooth_l1_loss",
        "x1 x2",
        "d^2 / (2 beta) for d = abs(x1 - x2) up to beta, else d - beta / 2",
        {"beta": Parameter(float, 1.0), **_REDUCTION},
    ),
    ("cross_entropy", "x labels", "-log_softmax(x) at each row's label", _REDUCTION),
    ("soft_cross_entropy", "x target", "-sum(target * log_softmax(x)) along the last axis", _REDUCTION),
    ("nll_loss", "x labels", "-x at each row's label", _REDUCTION),
    ("binary_cross_entropy", "x target", "-(target * log(x) + (1 - target) * log(1 - x))", _REDUCTION),
    ("binary_cross_entropy_with_logits", "x target", "the binary cross entropy of sigmoid(x)", _REDUCTION),
    ("kl_div", "x target", "target * (log(target) - x), for logarithms x of probabilities", _REDUCTION),
    ("hinge_loss", "x target", "max(1 - target * x, 0), for a target of -1 and 1", _REDUCTION),
    ("log_cosh_loss", "x1 x2", "log(cosh(x1 - x2))", _REDUCTION),
    (
        "cosine_similarity",
        "x1 x2",
        "sum(x1 * x2) / (norm(x1) * norm(x2)) along an axis",
        {"axis": Parameter(int, -1)},
    ),
    ("poisson_nll_loss", "x target", "exp(x) - target * x", _REDUCTION),
    ("gaussian_nll_loss", "x target var", "(log(var) + (x - target)^2 / var) / 2", _REDUCTION),
)
