"""For random smooth programs the engine's own gradient and the oracle's truth lie in the derived enclosure."""

import msgspec
import numpy as np
import pytest

from harness.program import Apply, Program
from tests.harness.checker import enclosed_truths
from tests.harness.checker.enclosed_truths import Tally
from tests.harness.checker.random_programs import random_program


def looked_at(seeds: range, dtype: str) -> Tally:
    tally = Tally()
    for seed in seeds:
        enclosed_truths.add(random_program(seed, dtype), f"{dtype} seed {seed}", tally)
    return tally


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_the_engine_and_the_oracle_are_inside(dtype: str) -> None:
    tally = looked_at(range(60), dtype)
    assert [] == tally.outside
    assert 200 < tally.truths
    assert tally.unknown <= 0.02 * tally.truths
    assert 1 < np.median(tally.widths) < 40


@pytest.mark.slow
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_engine_and_the_oracle_are_inside_for_many(dtype: str) -> None:
    tally = looked_at(range(1000, 2000), dtype)
    assert [] == tally.outside
    assert 4000 < tally.truths


def test_the_truth_of_another_function_is_outside() -> None:
    """The oracle is asked about sums where the enclosure is of differences: x2 - (x1 - x0)."""
    program, tally = random_program(0, "float32"), Tally()
    other = Program(
        tuple(
            msgspec.structs.replace(step, op="add") if isinstance(step, Apply) and step.op == "subtract" else step
            for step in program.steps
        )
    )
    enclosed_truths.add(program, "seed 0", tally, asked=other)
    assert ["seed 0 x1.grad: the truth"] == tally.outside
