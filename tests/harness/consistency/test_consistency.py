"""What `assert_consistent` says: of functions that agree, of such that do not, and of calls that mean nothing."""

import traceback

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reference_engine as engine
from harness import assert_consistent
from harness.consistency import Consistency
from harness.errors import EnvironmentProblem, UsageError

X, W = np.array([[0.5, -1.5], [2.0, 0.25]]), np.array([[1.0, 0.5], [-0.75, 2.0]])
TIE = np.array([1.0, 1.0, 0.0])


def loss(x, w):
    return engine.mean(engine.tanh(x @ w))


def loss_in_another_order(x, w):
    return engine.sum(engine.tanh(x @ w) / 4)


def loss_like_a_case(g, x, w):
    return g.mean(g.tanh(x @ w))


def summed(x, w):
    return engine.sum(engine.tanh(x @ w))


def transposed(x, w):
    return engine.mean(engine.tanh(x @ w.mT))


def detached(x, w):
    y = engine.tanh(x @ w)
    return engine.mean(y * engine.stop_gradient(y))


def squared(x, w):
    return engine.mean(engine.tanh(x @ w) ** 2)


def first(x, w):
    return engine.sum(x * x)


# Agreement


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
@pytest.mark.parametrize("right", [None, loss, loss_like_a_case])
def test_functions_that_round_otherwise_are_consistent(check, right, dtype):
    functions = {"torch": loss, "tensorflow": loss_in_another_order} | ({"reference": right} if right else {})
    check(functions, [X.astype(dtype), W.astype(dtype)])


def test_a_tuple_and_a_dict_of_outputs_are_compared_by_key(check, message):
    check({"torch": lambda x: (x, x * x), "jax": lambda x: (x, x**2)}, [X])
    check({"torch": lambda x: {"a": x, "b": -x}, "jax": lambda x: {"b": -x, "a": x}}, [X])
    lines = message({"torch": lambda x: {"a": x, "b": -x}, "jax": lambda x: {"a": x, "b": x}}, [X])
    assert "jax disagrees with torch on output['b']." == lines[0]


def test_inputs_may_come_by_keyword(check):
    check(
        {"torch": lambda *, w, x: x @ w, "jax": lambda x, w: x @ w, "reference": lambda g, x, w: x @ w},
        {"x": X, "w": W},
    )


def test_integers_are_inputs_without_a_gradient(check, message):
    places = np.array([1, 0])

    def taken(x, places):
        return engine.take(x, places.value, axis=0)

    check({"torch": taken, "jax": taken}, [X, places])
    lines = message({"torch": taken, "jax": lambda x, places: places}, [X, places])
    assert ["  torch has dtype float64, jax has dtype int64."] == lines[1:2]


def test_workers_and_functions_are_there_for_many_calls(check):
    @settings(max_examples=20, deadline=None)
    @given(st.lists(st.floats(-4, 4), min_size=1, max_size=5))
    def test(numbers):
        check({"torch": engine.softmax, "jax": lambda x: engine.exp(engine.log_softmax(x))}, [np.array(numbers)])

    test()


# Disagreement


@pytest.mark.parametrize("right", [None, loss, loss_like_a_case])
@pytest.mark.parametrize("mistake", [summed, transposed])
def test_a_wrong_value_is_found_at_the_output(message, mistake, right):
    functions = {"torch": loss, "jax": mistake} | ({"reference": right} if right else {})
    others = "the reference and torch" if right else "torch"
    lines = message(functions, [X, W])
    assert f"jax disagrees with {others} on the output." == lines[0]
    assert "There is also disagreement on the gradient of inputs[0] and the gradient of inputs[1]." in lines


def test_a_forgotten_detach_is_found_by_the_gradient_alone(message):
    lines = message({"torch": squared, "jax": detached}, {"x": X, "w": W})
    assert "jax disagrees with torch on the gradient of x." == lines[0]
    assert "  torch has 0.06248145075943697 at [0, 0], jax has 0.031240725379718486." == lines[1]
    assert "There is also disagreement on the gradient of w." == lines[-1]


def test_permuted_gradients_show_for_every_element_has_another_cotangent(message):
    def swapped(x):
        return engine.stop_gradient(x) + engine.flip(x) - engine.stop_gradient(engine.flip(x))

    lines = message({"torch": lambda x: x + 0.0, "jax": swapped}, [np.array([1.0, 2.0])])
    assert "jax disagrees with torch on the gradient of inputs[0]." == lines[0]


