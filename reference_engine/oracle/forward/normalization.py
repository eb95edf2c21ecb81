"""Layers that bring elements to the mean 0 and the variance 1, or vectors to the length 1."""

from collections.abc import Callable

import numpy as np
from flint import arb

from reference_engine.oracle.balls import Ball, Balls
from reference_engine.oracle.forward.elementwise import divide, sqrt
from reference_engine.oracle.forward.reductions import mean_of, sum_of
from reference_engine.oracle.forward.selection import larger
from reference_engine.oracle.forward.table import for_each, forward
from reference_engine.oracle.working import Working

Shape = tuple[int, ...]


def _once(name: str, function: Callable[..., Ball], *operands: Ball) -> Ball:
    return Working.current.computed(name, function, operands)


def _standardized(row: list[Ball], eps: float) -> list[Ball]:
    """Each less the mean, over the root of the variance plus eps."""
    mean = _once("mean", mean_of, *row)
    centred = [_once("subtract", lambda x1, x2: x1 - x2, x, mean) for x in row]
    root = _once(f"root {eps}", lambda *x: sqrt(mean_of(*(one * one for one in x)) + arb(eps)), *centred)
    return [_once("divide", divide, x, root) for x in centred]


def _over_axes(x: Balls, axes: Shape, eps: float) -> Balls:
    result = np.empty_like(x)
    others = [size if axis not in axes else 1 for axis, size in enumerate(x.shape)]
    for place in np.ndindex(*others):
        index = tuple(slice(None) if axis in axes else one for axis, one in enumerate(place))
        part = x[index]
        row = np.empty(part.size, object)
        row[:] = _standardized(list(part.ravel()), eps)
        result[index] = row.reshape(part.shape)
    return result


def _scaled(x: Balls, weight: Balls, bias: Balls) -> Balls:
    return for_each("add", lambda x1, x2: x1 + x2, for_each("multiply", lambda x1, x2: x1 * x2, x, weight), bias)


def _per_channel(x: Balls, weight: Balls, bias: Balls) -> Balls:
    shape = (-1, *[1] * (x.ndim - 2))
    return _scaled(x, weight.reshape(shape), bias.reshape(shape))


@forward("batch_norm")
def batch_norm(x: Balls, weight: Balls, bias: Balls, *, eps: float = 1e-5) -> Balls:
    return _per_channel(_over_axes(x, (0, *range(2, x.ndim)), eps), weight, bias)


@forward("instance_norm")
def instance_norm(x: Balls, weight: Balls, bias: Balls, *, eps: float = 1e-5) -> Balls:
    return _per_channel(_over_axes(x, tuple(range(2, x.ndim)), eps), weight, bias)


@forward("group_norm")
def group_norm(x: Balls, weight: Balls, bias: Balls, *, num_groups: int, eps: float = 1e-5) -> Balls:
    groups = x.reshape(x.shape[0], num_groups, -1)
    return _per_channel(_over_axes(groups, (2,), eps).reshape(x.shape), weight, bias)


@forward("layer_norm")
def layer_norm(x: Balls, weight: Balls, bias: Balls, *, eps: float = 1e-5) -> Balls:
    return _scaled(_over_axes(x, (x.ndim - 1,), eps), weight, bias)


@forward("rms_norm")
def rms_norm(x: Balls, weight: Balls, *, eps: float = 1e-5) -> Balls:
    result = np.empty_like(x)
    for place in np.ndindex(*x.shape[:-1]):
        root = _once(f"root {eps}", lambda *x: sqrt(mean_of(*(one * one for one in x)) + arb(eps)), *x[place])
        for position, one in enumerate(x[place]):
            result[(*place, position)] = _once("divide", divide, one, root)
    return for_each("multiply", lambda x1, x2: x1 * x2, result, weight)


@forward("normalize")
def normalize(x: Balls, *, axis: int = 1, eps: float = 1e-12) -> Balls:
    rows = np.moveaxis(x, axis, -1)
    result = np.empty_like(rows)
    least = Working.current.kept(arb(eps))
    for place in np.ndindex(*rows.shape[:-1]):
        length = _once("length", lambda *x: sqrt(sum_of(*(one * one for one in x))), *rows[place])
        divisor = larger(length, least)
        for position, one in enumerate(rows[place]):
            result[(*place, position)] = _once("divide", divide, one, divisor)
    return np.moveaxis(result, -1, axis)


@forward("local_response_norm")
def local_response_norm(x: Balls, *, size: int, alpha: float, beta: float, k: float) -> Balls:
    def response(one: Ball, *seen: Ball) -> Ball:
        return divide(one, (arb(k) + arb(alpha) * sum_of(*(other * other for other in seen))) ** arb(beta))

    result = np.empty_like(x)
    for image, channel, *place in np.ndindex(*x.shape):
        nearby = range(max(channel - size // 2, 0), min(channel + size // 2 + 1, x.shape[1]))
        seen = [x[(image, other, *place)] for other in nearby]
        index = (image, channel, *place)
        result[index] = _once(f"response {alpha} {beta} {k}", response, x[index], *seen)
    return result
