"""Products of several factors, in any order."""

import math
from functools import reduce

import numpy as np

from reference_engine.enclosure.elementwise import UFUNCS
from reference_engine.enclosure.enclosed import Enclosed
from reference_engine.enclosure.exactness import product_is_exact
from reference_engine.enclosure.formats import WIDE, Format
from reference_engine.enclosure.interval import Interval, anything, chosen, hull, multiplied, point
from reference_engine.enclosure.rounding import CORRECT, rounded
from reference_engine.enclosure.sums import Axes, joined


def product(x: Enclosed, axis: Axes = None, keepdims: bool = False) -> Enclosed:
    """The product over axes: one rounding for each factor but one."""
    axes = tuple(range(x.ndim)) if axis is None else (axis,) if isinstance(axis, int) else axis
    axes = tuple(one % x.ndim for one in axes)
    rest = [position for position in range(x.ndim) if position not in axes]
    count = int(np.prod([x.shape[one] for one in axes], dtype=np.intp))
    flat = (*(x.shape[one] for one in rest), count)
    rows = x.mapped(lambda bound: np.transpose(bound, (*rest, *axes)).reshape(flat))
    result = _along(rows)
    shape = tuple(1 if position in axes else size for position, size in enumerate(x.shape))
    return result.mapped(lambda bound: bound.reshape(shape)) if keepdims else result


def running_product(x: Enclosed, axis: int) -> Enclosed:
    """The products of the elements up to each."""
    rows = x.mapped(lambda bound: np.moveaxis(bound, axis, -1))
    upto = [_along(rows[..., : count + 1])[..., None] for count in range(rows.shape[-1])]
    return joined(upto, -1).mapped(lambda bound: np.moveaxis(bound, -1, axis)) if upto else x.copy()


def _along(rows: Enclosed) -> Enclosed:
    """Over the last axis."""
    factors = [rows[..., position] for position in range(rows.shape[-1])]
    if not factors:
        one = np.ones(rows.shape[:-1])
        return rows.with_parts([point(one), *[point(0 * one)] * rows.is_complex])
    if rows.is_complex:  # whose errors are relative to the modulus, in whatever order
        return reduce(UFUNCS["multiply"], factors)
    reals = [factor.parts[0] for factor in factors]
    total, is_exact = reals[0], reals[0].is_point
    for factor in reals[1:]:
        before, total = total, multiplied(total, factor)
        is_exact = is_exact & factor.is_point & product_is_exact(before.lower, factor.lower, total.lower)
    unrounded = is_exact & rows.format.holds(total.lower)
    result = rounded(total, rows.format, _ulps(len(factors), rows.format), unrounded=unrounded)
    scales = None if rows.scale is None else np.prod(rows.scale, axis=-1)
    return rows.with_parts([_in_any_order(result, total, rows.parts[0], rows.format)], scales)


def _ulps(count: int, target: Format) -> float:
    """What multiplying so many factors costs: each rounding errs by a part of `unit`, that of `WIDE` included.

    In ulps it is up to twice half of one, for partial products may be at the lower end of a binade.
    """
    half = 2.0**-target.precision
    unit = half + float(np.finfo(WIDE).eps)
    return max(math.expm1((count - 1) * math.log1p(unit)) / half, CORRECT)


def _in_any_order(result: Interval, total: Interval, factors: Interval, target: Format) -> Interval:
    """The product, where other partial products may be beyond the largest or below the smallest normal number."""
    largest = np.prod(np.maximum(factors.largest, WIDE(1)), axis=-1)
    smallest = np.prod(np.minimum(factors.smallest, WIDE(1)), axis=-1)
    may_vanish = smallest < target.smallest_normal
    may_overflow = (largest >= target.overflow) & np.isfinite(factors.largest).all(axis=-1)
    surely_overflows = (total.smallest >= target.overflow) & np.isfinite(total.smallest) & ~may_vanish
    result = chosen(may_vanish & ~result.is_nan, hull(result, point(0.0)), result)
    return chosen(may_overflow & ~surely_overflows, anything(()), result)
