"""What was measured by hand when the project began comes out of crossgrad as it was, cell by cell."""

import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from harness.catalogue import load_file
from harness.results import FAILING, Observation, Results

MEASURED = Path(__file__).with_name("measured")
PROGRAMS = MEASURED / "programs.py"
ANSWERS = tomllib.loads((MEASURED / "answers.toml").read_text(encoding="utf-8"))
ENVIRONMENTS = {"torch": "torch", "tensorflow": "tensorflow", "chainer": "chainer", "jax": "jax-x32"}
"""By framework. JAX was measured as it comes, with 32 bits."""

pytestmark = pytest.mark.xdist_group("measured")

CELLS = [
    (f"measured/{program}", point, framework, answer)
    for program, points in ANSWERS.items()
    for point, answers in points.items()
    for framework, answer in answers.items()
]


@pytest.fixture(scope="module")
def reproduced(tmp_path_factory):
    out = tmp_path_factory.mktemp("measured")
    environments = [option for name in ENVIRONMENTS.values() for option in ("--env", name)]
    command = [sys.executable, "-c", "from harness.cli import main; main()", "run", str(PROGRAMS), *environments]
    ended = subprocess.run([*command, "--out", str(out)], capture_output=True, text=True)
    assert ended.returncode in (0, 1), ended.stderr
    return Results.read([out])


def answered(observation: Observation) -> object:
    """What a framework answered, in the words of answers.toml."""
    match observation.outcome:
        case "array":
            return [five_digits(element) for element in observation.array.numpy().ravel()]
        case "raised":
            return "raises"
        case "value":
            return observation.value
    return "None"


def written(answer: object) -> object:
    """An answer of the file; complex numbers are texts there."""
    return list(map(complex, answer)) if isinstance(answer, list) else answer


def five_digits(number: np.generic) -> complex:
    return complex(*(float(f"{part:.5g}") for part in (number.real, number.imag)))


def same(one: object, other: object) -> bool:
    """Whether two answers are equal, NaN to NaN."""
    if isinstance(one, list) and isinstance(other, list):
        return np.array_equal(one, other, equal_nan=True)
    return one == other


def test_each_program_is_answered_at_each_point():
    points = {case.id: list(case.program.points) for case in load_file(PROGRAMS)}
    assert points == {f"measured/{program}": list(answers) for program, answers in ANSWERS.items()}


@pytest.mark.frameworks
@pytest.mark.parametrize(
    ("case", "point", "framework", "answer"), CELLS, ids=[f"{case} {point} {name}" for case, point, name, _ in CELLS]
)
def test_the_measured_answer_comes_out(case, point, framework, answer, reproduced):
    observation = reproduced.observations[case, ENVIRONMENTS[framework]][point]
    assert same(written(answer), answered(observation)), str(observation)


@pytest.mark.frameworks
def test_what_was_measured_is_explained(reproduced):
    assert set() == {
        (verdict.case, verdict.environment) for verdict in reproduced.verdicts.values() if verdict.status in FAILING
    }
