"""A Program is plain data that can be trusted once it exists: whatever a file says, it is either valid or refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.arrays import Array
from harness.errors import ProgramError
from harness.literals import Number, Rest, Slice
from harness.program import (
    Apply,
    Backward,
    ClearGrad,
    Grad,
    Host,
    Input,
    KeepGradient,
    Observe,
    Program,
    Quantity,
    RetainGrad,
    SGDStep,
    Write,
    WriteHost,
    check_name,
)
from tests.harness.test_arrays import any_arrays

ONE = Array.of(1.0)
X = Input("x", ONE)
EVERYTHING = Program(
    (
        X,
        Input("c", Array.of([1, 2], "int32"), requires_grad=False, shared=True),
        Apply("y", "multiply", (Number.of(0.1), "x")),
        Apply("z", "getitem", ("c",), {"index": (Slice(1), Rest(), 0)}, recorded=False),
        RetainGrad("y"),
        Backward("y", "c", keep_graph=True, attempt="first"),
        Grad(("g",), ("y",), ("x",), ("c",), create_graph=True, attempt="second"),
        ClearGrad("x"),
        Write("y", Number.of(-0.0), (0,), "add"),
        WriteHost("x", 2, None),
        Host("h", "y"),
        KeepGradient("kept", "x"),
        Write("x", Number.of(7.0), kind="gradient"),
        Grad(("zeros",), ("y",), ("c",), unconnected="zeros"),
        SGDStep(("x",), Number.of(0.1), attempt="step"),
        Observe("x.grad", "content", (Quantity("x", "gradient"),), ONE),
        Observe("same", "same_object", (Quantity("x"), Quantity("y"))),
        Observe("the object of before", "same_object", (Quantity("x", "gradient"), Quantity("kept"))),
        Observe("watched", "watched", (Quantity("x"),)),
        Observe("warnings", "warnings"),
    )
)


def test_json_gives_the_same_program() -> None:
    again = Program.from_json(EVERYTHING.to_json())
    assert EVERYTHING == again
    assert EVERYTHING.digest == again.digest
    assert hash(EVERYTHING) == hash(again)


@given(st.lists(any_arrays(), max_size=4), st.floats(allow_nan=False))
def test_json_gives_the_same_program_whatever_the_numbers(arrays: list[Array], number: float) -> None:
    inputs = [Input(f"x{i}", array) for i, array in enumerate(arrays)]
    program = Program((X, *inputs, Apply("y", "add", ("x", Number.of(number)))))
    again = Program.from_json(program.to_json())
    assert program == again
    assert program.digest == again.digest


def test_every_json_line_is_ascii_clean_of_nan_and_infinity() -> None:
    program = Program((Input("x", Array.of([float("nan")])), Apply("y", "add", ("x", Number.of(float("inf"))))))
    assert b"null" not in program.to_json()
    assert b"NaN" not in program.to_json()
    assert program == Program.from_json(program.to_json())


def test_the_digest_tells_every_bit_apart() -> None:
    programs = [
        Program((Input("x", Array.of(value, dtype)),))
        for value, dtype in [(0.0, "float64"), (-0.0, "float64"), (0.0, "float32")]
    ]
    assert 3 == len({program.digest for program in programs})


def test_the_order_of_parameters_says_nothing() -> None:
    one = Program((X, Apply("y", "sum", ("x",), {"axis": 0, "keepdims": True})))
    other = Program((X, Apply("y", "sum", ("x",), {"keepdims": True, "axis": 0})))
    assert one == other
    assert hash(one) == hash(other)
    assert one.digest == other.digest


def test_the_digest_is_the_same_on_every_machine() -> None:
    assert "843f3a3c" == Program((X, Observe("x", "content", (Quantity("x"),)))).digest[:8]


def test_points_are_observations_and_attempts_in_order() -> None:
    watched = ("the object of before", "watched")
    assert ("first", "second", "step", "x.grad", "same", *watched, "warnings") == EVERYTHING.points


def test_inputs_and_applications_by_name() -> None:
    assert ["x", "c"] == list(EVERYTHING.inputs)
    assert ["y", "z"] == list(EVERYTHING.applications)


# Programs from strangers

INPUT: dict[str, Any] = {
    "step": "input",
    "name": "x",
    "array": {"dtype": "float64", "shape": [], "data": "AAAAAAAA8D8="},
}


def apply(**changes: Any) -> dict[str, Any]:
    return {"step": "apply", "name": "y", "op": "exp", "operands": ["x"], **changes}


def array(**changes: Any) -> dict[str, Any]:
    return {**INPUT, "array": {**INPUT["array"], **changes}}


def observe(**changes: Any) -> dict[str, Any]:
    return {"step": "observe", "point": "p", "quantities": [{"of": "x"}], **changes}


HOSTILE: dict[str, tuple[list[Any], str]] = {
    "code as a name": ([{**INPUT, "name": "x = __import__('os').system('id')"}], "regex"),
    "a newline after a name": ([{**INPUT, "name": "x\n"}], "regex"),
    "a dunder name": ([{**INPUT, "name": "__builtins__"}], "regex"),
    "a name in another script": ([{**INPUT, "name": "х"}], "regex"),  # noqa: RUF001  Cyrillic
    "an endless name": ([{**INPUT, "name": "x" * 65}], "length <= 64"),
    "a keyword": ([{**INPUT, "name": "lambda"}], "a word that the scripts use"),
    "our own word": ([{**INPUT, "name": "observe"}], "a word that the scripts use"),
    "our own suffix": ([{**INPUT, "name": "x_np"}], "a word that the scripts use"),
    "code as an operand": ([INPUT, apply(operands=["x); evil("])], "regex"),
    "code as an op": ([INPUT, apply(op="exp(x); evil")], "there is no op"),
    "an attribute as an op": ([INPUT, apply(op="__class__")], "there is no op"),
    "code as a parameter": ([INPUT, apply(op="sum", parameters={"axis": "0); evil("})], "parameter 'axis'"),
    "an unknown parameter": ([INPUT, apply(parameters={"out": 1})], "has no parameter 'out'"),
    "a dtype that is none": ([INPUT, apply(op="astype", parameters={"dtype": "object"})], "Invalid enum"),
    "code as a number": ([INPUT, apply(op="add", operands=["x", {"type": "number", "real": "evil()"}])], "hexadecimal"),
    "a number too large": ([INPUT, apply(op="add", operands=["x", {"type": "number", "real": "0x1p9999"}])], "hexadec"),
    "an integer too large": ([INPUT, apply(op="add", operands=["x", 2**63])], "64 bits"),
    "no array at all": ([INPUT, apply(op="add", operands=[1, 2])], "not only numbers"),
    "too few operands": ([INPUT, apply(op="add")], "takes 2"),
    "a name never defined": ([apply()], "'x' is not defined before it is used"),
    "a name defined later": ([apply(), INPUT], "'x' is not defined before it is used"),
    "a name defined twice": ([INPUT, INPUT], "'x' is defined twice"),
    "a value that uses itself": ([INPUT, apply(operands=["y"])], "'y' is not defined before it is used"),
    "an array without its bytes": ([array(shape=[2])], "needs 16 bytes, the data has 8"),
    "an array of terabytes": ([array(shape=[10**6, 10**6])], "more than a program may hold"),
    "a size beyond all integers": ([array(shape=[10**30])], "no shape"),
    "a negative size": ([array(shape=[-1])], "no shape"),
    "a dtype that holds pointers": ([array(dtype="object")], "Invalid enum"),
    "broken base64": ([array(data="!!!")], "base64"),
    "a result of terabytes": (
        [INPUT, apply(op="broadcast_to", parameters={"shape": [10**6, 10**6]})],
        "larger than a program may hold",
    ),
    "an unknown step": ([{"step": "import", "name": "os"}], "Invalid value 'import'"),
    "no step": ([{}], "missing required field `step`"),
    "a control character in a point": ([INPUT, observe(point="\x1b[2J")], "regex"),
    "an empty point": ([INPUT, observe(point="")], "regex"),
    "an endless point": ([INPUT, observe(point="p" * 121)], "length <= 120"),
    "a point twice": ([INPUT, observe(), observe()], "'p' occurs twice"),
    "an attempt named like a point": (
        [INPUT, observe(), {"step": "backward", "root": "x", "attempt": "p"}],
        "'p' occurs twice",
    ),
    "an unknown aspect": ([INPUT, observe(aspect="__dict__")], "Invalid enum"),
    "two quantities where one is looked at": ([INPUT, observe(quantities=[{"of": "x"}] * 2)], "looks at 1"),
    "nothing to compare with": ([INPUT, observe(aspect="same_object")], "looks at 2 quantities, got 1"),
    "a host array of a computed value": (
        [INPUT, apply(), {"step": "write_host", "input": "y", "value": 1}],
        "'y' is not an input",
    ),
    "an optimizer on a computed value": (
        [
            INPUT,
            apply(),
            {"step": "sgd_step", "variables": ["y"], "learning_rate": {"type": "number", "real": "0x0.0p+0"}},
        ],
        "an optimizer updates inputs; 'y' is computed",
    ),
    "a kept gradient as an operand": (
        [INPUT, {"step": "keep_gradient", "name": "k", "of": "x"}, apply(operands=["k"])],
        "'k' is a gradient that was kept; it can only be looked at",
    ),
    "the gradient of a kept gradient": (
        [
            INPUT,
            {"step": "keep_gradient", "name": "k", "of": "x"},
            observe(quantities=[{"of": "k", "kind": "gradient"}]),
        ],
        "'k' is a gradient that was kept; it has no gradient itself",
    ),
    "a gradient that is watched": (
        [INPUT, observe(aspect="watched", quantities=[{"of": "x", "kind": "gradient"}])],
        "what is watched or not is a value",
    ),
    "something else for unconnected inputs": (
        [INPUT, {"step": "grad", "names": ["g"], "outputs": ["x"], "inputs": ["x"], "unconnected": "ones"}],
        "Invalid enum",
    ),
    "gradients without a name": (
        [INPUT, {"step": "grad", "names": [], "outputs": ["x"], "inputs": ["x"]}],
        "one result name for each input",
    ),
    "gradients of nothing": (
        [INPUT, {"step": "grad", "names": ["g"], "outputs": [], "inputs": ["x"]}],
        "at least one output",
    ),
    "too many seeds": (
        [INPUT, {"step": "grad", "names": ["g"], "outputs": ["x"], "inputs": ["x"], "seeds": ["x", "x"]}],
        "one seed for each output",
    ),
    "an index in words": ([INPUT, apply(op="getitem", parameters={"index": "0"})], "parameter 'index'"),
}


@pytest.mark.parametrize(("steps", "message"), HOSTILE.values(), ids=HOSTILE)
def test_a_program_that_may_not_be_is_refused(steps: list[Any], message: str) -> None:
    with pytest.raises(ProgramError) as raised:
        Program.from_json(json.dumps({"steps": steps}))
    assert message in str(raised.value)


def test_the_innocent_twin_of_the_hostile_programs_passes() -> None:
    assert ("p",) == Program.from_json(json.dumps({"steps": [INPUT, apply(), observe()]})).points


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"steps": 1}',
        '{"steps": [',
        "not JSON",
        b'{"steps": [{"step": "observe", "point": "\xff"}]}',
        '{"steps": [{"step": "observe", "point": "\\ud800"}]}',
        '{"steps": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"other": ' + "[" * 100_000 + "]" * 100_000 + ', "steps": []}',
    ],
    ids=[
        "empty",
        "list",
        "no steps",
        "null",
        "number",
        "cut",
        "prose",
        "not UTF-8",
        "surrogate",
        "deep",
        "deep unknown",
    ],
)
def test_what_is_no_program_is_refused(text: str | bytes) -> None:
    with pytest.raises(ProgramError, match="not a program"):
        Program.from_json(text)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_no_text_at_all_raises_anything_else(text: str | bytes) -> None:
    try:
        Program.from_json(text)
    except ProgramError:
        return


def test_the_message_says_which_step() -> None:
    with pytest.raises(ProgramError, match=r"step 2 \(apply\): 'z' is not defined before it is used"):
        Program((X, Apply("y", "exp", ("z",))))


@pytest.mark.parametrize("name", ["1x", "x y", "", "é", "x" * 65, "np", "float", "warned", "if", "x_grad", "a_tape", 3])
def test_a_program_made_in_python_is_checked_as_well(name: Any) -> None:
    with pytest.raises(ProgramError):
        Program((Input(name, ONE),))


@pytest.mark.parametrize("point", ["", "two\nlines", "p" * 121, 3])
def test_a_point_made_in_python_is_checked_as_well(point: Any) -> None:
    with pytest.raises(ProgramError, match="no observation point"):
        Program((X, Observe(point, "content", (Quantity("x"),))))


@pytest.mark.parametrize("name", ["x", "x0", "grad", "Loss", "total", "X_1"])
def test_ordinary_names_pass(name: str) -> None:
    check_name(name)
