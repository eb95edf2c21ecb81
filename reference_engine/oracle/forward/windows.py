"""What windows over signals (n, channels, length) and images (n, channels, height, width) are made into."""

from collections.abc import Callable, Iterator
from functools import reduce
from itertools import product
from typing import Any

import numpy as np
from flint import arb

from reference_engine.oracle.balls import Ball, Balls
from reference_engine.oracle.forward.reductions import dot, sum_of
from reference_engine.oracle.forward.selection import larger
from reference_engine.oracle.forward.table import forward
from reference_engine.oracle.working import Working

Shape = tuple[int, ...]
Pair = tuple[int, int]


def _shape(value: int | Shape, ndim: int) -> Shape:
    """One number for each axis of space."""
    return value if isinstance(value, tuple) else (value,) * ndim


def sum_of_products(pairs: list[tuple[Ball, Ball]]) -> Ball:
    """The sum of products; 0 of none."""
    if not pairs:
        return arb(0)
    factors, weights = zip(*pairs, strict=True)
    return Working.current.computed("dot", dot, (*factors, *weights))


def _places(space: Shape, size: Shape, stride: Shape, padding: Shape, dilation: Shape) -> Shape:
    """How many windows fit along each axis of space."""
    return tuple(
        (length + 2 * width - apart * (elements - 1) - 1) // step + 1
        for length, elements, step, width, apart in zip(space, size, stride, padding, dilation, strict=True)
    )


def _window(
    place: Shape, space: Shape, size: Shape, stride: Shape, padding: Shape, dilation: Shape
) -> Iterator[tuple[Shape, Shape]]:
    """The elements of the window at a place: where each is in the window and where in space; none in the padding."""
    for element in product(*map(range, size)):
        where = tuple(
            step * one + apart * other - width
            for one, other, step, width, apart in zip(place, element, stride, padding, dilation, strict=True)
        )
        if all(0 <= one < length for one, length in zip(where, space, strict=True)):
            yield element, where


def convolution(
    x: Balls, weight: Balls, *, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: int = 1
) -> Balls:
    space, size = x.shape[2:], weight.shape[2:]
    how = tuple(_shape(one, len(size)) for one in (stride, padding, dilation))
    outputs, channels = weight.shape[:2]
    result = np.empty((x.shape[0], outputs, *_places(space, size, *how)), object)
    for image, output, *place in np.ndindex(*result.shape):
        first = output // (outputs // groups) * channels
        result[(image, output, *place)] = sum_of_products([
            (x[(image, first + channel, *where)], weight[(output, channel, *element)])
            for channel in range(channels)
            for element, where in _window(tuple(place), space, size, *how)
        ])  # fmt: skip
    return result


def transposed(
    x: Balls, weight: Balls, *, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: int = 1
) -> Balls:
    """Where the convolution has a term of an input and an output, this has it of that output and that input."""
    small, size = x.shape[2:], weight.shape[2:]
    how = tuple(_shape(one, len(size)) for one in (stride, padding, dilation))
    space = tuple(
        (length - 1) * step + apart * (elements - 1) + 1 - 2 * width
        for length, elements, step, width, apart in zip(small, size, *how, strict=True)
    )
    channels, outputs = weight.shape[:2]
    terms: dict[Shape, list[tuple[Ball, Ball]]] = {}
    for image, channel, *place in np.ndindex(*x.shape):
        first = channel // (channels // groups) * outputs
        for element, where in _window(tuple(place), space, size, *how):
            for output in range(outputs):
                pair = (x[(image, channel, *place)], weight[(channel, output, *element)])
                terms.setdefault((image, first + output, *where), []).append(pair)
    result = np.empty((x.shape[0], groups * outputs, *space), object)
    for index in np.ndindex(*result.shape):
        result[index] = sum_of_products(terms.get(index, []))
    return result


for _name in ("conv1d", "conv2d"):
    forward(_name)(convolution)
for _name in ("conv_transpose1d", "conv_transpose2d"):
    forward(_name)(transposed)


def _pooled(x: Balls, function: Callable[..., Ball], *, size: Any, stride: Any, padding: Any, dilation: Any) -> Balls:
    """A function of what each window shows of x."""
    space = x.shape[2:]
    size, stride, padding, dilation = (_shape(one, len(space)) for one in (size, stride, padding, dilation))
    result = np.empty((*x.shape[:2], *_places(space, size, stride, padding, dilation)), object)
    for image, channel, *place in np.ndindex(*result.shape):
        seen = [
            x[(image, channel, *where)] for _, where in _window(tuple(place), space, size, stride, padding, dilation)
        ]
        result[(image, channel, *place)] = function(*seen)
    return result


def max_pool(x: Balls, *, size: Any, stride: Any, padding: Any = 0, dilation: Any = 1) -> Balls:
    def largest(*seen: Ball) -> Ball:
        return reduce(larger, seen)

    return _pooled(x, largest, size=size, stride=stride, padding=padding, dilation=dilation)


def avg_pool(x: Balls, *, size: Any, stride: Any, padding: Any = 0, count_include_pad: bool = True) -> Balls:
    whole = int(np.prod(size))

    def mean(*seen: Ball) -> Ball:
        number = whole if count_include_pad else len(seen)
        return Working.current.computed(f"mean of {number}", lambda *seen: sum_of(*seen) / number, seen)

    return _pooled(x, mean, size=size, stride=stride, padding=padding, dilation=1)


for _name in ("max_pool1d", "max_pool2d"):
    forward(_name)(max_pool)
for _name in ("avg_pool1d", "avg_pool2d"):
    forward(_name)(avg_pool)


@forward("unfold")
def unfold(x: Balls, *, size: Pair, stride: Pair = (1, 1), padding: Pair = (0, 0), dilation: Pair = (1, 1)) -> Balls:
    space = x.shape[2:]
    places = _places(space, size, stride, padding, dilation)
    result = np.empty((*x.shape[:2], *size, *places), object)
    result[...] = arb(0)
    for image, channel, *place in np.ndindex(*x.shape[:2], *places):
        for element, where in _window(tuple(place), space, size, stride, padding, dilation):
            result[(image, channel, *element, *place)] = x[(image, channel, *where)]
    return result.reshape(x.shape[0], -1, int(np.prod(places)))
