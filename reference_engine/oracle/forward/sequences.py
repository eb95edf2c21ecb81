"""Elements in other places, and what is computed from neighbours along an axis."""

from typing import Any

import numpy as np
from flint import arb

from reference_engine.oracle.balls import Ball, Balls
from reference_engine.oracle.forward.elementwise import subtract
from reference_engine.oracle.forward.reductions import dot
from reference_engine.oracle.forward.table import Axis, for_each, forward, in_array
from reference_engine.oracle.working import Working

Shape = tuple[int, ...]
ZERO = in_array(arb(0))


@forward("moveaxis")
def moveaxis(x: Balls, *, source: int | Shape, destination: int | Shape) -> Balls:
    return np.moveaxis(x, source, destination)


@forward("swapaxes")
def swapaxes(x: Balls, *, axis1: int, axis2: int) -> Balls:
    return np.swapaxes(x, axis1, axis2)


@forward("ravel")
def ravel(x: Balls) -> Balls:
    return np.ravel(x)


@forward("flip")
def flip(x: Balls, *, axis: Axis = None) -> Balls:
    return np.flip(x, axis)


@forward("roll")
def roll(x: Balls, *, shift: int | Shape, axis: Axis = None) -> Balls:
    return np.roll(x, shift, axis)


@forward("rot90")
def rot90(x: Balls, *, k: int = 1, axes: tuple[int, int] = (0, 1)) -> Balls:
    return np.rot90(x, k, axes)


@forward("tile")
def tile(x: Balls, *, repetitions: Shape) -> Balls:
    return np.tile(x, repetitions)


@forward("repeat")
def repeat(x: Balls, *, repeats: int, axis: int | None = None) -> Balls:
    return np.repeat(x, repeats, axis)


@forward("pad")
def pad(x: Balls, *, before: Shape, after: Shape, mode: Any = "constant", value: Balls = ZERO) -> Balls:
    widths = list(zip(before, after, strict=True))
    if mode == "constant":
        return np.pad(x, widths, constant_values=value)
    return np.pad(x, widths, mode)


@forward("sliding_windows")
def sliding_windows(x: Balls, *, size: int, step: int = 1) -> Balls:
    return np.lib.stride_tricks.sliding_window_view(x, size, axis=-1)[..., ::step, :]


@forward("diff")
def diff(x: Balls, *, n: int = 1, axis: int = -1) -> Balls:
    rows = np.moveaxis(x, axis, -1)
    for _ in range(n):
        rows = for_each("subtract", subtract, rows[..., 1:], rows[..., :-1])
    return np.moveaxis(rows, -1, axis)


@forward("trapezoid")
def trapezoid(heights: Balls, places: Balls, *, axis: int = -1) -> Balls:
    heights = np.moveaxis(heights, axis, -1)
    places = np.broadcast_to(places if places.ndim == 1 else np.moveaxis(places, axis, -1), heights.shape)
    result = np.empty(heights.shape[:-1], object)
    for index in np.ndindex(*result.shape):
        result[index] = Working.current.computed("trapezoid", _area, (*heights[index], *places[index]))
    return in_array(result)


def _area(*elements: Ball) -> Ball:
    """Under the line through points: first all heights, then all places."""
    count = len(elements) // 2
    heights, places = elements[:count], elements[count:]
    strips = [(places[i + 1] - places[i]) * (heights[i + 1] + heights[i]) / 2 for i in range(count - 1)]
    return sum(strips, places[0] - places[0])


@forward("correlate")
def correlate(x: Balls, kernel: Balls, *, mode: str = "valid") -> Balls:
    """Slid over x from where the kernel's last element lies on the first to where its first lies on the last."""
    size = len(kernel)
    overlaps = [
        [(x[start + k], kernel[k]) for k in range(size) if 0 <= start + k < len(x)] for start in range(1 - size, len(x))
    ]
    result = np.empty(len(overlaps), object)
    for place, pairs in enumerate(overlaps):
        factors, weights = zip(*pairs, strict=True)
        result[place] = Working.current.computed("dot", dot, (*factors, *weights))
    if mode == "full":
        return result
    return result[size - 1 : len(x)] if mode == "valid" else result[(size - 1) // 2 :][: len(x)]


@forward("convolve")
def convolve(x: Balls, kernel: Balls, *, mode: str = "full") -> Balls:
    return correlate(x, kernel[::-1], mode=mode)
