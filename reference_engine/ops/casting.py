"""Changes of dtype, constants, and the parts of complex numbers."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from reference_engine.dtypes import dtype_of, is_inexact
from reference_engine.op import Array, op
from reference_engine.recording import is_recording
from reference_engine.semantics import current


def astype(x: Array, *, dtype: DTypeLike) -> Any:
    """The same values in another dtype; the real part if that is real and `x` complex.

    The derivative is the cotangent in the dtype of `x`. A cast to integers or bool is constant almost everywhere: its
    result is a constant. A cast to the dtype that `x` has: dimension `same_dtype_cast`. Raises `UnsupportedDtype`.
    """
    target = dtype_of(dtype)
    source = x if hasattr(x, "dtype") else np.asarray(x)
    if source.dtype == target:
        option = current().same_dtype_cast
        if option == "same_object" or (option == "same_object_if_recorded" and is_recording()):
            return source
    return cast(source, dtype=target) if is_inexact(target) else discretized(source, dtype=target)


@op
def cast(x: Array, *, dtype: np.dtype[Any]) -> Array:
    """`x` in a float or complex dtype.  Linear; `fit` casts the cotangent back."""
    return (x.real if _loses_imaginary_part(x, dtype) else x).astype(dtype)


@cast.derivative("x")
def _(g: Array) -> Array:
    return g


@op
def discretized(x: Array, *, dtype: np.dtype[Any]) -> Array:
    """`x` in a dtype of integers or bool: without a derivative."""
    return (x.real if _loses_imaginary_part(x, dtype) else x).astype(dtype)


def _loses_imaginary_part(x: Array, dtype: np.dtype[Any]) -> bool:
    return bool(x.dtype.kind == "c" and dtype.kind not in "cb")


@op
def stop_gradient(x: Array) -> Array:
    """The same value, a constant to differentiation."""
    return np.copy(x)


@op
def real(x: Array) -> Array:
    """The real part.  For a real cotangent g, Re(g dx) is the real part's change: g, read as complex."""
    return np.real(x).copy()


@real.derivative("x")
def _(g: Array) -> Array:
    return g


@op
def conj(x: Array) -> Array:
    """The complex conjugate.  Re(g conj(dx)) = Re(conj(g) dx)."""
    return np.conjugate(x)


@conj.derivative("x")
def _(g: Array) -> Array:
    return conj(g)
