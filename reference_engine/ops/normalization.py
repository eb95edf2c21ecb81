"""Layers that bring elements to the mean 0 and the variance 1, or a vector to the length 1.

    y = (x - mean) / sqrt(var + eps) * weight + bias

with the mean and the variance, divided by n, over some axes of x. Through both of them the gradient of x comes back
from all elements together: it is at right angles to what is the same for all of them, and, but for eps, to y. Where all
elements are equal the variance is 0 and `eps` alone keeps the slope, 1 / sqrt(eps), finite; with eps = 0 both are NaN.

Sources: Ioffe and Szegedy (batch, 2015), Ba, Kiros and Hinton (layer, 2016), Ulyanov, Vedaldi and Lempitsky (instance,
2016), Wu and He (group, 2018), Zhang and Sennrich (root mean square, 2019).
"""

import math
from typing import Any

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.norms import vector_norm
from reference_engine.ops.powers import pow, square  # noqa: A004 -- array API names
from reference_engine.ops.reductions import mean, var
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.selection import where
from reference_engine.ops.shape import Shape, reshape
from reference_engine.ops.windows import padded, windows
from reference_engine.shapes import check_axis, check_least_ndim, check_shape
from reference_engine.variable import value_of


def batch_norm(x: Array, weight: Array, bias: Array, *, eps: float = 1e-5) -> Any:
    """Each channel of x (n, channels, ...) over all images and places, while training: by its own mean and variance.

    `weight` and `bias` are (channels,).
    """
    _check_channels("batch_norm", x, weight, bias)
    return _per_channel(_standardized(x, (0, *range(2, x.ndim)), eps), weight, bias)


def instance_norm(x: Array, weight: Array, bias: Array, *, eps: float = 1e-5) -> Any:
    """Each channel of each image of x (n, channels, ...) over its places; `weight` and `bias` are (channels,)."""
    _check_channels("instance_norm", x, weight, bias, space=1)
    return _per_channel(_standardized(x, tuple(range(2, x.ndim)), eps), weight, bias)


def group_norm(x: Array, weight: Array, bias: Array, *, num_groups: int, eps: float = 1e-5) -> Any:
    """Groups of neighbouring channels of each image of x (n, channels, ...); `weight` and `bias` are (channels,)."""
    _check_channels("group_norm", x, weight, bias)
    images, channels, *space = x.shape
    groups = reshape(x, shape=(images, num_groups, channels // num_groups, *space))
    return _per_channel(reshape(_standardized(groups, tuple(range(2, groups.ndim)), eps), shape=x.shape), weight, bias)


def layer_norm(x: Array, weight: Array, bias: Array, *, eps: float = 1e-5) -> Any:
    """Each row of x (..., features); `weight` and `bias` are (features,)."""
    _check_features("layer_norm", x, weight=weight, bias=bias)
    return _standardized(x, (-1,), eps) * weight + bias


def rms_norm(x: Array, weight: Array, *, eps: float = 1e-5) -> Any:
    """Each row of x (..., features) by its root mean square: x / sqrt(mean(x * x) + eps) * weight."""
    _check_features("rms_norm", x, weight=weight)
    return x / root(mean(square(x), axis=-1, keepdims=True), eps=eps) * weight


def normalize(x: Array, *, axis: int = 1, eps: float = 1e-12) -> Any:
    """Vectors along an axis by their Euclidean length: x / max(length, eps).

    Shorter than eps they are x / eps, so at 0 the slope is 1 / eps.
    """
    check_axis("normalize", axis, x.ndim)
    return x / length_at_least(x, axis=axis, eps=eps)


@op
def length_at_least(x: Array, *, axis: int, eps: float) -> Array:
    """max(length, eps), the axis kept with size 1.  dy/dx = x / y where the length is no less than eps, else 0.

    Where it is eps there is a kink, and that is the slope on the longer side, as frameworks have it.
    """
    return np.maximum(np.linalg.vector_norm(x, axis=axis, keepdims=True), eps)


@length_at_least.derivative("x")
def _(g: Array, y: Array, x: Array, axis: int, eps: float) -> Array:
    length = vector_norm(value_of(x), axis=axis, keepdims=True)
    return where(length >= eps, g * (x / y), 0)


def local_response_norm(x: Array, *, size: int, alpha: float, beta: float, k: float) -> Any:
    """Each element of x (n, channels, ...) by its neighbours in the channels: x / (k + alpha * sum(x * x)) ^ beta.

    The sum goes over a window of `size` channels, an odd number, of which the element is in the middle; outside the
    channels are zeros (Krizhevsky, Sutskever and Hinton, 2012).
    """
    check_least_ndim("local_response_norm", "x", x, 3)
    images, channels, *space = x.shape
    energy = reshape(square(x), shape=(images, 1, channels, math.prod(space)))
    seen = windows(padded(energy, (size // 2, 0)), size=(size, 1), stride=(1, 1), dilation=(1, 1))
    total = reshape(sum_of(seen, axis=(3, 5)), shape=x.shape)
    return x / pow(k + alpha * total, beta)


def _standardized(x: Array, axes: Shape, eps: float) -> Any:
    centred = x - mean(x, axis=axes, keepdims=True)
    return centred / root(var(x, axis=axes, keepdims=True), eps=eps)


@op
def root(x: Array, *, eps: float) -> Array:
    """sqrt(x + eps).  dy/dx = 1 / (2 y).

    It is one op, for `eps` is no operand: whatever becomes of numbers beside arrays, a layer keeps the dtype of x.
    """
    return np.sqrt(x + eps)


@root.derivative("x")
def _(g: Array, y: Array) -> Array:
    return g / (2 * y)


def _check_channels(op: str, x: Array, weight: Array, bias: Array, space: int = 0) -> None:
    """Raise `ShapeMismatch` unless x is (n, channels, ...), with at least `space` axes behind, and both (channels,)."""
    check_least_ndim(op, "x", x, 2 + space)
    for name, operand in (("weight", weight), ("bias", bias)):
        check_shape(op, name, operand, x.shape[1:2])


def _check_features(op: str, x: Array, **parameters: Array) -> None:
    """Raise `ShapeMismatch` unless x is (..., features), and the parameters are (features,)."""
    check_least_ndim(op, "x", x, 1)
    for name, operand in parameters.items():
        check_shape(op, name, operand, x.shape[-1:])


def _per_channel(x: Array, weight: Array, bias: Array) -> Any:
    shape = (-1, *[1] * (x.ndim - 2))
    return x * reshape(weight, shape=shape) + reshape(bias, shape=shape)
