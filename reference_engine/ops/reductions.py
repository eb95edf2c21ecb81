"""Sums, products, extrema and moments over axes.

`axis` is one axis, a tuple of axes, or None for all; `keepdims` keeps them, with size 1.
"""

import math
from typing import Any

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.casting import conj
from reference_engine.ops.exponential import exp
from reference_engine.ops.masking import masked_in_roots
from reference_engine.ops.products import product_of_others
from reference_engine.ops.selection import equals, let_through, where
from reference_engine.ops.shape import broadcast_to, reshape
from reference_engine.ops.ties import shares
from reference_engine.semantics import current
from reference_engine.shapes import check_axis, check_shape, shape_of
from reference_engine.variable import value_of

Axis = int | tuple[int, ...] | None
Shape = tuple[int, ...]


def axes_of(axis: Axis, ndim: int) -> tuple[int, ...]:
    """The axes that `axis` stands for, none negative."""
    if axis is None:
        return tuple(range(ndim))
    return tuple(one % ndim for one in ((axis,) if isinstance(axis, int) else axis))


def kept(reduced: Array, shape: Shape, axis: Axis) -> Array:
    """What was reduced from an array of `shape`, so that it broadcasts against that: its axes kept, with size 1."""
    if axis is None:
        return reduced  # one element, which broadcasts as it is
    axes = axes_of(axis, len(shape))
    return reshape(reduced, shape=tuple(1 if position in axes else size for position, size in enumerate(shape)))


def count(shape: Shape, axis: Axis) -> int:
    """The number of elements that each result was reduced from."""
    return math.prod(shape[one] for one in axes_of(axis, len(shape)))


def _check_axis_of_number(op: str, axis: Axis, x: Array) -> None:
    """NumPy looks for axes itself, but overlooks axis 0 of an array without axes."""
    if not getattr(x, "ndim", 0):  # Python's numbers have none either
        check_axis(op, axis, 0)


