"""Losses: what they are of each element, and their mean or their sum.

`reduction` is "none", "mean" or "sum". What is compared has one shape: nothing broadcasts, for that is how a column and
a row become a matrix of losses that nobody meant. Labels are integers, one for each row, and have no derivative.

A loss is made of ops, which are recorded; those that only losses use stand here as well.
"""

from typing import Any

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.activations import log_softmax, sigmoid
from reference_engine.ops.exponential import LN2, exp, log
from reference_engine.ops.hyperbolic import tanh
from reference_engine.ops.indexing import gather
from reference_engine.ops.logarithmic_products import xlog1py, xlogy
from reference_engine.ops.norms import vector_norm
from reference_engine.ops.powers import square
from reference_engine.ops.reductions import mean
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.selection import abs as magnitude
from reference_engine.ops.selection import maximum, where
from reference_engine.shapes import check_along, check_ndim, check_shape, shape_of
from reference_engine.variable import value_of


def _reduced(losses: Array, reduction: str) -> Any:
    if reduction == "none":
        return losses
    return mean(losses) if reduction == "mean" else sum_of(losses)


def _check_alike(op: str, x: Array, **others: Array) -> None:
    """Raise `ShapeMismatch` unless all have the shape of x."""
    for name, other in others.items():
        check_shape(op, name, other, shape_of(x))


def mse_loss(x1: Array, x2: Array, *, reduction: str = "mean") -> Any:
    """(x1 - x2)^2."""
    _check_alike("mse_loss", x1, x2=x2)
    return _reduced(square(x1 - x2), reduction)


def l1_loss(x1: Array, x2: Array, *, reduction: str = "mean") -> Any:
    """abs(x1 - x2), whose slope where they are equal is that of abs: `abs_at_zero`."""
    _check_alike("l1_loss", x1, x2=x2)
    return _reduced(magnitude(x1 - x2), reduction)


def huber_loss(x1: Array, x2: Array, *, delta: float = 1.0, reduction: str = "mean") -> Any:
    """d^2 / 2 for d = abs(x1 - x2) up to delta, else delta (d - delta / 2).

    Source: Huber, Robust Estimation of a Location Parameter, 1964.
    """
    _check_alike("huber_loss", x1, x2=x2)
    return _reduced(huber(x1 - x2, delta=delta), reduction)


def smooth_l1_loss(x1: Array, x2: Array, *, beta: float = 1.0, reduction: str = "mean") -> Any:
    """d^2 / (2 beta) for d = abs(x1 - x2) up to beta, else d - beta / 2; for beta = 0 that is d.

    Source: Girshick, Fast R-CNN, equation 3.
    """
    _check_alike("smooth_l1_loss", x1, x2=x2)
    difference = x1 - x2
    return _reduced(magnitude(difference) if beta == 0 else huber(difference, delta=beta) / beta, reduction)


@op
def huber(x: Array, *, delta: float) -> Array:
    """x^2 / 2 for abs(x) up to delta, else delta (abs(x) - delta / 2).  dy/dx = x limited to [-delta, delta]."""
    size = np.abs(x)
    limited = np.minimum(size, delta)
    return limited * (size - limited / 2)


@huber.derivative("x")
def _(g: Array, x: Array, delta: float) -> Array:
    number = value_of(x)
    return g * where(number > delta, delta, where(number < -delta, -delta, x))


def cross_entropy(x: Array, labels: Array, *, reduction: str = "mean") -> Any:
    """-log_softmax(x) at each row's label, for `x` of shape (n, classes)."""
    _check_labels("cross_entropy", x, labels)
    return nll_loss(log_softmax(x, axis=-1), labels, reduction=reduction)


def nll_loss(x: Array, labels: Array, *, reduction: str = "mean") -> Any:
    """-x at each row's label, for `x` of shape (n, classes) that holds logarithms of probabilities."""
    _check_labels("nll_loss", x, labels)
    rows = np.arange(np.shape(value_of(x))[0])
    return _reduced(-gather(x, labels, index=(rows, value_of(labels))), reduction)


def _check_labels(op: str, x: Array, labels: Array) -> None:
    """Raise `ShapeMismatch` unless there is a label for each row of a matrix x."""
    check_ndim(op, "x", x, 2)
    check_shape(op, "labels", labels, shape_of(x)[:1])


