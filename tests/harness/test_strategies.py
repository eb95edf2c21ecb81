"""The strategies: what they draw, what it shrinks to, and what the project's own engine makes of it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import find, given, settings
from hypothesis.strategies import data
from numpy.typing import NDArray

from harness.adapters import ADAPTERS, adapter
from harness.checker import Judge
from harness.checker.predict import Predictor
from harness.errors import Unsupported
from harness.generation import Grammar
from harness.profiles import Profile
from harness.program import Program
from harness.results import EnvironmentRecord
from harness.strategies import inputs, programs

PREDICTOR = Predictor()
JUDGE = Judge(PREDICTOR)
REFERENCE = EnvironmentRecord(name="reference", framework="reference")


@given(programs())
def test_programs_survive_json(program: Program) -> None:
    assert program == Program.from_json(program.to_json())


@given(programs())
def test_every_adapter_says_it_or_says_why_not(program: Program) -> None:
    for framework in ADAPTERS:
        try:
            script = adapter(framework).script(program)
        except Unsupported:
            continue
        compile(str(script), framework, "exec")
        assert {*program.points} == {*script.points, *script.unsupported}


@given(programs(Grammar(ops=("multiply", "exp", "tanh", "sum", "matmul", "softmax", "logsumexp"))))
def test_the_oracle_agrees_with_the_engine_where_functions_are_smooth(program: Program) -> None:
    try:
        observations = PREDICTOR.observe(program)
        lacking = PREDICTOR.unsupported(program)
        verdict = JUDGE.verdict("", program, REFERENCE, observations, lacking, Profile())
    except Unsupported:
        return
    assert verdict.mathematics != "wrong", verdict


@given(data=data())
def test_inputs_have_the_shape_and_dtype_asked_for(data: Any) -> None:
    drawn: NDArray[Any] = data.draw(inputs("clip", shape=(2, 3), dtype="float32"))
    assert ((2, 3), np.float32) == (drawn.shape, drawn.dtype)


def test_inputs_hold_the_points_at_which_the_op_changes_character() -> None:
    found = find(inputs("hard_sigmoid", shape=(2,)), lambda array: bool(np.any(array == -3.0)))
    assert [1.0, -3.0] in (found.tolist(), found.tolist()[::-1])


@pytest.mark.parametrize("op", ["erfinv", "cumulative_prod", "matmul"])
def test_a_program_about_an_op_shrinks_to_little_more_than_the_op(op: str) -> None:
    def is_about(program: Program) -> bool:
        return any(step.op == op for step in program.applications.values())

    chosen = settings(max_examples=200, deadline=None, database=None, derandomize=True)
    found = find(programs(Grammar(ops=(op,))), is_about, settings=chosen)
    assert len(found.applications) <= 3
    assert max(step.array.numpy().size for step in found.inputs.values()) <= 6
