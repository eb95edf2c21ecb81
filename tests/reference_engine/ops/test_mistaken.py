"""Mistaken rules, by the smallest program and the number worked out by hand with the mistake in it."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable, semantics
from reference_engine.op import OPS

ROWS = [[3.0, 5.0], [4.0, 2.0]]
G = np.array([[10.0, 20.0], [30.0, 40.0]])
ARRAY_OF_ROWS = np.array(ROWS)
Op = Callable[..., Any]


def gradients(function: Op, *values: Any, seed: Any) -> list[Any]:
    """The gradients of the operands of one op, as lists."""
    operands = [Variable(value) for value in values]
    function(*operands).backward(seed)
    return [None if operand.grad is None else operand.grad.tolist() for operand in operands]


SCALARS = [
    ("multiply_rule", "own_operand", engine.multiply, (3.0, 5.0), [21.0, 35.0]),
    ("multiply_rule", "scales_in_place", engine.multiply, (3.0, 5.0), [35.0, 105.0]),
    ("subtract_rule", "sign_forgotten", engine.subtract, (3.0, 5.0), [7.0, 7.0]),
    ("divide_rule", "sign_forgotten", engine.divide, (3.0, 4.0), [7 / 4, 21 / 16]),
    ("divide_rule", "not_squared", engine.divide, (3.0, 4.0), [7 / 4, -21 / 4]),
    ("pow_rule", "factor_forgotten", lambda x: x**4, (3.0,), [189.0]),
    ("pow_rule", "exponent_kept", lambda x: x**4, (3.0,), [7 * 4 * 81.0]),
    ("sqrt_rule", "half_forgotten", engine.sqrt, (16.0,), [7 / 4]),
    ("exp_rule", "input", engine.exp, (3.0,), [21.0]),
    ("log_rule", "reciprocal_forgotten", engine.log, (3.0,), [7.0]),
    ("cos_rule", "sign_forgotten", engine.cos, (math.pi / 2,), [7.0]),
    ("tanh_rule", "not_squared", engine.tanh, (0.0,), [7.0]),
    ("tanh_rule", "not_squared", engine.tanh, (-40.0,), [14.0]),
    ("sigmoid_rule", "from_input", engine.sigmoid, (3.0,), [-42.0]),
    ("relu_rule", "unmasked", engine.relu, (-3.0,), [7.0]),
    ("relu_rule", "masked_by_cotangent", engine.relu, (-3.0,), [7.0]),
    ("abs_rule", "sign_forgotten", engine.abs, (-3.0,), [7.0]),
    ("clip_rule", "everywhere", lambda x: engine.clip(x, max=2.0), (3.0,), [7.0]),
    ("where_rule", "both", lambda a, b: engine.where(np.array(True), a, b), (3.0, 5.0), [7.0, 7.0]),
    ("floor_rule", "identity", engine.floor, (3.5,), [7.0]),
    ("stop_gradient_rule", "ignored", engine.stop_gradient, (3.0,), [7.0]),
]

ARRAYS = [
    ("matmul_rule", "not_transposed", engine.matmul, (ROWS, ROWS), [G @ ROWS, ARRAY_OF_ROWS @ G]),
    ("matmul_rule", "factors_swapped", engine.matmul, (ROWS, ROWS), [ARRAY_OF_ROWS.T @ G, G @ ARRAY_OF_ROWS.T]),
    ("softmax_rule", "uncorrected", engine.softmax, ([[0.0, 0.0]] * 2,), [G / 2]),
    ("softmax_rule", "diagonal", engine.softmax, ([[0.0, 0.0]] * 2,), [G / 4]),
    ("reshape_rule", "not_undone", lambda x: engine.reshape(x, shape=(2, 2)), ([1.0, 2.0, 3.0, 4.0],), [G]),
    (
        "concat_rule",
        "first_slice",
        lambda a, b: engine.concat(a, b, axis=1),
        ([[1.0], [2.0]], [[3.0], [4.0]]),
        [[[10.0], [30.0]], [[10.0], [30.0]]],
    ),
    ("gather_rule", "overwritten", lambda x: x[[1, 1]], (ROWS,), [[[0.0, 0.0], [30.0, 40.0]]]),
    (
        "gather_rule",
        "overwritten",
        lambda x: engine.take(x, np.array([1, 1]), axis=1),
        (ROWS,),
        [[[0.0, 20.0], [0.0, 40.0]]],
    ),
]

REDUCTIONS = [
    ("sum_rule", "axis_forgotten", engine.sum, 1, [[10.0, 20.0], [10.0, 20.0]]),
    ("sum_rule", "axis_forgotten", engine.sum, 0, [[10.0, 20.0], [10.0, 20.0]]),
    ("sum_rule", "axis_off_by_one", engine.sum, 0, [[10.0, 10.0], [20.0, 20.0]]),
    ("mean_rule", "not_divided", engine.mean, 1, [[10.0, 10.0], [20.0, 20.0]]),
    ("mean_rule", "divided_by_all", engine.mean, 1, [[2.5, 2.5], [5.0, 5.0]]),
    ("mean_rule", "axis_forgotten", engine.mean, 1, [[5.0, 10.0], [5.0, 10.0]]),
    ("var_rule", "factor_forgotten", engine.var, 1, [[-5.0, 5.0], [10.0, -10.0]]),
    ("extremum_rule", "ties_counted_everywhere", engine.max, 1, [[0.0, 5.0], [10.0, 0.0]]),
]


@pytest.mark.parametrize(("dimension", "option", "function", "values", "expected"), SCALARS)
def test_a_mistaken_rule_of_single_elements(
    dimension: str, option: str, function: Op, values: Any, expected: Any
) -> None:
    with semantics.using(**{dimension: option}):
        assert expected == pytest.approx(gradients(function, *values, seed=7.0))


@pytest.mark.parametrize(("dimension", "option", "function", "values", "expected"), ARRAYS)
def test_a_mistaken_rule_of_arrays(dimension: str, option: str, function: Op, values: Any, expected: Any) -> None:
    with semantics.using(**{dimension: option}):
        assert [np.asarray(one).tolist() for one in expected] == gradients(function, *values, seed=G)


@pytest.mark.parametrize(("dimension", "option", "function", "axis", "expected"), REDUCTIONS)
def test_a_mistaken_rule_of_a_reduction(dimension: str, option: str, function: Op, axis: int, expected: Any) -> None:
    with semantics.using(**{dimension: option}):
        assert [expected] == gradients(lambda x: function(x, axis=axis), ROWS, seed=[10.0, 20.0])


def test_axes_in_a_circle_go_round_once_more() -> None:
    x = np.arange(6.0).reshape(1, 2, 3)
    with semantics.using(permute_dims_rule="forward_axes"):
        (wrong,) = gradients(lambda x: engine.permute_dims(x, axes=(1, 2, 0)), x, seed=x.reshape(2, 3, 1))
    assert x.reshape(2, 3, 1).transpose(1, 2, 0).tolist() == wrong


def test_a_forgotten_axis_fails_where_the_shape_does_not_fit() -> None:
    x = Variable(np.ones((2, 3)))
    y = engine.sum(x, axis=1)
    with semantics.using(sum_rule="axis_forgotten"), pytest.raises(ValueError, match="could not be broadcast"):
        y.backward([1.0, 2.0])


def test_an_axis_that_was_kept_is_not_forgotten() -> None:
    for option in ("axis_forgotten", "axis_off_by_one"):
        with semantics.using(sum_rule=option):
            right = gradients(lambda x: engine.sum(x, axis=1, keepdims=True), ROWS, seed=[[10.0], [20.0]])
        assert [[[10.0, 10.0], [20.0, 20.0]]] == right


def test_what_is_masked_in_place_is_masked_for_its_neighbour_too() -> None:
    x, b, seed = Variable([3.0, -5.0]), Variable([1.0, 1.0]), np.array([7.0, 11.0])
    with semantics.using(relu_rule="masked_in_place", gradient_buffers="shared"):
        (engine.relu(x) + b).backward(seed)
        assert [7.0, 0.0] == b.grad.tolist() == seed.tolist()  # type: ignore[union-attr]


def test_what_is_scaled_in_place_is_scaled_for_its_neighbour_too() -> None:
    x, w, b = Variable([3.0]), Variable([5.0]), Variable([1.0])
    with semantics.using(multiply_rule="scales_in_place", gradient_buffers="shared"):
        (x * w + b).backward(np.array([7.0]))
        assert [35.0] == b.grad.tolist()  # type: ignore[union-attr]


def test_an_output_that_was_overwritten_is_lost_to_the_next_pass() -> None:
    x = Variable(0.5)
    t = engine.tanh(x)
    value = math.tanh(0.5)
    with semantics.using(tanh_rule="output_overwritten"):
        t.backward()
        assert pytest.approx(1 - value**2) == x.grad
        assert pytest.approx(value**2) == t.value
        t.backward()
        assert pytest.approx((1 - value**2) + (1 - value**4)) == x.grad


def test_a_mistaken_rule_is_in_the_second_derivative_too() -> None:
    x = Variable(3.0)
    with semantics.using(pow_rule="factor_forgotten"):
        (first,) = engine.grad(x**4, x, create_graph=True)
        (second,) = engine.grad(first, x)
    assert (27.0, 9.0) == (first.value, second)


def test_a_mistaken_gather_has_a_second_derivative() -> None:
    x = Variable([3.0, 5.0])
    with semantics.using(gather_rule="overwritten"):
        (first,) = engine.grad(engine.sum(x[[0, 1]] ** 2), x, create_graph=True)
        (second,) = engine.grad(engine.sum(first), x)
    assert [2.0, 2.0] == second.tolist()


def test_writing_in_place_is_left_out_where_gradients_are_differentiated_again() -> None:
    x = Variable([3.0, -5.0])
    with semantics.using(relu_rule="masked_in_place", tanh_rule="output_overwritten", multiply_rule="scales_in_place"):
        (first,) = engine.grad(engine.sum(engine.relu(x) ** 2), x, create_graph=True)
        (second,) = engine.grad(engine.sum(first), x)
    assert [2.0, 0.0] == second.tolist()


def test_every_option_of_a_mistaken_rule_stands_in_for_some_rule() -> None:
    """And the ops that it is declared for are those that consult it."""
    declared = {
        (name, option.name)
        for topic in ("faults_of_elementwise_rules", "faults_of_array_rules")
        for dimension in semantics.TOPICS[topic]
        for name in dimension.consulted_by
        for option in dimension.faults
    }
    names = {"affine": "linear", "gather": "getitem", "take_places": "take"}
    registered = {(names.get(name, name), option) for name, op in OPS.items() for option in op._mistaken}
    assert declared == registered


def test_an_op_that_cannot_be_mistaken_consults_nothing_about_rules() -> None:
    with semantics.noting() as consulted:
        engine.sin(Variable(1.0)).backward()
    assert not {name for name in consulted if name.endswith("_rule")}
    with semantics.noting() as consulted:
        engine.cos(Variable(1.0)).backward()
    assert {"cos_rule"} == {name for name in consulted if name.endswith("_rule")}
