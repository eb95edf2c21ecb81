"""Layers in which operands weigh each other, and one that does nothing when it is looked at."""

from typing import Any

from reference_engine.op import Array, op
from reference_engine.ops.activations import softmax
from reference_engine.ops.arithmetic import positive
from reference_engine.ops.linear import matmul
from reference_engine.ops.rearrangement import swapaxes
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.shape import expand_dims
from reference_engine.shapes import check_ndim, check_shape


def scaled_dot_product_attention(query: Array, key: Array, value: Array, *, scale: float) -> Any:
    """softmax(scale * query key^T) value, for each head of (n, heads, length, features).

    Source: Vaswani et al., Attention is all you need, 2017, where `scale` is 1 / sqrt(features).
    """
    check_ndim("scaled_dot_product_attention", "query", query, 4)
    heads, features = query.shape[:2], query.shape[3:]
    check_shape("scaled_dot_product_attention", "key", key, (*heads, *key.shape[-2:-1], *features))
    check_shape("scaled_dot_product_attention", "value", value, (*heads, *key.shape[-2:-1], *value.shape[-1:]))
    scores = matmul(query, swapaxes(key, axis1=-1, axis2=-2)) * scale
    return matmul(attention_weights(scores), value)


@op
def attention_weights(scores: Array) -> Array:
    """The softmax of each row, y = exp(scores) / sum(exp(scores)).  Its transposed derivative is y (g - sum(g y))."""
    return softmax.forward(scores, axis=-1)


@attention_weights.derivative("scores")
def _(g: Array, y: Array) -> Array:
    return y * (g - sum_of(g * y, axis=-1, keepdims=True))


def bilinear(left: Array, right: Array, weight: Array) -> Any:
    """left^T weight[o] right for each output o: `left` (n, a), `right` (n, b), `weight` (outputs, a, b)."""
    for name, operand in (("left", left), ("right", right)):
        check_ndim("bilinear", name, operand, 2)
    check_shape("bilinear", "right", right, (*left.shape[:1], *right.shape[1:]))
    check_shape("bilinear", "weight", weight, (*weight.shape[:1], *left.shape[1:], *right.shape[1:]))
    products = expand_dims(left, axis=-1) * expand_dims(right, axis=-2)
    return sum_of(expand_dims(products, axis=1) * weight, axis=(-2, -1))


def dropout(x: Array, *, rate: float = 0.0, training: bool = True) -> Any:
    """x itself, as it is at rate 0 and, at any rate, outside training.

    Raises `ValueError` for a rate at which it is random while training.
    """
    if training and rate:
        raise ValueError(f"dropout at the rate {rate} is random while training, and no function")
    return positive(x)
