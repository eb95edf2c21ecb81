"""What ops say of operands whose shapes they do not take.

NumPy would broadcast many of them, or go on by a rule for something else, and give an answer that nobody asked for.
"""

from typing import Any

import numpy as np

from reference_engine.errors import ShapeMismatch
from reference_engine.variable import value_of

Shape = tuple[int, ...]


def shape_of(x: Any) -> Shape:
    """The shape of a variable, an array or a number."""
    return np.shape(value_of(x))


def check_axis(op: str, axis: int | Shape | None, ndim: int) -> None:
    """Raise `ShapeMismatch` if an array of `ndim` axes lacks one of these; None stands for all there are."""
    for one in () if axis is None else (axis,) if isinstance(axis, int) else axis:
        if not -ndim <= one < ndim:
            raise ShapeMismatch(f"{op}: there is no axis {one} in an array of {ndim} axes")


def check_ndim(op: str, operand: str, x: Any, ndim: int) -> None:
    """Raise `ShapeMismatch` if the operand of that name has not so many axes."""
    shape = shape_of(x)
    if len(shape) != ndim:
        raise ShapeMismatch(f"{op}: {operand} has shape {shape}, and {ndim} axes are needed")


def check_least_ndim(op: str, operand: str, x: Any, least: int) -> None:
    """Raise `ShapeMismatch` if the operand of that name has fewer axes."""
    shape = shape_of(x)
    if len(shape) < least:
        raise ShapeMismatch(f"{op}: {operand} has shape {shape}, and at least {least} axes are needed")


def check_square(op: str, x: Any) -> None:
    """Raise `ShapeMismatch` if the last two axes of `x` hold no square matrices."""
    shape = shape_of(x)
    if len(shape) < 2 or shape[-1] != shape[-2]:
        raise ShapeMismatch(f"{op}: square matrices are needed on the last two axes, and the shape is {shape}")


def check_shape(op: str, operand: str, x: Any, expected: Shape) -> None:
    """Raise `ShapeMismatch` if the operand of that name has not the expected shape, to which it could be broadcast."""
    shape = shape_of(x)
    if shape != expected:
        raise ShapeMismatch(f"{op}: {operand} has shape {shape} instead of {expected}")


def check_along(op: str, x1: Any, x2: Any, axis: int) -> None:
    """Raise `ShapeMismatch` if an axis is not of one size in both, or not the same when counted from the end."""
    shapes = shape_of(x1), shape_of(x2)
    for shape in shapes:
        check_axis(op, axis, len(shape))
    first, second = shapes
    if first[axis] != second[axis] or (axis >= 0 and len(first) != len(second)):
        raise ShapeMismatch(f"{op}: shapes {first} and {second} do not go together along axis {axis}")
