"""How a function of a matrix of balls becomes one of stacks of matrices."""

from collections.abc import Callable
from typing import Any

import numpy as np
from flint import acb, acb_mat, arb_mat

from reference_engine.oracle.balls import Balls, is_complex
from reference_engine.oracle.working import Working

Matrix = Any
"""An `arb_mat` or an `acb_mat`."""


def each_matrix(name: str, function: Callable[..., Balls], *operands: Balls) -> Balls:
    """`function` of the matrices on the last two axes, the axes before them broadcast; `name` stands for it.

    What it gives, an array of balls, always has the same shape.
    """
    batch = np.broadcast_shapes(*(operand.shape[:-2] for operand in operands))
    spread = [np.broadcast_to(operand, batch + operand.shape[-2:]) for operand in operands]
    results = [_once(name, function, [operand[index] for operand in spread]) for index in np.ndindex(*batch)]
    stacked = np.empty((len(results), *results[0].shape), object)
    for position, result in enumerate(results):
        stacked[position] = result
    return stacked.reshape(batch + results[0].shape)


def _once(name: str, function: Callable[..., Balls], matrices: list[Balls]) -> Balls:
    """The function's elements, each remembered by the identity of all elements of the matrices."""
    elements = tuple(ball for matrix in matrices for ball in matrix.flat)
    result = function(*matrices)
    named = f"{name} of {[matrix.shape for matrix in matrices]}"
    for index, ball in np.ndenumerate(result):
        result[index] = Working.current.computed(f"{named} at {index}", lambda *_, ball=ball: ball, elements)
    return result


def matrix_of(x: Balls) -> Matrix:
    """The matrix of an array with two axes."""
    rows, columns = x.shape
    if is_complex(x):
        return acb_mat(rows, columns, list(map(acb, x.flat)))
    return arb_mat(rows, columns, list(x.flat))


def balls_of(matrix: Matrix) -> Balls:
    result = np.empty((matrix.nrows(), matrix.ncols()), object)
    for index in np.ndindex(*result.shape):
        result[index] = matrix[index]
    return result
