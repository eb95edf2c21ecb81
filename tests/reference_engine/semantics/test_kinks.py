"""Kinks and jumps, under each option."""

from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import NoDerivative, Variable, semantics, stop_gradient

nan = np.nan


def gradient(name: str, values: Any, **parameters: Any) -> list[float]:
    x = Variable(values)
    y = getattr(engine, name)(x, **parameters)
    y.backward(np.ones(y.shape))
    assert x.grad is not None
    return list(x.grad.tolist())


@pytest.mark.parametrize(("option", "at_zero"), [("middle", 0.0), ("right", 1.0), ("left", -1.0), ("nan", nan)])
def test_the_absolute_value_at_zero(option: str, at_zero: float) -> None:
    with semantics.using(abs_at_zero=option):
        np.testing.assert_array_equal([-1.0, at_zero, at_zero, 1.0], gradient("abs", [-2.0, -0.0, 0.0, 3.0]))


@pytest.mark.parametrize("option", ["right", "left", "nan"])
def test_the_absolute_value_of_a_complex_zero_has_the_slope_zero_all_the_same(option: str) -> None:
    with semantics.using(abs_at_zero=option):
        assert [0.0, 0.6 + 0.8j] == gradient("abs", [0.0, 3.0 + 4.0j])


@pytest.mark.parametrize(("option", "at_nan"), [("nan", nan), ("zero", 0.0), ("left", -1.0)])
def test_the_absolute_value_at_nan(option: str, at_nan: float) -> None:
    with semantics.using(abs_at_nan=option):
        np.testing.assert_array_equal([-1.0, at_nan, 1.0], gradient("abs", [-2.0, nan, 3.0]))


@pytest.mark.parametrize(("option", "at_zero"), [("zero", 0.0), ("half", 0.5), ("one", 1.0)])
def test_relu_at_zero(option: str, at_zero: float) -> None:
    with semantics.using(relu_at_zero=option):
        assert [0.0, at_zero, 1.0] == gradient("relu", [-2.0, 0.0, 3.0])


@pytest.mark.parametrize(
    ("option", "at_min", "at_max"),
    [("passes", 1.0, 1.0), ("blocked", 0.0, 0.0), ("half", 0.5, 0.5), ("lower", 1.0, 0.0), ("upper", 0.0, 1.0)],
)
def test_clip_at_its_bounds(option: str, at_min: float, at_max: float) -> None:
    with semantics.using(clip_at_bounds=option):
        assert [0.0, at_min, 1.0, at_max, 0.0] == gradient("clip", [-2.0, -1.0, 0.0, 1.0, 2.0], min=-1.0, max=1.0)
        assert [0.0, at_min, 1.0] == gradient("clip", [-2.0, -1.0, 0.0], min=-1.0)
        assert [1.0, at_max, 0.0] == gradient("clip", [0.0, 1.0, 2.0], max=1.0)
        assert [1.0] == gradient("clip", [5.0])


@pytest.mark.parametrize(("option", "at_both"), [("constant", 0.0), ("as_at_bounds", 1.0)])
def test_clip_where_its_bounds_are_equal(option: str, at_both: float) -> None:
    with semantics.using(clip_with_equal_bounds=option):
        assert [0.0, at_both, 0.0] == gradient("clip", [0.0, 1.0, 2.0], min=1.0, max=1.0)


def test_a_point_between_two_bounds_that_are_one_is_halved_twice() -> None:
    with semantics.using(clip_at_bounds="half", clip_with_equal_bounds="as_at_bounds"):
        assert [0.0, 0.25, 0.0] == gradient("clip", [0.0, 1.0, 2.0], min=1.0, max=1.0)


@pytest.mark.parametrize(("option", "at_zero"), [("zero", 0.0), ("nan", nan)])
def test_sign_at_zero(option: str, at_zero: float) -> None:
    with semantics.using(sign_at_zero=option):
        np.testing.assert_array_equal([0.0, at_zero, 0.0], gradient("sign", [-2.0, 0.0, 3.0]))


STEPS = [
    ("sign", "sign_gradient"),
    ("floor", "rounding_gradient"),
    ("ceil", "rounding_gradient"),
    ("round", "rounding_gradient"),
    ("trunc", "rounding_gradient"),
]


@pytest.mark.parametrize(("name", "dimension"), STEPS)
def test_a_step_has_a_gradient_of_zeros(name: str, dimension: str) -> None:
    assert [0.0, 0.0] == gradient(name, [-1.4, 0.6])


@pytest.mark.parametrize(("name", "dimension"), STEPS)
def test_a_step_gives_a_constant_under_none(name: str, dimension: str) -> None:
    with semantics.using(**{dimension: "none"}):
        y = getattr(engine, name)(Variable([-1.4, 0.6]))
    assert not y.requires_grad
    assert y.is_leaf


@pytest.mark.parametrize(("name", "dimension"), STEPS)
def test_nothing_comes_through_a_step_that_belongs_to_the_graph_under_unconnected(name: str, dimension: str) -> None:
    x = Variable([-1.4, 0.6])
    with semantics.using(**{dimension: "unconnected"}, graph_after_backward="freed"):
        y = getattr(engine, name)(x)
        y.retain_grad()
        loss = engine.sum(3 * y)
        loss.backward()
        assert y.grad is not None
        assert [3.0, 3.0] == y.grad.tolist()
        assert x.grad is None
        with pytest.raises(engine.GraphFreed):
            loss.backward()


