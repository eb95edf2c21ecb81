"""Sums and products of the elements up to each."""

import math

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.exponential import exp
from reference_engine.ops.indexing import getitem
from reference_engine.ops.products import product_of_earlier, sum_over_earlier
from reference_engine.ops.reductions import sum  # noqa: A004 -- the array API's name
from reference_engine.ops.selection import where
from reference_engine.ops.shape import along, expand_dims, permute_dims
from reference_engine.semantics import current
from reference_engine.shapes import check_axis
from reference_engine.variable import value_of


@op
def cumulative_sum(x: Array, *, axis: int = 0) -> Array:
    """Along an axis, the sum of the elements up to each.  Each gets the sum of the cotangents from its place on."""
    check_axis("cumulative_sum", axis, x.ndim)
    return np.cumsum(x, axis)


@cumulative_sum.derivative("x")
def _(g: Array, axis: int) -> Array:
    return _sum_from_each_on(g, axis)


@op
def cumulative_prod(x: Array, *, axis: int = 0) -> Array:
    """Along an axis, the product of the elements up to each.

    Each gets the product of those before it, times the sum over the places from its own on of the cotangent there
    times the product of the elements in between: by no division, so zeros are no exception. Where somebody divides:
    `cumulative_prod_with_zeros`.
    """
    check_axis("cumulative_prod", axis, x.ndim)
    return np.cumprod(x, axis)


@cumulative_prod.derivative("x")
def _(g: Array, x: Array, axis: int) -> Array:
    option = current().cumulative_prod_with_zeros
    if option != "exact":
        quotient = _sum_from_each_on(g * cumulative_prod(x, axis=axis), axis) / x
        return quotient if option == "by_division" else where(value_of(x) == 0, 0, quotient)
    rows, weights = _last(x, axis), _last(g, axis)
    later = sum_over_earlier(weights[..., ::-1], rows[..., ::-1])[..., ::-1]
    return _last(product_of_earlier(rows) * later, axis)


@op
def cumulative_logsumexp(x: Array, *, axis: int = 0) -> Array:
    """Along an axis, y = log(sum(exp(x))) of the elements up to each, without overflow.

    The derivative of y[j] to x[i] is exp(x[i] - y[j]), the part that x[i] has in the sum, for i <= j: as many numbers
    as there are pairs, of which none overflows. Between equal infinities it is undefined, NaN.
    """
    check_axis("cumulative_logsumexp", axis, x.ndim)
    return np.logaddexp.accumulate(x, axis)


@cumulative_logsumexp.derivative("x")
def _(g: Array, y: Array, x: Array, axis: int) -> Array:
    elements, sums, weights = (expand_dims(_last(one, axis), axis=place) for one, place in ((x, -1), (y, -2), (g, -2)))
    contributes = np.triu(np.ones((x.shape[axis], x.shape[axis]), np.bool_))
    parts = exp(where(contributes, elements - sums, -math.inf))
    return _last(sum(where(contributes, weights * parts, 0), axis=-1), axis)


def _sum_from_each_on(x: Array, axis: int) -> Array:
    return _reversed(cumulative_sum(_reversed(x, axis), axis=axis), axis)


def _reversed(x: Array, axis: int) -> Array:
    return getitem(x, index=along(axis, slice(None, None, -1), x.ndim))


def _last(x: Array, axis: int) -> Array:
    """The axis and the last one in each other's place."""
    axes = list(range(x.ndim))
    axes[axis], axes[-1] = axes[-1], axes[axis]
    return permute_dims(x, axes=tuple(axes))