def soft_cross_entropy(x: Array, target: Array, *, reduction: str = "mean") -> Any:
    """-sum(target log_softmax(x)) along the last axis, for a target of probabilities."""
    _check_alike("soft_cross_entropy", x, target=target)
    return _reduced(-sum_of(target * log_softmax(x, axis=-1), axis=-1), reduction)


def binary_cross_entropy(x: Array, target: Array, *, reduction: str = "mean") -> Any:
    """-(target log(x) + (1 - target) log(1 - x)), for probabilities `x`; 0 times the logarithm of 0 is 0."""
    _check_alike("binary_cross_entropy", x, target=target)
    return _reduced(-(xlogy(target, x) + xlog1py(1 - target, -x)), reduction)


def binary_cross_entropy_with_logits(x: Array, target: Array, *, reduction: str = "mean") -> Any:
    """The binary cross entropy of sigmoid(x), without overflow and without the logarithm of 0."""
    _check_alike("binary_cross_entropy_with_logits", x, target=target)
    return _reduced(logistic_loss(x, target), reduction)


@op
def logistic_loss(x: Array, target: Array) -> Array:
    """softplus(x) - target x.  dy/dx = sigmoid(x) - target, dy/dtarget = -x.

    Neither it nor its slope cancels where the target is 0 or 1, as they are written here.
    """
    return np.maximum(x, 0) - target * x + np.log1p(np.exp(-np.abs(x)))


@logistic_loss.derivative("x")
def _(g: Array, x: Array, target: Array) -> Array:
    return g * ((1 - target) * sigmoid(x) - target * sigmoid(-x))


@logistic_loss.derivative("target")
def _(g: Array, x: Array) -> Array:
    return -(g * x)


def kl_div(x: Array, target: Array, *, reduction: str = "mean") -> Any:
    """target (log(target) - x), for `x` the logarithm of probabilities; 0 for a target of 0.

    Source: Kullback and Leibler, On Information and Sufficiency, 1951.
    """
    _check_alike("kl_div", x, target=target)
    return _reduced(xlogy(target, target) - target * x, reduction)


def hinge_loss(x: Array, target: Array, *, reduction: str = "mean") -> Any:
    """max(1 - target x, 0), for a target of -1 and 1.  Where target x is 1: `maximum_ties`."""
    _check_alike("hinge_loss", x, target=target)
    return _reduced(maximum(1 - target * x, 0), reduction)


def log_cosh_loss(x1: Array, x2: Array, *, reduction: str = "mean") -> Any:
    """log(cosh(x1 - x2))."""
    _check_alike("log_cosh_loss", x1, x2=x2)
    return _reduced(log_cosh(x1 - x2), reduction)


@op
def log_cosh(x: Array) -> Array:
    """log(cosh(x)), without overflow or cancellation.  dy/dx = tanh(x)."""
    size = np.abs(x)
    near = np.minimum(size, 1)
    half = np.sinh(near / 2)
    return np.where(size < 1, np.log1p(2 * half * half), size - LN2 + np.log1p(np.exp(-2 * size)))


@log_cosh.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * tanh(x)


def cosine_similarity(x1: Array, x2: Array, *, axis: int = -1) -> Any:
    """sum(x1 x2) / (norm(x1) norm(x2)) along an axis; NaN where either is 0."""
    check_along("cosine_similarity", x1, x2, axis)
    return sum_of(x1 * x2, axis=axis) / (vector_norm(x1, axis=axis) * vector_norm(x2, axis=axis))


def poisson_nll_loss(x: Array, target: Array, *, reduction: str = "mean") -> Any:
    """exp(x) - target x, for `x` the logarithm of the rate, without the term of the target alone."""
    _check_alike("poisson_nll_loss", x, target=target)
    return _reduced(exp(x) - target * x, reduction)


def gaussian_nll_loss(x: Array, target: Array, var: Array, *, reduction: str = "mean") -> Any:
    """(log(var) + (x - target)^2 / var) / 2, without the constant.

    Source: Nix and Weigend, Estimating the Mean and Variance of the Target Probability Distribution, 1994.
    """
    _check_alike("gaussian_nll_loss", x, target=target, var=var)
    return _reduced((log(var) + square(x - target) / var) / 2, reduction)
