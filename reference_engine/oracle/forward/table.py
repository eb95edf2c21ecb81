"""The table of forward functions, and how one for numbers becomes one for arrays."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from reference_engine.oracle.balls import Ball, Balls
from reference_engine.oracle.working import Working

Axis = int | tuple[int, ...] | None
Forward = Callable[..., Balls]

FORWARD: dict[str, Forward] = {}
"""By the name of the op: array operands positional, parameters by keyword."""

ELEMENTWISE = {
    "abs", "astype", "ceil", "celu", "clip", "copysign", "elu", "equal", "floor", "floor_divide", "fmax", "fmin",
    "greater", "greater_equal", "hard_sigmoid", "hard_swish", "hard_tanh", "hardshrink", "leaky_relu", "less",
    "less_equal", "maximum", "minimum", "not_equal", "relu", "relu6", "remainder", "round", "selu", "sign",
    "softshrink", "softsign", "squareplus", "threshold", "trunc", "where",
}  # fmt: skip
"""Ops that compute each element from one of each operand, broadcast: these, and those that `elementwise` enters."""


def forward(name: str) -> Callable[[Forward], Forward]:
    """Enter the decorated function of arrays under the op's name."""

    def enter(function: Forward) -> Forward:
        FORWARD[name] = function
        return function

    return enter


def for_each(name: str, function: Callable[..., Ball], *operands: Balls) -> Balls:
    """`function` of the elements, broadcast; `name` stands for it."""
    working = Working.current

    def once(*elements: Ball) -> Ball:
        return working.computed(name, function, elements)

    return _everywhere(once, *operands)


def chosen(function: Callable[..., Ball], *operands: Balls) -> Balls:
    """`function` of the elements, broadcast, for one that chooses between numbers and has to be asked every time."""
    working = Working.current
    return _everywhere(lambda *elements: working.kept(function(*elements)), *operands)


def _everywhere(function: Callable[..., Ball], *operands: Balls) -> Balls:
    # Flint's use of floats inside leaves flags of the processor, which say nothing about the balls.
    with np.errstate(all="ignore"):
        return in_array(np.frompyfunc(function, len(operands), 1)(*operands))


def elementwise(name: str) -> Callable[[Callable[..., Ball]], Callable[..., Ball]]:
    """Enter a function of numbers under the op's name, for arrays."""

    def enter(function: Callable[..., Ball]) -> Callable[..., Ball]:
        FORWARD[name] = lambda *operands: for_each(name, function, *operands)
        ELEMENTWISE.add(name)
        return function

    return enter


def in_array(result: Any) -> Balls:
    """What NumPy hands back without axes as a number, as an array without axes."""
    if isinstance(result, np.ndarray):
        return result
    array = np.empty((), object)
    array[()] = result
    return array


def rows(x: Balls, axis: Axis) -> tuple[Balls, tuple[int, ...], tuple[int, ...]]:
    """The elements over `axis` together in the last axis; the shape without these axes; the shape with them kept."""
    axes = tuple(range(x.ndim)) if axis is None else tuple(np.atleast_1d(axis) % max(x.ndim, 1)) if x.ndim else ()
    others = [one for one in range(x.ndim) if one not in axes]
    rest = tuple(x.shape[one] for one in others)
    kept = tuple(1 if one in axes else size for one, size in enumerate(x.shape))
    together = np.transpose(x, (*others, *axes)).reshape(*rest, math.prod(x.shape[one] for one in axes))
    return together, rest, kept


def over_axes(function: Callable[..., Ball], x: Balls, axis: Axis, keepdims: bool) -> Balls:
    """`function` of the elements over `axis`."""
    together, rest, kept = rows(x, axis)
    result = np.empty(rest, object)
    for index in np.ndindex(*rest):
        result[index] = function(*together[index])
    return result.reshape(kept) if keepdims else result


def reduction(name: str) -> Callable[[Callable[..., Ball]], Callable[..., Ball]]:
    """Enter a function of any number of numbers under the op's name, for the elements over axes."""

    def enter(function: Callable[..., Ball]) -> Callable[..., Ball]:
        def reduced(x: Balls, *, axis: Axis = None, keepdims: bool = False) -> Balls:
            working = Working.current
            return over_axes(lambda *elements: working.computed(name, function, elements), x, axis, keepdims)

        FORWARD[name] = reduced
        return function

    return enter
