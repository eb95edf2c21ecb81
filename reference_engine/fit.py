"""A cotangent in the shape and dtype of the variable that it belongs to."""

from typing import Any

import numpy as np

from reference_engine.ops.casting import cast, real
from reference_engine.ops.reductions import sum as sum_of


def fit(cotangent: Any, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Any:
    """Transpose what the forward op did to an operand silently: broadcasting it and promoting its dtype.

    The transpose of repeating is summing; that of reading a real number as a complex one is taking the real part.
    """
    if cotangent.shape != shape:
        leading = leading_axes(cotangent, shape)
        if leading:
            cotangent = sum_of(cotangent, axis=leading)
        repeated = repeated_axes(cotangent, shape)
        if repeated:
            cotangent = sum_of(cotangent, axis=repeated, keepdims=True)
    if cotangent.dtype != dtype:
        if cotangent.dtype.kind == "c" and dtype.kind != "c":
            cotangent = real(cotangent)
        cotangent = cast(cotangent, dtype=dtype)
    return cotangent


def leading_axes(cotangent: Any, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The axes that broadcasting put before those of `shape`."""
    return tuple(range(cotangent.ndim - len(shape)))


def repeated_axes(cotangent: Any, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The axes of size 1 in `shape` that broadcasting repeated, once there are as many axes as in `shape`."""
    return tuple(axis for axis, size in enumerate(shape) if size == 1 and cotangent.shape[axis] != 1)
