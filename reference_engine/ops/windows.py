"""Windows that slide over the last axes of an array, and the transpose of looking through them.

An array of images is (images, channels, height, width), a signal (signals, channels, length): the axes behind the
first two are those of space, and there is one window for each.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_engine.op import Array
from reference_engine.ops.indexing import getitem, put, take_places
from reference_engine.ops.padding import pad
from reference_engine.ops.shape import Shape

_BEFORE_SPACE = 2
"""The axes of images and of channels."""


def windows(x: Array, *, size: Shape, stride: Shape, dilation: Shape) -> Any:
    """What is seen through windows of `size` elements, `stride` apart: axes (..., places, size, places, size, ...).

    The elements of a window are `dilation` apart. Only whole windows count. Raises `ValueError` if there is none.
    """
    for position, each in enumerate(zip(size, stride, dilation, strict=True)):
        axis = _BEFORE_SPACE + 2 * position
        x = take_places(x, places=_places(x.shape[axis], *each), axis=axis)
    return x


def sum_of_windows(x: Array, *, space: Shape, stride: Shape, dilation: Shape) -> Any:
    """The transpose of `windows`: windows laid over one another on a `space` of zeros."""
    for position in reversed(range(len(space))):
        axis = _BEFORE_SPACE + 2 * position
        places = _places(space[position], x.shape[axis + 1], stride[position], dilation[position])
        x = put(x, places, shape=(*x.shape[:axis], space[position], *x.shape[axis + 2 :]), axis=axis)
    return x


def reach(size: int, dilation: int) -> int:
    """How many neighbours a window of `size` elements stretches over."""
    return dilation * (size - 1) + 1


def _places(length: int, size: int, stride: int, dilation: int) -> NDArray[np.intp]:
    """For each window of an axis, which elements it shows."""
    first = np.arange(0, length - reach(size, dilation) + 1, stride)
    if not first.size:
        raise ValueError(f"a window over {reach(size, dilation)} elements does not fit in {length}")
    return first[:, np.newaxis] + dilation * np.arange(size)


def padded(x: Array, padding: Shape, value: float = 0.0) -> Any:
    """As many more elements at both ends of each axis of space."""
    widths = (0,) * _BEFORE_SPACE + tuple(padding)
    return pad(x, before=widths, after=widths, value=value)


def without_padding(x: Array, padding: Shape) -> Any:
    """As many elements less at both ends of each axis of space."""
    sizes = x.shape[_BEFORE_SPACE:]
    return getitem(x, index=(..., *(slice(width, size - width) for width, size in zip(padding, sizes, strict=True))))
