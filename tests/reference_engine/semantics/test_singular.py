"""Singular points, under each option."""

from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import ComplexOutput, SingularMatrix, Variable, grad, semantics, std

inf, nan = np.inf, np.nan


def gradient(function: Any, values: Any) -> Any:
    x = Variable(values)
    with np.errstate(all="ignore"):
        engine.sum(function(x)).backward()
    return x.grad


def gradients(name: str, first: Any, second: Any) -> tuple[Any, Any]:
    x1, x2 = Variable(first), Variable(second)
    with np.errstate(all="ignore"):
        engine.sum(getattr(engine, name)(x1, x2)).backward()
    return x1.grad, x2.grad


@pytest.mark.parametrize(("option", "expected"), [("nan", [nan] * 3), ("zero", [0.0] * 3)])
def test_the_standard_deviation_of_equal_numbers(option: str, expected: list[float]) -> None:
    with semantics.using(std_at_zero=option):
        np.testing.assert_array_equal(np.array(expected), gradient(std, [3.0, 3.0, 3.0]))


def test_other_slices_are_as_ever() -> None:
    x = Variable([[3.0, 3.0], [1.0, 3.0]])
    with semantics.using(std_at_zero="zero"):
        std(x, axis=1).backward([1.0, 1.0])
    assert x.grad is not None
    assert [[0.0, 0.0], [-0.5, 0.5]] == x.grad.tolist()


@pytest.mark.parametrize(("option", "at_zero"), [("nan", nan), ("zero", 0.0)])
@pytest.mark.parametrize("keepdims", [False, True])
def test_the_norm_of_a_vector_at_zero(option: str, at_zero: float, keepdims: bool) -> None:
    with semantics.using(vector_norm_at_zero=option):
        actual = gradient(lambda x: engine.vector_norm(x, axis=1, keepdims=keepdims), [[0.0, 0.0], [3.0, 4.0]])
    np.testing.assert_array_equal([[at_zero] * 2, [0.6, 0.8]], actual)


@pytest.mark.parametrize(("option", "at_zero"), [("nan", nan), ("zero", 0.0), ("half", 0.5)])
def test_hypot_at_the_origin(option: str, at_zero: float) -> None:
    with semantics.using(hypot_at_zero=option):
        actual = gradients("hypot", [0.0, 3.0, 0.0], [0.0, 4.0, -2.0])
    np.testing.assert_array_equal([[at_zero, 0.6, 0.0], [at_zero, 0.8, -1.0]], actual)


@pytest.mark.parametrize(("option", "at_zero"), [("infinite", inf), ("zero", 0.0), ("nan", nan)])
def test_the_square_root_at_zero(option: str, at_zero: float) -> None:
    with semantics.using(sqrt_at_zero=option):
        np.testing.assert_array_equal([at_zero, 0.25], gradient(engine.sqrt, [0.0, 4.0]))


@pytest.mark.parametrize(("option", "at_zero"), [("nan", nan), ("zero", 0.0)])
def test_the_angle_of_the_origin(option: str, at_zero: float) -> None:
    with semantics.using(atan2_at_zero=option):
        actual = gradients("atan2", [0.0, 3.0], [0.0, 4.0])
    np.testing.assert_array_equal([[at_zero, 0.16], [at_zero, -0.12]], actual)


@pytest.mark.parametrize(
    ("option", "exponent", "at_zero"),
    [
        *[("zero", exponent, 0.0) for exponent in (0, 0.0, np.zeros(2), np.zeros(2, int))],
        *[("nan", exponent, nan) for exponent in (0, 0.0, np.zeros(2), np.zeros(2, int))],
        *[("nan_unless_integer", exponent, 0.0) for exponent in (0, np.zeros(2, int))],
        *[("nan_unless_integer", exponent, nan) for exponent in (0.0, np.zeros(2))],
    ],
)
def test_a_power_with_the_exponent_zero(option: str, exponent: Any, at_zero: float) -> None:
    with semantics.using(pow_exponent_zero=option):
        np.testing.assert_array_equal([at_zero, 0.0], gradient(lambda x: x**exponent, [0.0, 2.0]))


