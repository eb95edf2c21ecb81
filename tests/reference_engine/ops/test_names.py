"""The engine has the ops that a program may use, with their operands and parameters."""

from inspect import Parameter, signature
from types import EllipsisType
from typing import Any

import reference_engine
from harness.ops import OPS, REQUIRED, Op
from reference_engine.op import OPS as ENGINE_OPS
from tests.named import named


def test_the_names_are_those_of_a_program() -> None:
    assert set(OPS) == set(reference_engine.ops.__all__)


def test_operands_and_parameters_are_those_of_a_program() -> None:
    for op in OPS.values():
        with named(op.name):
            assert_operands_and_parameters_are_those_of_a_program(op)


def assert_operands_and_parameters_are_those_of_a_program(op: Op) -> None:
    arguments = signature(getattr(reference_engine, op.name)).parameters.values()
    operands = tuple(
        "*" + argument.name if argument.kind is Parameter.VAR_POSITIONAL else argument.name
        for argument in arguments
        if argument.kind is not Parameter.KEYWORD_ONLY
    )
    parameters: dict[str, Any] = {
        argument.name: REQUIRED if argument.default is Parameter.empty else argument.default
        for argument in arguments
        if argument.kind is Parameter.KEYWORD_ONLY
    }
    assert op.operands == operands
    assert {name: parameter.default for name, parameter in op.parameters.items()} == parameters


def test_every_op_says_what_it_computes() -> None:
    ops = {**ENGINE_OPS, **{name: getattr(reference_engine, name) for name in reference_engine.ops.__all__}}
    assert [] == [name for name, op in ops.items() if not op.__doc__]


def test_an_index_may_be_anything_that_numpy_indexes_by() -> None:
    x = reference_engine.Variable([[1.0, 2.0], [3.0, 4.0]])
    rest: EllipsisType = ...
    assert [[2.0], [4.0]] == x[rest, 1:].value.tolist()
    assert [1.0, 4.0] == x[[0, 1], [0, 1]].value.tolist()
