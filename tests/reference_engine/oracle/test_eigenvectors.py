"""Vectors in ball arithmetic: narrow, with signs that are told, and none where they are not determined."""

import numpy as np
import pytest

from reference_engine.oracle.balls import array_of, power_of_two
from reference_engine.oracle.errors import OutOfReach, Uncertain
from reference_engine.oracle.forward import FORWARD
from reference_engine.oracle.working import Working

BITS = 400
TALL = np.array([[1.0, 0.5], [-0.75, 2.0], [0.25, -1.5]])


def evaluated(op, matrix):
    with Working(BITS).entered():
        return FORWARD[op](array_of(np.asarray(matrix)))


def middles(balls):
    return np.array([float(ball.mid()) for ball in balls.flat]).reshape(balls.shape)


def is_narrow(balls):
    return all(ball.rad() < power_of_two(-BITS // 2) for ball in balls.flat)


def test_eigenvectors_of_a_turn_by_45_degrees():
    """Of the mean of the matrix and its transpose, [[2, 1], [1, 2]]."""
    found = evaluated("eigh_vectors", [[2.0, 2.0], [0.0, 2.0]])
    np.testing.assert_allclose(middles(found), np.array([[1, 1], [-1, 1]]) / np.sqrt(2), rtol=1e-15)
    assert is_narrow(found)


def test_the_lower_triangle_may_be_read_alone():
    found = evaluated("eigh_vectors_of_lower_triangle", [[2.0, 7.0], [1.0, 2.0]])
    np.testing.assert_allclose(middles(found), np.array([[1, 1], [-1, 1]]) / np.sqrt(2), rtol=1e-15)


@pytest.mark.parametrize("matrix", [TALL, TALL.T, TALL[:2], TALL[:1]])
def test_singular_vectors_take_the_matrix_to_its_singular_values(matrix):
    u, s, vh = (evaluated(op, matrix) for op in ("svd_u", "svdvals", "svd_vh"))
    turned = np.abs(middles(u).T @ matrix @ middles(vh).T)
    np.testing.assert_allclose(turned, np.diag(middles(s)), atol=1e-14)
    assert is_narrow(u)
    assert is_narrow(vh)


def test_first_components_are_not_negative():
    assert (middles(evaluated("eigh_vectors", TALL.T @ TALL))[0] > 0).all()
    assert (middles(evaluated("svd_u", TALL))[0] > 0).all()
    assert (middles(evaluated("svd_vh", TALL))[:, 0] > 0).all()


@pytest.mark.parametrize("matrix", [TALL, TALL.T, TALL[:2]])
def test_q_and_r_give_the_matrix_back(matrix):
    q, r = evaluated("qr_q", matrix), evaluated("qr_r", matrix)
    np.testing.assert_allclose(middles(q) @ middles(r), matrix, rtol=1e-14)
    assert is_narrow(q)


@pytest.mark.parametrize(
    ("op", "matrix"),
    [
        ("eigh_vectors", np.eye(2)),
        ("eigh_vectors", np.diag([1.0, 2.0])),
        ("eigh_vectors", [[2.0, 1.0j], [-1.0j, 2.0]]),
        ("svd_u", [[3.0, 4.0], [-4.0, 3.0]]),
        ("svd_u", [[1.0, 2.0], [2.0, 4.0], [0.0, 0.0]]),
        ("svd_vh", np.zeros((2, 3))),
    ],
)
def test_what_is_not_determined_is_out_of_reach(op, matrix):
    with pytest.raises(OutOfReach):
        evaluated(op, matrix)


def test_eigenvalues_that_are_nearly_equal_ask_for_more_bits():
    with Working(BITS).entered():
        matrix = array_of(np.array([[1.0, 0.0], [0.0, 1.0]]))
        matrix[0, 1] = matrix[1, 0] = power_of_two(-10 * BITS)
        matrix[0, 0] = matrix[0, 0] + power_of_two(-20 * BITS)
        with pytest.raises(Uncertain):
            FORWARD["eigh_vectors"](matrix)