def test_an_element_is_named_with_its_distance_and_what_is_allowed(message):
    def off(x):
        return x * np.array([1.0, 1.0 + 2.0**-15], np.float32)

    lines = message({"torch": lambda x: x * 1.0, "jax": off}, [np.array([1.0, 1.0], np.float32)])
    assert "  torch has 1.0 at [1], jax has 1.0000305." == lines[1]
    assert lines[2].startswith("  They are 256 ULP apart. Rounding explains")


def test_what_is_gone_in_float64_is_rounding(check):
    def loses_digits(x):
        return (x + 1000.0) - 1000.0

    check({"torch": lambda x: x * 1.0, "jax": loses_digits}, [np.array([0.1, 0.7], np.float32)])


def test_bounds_of_the_reference_tell_a_formula_that_loses_digits(message):
    def loses_digits(x):
        return (x + 1000.0) - 1000.0

    functions = {"torch": lambda x: x * 1.0, "jax": loses_digits, "reference": lambda g, x: x * 1.0}
    lines = message(functions, [np.array([0.1, 0.7], np.float32)])
    assert "jax disagrees with the reference and torch on the output." == lines[0]
    assert "  With the same inputs in float64 they agree, so the formulas are the same and one loses digits." in lines


@pytest.mark.parametrize("right", [engine.max, lambda g, x: g.max(x)])
def test_a_convention_is_named_and_can_be_accepted(check, message, right):
    functions = {"torch": engine.max, "chainer": engine.max, "reference": right}
    lines = message(functions, [TIE])
    assert "chainer disagrees with the reference and torch on the gradient of inputs[0]." == lines[0]
    assert any(line.startswith("  It is a convention of the framework, max_ties = all: ") for line in lines)
    assert "  To accept it: accept=['max_ties']." in lines
    check(functions, [TIE], accept=["max_ties"])


def test_the_oracle_says_who_is_right_where_the_reference_is_like_a_case(message):
    lines = message({"chainer": engine.max, "reference": lambda g, x: g.max(x)}, [TIE])
    assert lines[-1].startswith("  By mathematics chainer is wrong. A step along (1, 1, 0) changes f by 1 per unit")


def test_a_mistake_is_no_convention(message):
    doubled = {"torch": lambda x: x * x, "jax": lambda x: x * engine.stop_gradient(x), "reference": lambda g, x: x * x}
    lines = message(doubled, [np.array([3.0])])
    assert not any("convention" in line or "accept=" in line for line in lines)
    assert lines[-1].startswith("  By mathematics jax is wrong.")


def test_a_tie_without_a_reference_is_said_to_be_one(message):
    lines = message({"torch": engine.max, "chainer": engine.max}, [TIE])
    assert lines[2].endswith(
        "there they agree. So this is a tie, a kink or a singular point, where frameworks follow conventions."
    )
    assert "Give 'reference' a function too, and it is said which convention it is." == lines[-1]


def test_zeros_where_another_has_none_are_a_convention(check, message):
    lines = message({"torch": first, "jax": first}, [X, W])
    assert "  torch has None, jax has zeros." == lines[1]
    assert "  To accept it: accept=['unconnected_input']." == lines[-1]
    check({"torch": first, "jax": first}, [X, W], accept=["unconnected_input"])


def test_shapes_dtypes_and_structures_are_compared(message):
    assert (
        "  torch has shape (2, 2), jax has shape (2,)."
        == message({"torch": lambda x: x, "jax": lambda x: engine.sum(x, axis=0)}, [X])[1]
    )
    assert (
        "  torch has dtype float64, jax has dtype float32."
        == message({"torch": lambda x: x, "jax": lambda x: engine.astype(x, dtype="float32")}, [X])[1]
    )
    assert [
        "The functions return different structures.",
        "  torch: a tuple of 2",
        "  jax: a dict with the keys 'a', 'b'",
        "  chainer: an array",
    ] == message({"torch": lambda x: (x, x), "jax": lambda x: {"a": x, "b": x}, "chainer": lambda x: x}, [X])


def test_nan_has_to_stand_in_the_same_places(check, message):
    with np.errstate(all="ignore"):
        check({"torch": engine.sqrt, "jax": engine.sqrt}, [np.array([-1.0, 4.0])])
        lines = message({"torch": engine.sqrt, "jax": lambda x: engine.sqrt(abs(x))}, [np.array([-1.0, 4.0])])
    assert "  torch has nan at [0], jax has 1.0." == lines[1]


