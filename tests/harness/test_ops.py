"""The list of ops, and what it says about a call."""

from typing import Any

import pytest

from harness.errors import ProgramError
from harness.literals import Number
from harness.ops import OPS, REQUIRED
from harness.places import PLACES
from tests.named import named


def test_every_op_says_what_it_is() -> None:
    for name, op in OPS.items():
        with named(name):
            assert name == op.name
            assert op.name.isidentifier()
            assert op.family
            assert op.operands
            assert op.summary.strip() == op.summary != ""


def test_the_defaults_of_every_op_have_the_declared_types() -> None:
    for name, op in OPS.items():
        with named(name):
            ordinary = PLACES[name].ordinary.parameters if op.parameters else {}
            required = [one for one, parameter in op.parameters.items() if parameter.default is REQUIRED]
            assert list(op.parameters) == list(op.bind({one: ordinary[one] for one in required}))


def test_parameters_are_completed_by_their_defaults() -> None:
    assert {"axis": 1, "keepdims": False} == OPS["sum"].bind({"axis": 1})
    assert {"axis": None, "keepdims": False, "correction": 1.0} == OPS["var"].bind({"correction": Number.of(1.0)})


def test_lists_become_tuples_as_json_has_no_other() -> None:
    assert {"axis": (0, 1), "keepdims": False} == OPS["sum"].bind({"axis": [0, 1]})


@pytest.mark.parametrize(
    ("op", "given", "message"),
    [
        ("sum", {"axes": 1}, "op 'sum' has no parameter 'axes' (its parameters: axis, keepdims)"),
        ("exp", {"axis": 1}, "op 'exp' has no parameter 'axis' (its parameters: none)"),
        ("reshape", {}, "op 'reshape' needs its parameter 'shape'"),
        ("sum", {"axis": "0); import os"}, "parameter 'axis' of op 'sum': Expected `int | array | null`, got `str`"),
        ("sum", {"keepdims": 1}, "parameter 'keepdims' of op 'sum': Expected `bool`, got `int`"),
        ("astype", {"dtype": "object"}, "parameter 'dtype' of op 'astype': Invalid enum value 'object'"),
        ("clip", {"min": "0"}, "parameter 'min' of op 'clip': Expected `float | null`, got `str`"),
        (
            "einsum",
            {"subscripts": 'ij->ji"); import os'},
            "parameter 'subscripts' of op 'einsum': Expected `str` matching regex '^[A-Za-z.,]*->[A-Za-z.]*\\\\Z'",
        ),
    ],
)
def test_a_parameter_that_does_not_fit_is_named(op: str, given: dict[str, Any], message: str) -> None:
    with pytest.raises(ProgramError) as raised:
        OPS[op].bind(given)
    assert message == str(raised.value)


@pytest.mark.parametrize(
    ("op", "count", "message"),
    [
        ("add", 1, "op 'add' takes 2 (x1, x2), got 1"),
        ("exp", 0, "op 'exp' takes 1 (x), got 0"),
        ("concat", 0, "op 'concat' takes one or more operands, got none"),
    ],
)
def test_the_number_of_operands_is_checked(op: str, count: int, message: str) -> None:
    with pytest.raises(ProgramError) as raised:
        OPS[op].check_operands(count)
    assert message == str(raised.value)


@pytest.mark.parametrize(("op", "count"), [("add", 2), ("where", 3), ("stack", 1), ("stack", 5)])
def test_the_right_number_of_operands_passes(op: str, count: int) -> None:
    OPS[op].check_operands(count)
