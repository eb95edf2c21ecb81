"""Reductions that leave NaN out.

An element that is NaN counts as no element: it gets 0, exactly. Over nothing but NaN they are what they are over no
elements.
"""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.reductions import Axis, prod, sum  # noqa: A004 -- array API names
from reference_engine.ops.selection import let_through, where
from reference_engine.variable import value_of


def nansum(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """The sum over axes of the elements that are not NaN.  Of an infinite cotangent: `infinity_at_nansum`."""
    return sum(with_zero_for_nan(x), axis=axis, keepdims=keepdims)


def nanprod(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """The product over axes of the elements that are not NaN."""
    return prod(where(np.isnan(value_of(x)), 1, x), axis=axis, keepdims=keepdims)


def nanmean(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Array:
    """The mean over axes of the elements that are not NaN; of nothing but NaN it is NaN."""
    present = sum(~np.isnan(value_of(x)), axis=axis, keepdims=keepdims)
    return nansum(x, axis=axis, keepdims=keepdims) / present.astype(x.dtype)


@op
def with_zero_for_nan(x: Array) -> Array:
    """x, and 0 where it is NaN.  dy/dx = 1 and 0: `infinity_at_nansum`."""
    return np.where(np.isnan(x), 0, x)


@with_zero_for_nan.derivative("x")
def _(g: Array, x: Array) -> Array:
    return let_through(~np.isnan(value_of(x)), g, "infinity_at_nansum")
