"""Reductions that leave NaN out.

An element that is NaN counts as no element: it gets 0, exactly. Over nothing but NaN they are what they are over no
elements.
"""

import numpy as np

from reference_engine.op import Array
from reference_engine.ops.reductions import Axis, prod, sum  # noqa: A004 -- array API names
from reference_engine.ops.selection import where
from reference_engine.variable import value_of


def nansum(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """The sum over axes of the elements that are not NaN."""
    return sum(_with_number_for_nan(x, 0), axis=axis, keepdims=keepdims)


def nanprod(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """The product over axes of the elements that are not NaN."""
    return prod(_with_number_for_nan(x, 1), axis=axis, keepdims=keepdims)


def nanmean(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """The mean over axes of the elements that are not NaN; of nothing but NaN it is NaN."""
    present = sum(~np.isnan(value_of(x)), axis=axis, keepdims=keepdims)
    return nansum(x, axis=axis, keepdims=keepdims) / present.astype(x.dtype)


def _with_number_for_nan(x: Array, number: float) -> Array:
    return where(np.isnan(value_of(x)), number, x)
