"""What the derivatives are where there is no derivative, as each op's docstring says."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable

inf, nan = np.inf, np.nan

ONE_OPERAND = [
    ("reciprocal", 0.0, -inf),
    ("sqrt", 0.0, inf),
    ("log", 0.0, inf),
    ("log2", 0.0, inf),
    ("log10", 0.0, inf),
    ("log1p", -1.0, inf),
    ("asin", 1.0, inf),
    ("asin", -1.0, inf),
    ("acos", 1.0, -inf),
    ("acosh", 1.0, inf),
    ("atanh", 1.0, inf),
    ("abs", 0.0, 0.0),
    ("sign", 0.0, 0.0),
    ("floor", 2.0, 0.0),
    ("relu", 0.0, 0.0),
    ("softplus", 0.0, 0.5),
    ("sigmoid", 0.0, 0.25),
    ("std", 0.0, nan),
    ("logsumexp", -inf, nan),
]


@pytest.mark.parametrize(("name", "at", "expected"), ONE_OPERAND)
def test_one_operand(name: str, at: float, expected: float) -> None:
    x = Variable(at)
    with np.errstate(all="ignore"):
        getattr(engine, name)(x).backward()
    np.testing.assert_equal(x.grad, expected)


TWO_OPERANDS = [
    ("divide", (1.0, 0.0), (inf, -inf)),
    ("divide", (0.0, 0.0), (inf, nan)),
    ("pow", (0.0, 2.0), (0.0, 0.0)),
    ("pow", (0.0, 1.0), (1.0, 0.0)),
    ("pow", (0.0, 0.5), (inf, 0.0)),
    ("pow", (0.0, 0.0), (0.0, 0.0)),
    ("pow", (0.0, -1.0), (-inf, nan)),
    ("pow", (-2.0, 2.0), (-4.0, nan)),
    ("pow", (-2.0, 0.0), (0.0, nan)),
    ("atan2", (0.0, 0.0), (nan, nan)),
    ("atan2", (0.0, -2.0), (-0.5, -0.0)),
    ("logaddexp", (-inf, -inf), (nan, nan)),
    ("logaddexp", (-inf, 0.0), (0.0, 1.0)),
    ("maximum", (1.0, 1.0), (0.5, 0.5)),
    ("minimum", (1.0, 1.0), (0.5, 0.5)),
    ("maximum", (nan, 1.0), (1.0, 0.0)),
    ("minimum", (1.0, nan), (0.0, 1.0)),
]


@pytest.mark.parametrize(("name", "at", "expected"), TWO_OPERANDS)
def test_two_operands(name: str, at: tuple[float, float], expected: tuple[float, float]) -> None:
    x1, x2 = Variable(at[0]), Variable(at[1])
    with np.errstate(all="ignore"):
        getattr(engine, name)(x1, x2).backward()
    np.testing.assert_array_equal(expected, [x1.grad, x2.grad])


def gradient(function: Callable[[Variable], Any], at: Any) -> list[float]:
    x = Variable(at)
    with np.errstate(all="ignore"):
        function(x).backward()
    assert x.grad is not None
    return list(x.grad.tolist())


def test_clip_with_crossed_bounds_is_a_constant() -> None:
    x = Variable([-2.0, -1.0, 0.0, 1.0, 2.0])
    y = engine.clip(x, min=1.0, max=-1.0)
    y.backward(np.ones(5))
    assert x.grad is not None
    assert [-1.0] * 5 == y.value.tolist()
    assert [0.0] * 5 == x.grad.tolist()


def test_clip_passes_the_cotangent_at_its_bounds() -> None:
    assert [0.0, 1.0, 1.0, 1.0, 0.0] == gradient(
        lambda x: engine.sum(engine.clip(x, min=-1.0, max=1.0)), [-2.0, -1.0, 0.0, 1.0, 2.0]
    )


def test_a_power_with_a_constant_exponent_is_defined_for_negative_numbers() -> None:
    assert [12.0, 0.0, 3.0] == gradient(lambda x: engine.sum(x**3), [-2.0, 0.0, 1.0])
    assert [12.0, 0.0, 3.0] == gradient(lambda x: engine.sum(x ** np.full(3, 3.0)), [-2.0, 0.0, 1.0])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([2.0, 0.0, 5.0], [0.0, 10.0, 0.0]),
        ([0.0, 0.0, 5.0], [0.0, 0.0, 0.0]),
        ([3.0], [1.0]),
        ([1e-200, 1e-200, 3.0], [3e-200, 3e-200, 0.0]),
    ],
)
def test_a_product_with_zeros_is_differentiated_without_dividing(values: list[float], expected: list[float]) -> None:
    assert expected == gradient(engine.prod, values)


def test_a_branch_that_is_not_chosen_still_makes_nan_of_zero_times_infinity() -> None:
    """`where(x < 0, exp(x), 1 + x)` at 1000: the mathematics says 1, reverse mode says NaN."""
    assert [1.0] == gradient(lambda x: engine.sum(engine.where(x < 0, 0, 1 + x)), [1000.0])
    np.testing.assert_equal(gradient(lambda x: engine.sum(engine.where(x < 0, engine.exp(x), 1 + x)), [1000.0]), [nan])


def test_an_infinite_cotangent_does_not_reach_what_was_not_chosen() -> None:
    assert [inf, 0.0] == gradient(lambda x: engine.sqrt(engine.max(x)), [0.0, -1.0])
    assert [0.0, 0.0] == gradient(lambda x: engine.sqrt(engine.sum(engine.relu(x))), [-1.0, 0.0])
    assert [0.0, inf] == gradient(lambda x: engine.sqrt(engine.sum(engine.clip(x, min=0.0))), [-1.0, 0.0])


@pytest.mark.parametrize("name", ["max", "min", "amax"])
def test_nan_is_the_extremum_and_gets_the_cotangent(name: str) -> None:
    assert [0.0, 1.0, 0.0] == gradient(getattr(engine, name), [1.0, nan, 3.0])


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("sigmoid", 800.0, (1.0, 0.0)),
        ("sigmoid", -800.0, (0.0, 0.0)),
        ("sigmoid", 40.0, (1.0, float(np.exp(-40.0)))),
        ("softplus", 800.0, (800.0, 1.0)),
        ("softplus", -40.0, (float(np.exp(-40.0)), float(np.exp(-40.0)))),
        ("expm1", -40.0, (-1.0, float(np.exp(-40.0)))),
        ("tanh", 800.0, (1.0, 0.0)),
    ],
)
def test_large_arguments_lose_nothing(name: str, at: float, expected: tuple[float, float]) -> None:
    x = Variable(at)
    y = getattr(engine, name)(x)
    y.backward()
    assert x.grad is not None
    assert pytest.approx(expected, rel=1e-15) == (float(y.value), float(x.grad))


def test_softmax_and_its_relatives_do_not_overflow() -> None:
    x = [1000.0, 0.0]
    assert [0.0, 0.0] == gradient(lambda x: engine.softmax(x)[0], x)
    assert [0.0, 0.0] == gradient(lambda x: engine.log_softmax(x)[0], x)
    assert [1.0, 0.0] == gradient(engine.logsumexp, x)


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [("asin", 1.0, inf), ("asin", -1.0, -inf), ("acos", 1.0, -inf), ("acos", -1.0, inf), ("acosh", 1.0, -inf),
     ("atanh", 1.0, inf), ("atanh", -1.0, -inf)],
)  # fmt: skip
def test_where_the_first_derivative_is_infinite_the_second_is_its_limit(name: str, at: float, expected: float) -> None:
    x = Variable(at)
    with np.errstate(all="ignore"):
        (slope,) = engine.grad(getattr(engine, name)(x), x, create_graph=True)
        slope.backward()
    assert expected == x.grad
