"""The largest element, or the mean, of what windows show of each channel.

x is (n, channels, ...) with an axis of space for each window. `padding` puts as many elements at both ends of such an
axis: they are smaller than anything for a maximum, and 0 for a mean.
"""

from typing import Any

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.reductions import axes_of, kept
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.selection import equals, where
from reference_engine.ops.shape import Shape
from reference_engine.ops.ties import shares
from reference_engine.ops.windows import padded, windows

Pair = tuple[int, int]


@op
def max_of_windows(x: Array, *, axis: Shape) -> Array:
    """The maximum over the axes of windows.  The first of equal elements gets the cotangent, as all frameworks have it.

    NaN is the maximum.
    """
    return np.max(x, axis=axis)


@max_of_windows.derivative("x")
def _(g: Array, y: Array, x: Array, axis: Shape) -> Array:
    chosen = equals(x, kept(y, x.shape, axis))
    return where(shares(chosen, axes_of(axis, x.ndim), "first") > 0, kept(g, x.shape, axis), 0)


def max_pool1d(x: Array, *, size: int, stride: int, padding: int = 0, dilation: int = 1) -> Any:
    """The largest elements of windows over x (n, channels, length)."""
    return _largest(x, (size,), (stride,), (padding,), (dilation,))


def max_pool2d(x: Array, *, size: Pair, stride: Pair, padding: Pair = (0, 0), dilation: Pair = (1, 1)) -> Any:
    """The largest elements of windows over x (n, channels, height, width)."""
    return _largest(x, size, stride, padding, dilation)


def avg_pool1d(x: Array, *, size: int, stride: int, padding: int = 0, count_include_pad: bool = True) -> Any:
    """The means of windows over x (n, channels, length).

    A window that shows padding divides by its size all the same; without `count_include_pad` by the number of elements
    of x that it shows.
    """
    return _mean(x, (size,), (stride,), (padding,), count_include_pad)


def avg_pool2d(x: Array, *, size: Pair, stride: Pair, padding: Pair = (0, 0), count_include_pad: bool = True) -> Any:
    """The means of windows over x (n, channels, height, width), as for `avg_pool1d`."""
    return _mean(x, size, stride, padding, count_include_pad)


def _largest(x: Array, size: Shape, stride: Shape, padding: Shape, dilation: Shape) -> Any:
    seen = windows(padded(x, padding, -np.inf), size=size, stride=stride, dilation=dilation)
    return max_of_windows(seen, axis=_elements(size))


def _mean(x: Array, size: Shape, stride: Shape, padding: Shape, count_include_pad: bool) -> Any:
    once = (1,) * len(size)
    total = sum_of(windows(padded(x, padding), size=size, stride=stride, dilation=once), axis=_elements(size))
    inside = np.ones((1, 1, *x.shape[2:]))
    if count_include_pad:
        return total / float(np.prod(size))
    number = np.sum(windows(padded(inside, padding), size=size, stride=stride, dilation=once), axis=_elements(size))
    return total / number.astype(x.dtype)


def _elements(size: Shape) -> Shape:
    """The axes of what `windows` shows that a window's elements are on."""
    return tuple(range(3, 3 + 2 * len(size), 2))
