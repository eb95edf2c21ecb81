"""Sums, products, quotients and roots of real numbers, each correctly rounded or nearly so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from reference_engine.enclosure import exactness
from reference_engine.enclosure.formats import Bound, Format
from reference_engine.enclosure.images import increasing
from reference_engine.enclosure.interval import (
    Interval,
    Mask,
    added,
    certain,
    divided,
    multiplied,
    point,
    squared,
    subtracted,
)
from reference_engine.enclosure.rounding import CORRECT, rounded


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of arithmetic."""

    image: Callable[..., Interval]
    is_exact: Callable[..., Mask]
    """Of operands and result, all points: whether the arithmetic of `WIDE` made no error."""
    ulps: float = CORRECT


def _reciprocal(x: Interval) -> Interval:
    return divided(point(1.0), x)


OPERATIONS: dict[str, Operation] = {
    "add": Operation(added, exactness.sum_is_exact),
    "subtract": Operation(subtracted, lambda x1, x2, y: exactness.sum_is_exact(x1, -x2, y)),
    "multiply": Operation(multiplied, exactness.product_is_exact),
    "divide": Operation(divided, exactness.quotient_is_exact),
    "square": Operation(squared, lambda x, y: exactness.product_is_exact(x, x, y)),
    # Eigen refines the processor's estimate; MKL, which PyTorch calls, promises less than one ulp.
    "reciprocal": Operation(_reciprocal, lambda x, y: exactness.quotient_is_exact(np.ones_like(x), x, y), ulps=2),
    "sqrt": Operation(increasing(np.sqrt, low=0), exactness.root_is_exact, ulps=1),
}
"""By the name of NumPy's ufunc."""


def _quotient_by_reciprocal_is_exact(x1: Bound, x2: Bound, quotient: Bound) -> Mask:
    is_power_of_two = np.abs(np.frexp(x2)[0]) == 0.5
    return ((x1 == 0) | is_power_of_two) & exactness.quotient_is_exact(x1, x2, quotient)


SHARED_DIVISOR = Operation(divided, _quotient_by_reciprocal_is_exact, ulps=3 * CORRECT)
"""A division of several elements by one: XLA inverts that once, and multiplies."""


def real_operation(operation: Operation, operands: Sequence[Interval], target: Format) -> Interval:
    """The operation on intervals, rounded; results that are exact in the format stay as they are."""
    result = operation.image(*operands)
    exact = _exact_points(operation.is_exact, operands, result, target)
    return rounded(result, target, operation.ulps, unrounded=exact)


def _exact_points(
    is_exact: Callable[..., Mask], operands: Sequence[Interval], result: Interval, target: Format
) -> Mask:
    points = certain(*operands)
    if not points.any():
        return points
    bounds: list[Bound] = [operand.lower for operand in operands]
    return points & is_exact(*bounds, result.lower) & target.holds(result.lower)
