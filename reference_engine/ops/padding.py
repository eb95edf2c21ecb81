"""More elements around an array."""

from typing import Any

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.indexing import getitem, take
from reference_engine.ops.shape import Shape
from reference_engine.shapes import check_ndim


def pad(x: Array, *, before: Shape, after: Shape, mode: Any = "constant", value: float = 0.0) -> Any:
    """`before[i]` more elements at the beginning of axis i, and `after[i]` at its end.

    They are `value` (mode "constant"), the element at the border ("edge"), or what a mirror shows: one that stands on
    the last element ("reflect"), or behind it ("symmetric"). An element gets the sum of the cotangents of its images.
    Mirrors at both ends show each other, too. Raises `ValueError` where an axis without elements has nothing to repeat.
    """
    check_ndim("pad", "x", x, len(before))
    if mode == "constant":
        return pad_with(x, before=before, after=after, value=value)
    for axis, (left, right) in enumerate(zip(before, after, strict=True)):
        places = np.arange(x.shape[axis])
        x = take(x, np.pad(places, (left, right), mode), axis=axis)
    return x


@op
def pad_with(x: Array, *, before: Shape, after: Shape, value: float = 0.0) -> Array:
    """Padded by a number.  The transpose leaves away what was added."""
    return np.pad(x, list(zip(before, after, strict=True)), constant_values=value)


@pad_with.derivative("x")
def _(g: Array, x_shape: Shape, before: Shape) -> Array:
    return getitem(g, index=tuple(slice(left, left + size) for left, size in zip(before, x_shape, strict=True)))
