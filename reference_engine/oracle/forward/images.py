"""Images (n, channels, height, width) in other sizes, and their pixels in other places."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from flint import arb

from reference_engine.oracle.balls import Ball, Balls
from reference_engine.oracle.forward.table import forward
from reference_engine.oracle.working import Working

Pair = tuple[int, int]


@forward("pixel_shuffle")
def pixel_shuffle(x: Balls, *, block: int) -> Balls:
    images, channels, height, width = x.shape
    result = np.empty((images, channels // block**2, height * block, width * block), object)
    for image, channel, row, column in np.ndindex(*result.shape):
        source = (channel * block + row % block) * block + column % block
        result[image, channel, row, column] = x[image, source, row // block, column // block]
    return result


@forward("depth_to_space")
def depth_to_space(x: Balls, *, block: int) -> Balls:
    images, channels, height, width = x.shape
    result = np.empty((images, channels // block**2, height * block, width * block), object)
    for image, channel, row, column in np.ndindex(*result.shape):
        source = (row % block * block + column % block) * result.shape[1] + channel
        result[image, channel, row, column] = x[image, source, row // block, column // block]
    return result


@forward("pixel_unshuffle")
def pixel_unshuffle(x: Balls, *, block: int) -> Balls:
    images, channels, height, width = x.shape
    result = np.empty((images, channels * block**2, height // block, width // block), object)
    for image, channel, row, column in np.ndindex(*x.shape):
        target = (channel * block + row % block) * block + column % block
        result[image, target, row // block, column // block] = x[image, channel, row, column]
    return result


@forward("space_to_depth")
def space_to_depth(x: Balls, *, block: int) -> Balls:
    images, channels, height, width = x.shape
    result = np.empty((images, channels * block**2, height // block, width // block), object)
    for image, channel, row, column in np.ndindex(*x.shape):
        target = (row % block * block + column % block) * channels + channel
        result[image, target, row // block, column // block] = x[image, channel, row, column]
    return result


@forward("upsample_nearest")
def upsample_nearest(x: Balls, *, scale: Pair) -> Balls:
    down, across = (np.arange(length * times) // times for length, times in zip(x.shape[2:], scale, strict=True))
    return x[:, :, down[:, np.newaxis], across]


@forward("upsample_bilinear")
def upsample_bilinear(x: Balls, *, scale: Pair, align_corners: bool = False) -> Balls:
    down, across = (_between(length, times, align_corners) for length, times in zip(x.shape[2:], scale, strict=True))
    result = np.empty((*x.shape[:2], len(down), len(across)), object)
    for image, channel, row, column in np.ndindex(*result.shape):
        terms = [
            (x[image, channel, one, other], share * part) for one, share in down[row] for other, part in across[column]
        ]
        weights = [weight for _, weight in terms]
        name = f"weighted by {weights}"
        pixels = tuple(pixel for pixel, _ in terms)
        result[image, channel, row, column] = Working.current.computed(name, _weighted(weights), pixels)
    return result


def _weighted(weights: list[arb]) -> Callable[..., Ball]:
    return lambda *elements: sum((one * weight for one, weight in zip(elements, weights, strict=True)), arb(0))


def _between(length: int, times: int, align_corners: bool) -> list[list[tuple[int, arb]]]:
    """For each new pixel, the old ones it lies between and their shares in it."""
    found = []
    for new in range(length * times):
        if align_corners:
            place = Fraction(new * (length - 1), max(length * times - 1, 1))
        else:
            place = Fraction(2 * new + 1 - times, 2 * times)  # the middle of the little square
        place = min(max(place, Fraction(0)), Fraction(length - 1))
        before = int(place)
        share = arb((place - before).numerator) / (place - before).denominator
        found.append([(before, 1 - share), (before + 1, share)] if place > before else [(before, arb(1))])
    return found
