"""Functions of matrices where they are hard: equal eigenvalues, singular matrices, far from 1; and identities."""

import mpmath
import numpy as np
import pytest

import reference_engine as engine
from reference_engine import NotPositiveDefinite, SingularMatrix, Variable, semantics

SQUARE = np.array([[2.0, 0.5, -0.25], [-1.0, 1.5, 0.75], [0.5, -0.5, 3.0]])
SYMMETRIC = SQUARE @ SQUARE.T
SINGULAR = np.array([[1.0, 2.0], [2.0, 4.0]])


def gradient(function, x, seed=None):
    """The gradient of the function's result, or of the seed's product with it."""
    variable = Variable(np.asarray(x))
    y = function(variable)
    y.backward(np.ones(y.shape) if seed is None else seed)
    return variable.grad


def test_the_sum_of_eigenvalues_is_the_trace():
    np.testing.assert_allclose(np.eye(3), gradient(engine.eigvalsh, SYMMETRIC), atol=1e-14)


def test_the_sum_of_equal_eigenvalues_has_the_derivative_of_the_trace():
    np.testing.assert_array_equal(np.eye(3), gradient(engine.eigvalsh, np.diag([2.0, 2.0, 3.0])))


def test_the_product_of_singular_values_is_the_size_of_the_determinant():
    expected = gradient(lambda x: engine.abs(engine.det(x)), SQUARE)
    np.testing.assert_allclose(gradient(lambda x: engine.prod(engine.svdvals(x)), SQUARE), expected, rtol=1e-13)


@pytest.mark.parametrize("order", ["fro", "nuc", 1, 2, np.inf])
def test_norms_of_matrices_are_numpys(order):
    expected = np.linalg.norm(SQUARE, order)
    assert expected == pytest.approx(float(engine.matrix_norm(SQUARE, ord=order)), rel=1e-14)


def test_a_norm_that_nobody_has_is_refused():
    with pytest.raises(ValueError, match="no norm of matrices of the order 3"):
        engine.matrix_norm(SQUARE, ord=3)


def test_a_factor_of_cholesky_and_its_transpose_give_the_matrix_back():
    np.testing.assert_allclose(
        gradient(lambda x: engine.cholesky(x) @ engine.cholesky(x).mT, SYMMETRIC, SQUARE + SQUARE.T),
        SQUARE + SQUARE.T,
        atol=1e-12,
    )


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("both_triangles", [[0.25, 0.25], [0.25, 0.25]]),
        ("lower_triangle", [[0.25, 0.25], [0.25, 0.25]]),
        ("lower_triangle_alone", [[0.25, 0.0], [0.5, 0.25]]),
    ],
)
def test_a_gradient_is_that_of_the_triangles_that_are_read(option, expected):
    """Of the larger eigenvalue of [[a, b], [b, a]], a + b, halved."""
    with semantics.using(eigvalsh_reads=option):
        actual = gradient(engine.eigvalsh, [[2.0, 1.0], [1.0, 2.0]], np.array([0.0, 0.5]))
    np.testing.assert_allclose(actual, expected, rtol=1e-15)


def test_the_triangle_that_is_read_makes_the_value():
    x = np.array([[4.0, 1.0], [3.0, 5.0]])
    assert 1.0 == engine.cholesky(x)[1, 0]
    with semantics.using(cholesky_reads="lower_triangle"):
        assert 1.5 == engine.cholesky(x)[1, 0]


def test_a_singular_matrix_has_no_inverse():
    with pytest.raises(SingularMatrix):
        engine.inv(SINGULAR)
    with semantics.using(inverse_of_singular="not_finite"):
        np.testing.assert_array_equal([[-np.inf, np.inf], [np.inf, -np.inf]], engine.inv(SINGULAR))


