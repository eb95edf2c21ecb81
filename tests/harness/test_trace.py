"""The tracer writes down what a case does, with the names that its author chose."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from harness.arrays import Array
from harness.errors import CaseError, CrossgradError, ProgramError
from harness.literals import NewAxis, Number, Rest, Slice
from harness.program import (
    Apply,
    Backward,
    Grad,
    Host,
    Input,
    KeepGradient,
    Observe,
    Program,
    Quantity,
    SGDStep,
    Step,
    Write,
    WriteHost,
)
from harness.trace import Traced, Tracer, trace


def steps_of(function: Callable[[Tracer], object]) -> list[Step]:
    """The steps of a function after its first, which is the input `x`, and before its last, which observes `x`."""

    def whole(g: Tracer) -> None:
        g.x = g.input("x", [1.0, 2.0])  # type: ignore[assignment]  kept where the function finds it
        function(g)
        g.observe("x", g.x)  # type: ignore[arg-type]

    return list(trace(whole).steps[1:-1])


def names(steps: list[Step]) -> list[str]:
    return [name for step in steps for name in step.defines]


# Names


def test_a_value_has_the_name_of_its_variable() -> None:
    def case(g: Any) -> None:
        t = g.add(g.x, 1.0)
        y = t * 2
        z = -y
        w = z[0]
        v = w.astype("float32")
        g.observe("v", v)

    assert ["t", "y", "z", "w", "v"] == names(steps_of(case))


def test_an_expression_in_between_is_numbered() -> None:
    def case(g: Any) -> None:
        y = (g.x + 1.0) * (g.x - 1.0)
        g.observe("y", y)

    steps = steps_of(case)
    assert ["v1", "v2", "y"] == names(steps)
    assert Apply("y", "multiply", ("v1", "v2")) == steps[2]


def test_a_name_that_is_used_again_gets_a_number() -> None:
    def case(g: Any) -> None:
        total = g.x
        for _ in range(3):
            total = total + g.x
        g.observe("total", total)

    assert ["total", "total_2", "total_3"] == names(steps_of(case))


def test_a_value_without_a_variable_is_numbered() -> None:
    def case(g: Any) -> None:
        values = {"a": g.exp(g.x)}
        g.observe("v", g.sum(values["a"]))

    assert ["v1", "v2"] == names(steps_of(case))


def test_words_of_the_scripts_get_an_underscore() -> None:
    def case(g: Any) -> None:
        np = g.exp(g.x)
        x_grad = g.exp(np)
        sum = g.sum(x_grad)  # noqa: A001
        g.observe("sum", sum)

    assert ["np_", "x_grad_", "sum_"] == names(steps_of(case))


def test_names_that_are_no_ascii_letters_are_numbered() -> None:
    def case(g: Any) -> None:
        größe = g.exp(g.x)
        _hidden = g.exp(größe)
        g.observe("y", _hidden)

    assert ["v1", "v2"] == names(steps_of(case))


def test_an_unpacked_gradient_has_the_names_of_its_variables() -> None:
    def case(g: Any) -> None:
        w = g.input("w", 1.0)
        y = g.sum(g.x * w)
        first, second = g.grad(y, [g.x, w])
        alone = g.grad(y, w)
        g.grad([y], (g.x, w))
        g.observe("first", first)
        g.observe("second", second)
        g.observe("alone", alone)

    assert ["w", "v1", "y", "first", "second", "alone", "v2", "v3"] == names(steps_of(case))


def test_a_list_of_gradients_in_one_variable_is_numbered() -> None:
    def case(g: Any) -> None:
        gradients = g.grad(g.sum(g.x), [g.x, g.x])
        g.observe("g", gradients[0])

    assert ["v1", "v2", "v3"] == names(steps_of(case))


# Operators


@pytest.mark.parametrize(
    ("op", "function"),
    [
        ("add", lambda x: x + x),
        ("subtract", lambda x: x - x),
        ("multiply", lambda x: x * x),
        ("divide", lambda x: x / x),
        ("pow", lambda x: x**x),
        ("matmul", lambda x: x @ x),
        ("less", lambda x: x < x),
        ("less_equal", lambda x: x <= x),
        ("greater", lambda x: x > x),
        ("greater_equal", lambda x: x >= x),
        ("equal", lambda x: x == x),
        ("not_equal", lambda x: x != x),
    ],
)
def test_operators_are_the_ops_of_the_array_api(op: str, function: Callable[[Any], Any]) -> None:
    assert [Apply("v1", op, ("x", "x"))] == steps_of(lambda g: function(g.x))


@pytest.mark.parametrize(
    ("op", "function"), [("negative", lambda x: -x), ("positive", lambda x: +x), ("abs", lambda x: abs(x))]
)
def test_operators_of_one_operand(op: str, function: Callable[[Any], Any]) -> None:
    assert [Apply("v1", op, ("x",))] == steps_of(lambda g: function(g.x))


@pytest.mark.parametrize(
    ("op", "function"),
    [
        ("add", lambda x: 2 + x),
        ("subtract", lambda x: 2 - x),
        ("multiply", lambda x: 2 * x),
        ("divide", lambda x: 2 / x),
        ("pow", lambda x: 2**x),
    ],
)
def test_a_number_on_the_left_stays_on_the_left(op: str, function: Callable[[Any], Any]) -> None:
    assert [Apply("v1", op, (2, "x"))] == steps_of(lambda g: function(g.x))


def test_numbers_keep_their_type() -> None:
    def case(g: Any) -> None:
        g.x * 2
        g.x * 2.0
        g.x * True
        g.x * 2j

    operands = [step.operands[1] for step in steps_of(case) if isinstance(step, Apply)]
    assert [2, Number.of(2.0), True, Number.of(2j)] == operands
    assert [int, Number, bool, Number] == [type(operand) for operand in operands]


def test_an_index_is_kept_as_written() -> None:
    index = (Slice(1), Rest(), NewAxis())
    assert [Apply("v1", "getitem", ("x",), {"index": index})] == steps_of(lambda g: g.x[1:, ..., None])
    assert [Apply("v1", "getitem", ("x",), {"index": (0,)})] == steps_of(lambda g: g.getitem(g.x, 0))


def test_only_parameters_that_differ_from_their_defaults_are_written() -> None:
    assert [Apply("v1", "sum", ("x",), {"axis": 0})] == steps_of(lambda g: g.sum(g.x, axis=0, keepdims=False))
    assert [Apply("v1", "var", ("x",), {"correction": Number.of(1.0)})] == steps_of(lambda g: g.var(g.x, correction=1))


def test_a_variadic_op_takes_a_list_or_operands() -> None:
    expected = [Apply("v1", "stack", ("x", "x"))]
    assert expected == steps_of(lambda g: g.stack([g.x, g.x]))
    assert expected == steps_of(lambda g: g.stack(g.x, g.x))


# Verbs


def test_an_input_is_an_array_in_its_dtype() -> None:
    steps = steps_of(lambda g: g.input("w", [1, 2], "float32", requires_grad=False, shared=True))
    assert [Input("w", Array.of([1.0, 2.0], "float32"), requires_grad=False, shared=True)] == steps


def test_a_seed_may_be_a_value_or_an_array() -> None:
    def case(g: Any) -> None:
        g.backward(g.x, seed=[1.0, 2.0], keep_graph=True)
        g.backward(g.x, seed=g.x)

    seed = Input("seed", Array.of([1.0, 2.0]), requires_grad=False)
    assert [seed, Backward("x", "seed", keep_graph=True), Backward("x", "x")] == steps_of(case)


def test_grad_says_all_that_it_was_told() -> None:
    def case(g: Any) -> None:
        said = {"create_graph": True, "keep_graph": True, "set_grad": True, "retain_grad": True}
        h = g.grad(g.x, g.x, [g.x], **said, unconnected="zeros")
        g.observe("h", h)

    assert Grad(("h",), ("x",), ("x",), ("x",), True, True, True, True, "zeros") == steps_of(case)[0]


def test_writes_and_steps() -> None:
    def case(g: Any) -> None:
        g.write(g.x, 1.5, 0)
        g.write_add(g.x, 2)
        g.write(g.x.grad, 7.0)
        g.write_add(g.x.grad, 1.0, 0)
        g.write_host(g.x, -1.0, slice(1, None))
        g.sgd_step([g.x], 0.1)
        g.sgd_step(g.x, 1)
        h = g.host(g.x)
        g.observe("h", h)

    expected = [
        Write("x", Number.of(1.5), (0,)),
        Write("x", 2, None, "add"),
        Write("x", Number.of(7.0), None, "set", "gradient"),
        Write("x", Number.of(1.0), (0,), "add", "gradient"),
        WriteHost("x", Number.of(-1.0), (Slice(1),)),
        SGDStep(("x",), Number.of(0.1)),
        SGDStep(("x",), Number.of(1.0)),
        Host("h", "x"),
    ]
    assert expected == steps_of(case)[:-1]


def test_a_gradient_that_is_kept_has_the_name_of_its_variable() -> None:
    def case(g: Any) -> None:
        before = g.keep(g.x.grad)
        g.observe("same", g.same_object(g.x.grad, before))
        g.observe("memory", g.shares_memory(before, g.x))
        g.observe("before", before)

    kept = Quantity("before")
    assert [
        KeepGradient("before", "x"),
        Observe("same", "same_object", (Quantity("x", "gradient"), kept)),
        Observe("memory", "shares_memory", (kept, Quantity("x"))),
        Observe("before", "content", (kept,)),
    ] == steps_of(case)


def test_everything_that_can_be_observed() -> None:
    def case(g: Any) -> None:
        g.observe("value", g.x, expected=[1, 2])
        g.observe("gradient", g.x.grad, expected=1j)
        g.observe("dtype", g.x.dtype)
        g.observe("dtype of the gradient", g.x.grad.dtype)
        g.observe("leaf", g.x.is_leaf)
        g.observe("requires", g.x.requires_grad)
        g.observe("watched", g.watched(g.x))
        g.observe("same", g.same_object(g.x, g.x.grad))
        g.observe("shares", g.shares_memory(g.x.grad, g.x))
        g.observe("warnings", g.warnings)

    value, gradient = Quantity("x"), Quantity("x", "gradient")
    expected = [
        Observe("value", "content", (value,), Array.of([1.0, 2.0])),
        Observe("gradient", "content", (gradient,), Array.of(1j)),
        Observe("dtype", "dtype", (value,)),
        Observe("dtype of the gradient", "dtype", (gradient,)),
        Observe("leaf", "is_leaf", (value,)),
        Observe("requires", "requires_grad", (value,)),
        Observe("watched", "watched", (value,)),
        Observe("same", "same_object", (value, gradient)),
        Observe("shares", "shares_memory", (gradient, value)),
        Observe("warnings", "warnings"),
    ]
    assert expected == steps_of(case)


# Regions and attempts


def recorded(function: Callable[[Any], object]) -> dict[str, bool]:
    return {step.name: step.recorded for step in steps_of(function) if isinstance(step, Apply)}


def test_without_regions_everything_is_recorded() -> None:
    assert {"v1": True} == recorded(lambda g: g.exp(g.x))


def test_a_recording_region_means_that_nothing_else_is_recorded() -> None:
    def case(g: Any) -> None:
        before = g.exp(g.x)
        with g.recording():
            inside = g.exp(before)
        after = g.exp(inside)
        g.observe("after", after)

    assert {"before": False, "inside": True, "after": False} == recorded(case)


def test_a_region_that_does_not_record_ends() -> None:
    def case(g: Any) -> None:
        before = g.exp(g.x)
        with g.not_recording():
            inside = g.exp(before)
            with g.not_recording():
                deeper = g.exp(inside)
            still = g.exp(deeper)
        after = g.exp(still)
        g.observe("after", after)

    assert {"before": True, "inside": False, "deeper": False, "still": False, "after": True} == recorded(case)


def test_regions_nest() -> None:
    def case(g: Any) -> None:
        with g.recording():
            with g.not_recording():
                constant = g.exp(g.x)
            y = g.exp(constant)
        with g.recording():
            z = g.exp(y)
        g.observe("z", z)

    assert {"constant": False, "y": True, "z": True} == recorded(case)


def test_a_region_ends_when_its_body_raises() -> None:
    def case(g: Any) -> None:
        with pytest.raises(ZeroDivisionError), g.not_recording():
            raise ZeroDivisionError
        y = g.exp(g.x)
        g.observe("y", y)

    assert {"y": True} == recorded(case)


def test_an_attempt_names_its_point() -> None:
    def case(g: Any) -> None:
        with g.attempt("again"):
            g.backward(g.x)
        with g.attempt("functional"):
            h = g.grad(g.x, g.x)
        with g.attempt("step"):
            g.sgd_step(g.x, 0.1)
        g.backward(h)

    expected = [
        Backward("x", attempt="again"),
        Grad(("h",), ("x",), ("x",), attempt="functional"),
        SGDStep(("x",), Number.of(0.1), attempt="step"),
        Backward("h"),
    ]
    assert expected == steps_of(case)


# Messages


def nested_attempts(g: Any) -> None:
    with g.attempt("outer"), g.attempt("inner"):
        g.backward(g.x)


def empty_attempt(g: Any) -> None:
    with g.attempt("nothing"):
        g.exp(g.x)


def attempt_of_two(g: Any) -> None:
    with g.attempt("both"):
        g.backward(g.x)
        g.backward(g.x)


def branch(g: Any) -> None:
    if g.x > 0:
        g.exp(g.x)


MISTAKES: dict[str, tuple[Callable[[Any], object], str]] = {
    "a misspelled op": (lambda g: g.epx(g.x), "there is no op 'epx'; did you mean exp"),
    "an op that nobody has": (lambda g: g.zzz(g.x), "there is no op 'zzz'; `crossgrad list ops` shows all"),
    "an array as an operand": (lambda g: g.x + np.ones(2), "expected a traced value or a Python number, got array"),
    "an array on the left": (lambda g: np.ones(2) + g.x, "for arrays: g.input"),
    "an array that is written": (lambda g: g.write(g.x, np.ones(2)), "for arrays: g.input"),
    "a host array of a gradient": (lambda g: g.host(g.x.grad), "x.grad is a stored gradient, and this takes a value"),
    "clearing the gradient of a gradient": (lambda g: g.clear_grad(g.x.grad), "give 'x' itself"),
    "retaining the gradient of a gradient": (lambda g: g.retain_grad(g.x.grad), "give 'x' itself"),
    "the host array behind a gradient": (lambda g: g.write_host(g.x.grad, 1.0), "give 'x' itself"),
    "backward from a gradient": (lambda g: g.backward(g.x.grad), "get it as a value from g.grad"),
    "the gradient of a gradient": (lambda g: g.grad(g.x.grad, g.x), "get it as a value from g.grad"),
    "a step on a gradient": (lambda g: g.sgd_step([g.x.grad], 0.1), "give 'x' itself"),
    "watching a gradient": (lambda g: g.watched(g.x.grad), "give 'x' itself"),
    "keeping a value": (lambda g: g.keep(g.x), "one keeps a stored gradient, as in kept = g.keep(x.grad)"),
    "a write into a kept gradient": (lambda g: g.write(g.keep(g.x.grad), 1.0), "expected a traced value, got Kept"),
    "a gradient as an operand": (lambda g: g.exp(g.x.grad), "expected a traced value or a Python number"),
    "branching": (branch, "a case cannot branch on it"),
    "looping": (lambda g: list(g.x), "a case cannot branch on it, loop over it or convert it"),
    "converting to a number": (lambda g: float(g.x), "a case cannot branch on it, loop over it or convert it"),
    "converting to an array": (lambda g: np.asarray(g.x), "a case cannot branch on it, loop over it or convert it"),
    "its length": (lambda g: len(g.x), "use g.where for a choice".capitalize()),
    "an input of words": (lambda g: g.input("w", "words"), "input 'w' is no array of float64"),
    "an input that is ragged": (lambda g: g.input("w", [[1], [1, 2]]), "input 'w' is no array of float64"),
    "an input in a dtype that is none": (lambda g: g.input("w", 1, "float8"), "input 'w' is no array of float8"),
    "an input too large for its dtype": (lambda g: g.input("w", 300, "int8"), "input 'w' is no array of int8"),
    "two inputs of one name": (lambda g: g.input("x", 1.0), "input 'x' is defined twice"),
    "an input named by a word of ours": (lambda g: g.input("np", 1.0), "'np' is a word that the scripts use"),
    "an input whose name is no name": (lambda g: g.input("a b", 1.0), "'a b' is no name"),
    "a missing operand": (lambda g: g.add(g.x), "op 'add' takes 2 (x1, x2), got 1"),
    "an unknown parameter": (lambda g: g.sum(g.x, dim=0), "op 'sum' has no parameter 'dim'"),
    "a parameter of the wrong type": (lambda g: g.sum(g.x, axis=1.5), "parameter 'axis' of op 'sum'"),
    "an index by an array": (lambda g: g.x[[0, 1]], "for arrays: g.take"),
    "observing a number": (
        lambda g: g.observe("p", 1.0),
        "one can observe a traced value, its .grad, .dtype, ..., not 1.0",
    ),
    "observing twice under one name": (lambda g: g.observe("x", g.x), "the observation point 'x' occurs twice"),
    "an attempt inside an attempt": (nested_attempts, "attempt 'inner' stands inside attempt 'outer'"),
    "an attempt at nothing": (empty_attempt, "attempt 'nothing' holds 0 of backward, grad and sgd_step"),
    "an attempt at two things": (attempt_of_two, "attempt 'both' holds 2 of backward, grad and sgd_step"),
    "a seed for each output": (lambda g: g.grad([g.x], [g.x], [g.x, g.x]), "one seed for each output"),
}


@pytest.mark.parametrize(("mistake", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_explained(mistake: Callable[[Any], object], message: str) -> None:
    with pytest.raises(CrossgradError) as raised:
        steps_of(mistake)
    assert message in str(raised.value)


def test_a_case_that_observes_nothing_is_refused() -> None:
    with pytest.raises(ProgramError, match=r"observes nothing; add g\.observe"):
        trace(lambda g: g.input("x", 1.0))


def test_values_of_two_cases_do_not_mix() -> None:
    strangers: list[Traced] = []

    def first(g: Tracer) -> None:
        strangers.append(g.input("stranger", 1.0))
        g.observe("stranger", strangers[0])

    def second(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = x + strangers[0]
        g.observe("y", y)

    assert isinstance(trace(first), Program)
    with pytest.raises(ProgramError, match="'stranger' is not defined"):
        trace(second)


def test_python_may_ask_for_attributes_that_are_no_ops() -> None:
    with pytest.raises(AttributeError):
        _ = Tracer().__deepcopy__  # type: ignore[attr-defined]
    with pytest.raises(CaseError):
        _ = Tracer().no_such_op


def test_a_case_is_held_to_the_types_that_a_file_is_held_to() -> None:
    with pytest.raises(ProgramError, match=r"Expected `bool`, got `str` - at `\$\.steps\[0\]\.requires_grad`"):
        trace(lambda g: g.observe("x", g.input("x", 1.0, requires_grad="no")))
