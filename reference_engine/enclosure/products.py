"""The matrix product, by midpoints and radii (Rump, Fast and parallel interval arithmetic, 1999)."""

from typing import Any

import numpy as np

from reference_engine.enclosure.enclosed import Enclosed
from reference_engine.enclosure.formats import Format
from reference_engine.enclosure.interval import Interval, added, anything, certain, chosen, subtracted
from reference_engine.enclosure.rounding import CORRECT, grain, limited, rounded_sum, spread_at


def matrix_product(x1: Enclosed, x2: Enclosed, target: Format) -> list[Interval]:
    """The parts of x1 @ x2: each element a sum of products in any order, fused or not."""
    if not x1.is_complex and not x2.is_complex:
        return [_real_product(x1.parts[0], x2.parts[0], target)]
    (real1, imaginary1), (real2, imaginary2) = x1.in_parts(2), x2.in_parts(2)
    products = {
        (one, other): _real_product(left, right, target)
        for one, left in (("re", real1), ("im", imaginary1))
        for other, right in (("re", real2), ("im", imaginary2))
    }
    parts = []
    for combine, first, second in (
        (subtracted, ("re", "re"), ("im", "im")),
        (added, ("re", "im"), ("im", "re")),
    ):
        total = combine(products[first], products[second])
        spread = spread_at(products[first].largest + products[second].largest, target, CORRECT)
        parts.append(limited(total, spread, spread, target, False))
    return parts


def _real_product(x1: Interval, x2: Interval, target: Format) -> Interval:
    if not (np.isfinite(x1.largest).all() and np.isfinite(x2.largest).all()):
        return _element_by_element(x1, x2)
    (mid1, radius1), (mid2, radius2) = _balls(x1), _balls(x2)
    mid = np.matmul(mid1, mid2)
    magnitude = np.matmul(x1.largest, x2.largest)
    terms = x1.lower.shape[-1]
    radius = np.matmul(np.abs(mid1), radius2) + np.matmul(radius1, x2.largest)
    # Half an ulp of each product is together one of the magnitude at most; and each sum is rounded.
    ulps = (terms + 1) * CORRECT
    points = certain(x1).all() and certain(x2).all()
    unit = np.min(grain(x1.lower), initial=np.inf) * np.min(grain(x2.lower), initial=np.inf) if points else 0
    return rounded_sum(Interval(mid - radius, mid + radius), magnitude, unit, ulps, target)


def _balls(x: Interval) -> tuple[Any, Any]:
    mid = (x.lower + x.upper) / 2
    return mid, np.maximum(mid - x.lower, x.upper - mid)


def _element_by_element(x1: Interval, x2: Interval) -> Interval:
    """The product where something is not finite: NaN where points give that, and otherwise anything."""
    lower = np.matmul(x1.lower, x2.lower)
    sure = np.matmul((~certain(x1)).astype(int), np.ones(x2.lower.shape, int)) == 0
    sure &= np.matmul(np.ones(x1.lower.shape, int), (~certain(x2)).astype(int)) == 0
    sure &= ~np.isfinite(lower)
    return chosen(sure, Interval(lower, lower), anything(()))