def test_elimination_goes_on_where_a_pivot_is_zero():
    """The rows are swapped, so only the last pivot is 0."""
    x = np.array([[0.0, 1.0, 0.0], [2.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    with semantics.using(inverse_of_singular="not_finite"):
        inverse = engine.solve(x, np.array([[1.0], [4.0], [1.0]]))
    assert [np.inf] == inverse[2]


def test_a_matrix_that_is_not_positive_definite_has_no_factor():
    indefinite = np.array([[1.0, 2.0], [2.0, 1.0]])
    with pytest.raises(NotPositiveDefinite):
        engine.cholesky(indefinite)
    with semantics.using(cholesky_of_indefinite="nan"):
        np.testing.assert_array_equal([[np.nan, 0.0], [np.nan, np.nan]], engine.cholesky(indefinite))


@pytest.mark.parametrize("scale", [1e-200, 1.0, 1e200])
def test_the_logarithm_of_a_determinant_is_not_that_of_an_overflow(scale):
    x = SQUARE * scale
    exact = 3 * mpmath.log(scale) + mpmath.log(mpmath.det(mpmath.matrix(SQUARE.tolist())))
    assert float(exact) == pytest.approx(float(engine.logabsdet(x)), rel=1e-14)
    np.testing.assert_allclose(gradient(engine.logabsdet, x), np.linalg.inv(x).T, rtol=1e-13)


@pytest.mark.parametrize("scale", [1e-3, 0.3, 1.0, 10.0, 25.0])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_exponential_is_right_near_zero_and_far_from_it(scale, dtype):
    x = (SQUARE * scale).astype(dtype)
    with mpmath.workdps(60):
        exact = np.array(mpmath.expm(mpmath.matrix(x.astype(float).tolist())).tolist(), dtype=float)
    error = np.max(np.abs(engine.expm(x) - exact)) / np.max(np.abs(exact))
    assert error < 20 * max(scale, 1) * np.finfo(dtype).eps
    assert dtype == engine.expm(x).dtype


def test_what_a_triangular_system_does_not_read_gets_nothing():
    x = np.where(np.tri(3, k=-1) > 0, np.nan, SQUARE)
    expected = np.linalg.solve(np.triu(SQUARE), SYMMETRIC)
    np.testing.assert_allclose(engine.solve_triangular(x, SYMMETRIC), expected, rtol=1e-13)
    slope = gradient(lambda one: engine.solve_triangular(one, SYMMETRIC), x)
    np.testing.assert_array_equal(np.zeros(3), slope[np.tri(3, k=-1) > 0])


def test_a_pseudoinverse_leaves_out_what_is_zero_but_for_rounding():
    np.testing.assert_allclose(engine.pinv(SINGULAR), SINGULAR / 25, rtol=1e-14)


@pytest.mark.parametrize("shape", [(3, 2), (2, 3), (3, 3)])
def test_r_is_that_of_householder(shape):
    x = SQUARE[: shape[0], : shape[1]]
    r = engine.qr_r(x)
    np.testing.assert_allclose(r.T @ r, x.T @ x, atol=1e-14)
    assert r[0, 0] < 0 < x[0, 0]


@pytest.mark.parametrize("shape", [(3, 2), (2, 3), (3, 3)])
def test_q_and_r_give_the_matrix_back(shape):
    x = SQUARE[: shape[0], : shape[1]]
    q = engine.qr_q(x)
    np.testing.assert_allclose(q @ engine.qr_r(x), x, atol=1e-14)
    np.testing.assert_allclose(q.T @ q, np.eye(2 if 2 in shape else 3), atol=1e-14)


@pytest.mark.parametrize("shape", [(3, 2), (2, 3), (3, 3)])
def test_singular_vectors_are_those_of_the_singular_values_up_to_signs_of_their_own(shape):
    x = SQUARE[: shape[0], : shape[1]]
    u, s, vh = engine.svd_u(x), engine.svdvals(x), engine.svd_vh(x)
    np.testing.assert_allclose(np.abs(u.T @ x @ vh.T), np.diag(s), atol=1e-14)
    assert (u[0] >= 0).all()
    assert (vh[:, 0] >= 0).all()


def test_eigenvectors_are_those_of_the_eigenvalues_and_point_forward():
    v = engine.eigh_vectors(SYMMETRIC)
    np.testing.assert_allclose(SYMMETRIC @ v, v * engine.eigvalsh(SYMMETRIC), atol=1e-14)
    assert (v[0] >= 0).all()


@pytest.mark.parametrize("op", [engine.svd_u, engine.svd_vh])
def test_vectors_of_the_singular_value_0_of_a_square_matrix_have_a_gradient(op):
    with np.errstate(all="raise"):
        assert np.isfinite(gradient(op, SINGULAR)).all()


def test_a_column_of_zeros_above_keeps_its_sign():
    """Where the first component is 0, there is no sign to take away."""
    np.testing.assert_array_equal(np.abs(np.linalg.eigh(np.diag([1.0, 2.0]))[1]), np.eye(2))
    np.testing.assert_array_equal(np.abs(engine.eigh_vectors(np.diag([1.0, 2.0]))), np.eye(2))


@pytest.mark.parametrize(
    "subscripts", ["ij,jk->ik", "ij,kj->", "ij,ij->ji", "...i,ij->...j", "ii,jk->jki", "ij,kl->lkji"]
)
def test_sums_of_products_are_numpys(subscripts):
    expected = np.einsum(subscripts, SQUARE, SYMMETRIC)
    np.testing.assert_allclose(engine.einsum(SQUARE, SYMMETRIC, subscripts=subscripts), expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("subscripts", "message"),
    [
        ("ij->ji", "names the axes of 1 arrays, and there are 2"),
        ("ij,k->ijk", "does not name the axes of an array with 2"),
        ("ij,jk->ii", "names an axis twice"),
        ("ij,jk->il", "or one that no operand has"),
    ],
)
def test_subscripts_that_do_not_fit_are_refused(subscripts, message):
    with pytest.raises(ValueError, match=message):
        engine.einsum(SQUARE, SYMMETRIC, subscripts=subscripts)


@pytest.mark.parametrize("order", [1, 1.5, 2, 3, np.inf])
def test_norms_of_vectors_are_numpys(order):
    expected = np.linalg.norm(SQUARE, order, axis=1)
    np.testing.assert_allclose(engine.vector_norm(SQUARE, ord=order, axis=1), expected, rtol=1e-14)


def test_a_norm_of_vectors_without_a_derivative_is_refused():
    with pytest.raises(ValueError, match="of order 0"):
        engine.vector_norm(SQUARE, ord=0)