def test_exceptions_are_told_and_where_all_raise_nothing_is_compared(message):
    def refuses(x):
        raise ValueError("not so")

    told = message({"torch": refuses, "jax": lambda x: x}, [X])
    assert ["torch raised, and jax did not.", "  torch: ValueError: not so"] == told
    assert (
        "All functions raised, so there is nothing to compare." == message({"torch": refuses, "jax": refuses}, [X])[0]
    )


def test_of_several_sets_of_inputs_the_failing_one_is_named(message):
    lines = message({"torch": engine.abs, "jax": lambda x: x}, [[np.array(2.0)], [np.array(-2.0)]])
    assert "Inputs: set 2 of those that were given." == lines[-1]


def test_cotangents_weigh_the_outputs(check, message):
    functions = {"torch": lambda x: (x, x), "jax": lambda x: (x, engine.stop_gradient(x))}
    check(functions, [X], cotangents=[np.ones((2, 2)), np.zeros((2, 2))])
    assert (
        "  torch has 2.0 at [0, 0], jax has 1.0."
        == message(functions, [X], cotangents=[np.ones((2, 2)), np.ones((2, 2))])[1]
    )


def test_nothing_of_what_goes_on_inside_stands_in_the_traceback():
    with pytest.raises(UsageError) as raised:
        assert_consistent({"torch": loss}, [X, W])
    names = [frame.name for frame in traceback.extract_tb(raised.value.__traceback__)]
    assert ["test_nothing_of_what_goes_on_inside_stands_in_the_traceback", "assert_consistent"] == names
    assert raised.value.__suppress_context__


# Calls that mean nothing


@pytest.mark.parametrize(
    ("functions", "inputs", "keywords", "said"),
    [
        ({"torch": loss}, [X, W], {}, "give two functions or more"),
        ({"torch": loss, "pytorch": loss}, [X, W], {}, "'pytorch' is no framework that can be asked; did you mean"),
        ({"torch": loss, "numpy": loss}, [X, W], {}, "there are reference, torch"),
        ({"torch": loss, "jax": 3}, [X, W], {}, "the function of jax is 3; give a function, or 'package."),
        ({"torch": loss, "jax": "model.loss"}, [X, W], {}, "an import path is written 'package.module:function'"),
        ({"torch": loss, "jax": "no_such_module:f"}, [X, W], {}, "there is no module 'no_such_module' on sys.path"),
        ({"torch": loss, "reference": "harness:no"}, [X, W], {}, "the function of reference: harness has no no"),
        ({"torch": loss, "jax": loss}, X, {}, "inputs is a list of arrays"),
        ({"torch": loss, "jax": loss}, [], {}, "not an empty list"),
        ({"torch": loss, "jax": loss}, [X, 1.0], {}, "inputs[1] is of type float; give a NumPy array"),
        ({"torch": loss, "jax": loss}, {"x": X, "w": [1.0]}, {}, "inputs['w'] is of type list; give a NumPy array"),
        ({"torch": loss, "jax": loss}, [X, W.astype(object)], {}, "inputs[1]: dtype object is none of"),
        ({"torch": loss, "jax": loss}, [X, W], {"cotangents": X}, "shape (), and its cotangent has shape (2, 2)"),
        ({"torch": loss, "jax": loss}, [X, W], {"accept": ["ties"]}, "'ties', which is no dimension"),
        ({"torch": loss, "jax": loss}, [X, W], {"accept": ["max_ties"]}, "only a function of the reference can tell"),
        ({"torch": loss, "jax": loss}, [X, W], {"environments": {"jax": "python"}}, "environments names 'jax'"),
        ({"torch": loss, "jax": lambda x, w: 1.0}, [X, W], {}, "jax: it returned float, which is no array"),
        ({"torch": loss, "jax": lambda x, w: ()}, [X, W], {}, "the function of jax: it returned nothing"),
        ({"torch": loss, "reference": lambda g, x: g.no(x)}, [X], {}, "there is no op 'no'"),
        ({"torch": loss, "reference": lambda g, x: 1 / 0}, [X], {}, "reference raised ZeroDivisionError"),
    ],
)  # fmt: skip
def test_a_call_that_means_nothing_gets_one_message(check, functions, inputs, keywords, said):
    with pytest.raises(UsageError) as raised:
        check(functions, inputs, **keywords)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_framework_that_is_not_here_is_asked_by_an_import_path():
    with Consistency() as holding, pytest.raises(EnvironmentProblem, match=r"give it as 'package.module:function'"):
        holding.assert_consistent({"chainer": loss, "reference": loss}, [X, W])
