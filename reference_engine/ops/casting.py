"""Changes of dtype, constants, and the parts of complex numbers."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from reference_engine.dtypes import dtype_of, is_inexact
from reference_engine.errors import NoDerivative
from reference_engine.op import Array, op
from reference_engine.recording import is_recording
from reference_engine.semantics import current
from reference_engine.variable import Variable


def astype(x: Array, *, dtype: DTypeLike) -> Any:
    """The same values in another dtype; the real part if that is real and `x` complex.

    The derivative is the cotangent in the dtype of `x`. A cast to integers or bool is constant almost everywhere: its
    result is a constant, or what `integer_cast` says. A cast to the dtype that `x` has: `same_dtype_cast`. Raises
    `UnsupportedDtype`.
    """
    target = dtype_of(dtype)
    source = x if hasattr(x, "dtype") else np.asarray(x)
    if source.dtype == target and _is_returned_as_it_is(current().same_dtype_cast):
        return source
    if is_inexact(target):
        if not is_inexact(source.dtype) and current().integer_input == "refused_by_ops":
            source = stop_gradient(source)
        if isinstance(source, Variable) and current().cast_result == "new_leaf":
            return Variable(cast(source.value, dtype=target), requires_grad=source.requires_grad)
        return cast(source, dtype=target)
    if getattr(source, "requires_grad", False) and is_recording():
        option = current().integer_cast
        if option == "raises":
            raise NoDerivative(f"a cast to {target} has no derivative: take it of a constant, stop_gradient(x)")
        if option != "constant":
            return recorded_discretized(source, dtype=target)
    return discretized(source, dtype=target)


def _is_returned_as_it_is(option: str) -> bool:
    """Whether a cast to the dtype that a variable has gives the variable itself, by an option of `same_dtype_cast`."""
    if option in ("same_object_if_recorded", "new_node_if_recorded"):
        return is_recording() == (option == "same_object_if_recorded")
    return option == "same_object"


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


@op
def recorded_discretized(x: Array, *, dtype: np.dtype[Any]) -> Array:
    """`x` in a dtype of integers or bool: with the derivative that `integer_cast` says."""
    return (x.real if _loses_imaginary_part(x, dtype) else x).astype(dtype)


@recorded_discretized.derivative("x")
def _(g: Array, x_shape: tuple[int, ...]) -> Array:
    return g if current().integer_cast == "passes" else np.zeros(x_shape)


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
def imag(x: Array) -> Array:
    """The imaginary part, 0 of a real number.  For a real cotangent g, Re(-i g dx) is g times its change."""
    return np.imag(x).copy()


@imag.derivative("x")
def _(g: Array, x: Array) -> Array:
    return g * -1j if x.dtype.kind == "c" else np.zeros(x.shape)


@op
def conj(x: Array) -> Array:
    """The complex conjugate.  Re(g conj(dx)) = Re(conj(g) dx)."""
    return np.conjugate(x)


@conj.derivative("x")
def _(g: Array) -> Array:
    return conj(g)
