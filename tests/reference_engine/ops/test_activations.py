"""Activation functions where their formulas are hard to compute, against mpmath, and at kinks under each option."""

from typing import Any

import mpmath
import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable, semantics

inf, nan = np.inf, np.nan

DEFINITIONS: dict[str, Any] = {
    "silu": lambda x: x / (1 + mpmath.exp(-x)),
    "mish": lambda x: x * mpmath.tanh(mpmath.log(1 + mpmath.exp(x))),
    "gelu": lambda x: x * mpmath.erfc(-x / mpmath.sqrt(2)) / 2,
    "gelu_tanh": lambda x: x / 2 * (1 + mpmath.tanh(mpmath.sqrt(2 / mpmath.pi) * (x + mpmath.mpf("0.044715") * x**3))),
    "softsign": lambda x: x / (1 + abs(x)),
    "tanhshrink": lambda x: x - mpmath.tanh(x),
    "log_sigmoid": lambda x: -mpmath.log(1 + mpmath.exp(-x)),
    "squareplus": lambda x: (x + mpmath.sqrt(x * x + 4)) / 2,
}
FAR = [-1e5, -30.0, -4.0, -1e-4, 1e-4, 4.0, 30.0, 1e5]
ZERO_TO_A_FLOAT = 1e-300


def gradient(name: str, values: Any, **parameters: Any) -> np.ndarray[Any, Any]:
    x = Variable(values)
    y = getattr(engine, name)(x, **parameters)
    y.backward(np.ones(y.shape))
    assert x.grad is not None
    return x.grad


@pytest.mark.parametrize("at", FAR)
@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_the_slope_keeps_its_digits_where_the_plain_formula_loses_them(name: str, at: float) -> None:
    with mpmath.workdps(60):
        expected = float(mpmath.diff(DEFINITIONS[name], mpmath.mpf(at), h=mpmath.mpf(10) ** -25))
    found = gradient(name, at)
    if abs(expected) < ZERO_TO_A_FLOAT:
        assert abs(found) < ZERO_TO_A_FLOAT
    else:
        np.testing.assert_allclose(found, expected, rtol=2e-13)


@pytest.mark.parametrize("name", sorted(set(DEFINITIONS) - {"tanhshrink"}))
@pytest.mark.parametrize("at", FAR)
def test_the_value_keeps_its_digits_too(name: str, at: float) -> None:
    with mpmath.workdps(60):
        expected = float(DEFINITIONS[name](mpmath.mpf(at)))
    if abs(expected) < ZERO_TO_A_FLOAT:
        expected = 0.0
    np.testing.assert_allclose(getattr(engine, name)(np.array(at)), expected, rtol=2e-13, atol=ZERO_TO_A_FLOAT)


@pytest.mark.parametrize("name", ["gelu", "gelu_tanh", "squareplus", "mish", "silu"])
def test_nothing_on_the_way_overflows(name: str) -> None:
    with np.errstate(over="raise", invalid="raise"):
        assert [0.0, 1.0] == np.abs(gradient(name, [-1.5e308, 1.5e308])).tolist()
        assert 1.5e308 == getattr(engine, name)(np.array(1.5e308))


@pytest.mark.parametrize(("name", "left", "right"), [
    ("leaky_relu", 0.25, 1.0), ("elu", 2.0, 1.0), ("selu", 1.7580993408473766, 1.0507009873554805),
])  # fmt: skip
def test_the_slope_at_zero_is_the_one_of_the_option(name: str, left: float, right: float) -> None:
    parameters = {"leaky_relu": {"negative_slope": 0.25}, "elu": {"alpha": 2.0}}.get(name, {})
    for option, expected in (("left", left), ("right", right)):
        with semantics.using(**{f"{name}_at_zero": option}):
            np.testing.assert_allclose(gradient(name, [0.0, -0.0], **parameters), [expected, expected], rtol=1e-15)


@pytest.mark.parametrize(("option", "expected"), [("left", [0.5, 0.25, 1.0]), ("right", [0.5, 1.0, 1.0])])
def test_the_slope_of_prelu_at_zero_is_that_of_the_option(option: str, expected: list[float]) -> None:
    x, weight = Variable([[-1.0, 0.0, 2.0]]), Variable([0.5, 0.25, 0.75])
    with semantics.using(prelu_at_zero=option):
        engine.sum(engine.prelu(x, weight)).backward()
    assert [expected] == x.grad.tolist()  # type: ignore[union-attr]
    assert [-1.0, 0.0, 0.0] == weight.grad.tolist()  # type: ignore[union-attr]


def test_prelu_has_a_weight_for_each_channel_whatever_follows() -> None:
    x, weight = Variable(-np.ones((2, 3, 4))), Variable([0.5, 0.25, 0.75])
    y = engine.prelu(x, weight)
    engine.sum(y).backward()
    assert [-0.5, -0.25, -0.75] == y.value[0, :, 0].tolist()
    assert [-8.0, -8.0, -8.0] == weight.grad.tolist()  # type: ignore[union-attr]


@pytest.mark.parametrize(("option", "at_bounds"), [("passes", 1.0), ("blocked", 0.0)])
def test_hard_tanh_at_its_bounds(option: str, at_bounds: float) -> None:
    with semantics.using(hard_tanh_at_bounds=option):
        assert [0.0, at_bounds, 1.0, at_bounds, 0.0] == gradient("hard_tanh", [-2.0, -1.0, 0.0, 1.0, 2.0]).tolist()


@pytest.mark.parametrize("name", ["softshrink", "hardshrink"])
def test_what_shrinks_by_nothing_is_the_identity(name: str) -> None:
    assert [1.0, 1.0, 1.0] == gradient(name, [-1.0, 0.0, 1.0], lambd=0.0).tolist()
    assert [0.0, 0.0, 0.0] == gradient(name, [-0.5, 0.0, 0.5], lambd=0.5).tolist()


def test_celu_has_no_kink() -> None:
    assert [1.0, 1.0] == gradient("celu", [0.0, -0.0], alpha=3.0).tolist()


def test_an_axis_of_odd_size_has_no_halves() -> None:
    with pytest.raises(ValueError, match="3 is odd"):
        engine.glu(np.ones((2, 3)))
