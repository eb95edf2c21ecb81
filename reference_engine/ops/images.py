"""Images (n, channels, height, width) in other sizes, and their pixels in other places. All are linear."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_engine.op import Array, op
from reference_engine.ops.indexing import take_places
from reference_engine.ops.rearrangement import repeat
from reference_engine.ops.shape import permute_dims, reshape
from reference_engine.ops.windows import padded, windows
from reference_engine.shapes import check_ndim

Pair = tuple[int, int]


def pixel_shuffle(x: Array, *, block: int) -> Any:
    """Channels become blocks of pixels: channel (c, i, j), with j the fastest, is pixel (i, j) of each block of c.

    Source: Shi et al., Real-time single image and video super-resolution, 2016.
    """
    check_ndim("pixel_shuffle", "x", x, 4)
    images, channels, height, width = x.shape
    apart = reshape(x, shape=(images, channels // block**2, block, block, height, width))
    apart = permute_dims(apart, axes=(0, 1, 4, 2, 5, 3))
    return reshape(apart, shape=(images, channels // block**2, height * block, width * block))


def pixel_unshuffle(x: Array, *, block: int) -> Any:
    """Blocks of pixels become channels: the inverse of `pixel_shuffle`."""
    check_ndim("pixel_unshuffle", "x", x, 4)
    apart = permute_dims(_blocks(x, block), axes=(0, 1, 3, 5, 2, 4))
    return _as_channels(apart, x, block)


def depth_to_space(x: Array, *, block: int) -> Any:
    """Channels become blocks of pixels: channel (i, j, c), with c the fastest, is pixel (i, j) of each block of c."""
    check_ndim("depth_to_space", "x", x, 4)
    images, channels, height, width = x.shape
    apart = reshape(x, shape=(images, block, block, channels // block**2, height, width))
    apart = permute_dims(apart, axes=(0, 3, 4, 1, 5, 2))
    return reshape(apart, shape=(images, channels // block**2, height * block, width * block))


def space_to_depth(x: Array, *, block: int) -> Any:
    """Blocks of pixels become channels: the inverse of `depth_to_space`."""
    check_ndim("space_to_depth", "x", x, 4)
    apart = permute_dims(_blocks(x, block), axes=(0, 3, 5, 1, 2, 4))
    return _as_channels(apart, x, block)


def _blocks(x: Array, block: int) -> Any:
    images, channels, height, width = x.shape
    return reshape(x, shape=(images, channels, height // block, block, width // block, block))


def _as_channels(apart: Array, x: Array, block: int) -> Any:
    images, channels, height, width = x.shape
    return reshape(apart, shape=(images, channels * block**2, height // block, width // block))


def unfold(x: Array, *, size: Pair, stride: Pair = (1, 1), padding: Pair = (0, 0), dilation: Pair = (1, 1)) -> Any:
    """What windows show, as columns: (n, channels * rows * columns of a window, number of windows)."""
    check_ndim("unfold", "x", x, 4)
    seen = windows(padded(x, padding), size=size, stride=stride, dilation=dilation)
    images, channels, down, _, across, _ = seen.shape
    columns = permute_dims(seen, axes=(0, 1, 3, 5, 2, 4))
    return reshape(columns, shape=(images, channels * math.prod(size), down * across))


def upsample_nearest(x: Array, *, scale: Pair) -> Any:
    """Each pixel as a block of `scale` rows and columns.  It gets the sum of their cotangents."""
    check_ndim("upsample_nearest", "x", x, 4)
    return repeat(repeat(x, repeats=scale[0], axis=2), repeats=scale[1], axis=3)


def upsample_bilinear(x: Array, *, scale: Pair, align_corners: bool = False) -> Any:
    """Images `scale` times as large, in between linear in either direction.

    Pixels are little squares, and images have the same borders, outside which their outermost pixels go on; or, to
    `align_corners`, pixels are points, and images have the same outermost ones.
    """
    check_ndim("upsample_bilinear", "x", x, 4)
    for axis, times in zip((2, 3), scale, strict=True):
        before, after, _ = _between(x.shape[axis], times, align_corners)
        left, right = (take_places(x, places=places, axis=axis) for places in (before, after))
        share = part_after(x, axis=axis, times=times, align_corners=align_corners)
        x = weighed(left, 1 - share) + weighed(right, share)
    return x


@op
def part_after(x: Array, *, axis: int, times: int, align_corners: bool) -> Array:
    """For each new pixel along an axis, how far it is from the old one before it to the one behind.

    The numbers depend on the shape and the dtype of x alone; they are constants.
    """
    _, _, part = _between(x.shape[axis], times, align_corners)
    return part.astype(x.dtype).reshape(-1, *[1] * (x.ndim - 1 - axis))


@op
def weighed(x: Array, weights: Array) -> Array:
    """x * weights, which are constants known from shapes: nothing has to be kept."""
    return x * weights


@weighed.derivative("x", unsaved="weights")
def _(g: Array, weights: Array) -> Array:
    return weighed(g, weights)


def _between(length: int, times: int, align_corners: bool) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[Any]]:
    """For each new pixel, the old ones on either side, and how far it is from the first to the second."""
    new = np.arange(length * times)
    places = new * (length - 1) / max(length * times - 1, 1) if align_corners else (new + 0.5) / times - 0.5
    places = np.clip(places, 0, length - 1)
    before = np.floor(places).astype(np.intp)
    return before, np.minimum(before + 1, length - 1), places - before
