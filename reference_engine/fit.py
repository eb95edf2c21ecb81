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
        surplus = cotangent.ndim - len(shape)
        if surplus:
            cotangent = sum_of(cotangent, axis=tuple(range(surplus)))
        repeated = tuple(axis for axis, size in enumerate(shape) if size == 1 and cotangent.shape[axis] != 1)
        if repeated:
            cotangent = sum_of(cotangent, axis=repeated, keepdims=True)
    if cotangent.dtype != dtype:
        if cotangent.dtype.kind == "c" and dtype.kind != "c":
            cotangent = real(cotangent)
        cotangent = cast(cotangent, dtype=dtype)
    return cotangent
