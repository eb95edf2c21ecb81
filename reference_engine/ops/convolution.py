"""Convolutions as layers have them, which are correlations: the kernel is not reversed.

    y[n, o, p] = sum over c, k of weight[o, c, k] * x[n, c, stride * p + dilation * k - padding]

where x is 0 outside. Both are linear in either operand, so a matrix product of what the windows show is all there is;
the derivative in x is the transposed convolution of the cotangent (Dumoulin and Visin, A guide to convolution
arithmetic for deep learning, 2016). With `groups`, the channels are dealt out in order, and each group of outputs sees
its own group of inputs; with one for each channel, the convolution is depthwise.
"""

import math
from typing import Any

from reference_engine.op import Array
from reference_engine.ops.linear import matmul
from reference_engine.ops.shape import Shape, permute_dims, reshape
from reference_engine.ops.windows import padded, reach, sum_of_windows, windows, without_padding

Pair = tuple[int, int]


def conv1d(x: Array, weight: Array, *, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1) -> Any:
    """Signals x (n, channels, length) through kernels `weight` (outputs, channels / groups, size)."""
    return _convolution(x, weight, (stride,), (padding,), (dilation,), groups)


def conv2d(
    x: Array, weight: Array, *, stride: Pair = (1, 1), padding: Pair = (0, 0), dilation: Pair = (1, 1), groups: int = 1
) -> Any:
    """Images x (n, channels, height, width) through kernels `weight` (outputs, channels / groups, rows, columns)."""
    return _convolution(x, weight, stride, padding, dilation, groups)


def conv_transpose1d(
    x: Array, weight: Array, *, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Any:
    """The transpose of `conv1d`: x (n, channels, length), `weight` (channels, outputs / groups, size)."""
    return _transposed(x, weight, (stride,), (padding,), (dilation,), groups)


def conv_transpose2d(
    x: Array, weight: Array, *, stride: Pair = (1, 1), padding: Pair = (0, 0), dilation: Pair = (1, 1), groups: int = 1
) -> Any:
    """The transpose of `conv2d`: x (n, channels, height, width), `weight` (channels, outputs / groups, rows, columns).

    The result is as small as the stride allows.
    """
    return _transposed(x, weight, stride, padding, dilation, groups)


def _convolution(x: Array, weight: Array, stride: Shape, padding: Shape, dilation: Shape, groups: int) -> Any:
    outputs, channels, *size = weight.shape
    seen = windows(padded(x, padding), size=tuple(size), stride=stride, dilation=dilation)
    places, elements = _alternating(len(size))
    space = tuple(seen.shape[axis] for axis in places)
    seen = permute_dims(seen, axes=(0, *places, 1, *elements))
    columns = channels * math.prod(size)
    seen = reshape(seen, shape=(seen.shape[0], math.prod(space), groups, columns))
    seen = permute_dims(seen, axes=(0, 2, 3, 1))
    kernels = reshape(weight, shape=(groups, outputs // groups, columns))
    return reshape(matmul(kernels, seen), shape=(seen.shape[0], outputs, *space))


def _transposed(x: Array, weight: Array, stride: Shape, padding: Shape, dilation: Shape, groups: int) -> Any:
    images, channels, *space = x.shape
    outputs, size = weight.shape[1], weight.shape[2:]
    kernels = reshape(weight, shape=(groups, channels // groups, outputs * math.prod(size)))
    signals = reshape(x, shape=(images, groups, channels // groups, math.prod(space)))
    seen = matmul(permute_dims(kernels, axes=(0, 2, 1)), signals)
    seen = reshape(seen, shape=(images, groups * outputs, *size, *space))
    behind_channels = range(2, 2 + len(size))
    pairs = [axis for element in behind_channels for axis in (element + len(size), element)]
    seen = permute_dims(seen, axes=(0, 1, *pairs))
    whole = tuple(
        (places - 1) * step + reach(elements, apart)
        for places, elements, step, apart in zip(space, size, stride, dilation, strict=True)
    )
    return without_padding(sum_of_windows(seen, space=whole, stride=stride, dilation=dilation), padding)


def _alternating(count: int) -> tuple[Shape, Shape]:
    """Of what `windows` shows: the axes of the places, and those of the elements of a window."""
    return tuple(range(2, 2 + 2 * count, 2)), tuple(range(3, 3 + 2 * count, 2))
