"""From the shape of an op's result back to that of an operand that was broadcast: `fit` as the semantics have it.

The transpose of repeating is summing. Beside that stand the mistakes that people make with it, options of the
dimension `unbroadcasting`.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from reference_engine.fit import fit, leading_axes, repeated_axes
from reference_engine.ops.reductions import mean as mean_of
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.semantics import Options

Shape = tuple[int, ...]


def fit_under(options: Options, cotangent: Any, shape: Shape, dtype: np.dtype[Any]) -> Any:
    """`fit` under `options`.

    What a mistaken rule gave may have a shape to which the operand cannot have been broadcast; it keeps that.
    """
    if cotangent.shape != shape and _is_broadcast(shape, cotangent.shape):
        cotangent = _WAYS[options.unbroadcasting](cotangent, shape)
    return fit(cotangent, cotangent.shape, gradient_dtype(options, dtype))


def gradient_dtype(options: Options, dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The dtype of the cotangents of variables of `dtype`, by the dimension of that name."""
    if dtype.kind != "f" or options.gradient_dtype in ("as_value", "promoted_if_alone"):
        return dtype
    return np.dtype({"integers": "int64"}.get(options.gradient_dtype, options.gradient_dtype))


def _is_broadcast(shape: Shape, larger: Shape) -> bool:
    """Whether broadcasting an array of `shape` can give one of shape `larger`."""
    return len(shape) <= len(larger) and all(
        size in (1, other) for size, other in zip(reversed(shape), reversed(larger), strict=False)
    )


def _summed(cotangent: Any, shape: Shape) -> Any:
    return fit(cotangent, shape, cotangent.dtype)


def _missing(cotangent: Any, shape: Shape) -> Any:
    return cotangent


def _leading_axes_only(cotangent: Any, shape: Shape) -> Any:
    return sum_of(cotangent, axis=leading_axes(cotangent, shape))


def _size_one_axes_only(cotangent: Any, shape: Shape) -> Any:
    if cotangent.ndim != len(shape):
        return cotangent
    return sum_of(cotangent, axis=repeated_axes(cotangent, shape), keepdims=True)


def _averaged(cotangent: Any, shape: Shape) -> Any:
    cotangent = mean_of(cotangent, axis=leading_axes(cotangent, shape))
    return mean_of(cotangent, axis=repeated_axes(cotangent, shape), keepdims=True)


def _scalars_forgotten(cotangent: Any, shape: Shape) -> Any:
    return _summed(cotangent, shape) if shape else cotangent


_WAYS: dict[str, Callable[[Any, Shape], Any]] = {
    "summed": _summed,
    "missing": _missing,
    "leading_axes_only": _leading_axes_only,
    "size_one_axes_only": _size_one_axes_only,
    "averaged": _averaged,
    "scalars_forgotten": _scalars_forgotten,
}
