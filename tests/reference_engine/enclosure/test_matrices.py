"""Functions of matrices: float32 by other algorithms is inside, a mistake is not, and of a singular point all is."""

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable
from reference_engine.enclosure import enclosed, enclosing

SQUARE = np.array([[2.0, 0.5, -0.25], [-1.0, 1.5, 0.75], [0.5, -0.5, 3.0]], np.float32)
SYMMETRIC = np.array([[2.0, 0.5, -0.25], [0.5, 1.5, 0.75], [-0.25, 0.75, 3.0]], np.float32)
FUNCTIONS = {
    "inv": SQUARE, "pinv": SQUARE[:, :2], "logabsdet": SQUARE, "logdet": SYMMETRIC, "expm": SQUARE, "svdvals": SQUARE,
    "qr_q": SQUARE, "qr_r": SQUARE, "cholesky": SYMMETRIC, "eigvalsh": SYMMETRIC, "eigh_vectors": SYMMETRIC,
    "svd_u": SQUARE, "svd_vh": SQUARE,
}  # fmt: skip


def bounds(op, x):
    """Of the value and the gradient, under a seed of different numbers."""
    with enclosing():
        variable = Variable(enclosed(x, x.dtype))
        y = getattr(engine, op)(variable)
        y.backward(enclosed(weights(y.shape), x.dtype))
    return [(value.parts[0].lower, value.parts[0].upper) for value in (y.value, variable.grad)]


def weights(shape):
    return (0.5 + 0.25 * np.arange(np.prod(shape, dtype=int))).reshape(shape).astype(np.float32)


def numbers(op, x):
    variable = Variable(x)
    y = getattr(engine, op)(variable)
    y.backward(weights(y.shape).astype(x.dtype))
    return [y.value, variable.grad]


@pytest.mark.parametrize("op", FUNCTIONS)
def test_what_float32_and_float64_give_is_inside_and_little_else(op):
    x = FUNCTIONS[op]
    for (low, high), single, double in zip(
        bounds(op, x), numbers(op, x), numbers(op, x.astype(np.float64)), strict=True
    ):
        assert ((low <= single) & (single <= high)).all()
        assert ((low <= double) & (double <= high)).all()
        assert np.max(high - low) < 3e-3 * np.max(np.abs(single))


@pytest.mark.parametrize("op", ["inv", "logabsdet"])
def test_of_a_matrix_that_may_be_singular_nothing_is_known(op):
    (low, high), _ = bounds(op, np.array([[1.0, 1.0], [1.0, 1.0 + 2.0**-23]], np.float32))
    assert np.isinf(low).all()
    assert np.isinf(high).all()


def test_of_vectors_whose_eigenvalues_are_equal_nothing_is_known():
    _, (low, high) = bounds("eigvalsh", np.eye(2, dtype=np.float32))
    assert np.isinf(low).all()
    assert np.isinf(high).all()
