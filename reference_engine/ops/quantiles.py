"""The median and other quantiles: numbers that divide the sorted elements in two.

Where an element is NaN, so is the quantile, and the first NaN gets the cotangent.
"""

import math

import numpy as np

from reference_engine.op import Array
from reference_engine.ops.gathering import take_along_axis
from reference_engine.ops.indexing import getitem
from reference_engine.ops.selection import where
from reference_engine.ops.shape import along, reshape, squeeze
from reference_engine.ops.sorting import sort
from reference_engine.variable import value_of


def quantile(x: Array, *, q: float, axis: int | None = None, keepdims: bool = False, method: str = "linear") -> Array:
    """The number at q (n - 1) among the n sorted elements, counted from 0, over one axis or all.

    Between two elements it is, by `method`, what lies there on the straight "linear" between them, the "lower", the
    "higher" or the "midpoint"; the two get the cotangent in these proportions. R. J. Hyndman, Y. Fan: Sample quantiles
    in statistical packages, The American Statistician 50 (1996), definition 7.
    """
    rows, along_axis = (reshape(x, shape=(-1,)), 0) if axis is None else (x, axis)
    count = rows.shape[along_axis]
    if not count:
        raise ValueError("there is no quantile of no elements")
    place = q * (count - 1)
    low = math.ceil(place) if method == "higher" else math.floor(place)
    high = math.floor(place) if method == "lower" else math.ceil(place)
    share = 0.5 if method == "midpoint" else place - low
    result = _between(sort(rows, axis=along_axis), along_axis, low, high, share)
    if axis is None:
        return reshape(result, shape=(1,) * len(x.shape) if keepdims else ())
    return result if keepdims else squeeze(result, axis=axis)


def median(x: Array, *, axis: int | None = None, keepdims: bool = False) -> Array:
    """The middle one of the sorted elements; of an even number the mean of the two in the middle."""
    return quantile(x, q=0.5, axis=axis, keepdims=keepdims, method="midpoint")


def lower_median(x: Array, *, axis: int | None = None, keepdims: bool = False) -> Array:
    """The middle one of the sorted elements; of an even number the lower of the two in the middle."""
    return quantile(x, q=0.5, axis=axis, keepdims=keepdims, method="lower")


def _between(ordered: Array, axis: int, low: int, high: int, share: float) -> Array:
    """What lies between the elements at two places along an axis, `share` of the way; NaN if there is one."""
    lower, higher = (
        getitem(ordered, index=along(axis, slice(one, one + 1), len(ordered.shape))) for one in (low, high)
    )
    result = lower if low == high else lower * (1 - share) + higher * share
    missing = np.isnan(value_of(ordered))
    if not missing.any():
        return result
    number = np.sum(missing, axis=axis, keepdims=True)
    first_missing = np.minimum(ordered.shape[axis] - number, ordered.shape[axis] - 1)
    return where(number > 0, take_along_axis(ordered, first_missing, axis=axis), result)
