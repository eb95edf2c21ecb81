"""Derivatives from values alone, to hold the engine's rules against."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
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
            slope = 0.0
            for multiple, weight in enumerate(_WEIGHTS, start=1):
                for side in (1, -1):
                    moved = operand.copy()
                    moved[index] += side * multiple * _STEP * direction
                    values = [*operands[:position], moved, *operands[position + 1 :]]
                    slope += side * weight * loss(function, values, seed) / _STEP
            result[index] += slope * direction
    return result


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
