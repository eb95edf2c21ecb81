"""What lies within bounds."""

from typing import Any

import numpy as np

from reference_engine.enclosure import Enclosed, Interval


def holds(interval: Interval, values: Any) -> bool:
    """Whether each of `values` is one of the outcomes."""
    numbers = np.asarray(values, np.longdouble)
    within = (numbers >= interval.lower) & (numbers <= interval.upper)
    return bool(np.all(within | (np.isnan(numbers) & interval.is_nan) | interval.is_anything))


def encloses(bounds: Any, values: Any) -> bool:
    """Whether an array, enclosed or plain, may have these values."""
    values = np.asarray(values)
    if not isinstance(bounds, Enclosed):
        return np.array_equal(bounds, values, equal_nan=True)
    pieces = (values.real, values.imag) if bounds.is_complex else (values,)
    return all(holds(part, piece) for part, piece in zip(bounds.parts, pieces, strict=True))
