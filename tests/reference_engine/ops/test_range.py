"""Derivatives that stay within the range of the dtype where a square, or a product, on the way would leave it."""

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable, semantics

inf, nan = np.inf, np.nan


def gradients(name: str, *operands: float) -> list[float]:
    leaves = [Variable(operand) for operand in operands]
    getattr(engine, name)(*leaves).backward()
    return [float(leaf.grad) for leaf in leaves]


@pytest.mark.parametrize(
    ("name", "operands", "expected"),
    [
        ("asinh", (1e200,), [1e-200]),
        ("asinh", (-1e200,), [1e-200]),
        ("acosh", (1e200,), [1e-200]),
        ("atan2", (3e200, 4e200), [1.6e-201, -1.2e-201]),
        ("atan2", (3e-200, 4e-200), [1.6e199, -1.2e199]),
        ("hypot", (3e200, 4e200), [0.6, 0.8]),
        ("hypot", (3e-200, 4e-200), [0.6, 0.8]),
        ("divide", (3e200, 4e200), [2.5e-201, -1.875e-201]),
        ("divide", (3e-200, 4e-200), [2.5e199, -1.875e199]),
        ("log2", (1e-308,), [1e308 / np.log(2)]),
        ("log10", (1e308,), [1e-308 / np.log(10)]),
        ("logaddexp", (800.0, 800.0), [0.5, 0.5]),
        ("logaddexp", (1e6, 1e6 + 1), [1 / (1 + np.e), np.e / (1 + np.e)]),
    ],
)
def test_a_derivative_is_as_accurate_as_elsewhere(
    name: str, operands: tuple[float, ...], expected: list[float]
) -> None:
    np.testing.assert_array_max_ulp(np.array(expected), np.array(gradients(name, *operands)), 4)


@pytest.mark.parametrize(
    ("operands", "expected"),
    [((inf, 1.0), [1.0, 0.0]), ((1.0, inf), [0.0, 1.0]), ((-inf, 1.0), [0.0, 1.0]), ((1.0, -inf), [1.0, 0.0])],
)
@pytest.mark.parametrize("option", ["half", "first"])
def test_logaddexp_beside_an_infinity_is_the_larger_of_the_two(
    operands: tuple[float, float], expected: list[float], option: str
) -> None:
    with semantics.using(logaddexp_of_equals=option):
        assert expected == gradients("logaddexp", *operands)


@pytest.mark.parametrize("infinity", [inf, -inf])
@pytest.mark.parametrize("option", ["half", "first"])
def test_logaddexp_of_equal_infinities_is_no_tie_for_their_difference_is_nan(infinity: float, option: str) -> None:
    with semantics.using(logaddexp_of_equals=option), np.errstate(invalid="ignore"):
        np.testing.assert_array_equal([nan, nan], gradients("logaddexp", infinity, infinity))
