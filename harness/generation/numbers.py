"""What the elements of an input are: plain numbers, equal numbers, or those at which functions change character."""

import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.generation.choices import Choices, pick
from harness.places import PLACES, is_array

PLAIN = (1.0, 2.0, 0.5, -1.0, 0.25, 3.0, -0.5, 1.5, -2.0, 0.75, -0.25, -1.25)
"""Few binary digits, so that sums and products of several are exact, and what differs differs for a reason."""

CORNERS = (0.0, -0.0, math.inf, -math.inf, math.nan, 2.5e-310, 1.5e308, 1e-40, 1e-7)
"""Zeros, what is not finite, what is subnormal or huge in float64, in float32 or in float16."""


def elements(choices: Choices, op: str, shape: tuple[int, ...], dtype: str) -> NDArray[Any]:
    """An array of floats for an op, in its shape and dtype."""
    style = pick(choices, _STYLES)
    size = math.prod(shape)
    numbers = [number for number, _ in zip(style(choices, op), range(size), strict=False)]
    with np.errstate(over="ignore", under="ignore"):
        return np.array(numbers, np.float64).reshape(shape).astype(dtype)


def _plain(choices: Choices, op: str) -> Iterator[float]:
    while True:
        yield pick(choices, PLAIN)


def _tied(choices: Choices, op: str) -> Iterator[float]:
    """Equal numbers, here and there another one."""
    most, other = pick(choices, PLAIN), pick(choices, PLAIN)
    while True:
        yield pick(choices, (most, most, other))


def _special(choices: Choices, op: str) -> Iterator[float]:
    """Numbers at which this op changes character, among plain ones."""
    special = special_numbers(op)
    while True:
        yield pick(choices, special) if special and choices.below(2) else pick(choices, PLAIN)


def _corners(choices: Choices, op: str) -> Iterator[float]:
    """Numbers at which arithmetic changes character, among plain ones."""
    while True:
        yield pick(choices, CORNERS) if choices.below(3) == 2 else pick(choices, PLAIN)


_STYLES: tuple[Callable[[Choices, str], Iterator[float]], ...] = (_plain, _plain, _tied, _special, _special, _corners)


@cache
def special_numbers(op: str) -> tuple[float, ...]:
    """The real numbers that occur where the op's formula changes character, the nearest to 0 first."""
    found = {
        float(number)
        for place in PLACES[op].of("special")
        for operand in place.operands
        if is_array(operand) and np.asarray(operand).dtype.kind == "f"
        for number in np.ravel(operand)
    }
    return tuple(
        sorted((number for number in found if math.isfinite(number)), key=lambda number: (abs(number), number))
    )