@op
def sum(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:  # noqa: A001 -- the array API's name
    """The sum over axes.  Each element gets the cotangent of its sum."""
    if axis is not None:
        _check_axis_of_number("sum", axis, x)
    return np.sum(x, axis=axis, keepdims=keepdims)


@sum.derivative("x")
def _(g: Array, x_shape: Shape, axis: Axis) -> Array:
    return broadcast_to(kept(g, x_shape, axis), shape=x_shape)


@op
def mean(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """The mean over axes.  Each of n elements gets 1/n of the cotangent."""
    return np.mean(x, axis=axis, keepdims=keepdims)


@mean.derivative("x")
def _(g: Array, x_shape: Shape, axis: Axis) -> Array:
    return broadcast_to(kept(g / count(x_shape, axis), x_shape, axis), shape=x_shape)


def average(x: Array, weights: Array, *, axis: Axis = None) -> Array:
    """The weighted mean over axes, sum(x * weights) / sum(weights); the weights have the shape of x."""
    check_shape("average", "weights", weights, shape_of(x))
    return sum(x * weights, axis=axis) / sum(weights, axis=axis)


@op
def prod(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """The product over axes.  Each element gets the product of the others, so zeros are no exception.

    Where somebody divides, y / x: `prod_with_zeros`.
    """
    if axis is not None:
        _check_axis_of_number("prod", axis, x)
    return np.prod(x, axis=axis, keepdims=keepdims)


@prod.derivative("x")
def _(g: Array, x: Array, axis: Axis) -> Array:
    option = current().prod_with_zeros
    if option == "exact":
        return kept(g, x.shape, axis) * product_of_others(x, axes_of(axis, x.ndim))
    quotient = kept(g, x.shape, axis) * prod(x, axis=axis, keepdims=True) / x
    return quotient if option == "by_division" else where(value_of(x) == 0, 0, quotient)


@op
def max(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:  # noqa: A001 -- the array API's name
    """The maximum over axes.  The largest element gets the cotangent.

    Of several equal ones: `max_ties` for the whole array, `max_ties_along_axis` along axes. NaN is the maximum of what
    holds it: `max_with_nan`. The other elements: `infinity_at_max`.
    """
    if axis is not None:
        _check_axis_of_number("max", axis, x)
    return np.max(x, axis=axis, keepdims=keepdims)


@op
def min(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:  # noqa: A001 -- the array API's name
    """The minimum over axes.  The smallest element gets the cotangent, ties as for `max`. NaN is the minimum."""
    if axis is not None:
        _check_axis_of_number("min", axis, x)
    return np.min(x, axis=axis, keepdims=keepdims)


@max.derivative("x")
@min.derivative("x")
def _(g: Array, y: Array, x: Array, axis: Axis) -> Array:
    option = current().max_ties if axis is None else current().max_ties_along_axis
    return _extremum_cotangent(g, y, x, axis, option, current().max_with_nan, "infinity_at_max")


@op
def amax(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """The maximum over axes, by another name, for frameworks that have two.

    `amax_ties`, `amax_with_nan`, `infinity_at_amax`.
    """
    if axis is not None:
        _check_axis_of_number("amax", axis, x)
    return np.max(x, axis=axis, keepdims=keepdims)


@op
def amin(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """The minimum over axes, by another name, for frameworks that have two.  Ties: `amax_ties`."""
    if axis is not None:
        _check_axis_of_number("amin", axis, x)
    return np.min(x, axis=axis, keepdims=keepdims)


@amax.derivative("x")
@amin.derivative("x")
def _(g: Array, y: Array, x: Array, axis: Axis) -> Array:
    options = current()
    return _extremum_cotangent(g, y, x, axis, options.amax_ties, options.amax_with_nan, "infinity_at_amax")


def ptp(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """The range over axes, from peak to peak: the maximum less the minimum.  Ties: `amax_ties`."""
    return amax(x, axis=axis, keepdims=keepdims) - amin(x, axis=axis, keepdims=keepdims)


def _extremum_cotangent(g: Array, y: Array, x: Array, axis: Axis, ties: str, with_nan: str, at_infinity: str) -> Array:
    """The cotangent for the elements of `x` that equal the extremum `y`, by their share; for the others 0.

    `ties` and `with_nan` are options, `at_infinity` is a dimension.
    """
    y = kept(y, x.shape, axis)
    chosen = equals(x, y)
    if with_nan == "zero":
        chosen = chosen & ~np.isnan(value_of(y))
    share = shares(chosen, axes_of(axis, x.ndim), ties)
    if with_nan == "nan":
        share = np.where(np.isnan(value_of(y)), math.nan, share)
    return let_through(share != 0, kept(g, x.shape, axis) * share.astype(x.dtype), at_infinity)


@op
def var(x: Array, *, axis: Axis = None, keepdims: bool = False, correction: float = 0.0) -> Array:
    """The variance over axes, sum(abs(x - mean)^2) / (n - correction).  dy/dx = 2 conj(x - mean) / (n - correction)."""
    return np.var(x, axis=axis, keepdims=keepdims, correction=correction)


@var.derivative("x")
def _(g: Array, x: Array, axis: Axis, correction: float) -> Array:
    deviation = x - mean(x, axis=axis, keepdims=True)
    return kept(g, x.shape, axis) * (2 / _degrees_of_freedom(x, axis, correction)) * conj(deviation)


@op
def std(x: Array, *, axis: Axis = None, keepdims: bool = False, correction: float = 0.0) -> Array:
    """The standard deviation over axes, y = sqrt(var).  dy/dx = conj(x - mean) / ((n - correction) y).

    Where all elements are equal it has a kink: `std_at_zero`.
    """
    return np.std(x, axis=axis, keepdims=keepdims, correction=correction)


@std.derivative("x")
def _(g: Array, y: Array, x: Array, axis: Axis, correction: float) -> Array:
    deviation = x - mean(x, axis=axis, keepdims=True)
    slope = g / (y * _degrees_of_freedom(x, axis, correction))
    if current().std_at_zero == "zero":
        slope = where(equals(y, 0), 0, slope)
    return masked_in_roots(kept(g, x.shape, axis), kept(slope, x.shape, axis) * conj(deviation))


def _degrees_of_freedom(x: Array, axis: Axis, correction: float) -> Any:
    return np.float64(count(x.shape, axis) - correction)


@op
def logsumexp(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """log(sum(exp(x))) over axes, without overflow.  dy/dx = exp(x - y), the softmax.

    Where y is infinite it is NaN for the elements that equal y: there it has no limit.
    """
    if axis is not None:
        _check_axis_of_number("logsumexp", axis, x)
    largest = np.max(x, axis=axis, keepdims=True)
    largest = np.where(np.isfinite(largest), largest, 0)
    with np.errstate(divide="ignore"):  # log(0) is the answer where every element is -inf
        result = np.log(np.sum(np.exp(x - largest), axis=axis, keepdims=True)) + largest
    return result if keepdims else np.squeeze(result, axes_of(axis, x.ndim))


@logsumexp.derivative("x")
def _(g: Array, y: Array, x: Array, axis: Axis) -> Array:
    return kept(g, x.shape, axis) * exp(x - kept(y, x.shape, axis))