@pytest.mark.parametrize("option", ["zero", "nan", "nan_unless_integer"])
@pytest.mark.parametrize("exponents", [(1, 3), (1.0, 3.0), (np.array([1.0, 1.0]), np.array([3.0, 3.0]))])
def test_other_exponents_are_as_ever(option: str, exponents: Any) -> None:
    with semantics.using(pow_exponent_zero=option):
        assert [1.0, 1.0] == gradient(lambda x: x ** exponents[0], [0.0, -2.0]).tolist()
        assert [0.0, 12.0] == gradient(lambda x: x ** exponents[1], [0.0, -2.0]).tolist()


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("zero", [0.0, 0.0, nan]),
        ("zero_or_infinite", [0.0, 0.0, -inf]),
        ("formula", [nan, -inf, -inf]),
    ],
)
def test_a_power_of_zero_by_its_exponent(option: str, expected: list[float]) -> None:
    with semantics.using(pow_base_zero=option):
        actual = gradient(lambda n: np.zeros(3) ** n, [1.5, 0.0, -1.0])
        ordinary = gradient(lambda n: 2.0**n, [1.0])
    np.testing.assert_array_equal(expected, actual)
    assert [2.0 * np.log(2.0)] == ordinary.tolist()


@pytest.mark.parametrize("base_zero", ["zero", "zero_or_infinite", "formula"])
@pytest.mark.parametrize(("option", "expected"), [("nan", [nan, nan]), ("zero", [0.0, 0.0])])
def test_a_power_of_a_negative_number_by_its_exponent(option: str, expected: list[float], base_zero: str) -> None:
    with semantics.using(pow_negative_base=option, pow_base_zero=base_zero):
        actual = gradient(lambda n: np.array([-2.0, -2.0]) ** n, [2.0, 3.0])
    np.testing.assert_array_equal(expected, actual)


MASKED_IN_ROOTS = [
    ("sqrt", 0.0),
    ("reciprocal", 0.0),
]
MASKED = [
    ("exp", 1000.0),
    ("expm1", 1000.0),
    ("exp2", 2000.0),
    ("log", 0.0),
    ("log1p", -1.0),
    ("log2", 0.0),
    ("log10", 0.0),
    ("asin", 1.0),
    ("acos", -1.0),
    ("sinh", 1000.0),
    ("cosh", 1000.0),
    ("acosh", 1.0),
    ("atanh", 1.0),
]


@pytest.mark.parametrize(("name", "at"), MASKED_IN_ROOTS + MASKED)
def test_a_cotangent_of_zero_at_an_infinite_slope(name: str, at: float) -> None:
    def unchosen(option: str) -> float:
        with semantics.using(masked_infinity=option):
            return float(gradient(lambda x: engine.where(np.array(False), getattr(engine, name)(x), 3.0 * x), at))

    in_roots = 3.0 if (name, at) in MASKED_IN_ROOTS else nan
    np.testing.assert_array_equal([nan, in_roots, 3.0], [*map(unchosen, ("spreads", "masked_in_roots", "masked"))])


@pytest.mark.parametrize(
    ("function", "is_root"),
    [
        (lambda x: 1 / x, False),
        (lambda x: x / x, False),
        (lambda x: x**-1.0, False),
        (lambda x: engine.atan2(x, x), False),
        (lambda x: engine.hypot(x, x), True),
        (lambda x: engine.vector_norm(engine.stack(x, x), axis=0), True),
        (lambda x: engine.std(engine.stack(x, x), axis=0), True),
    ],
)
def test_a_cotangent_of_zero_in_other_ops(function: Any, is_root: bool) -> None:
    def unchosen(option: str) -> float:
        with semantics.using(masked_infinity=option):
            return float(gradient(lambda x: engine.where(np.array(False), function(x), 3.0 * x), 0.0))

    in_roots = 3.0 if is_root else nan
    np.testing.assert_array_equal([nan, in_roots, 3.0], [*map(unchosen, ("spreads", "masked_in_roots", "masked"))])


@pytest.mark.parametrize("option", ["spreads", "masked_in_roots", "masked"])
def test_a_cotangent_that_is_not_zero_passes_as_ever(option: str) -> None:
    with semantics.using(masked_infinity=option):
        np.testing.assert_array_equal([inf, 0.25], gradient(engine.sqrt, [0.0, 4.0]))
        np.testing.assert_array_equal([inf, 0.25], gradient(engine.log, [0.0, 4.0]))


