"""Matrix products and the determinant."""

import numpy as np
from flint import acb_mat, arb_mat

from reference_engine.oracle.balls import Ball, Balls, is_complex
from reference_engine.oracle.forward.reductions import dot
from reference_engine.oracle.forward.table import FORWARD, forward
from reference_engine.oracle.working import Working


@forward("matmul")
def matmul(x1: Balls, x2: Balls) -> Balls:
    """The matrix product over the last axis of x1 and the last but one of x2.

    An operand with one axis is a row on the left and a column on the right, and that axis is gone from the result.
    """
    left = x1[np.newaxis, :] if x1.ndim == 1 else x1
    right = x2[:, np.newaxis] if x2.ndim == 1 else x2
    batch = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
    left = np.broadcast_to(left, batch + left.shape[-2:])
    right = np.broadcast_to(right, batch + right.shape[-2:])
    if left.shape[-1] != right.shape[-2]:
        raise ValueError(f"matmul of shapes {x1.shape} and {x2.shape}")
    result = np.empty((*batch, left.shape[-2], right.shape[-1]), object)
    for index in np.ndindex(*result.shape):
        *place, row, column = index
        operands = (*left[(*place, row)], *right[(*place, slice(None), column)])
        result[index] = Working.current.computed("dot", dot, operands)
    if x1.ndim == 1:
        result = result[..., 0, :]
    return result[..., 0] if x2.ndim == 1 else result


@forward("linear")
def linear(x: Balls, weight: Balls, bias: Balls) -> Balls:
    return FORWARD["add"](matmul(x, weight), bias)


@forward("det")
def det(x: Balls) -> Balls:
    matrix = acb_mat if is_complex(x) else arb_mat
    size = x.shape[-1]

    def determinant(*elements: Ball) -> Ball:
        return matrix(size, size, list(elements)).det()

    result = np.empty(x.shape[:-2], object)
    for index in np.ndindex(*result.shape):
        result[index] = Working.current.computed(f"det {size}", determinant, tuple(x[index].flat))
    return result
