"""Eigenvalues and singular values in ball arithmetic: narrow, also where they are equal, and a step apart."""

import numpy as np
import pytest
from flint import arb

from reference_engine.oracle.balls import array_of, power_of_two
from reference_engine.oracle.forward import FORWARD
from reference_engine.oracle.working import Working

BITS = 400


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        (np.diag([3.0, 1.0, 2.0]), [1, 2, 3]),
        (np.diag([1.0, 1.0, 3.0]), [1, 1, 3]),
        (np.zeros((2, 2)), [0, 0]),
        (np.array([[2.0, 1.0], [1.0, 2.0]]), [1, 3]),
        (np.array([[2.0, 2.0], [0.0, 2.0]]), [1, 3]),
        (np.array([[2.0, 1.0j], [-1.0j, 2.0]]), [1, 3]),
        (np.ones((4, 4)), [0, 0, 0, 4]),
    ],
)
def test_eigenvalues_are_narrow_balls(matrix, expected):
    """Of the mean of the matrix and its transpose."""
    with Working(BITS).entered():
        found = FORWARD["eigvalsh"](array_of(matrix))
        for exact, ball in zip(expected, found, strict=True):
            assert ball.contains(exact)
            assert ball.rad() < power_of_two(-BITS + 50)


def test_a_step_beside_the_diagonal_parts_two_equal_ones():
    """Those of [[1, e], [e, 1]] are 1 - e and 1 + e: each has a kink."""
    with Working(BITS).entered():
        step = power_of_two(-100)
        matrix = array_of(np.eye(2))
        matrix[0, 1] = matrix[1, 0] = step
        low, high = FORWARD["eigvalsh"](matrix)
        assert low.contains(1 - step)
        assert high.contains(1 + step)
        assert low < high


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        (np.array([[3.0, 0.0], [0.0, -4.0], [0.0, 0.0]]), [4, 3]),
        (np.array([[0.0, 3.0j], [-2.0, 0.0]]), [3, 2]),
        (np.zeros((1, 3)), [0]),
        (np.array([[3.0, 4.0]]), [5]),
    ],
)
def test_singular_values_are_the_largest_eigenvalues_of_the_twofold_matrix(matrix, expected):
    with Working(BITS).entered():
        found = FORWARD["svdvals"](array_of(matrix))
        assert all(ball.contains(arb(exact)) for exact, ball in zip(expected, found, strict=True))


def test_the_lower_triangle_may_be_read_alone():
    with Working(BITS).entered():
        low, high = FORWARD["eigvalsh_of_lower_triangle"](array_of(np.array([[2.0, 7.0], [1.0, 2.0]])))
        assert low.contains(1)
        assert high.contains(3)
