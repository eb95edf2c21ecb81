"""Comparisons. Their results are bool, and constants to differentiation."""

import numpy as np

from reference_engine.op import Array, op


@op
def equal(x1: Array, x2: Array) -> Array:
    """x1 == x2."""
    return np.equal(x1, x2)


@op
def not_equal(x1: Array, x2: Array) -> Array:
    """x1 != x2."""
    return np.not_equal(x1, x2)


@op
def less(x1: Array, x2: Array) -> Array:
    """x1 < x2."""
    return np.less(x1, x2)


@op
def less_equal(x1: Array, x2: Array) -> Array:
    """x1 <= x2."""
    return np.less_equal(x1, x2)


@op
def greater(x1: Array, x2: Array) -> Array:
    """x1 > x2."""
    return np.greater(x1, x2)


@op
def greater_equal(x1: Array, x2: Array) -> Array:
    """x1 >= x2."""
    return np.greater_equal(x1, x2)