@pytest.mark.parametrize(
    ("option", "at_zero"), [("exact", 10.0), ("by_division", nan), ("by_division_without_nan", 0.0)]
)
def test_a_product_by_a_factor_of_zero(option: str, at_zero: float) -> None:
    with semantics.using(prod_with_zeros=option):
        np.testing.assert_array_equal([0.0, at_zero, 0.0], gradient(engine.prod, [2.0, 0.0, 5.0]))
        rows = gradient(lambda x: engine.prod(x, axis=1), [[2.0, 0.0], [3.0, 5.0]])
    np.testing.assert_array_equal([[0.0, at_zero / 5], [5.0, 3.0]], rows)


@pytest.mark.parametrize(
    ("option", "at_zero"), [("exact", 12.0), ("by_division", nan), ("by_division_without_nan", 0.0)]
)
def test_cumulative_products_by_a_factor_of_zero(option: str, at_zero: float) -> None:
    with semantics.using(cumulative_prod_with_zeros=option):
        actual = gradient(lambda x: engine.cumulative_prod(x, axis=1), [[2.0, 0.0, 5.0], [2.0, 3.0, 5.0]])
    np.testing.assert_array_equal([[1.0, at_zero, 0.0], [19.0, 12.0, 6.0]], actual)


REGULAR, SINGULAR = [[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [2.0, 4.0]]


@pytest.mark.parametrize(
    ("option", "expected"),
    [("exact", [[4.0, -2.0], [-2.0, 1.0]]), ("zero", np.zeros((2, 2))), ("nan", np.full((2, 2), nan))],
)
def test_the_determinant_of_a_matrix_without_an_inverse(option: str, expected: Any) -> None:
    with semantics.using(det_of_singular=option):
        actual = gradient(engine.det, [SINGULAR, REGULAR])
    np.testing.assert_array_equal(expected, actual[0])
    np.testing.assert_allclose(actual[1], [[4.0, -3.0], [-2.0, 1.0]], rtol=1e-15)


def test_a_rule_that_inverts_raises_where_there_is_no_inverse() -> None:
    with semantics.using(det_of_singular="raises"):
        np.testing.assert_allclose(gradient(engine.det, REGULAR), [[4.0, -3.0], [-2.0, 1.0]], rtol=1e-15)
        with pytest.raises(SingularMatrix):
            gradient(engine.det, SINGULAR)


@pytest.mark.parametrize("option", ["exact", "zero", "nan", "raises"])
def test_a_minor_may_be_zero(option: str) -> None:
    """The second derivative of x00 x11 - x01 x10, at a regular matrix of which elements are 0."""
    x = Variable([[0.0, 2.0], [3.0, 0.0]])
    with semantics.using(det_of_singular=option):
        (first,) = engine.grad(engine.det(x), x, create_graph=True)
        (second,) = engine.grad(first, x, [np.array([[1.0, 10.0], [100.0, 1000.0]])])
    np.testing.assert_array_equal([[1000.0, -100.0], [-10.0, 1.0]], second)


@pytest.mark.parametrize("function", [engine.logabsdet, engine.logdet])
def test_the_slope_of_the_logarithm_of_a_zero_determinant(function: Any) -> None:
    with pytest.raises(SingularMatrix):
        gradient(function, SINGULAR)
    with semantics.using(logabsdet_of_singular="not_finite"):
        np.testing.assert_array_equal([[-inf, inf], [inf, -inf]], gradient(function, SINGULAR))


def test_the_cofactors_of_what_has_lost_two_dimensions_are_zero() -> None:
    assert np.zeros((3, 3)).tolist() == gradient(engine.det, np.outer([1.0, 2.0, 4.0], [1.0, 0.5, 2.0])).tolist()


def test_a_complex_number_needs_a_seed_under_raises() -> None:
    x = Variable(1.0 + 2.0j)
    with semantics.using(unseeded_complex="raises"):
        with pytest.raises(ComplexOutput):
            (x * x).backward()
        with pytest.raises(ComplexOutput):
            grad(x * x, x)
        (x * x).backward(1.0)
    assert 2.0 - 4.0j == x.grad
