"""Derivatives from values alone, to hold the engine's rules against."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from reference_engine import Variable, grad

# Central differences of order 8: f'(x) is about the sum of weight * (f(x + k h) - f(x - k h)) / h for k = 1 .. 4.
_WEIGHTS = (4 / 5, -1 / 5, 4 / 105, -1 / 280)
_STEP = 0.01

Function = Callable[..., Any]


def loss(function: Function, operands: Sequence[Any], seed: NDArray[Any]) -> float:
    """Re(sum(conj(seed) * function(operands))), the number whose derivative the seed asks for."""
    return float(np.real(np.sum(np.conj(seed) * function(*operands))))


def slopes(function: Function, operands: Sequence[Any], position: int, seed: NDArray[Any]) -> NDArray[Any]:
    """The derivative of the loss by each element of one operand: df/dRe + i df/dIm if that is complex."""
    operand = np.asarray(operands[position])
    directions = (1.0, 1.0j) if operand.dtype.kind == "c" else (1.0,)
    result = np.zeros_like(operand)
    for index in np.ndindex(operand.shape):
        for direction in directions:
            step = np.zeros_like(operand)
            step[index] = direction
            steps = {position: step}
            result[index] += slope_along(function, operands, steps, seed) * direction
    return result


def slope_along(function: Function, operands: Sequence[Any], steps: Mapping[int, NDArray[Any]], seed: Any) -> float:
    """The derivative of the loss by t at 0, where `steps` times t is added to the operands at those positions."""
    slope = 0.0
    for multiple, weight in enumerate(_WEIGHTS, start=1):
        for side in (1, -1):
            values = list(operands)
            for position, step in steps.items():
                values[position] = np.asarray(values[position]) + side * multiple * _STEP * step
            slope += side * weight * loss(function, values, seed) / _STEP
    return slope


def seed_for(function: Function, operands: Sequence[Any]) -> NDArray[Any]:
    """Weights for the output, no two alike, none 0."""
    output = np.asarray(function(*operands))
    weights = np.cos(np.arange(output.size, dtype=np.float64) + 0.5).reshape(output.shape)
    return weights * (1 - 0.5j) if output.dtype.kind == "c" else weights


def assert_gradients_are_slopes(function: Function, operands: Sequence[Any]) -> None:
    """Each float or complex operand's gradient is the slope of the loss, to about ten digits."""
    seed = seed_for(function, operands)
    positions = [position for position, operand in enumerate(operands) if np.asarray(operand).dtype.kind in "fc"]
    variables = [Variable(operand) for operand in operands]
    gradients = grad(function(*variables), [variables[position] for position in positions], [seed])
    for position, gradient in zip(positions, gradients, strict=True):
        expected = slopes(function, operands, position, seed)
        assert expected.shape == gradient.shape
        np.testing.assert_allclose(gradient, expected, rtol=1e-9, atol=1e-10)


def assert_the_gradient_along_a_line_is_the_slope(function: Function, operands: Sequence[Any]) -> None:
    """What all gradients together say of one step, in which no two elements move alike, to about ten digits.

    A wrong element shows, but not which one it is; for functions that take too long to be asked about each.
    """
    seed = seed_for(function, operands)
    steps = {
        place: _uneven(operand) for place, operand in enumerate(operands) if np.asarray(operand).dtype.kind in "fc"
    }
    variables = [Variable(operand) for operand in operands]
    gradients = grad(function(*variables), [variables[place] for place in steps], [seed])
    terms = [np.real(np.conj(gradient) * step) for gradient, step in zip(gradients, steps.values(), strict=True)]
    size = sum(np.sum(np.abs(term)) for term in terms)
    expected = slope_along(function, operands, steps, seed)
    assert pytest.approx(expected, rel=0, abs=1e-10 + 1e-9 * size) == sum(np.sum(term) for term in terms)


def _uneven(operand: Any) -> NDArray[Any]:
    """A step, no longer than 1, of which each element is another; each of a complex one has two parts that differ."""
    array = np.asarray(operand)
    step = np.cos(np.arange(array.size) + 1.0).reshape(array.shape) / np.sqrt(max(array.size, 1))
    return step * (0.8 - 0.6j) if array.dtype.kind == "c" else step