@pytest.mark.parametrize(("name", "dimension"), STEPS)
def test_a_step_refuses_what_requires_a_gradient_under_raises_and_nothing_else(name: str, dimension: str) -> None:
    x = Variable([-1.4, 0.6])
    with semantics.using(**{dimension: "raises"}):
        with pytest.raises(NoDerivative, match=f"{name} has no derivative"):
            getattr(engine, name)(x)
        assert not getattr(engine, name)(stop_gradient(x)).requires_grad
        with engine.not_recording():
            assert not getattr(engine, name)(x).requires_grad


def test_a_whole_quotient_has_gradients_of_zeros() -> None:
    x1, x2 = Variable([7.0, -7.0]), Variable(2.0)
    engine.sum(engine.floor_divide(x1, x2) * x2).backward()
    assert x1.grad is not None
    assert x2.grad is not None
    assert [0.0, 0.0] == x1.grad.tolist()
    assert -1.0 == x2.grad.item()


def test_a_whole_quotient_of_variables_is_a_constant_under_none() -> None:
    with semantics.using(floor_divide_gradient="none"):
        assert not engine.floor_divide(Variable(7.0), 2.0).requires_grad
        assert not engine.floor_divide(7.0, Variable(2.0)).requires_grad


@pytest.mark.parametrize("variable", [0, 1])
def test_a_whole_quotient_may_raise_when_it_is_called_or_in_the_backward_pass(variable: int) -> None:
    operands: list[Any] = [7.0, 2.0]
    operands[variable] = Variable(operands[variable])
    with semantics.using(floor_divide_gradient="raises"), pytest.raises(NoDerivative, match="floor_divide"):
        engine.floor_divide(*operands)
    with semantics.using(floor_divide_gradient="raises_in_backward"):
        y = engine.floor_divide(*operands)
        with pytest.raises(NoDerivative, match="floor_divide"):
            y.backward()


@pytest.mark.parametrize("option", ["none", "raises", "raises_in_backward"])
def test_the_derivative_of_a_remainder_does_not_ask_for_that_of_the_quotient(option: str) -> None:
    x1, x2 = Variable(7.0), Variable(2.0)
    with semantics.using(floor_divide_gradient=option):
        assert [1.0, -3.0] == engine.grad(engine.remainder(x1, x2), [x1, x2])


@pytest.mark.parametrize(
    ("option", "expected"), [("middle", [0.0, 0.0]), ("right", [1.0, -1.0]), ("left", [-1.0, 1.0])]
)
def test_the_size_that_copysign_keeps_has_the_kink_of_abs(option: str, expected: list[float]) -> None:
    with semantics.using(abs_at_zero=option):
        x = Variable([0.0, 0.0])
        engine.sum(engine.copysign(x, [2.0, -2.0])).backward()
    assert x.grad is not None
    assert expected == x.grad.tolist()


@pytest.mark.parametrize("option", ["none", "raises"])
def test_the_second_derivative_of_abs_does_not_ask_for_that_of_sign(option: str) -> None:
    x = Variable(2.0)
    with semantics.using(sign_gradient=option):
        (first,) = engine.grad(engine.abs(x) * x, x, create_graph=True)
        assert [2.0] == engine.grad(first, x)


@pytest.mark.parametrize(
    ("option", "expected"), [("constant", [2.0, 4.0]), ("zero", [2.0, 4.0]), ("passes", [5.0, 7.0])]
)
def test_a_cast_to_integers_beside_another_way(option: str, expected: list[float]) -> None:
    x = Variable([1.0, 2.0])
    with semantics.using(integer_cast=option):
        engine.sum(x.astype("int64").astype("float64") * 3.0 + x * x).backward()
    assert x.grad is not None
    assert expected == x.grad.tolist()


@pytest.mark.parametrize(("option", "requires_grad"), [("constant", False), ("zero", True), ("passes", True)])
def test_integers_belong_to_the_graph_or_are_constants(option: str, requires_grad: bool) -> None:
    with semantics.using(integer_cast=option):
        assert requires_grad == Variable([1.5]).astype("int64").requires_grad


def test_a_cast_to_integers_refuses_what_requires_a_gradient_under_raises() -> None:
    x = Variable([1.5])
    with semantics.using(integer_cast="raises"):
        with pytest.raises(NoDerivative, match="cast to int64"):
            x.astype("int64")
        assert [1] == stop_gradient(x).astype("int64").value.tolist()


@pytest.mark.parametrize(("option", "expected"), [("half", (0.5, 0.5)), ("first", (1.0, 0.0))])
def test_logaddexp_of_equals(option: str, expected: tuple[float, float]) -> None:
    x1, x2 = Variable([1.0, 2.0]), Variable([1.0, 3.0])
    with semantics.using(logaddexp_of_equals=option):
        engine.sum(engine.logaddexp(x1, x2)).backward()
    share = 1 / (1 + np.exp(1.0))
    np.testing.assert_allclose([expected[0], share], x1.grad, rtol=1e-15)
    np.testing.assert_allclose([expected[1], 1 - share], x2.grad, rtol=1e-15)


def test_relu_needs_its_result_and_not_its_operand() -> None:
    """So that a write into the operand does no harm, as in the frameworks."""
    x = Variable([-1.0, 2.0])
    y = engine.sum(engine.relu(x))
    x.write(5.0)
    y.backward()
    assert x.grad is not None
    assert [0.0, 1.0] == x.grad.tolist()
