"""The road of a case through an environment, with the reference engine as the framework."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from harness.checker import Judge
from harness.declaration import Case
from harness.environments import Environment, Missing
from harness.examination import Examination, describe
from harness.results import AnyRecord, EnvironmentRecord, Observation, ScriptRecord, Verdict
from harness.session import Limits

REFERENCE = Environment(
    name="reference",
    framework="reference",
    flavour="",
    python=Path(sys.executable),
    framework_version="0.1",
    python_version="3.11.0",
    numpy_version="2.0",
    platform="Linux",
)


def add_chain(g: Any) -> None:
    x0, x1 = g.input("x0", 1.0), g.input("x1", 1.0)
    t = x0 + x1
    y = x0 + t
    g.backward(y)
    g.observe("x0.grad", x0.grad, expected=2.0)
    g.observe("x1.grad", x1.grad, expected=1.0)


def in_bfloat16(g: Any) -> None:
    """The reference engine computes with NumPy, which has no bfloat16."""
    x = g.input("x", 1.0, "bfloat16")
    y = x * 2
    g.observe("y", y)


def declared(function: Any) -> Case:
    return Case(f"test/{function.__name__}", "A title", "", function)


def examined(environment: Environment, *functions: Any) -> list[tuple[AnyRecord, ...]]:
    with Examination(environment, Judge(), Limits()) as examination:
        return list(examination.of([declared(function) for function in functions]))


def test_a_case_gives_its_script_its_observations_and_a_verdict() -> None:
    ((script, first, second, verdict),) = examined(REFERENCE, add_chain)
    assert isinstance(script, ScriptRecord)
    assert "y = x0 + t" in script.text
    assert isinstance(first, Observation)
    assert isinstance(second, Observation)
    assert [("x0.grad", "2."), ("x1.grad", "1.")] == [(seen.point, str(seen)) for seen in (first, second)]
    assert isinstance(verdict, Verdict)
    assert ("test/add_chain", "reference", "agree") == (verdict.case, verdict.environment, verdict.status)


def test_a_case_that_a_framework_cannot_say_is_unsupported_and_the_next_one_runs() -> None:
    (unsupported,), (*_, verdict) = examined(REFERENCE, in_bfloat16, add_chain)
    assert isinstance(unsupported, Verdict)
    assert "unsupported" == unsupported.status
    assert "bfloat16" in unsupported.reason
    assert isinstance(verdict, Verdict)
    assert "agree" == verdict.status


def test_an_environment_that_does_not_start_is_the_error_of_every_case(tmp_path: Path) -> None:
    broken = msgspec.structs.replace(REFERENCE, python=tmp_path / "python")
    answers = examined(broken, add_chain, in_bfloat16, add_chain)
    verdicts = [records[-1] for records in answers]
    assert ["error", "unsupported", "error"] == [v.status for v in verdicts if isinstance(v, Verdict)]
    assert isinstance(verdicts[0], Verdict)
    assert "cannot be run" in verdicts[0].reason


@pytest.mark.parametrize("cases", [[], [in_bfloat16]])
def test_without_scripts_nothing_is_started(tmp_path: Path, cases: list[Any]) -> None:
    broken = msgspec.structs.replace(REFERENCE, python=tmp_path / "python")
    assert len(cases) == len(examined(broken, *cases))


def test_an_environment_is_described_by_what_it_holds() -> None:
    expected = EnvironmentRecord(
        name="reference", framework="reference", version="0.1", python="3.11.0", numpy="2.0", platform="Linux"
    )
    assert expected == describe(REFERENCE)


def test_a_missing_environment_is_described_by_the_reason() -> None:
    missing = Missing(name="jax", framework="jax", flavour="x64", reason="not created")
    assert EnvironmentRecord(name="jax", framework="jax", flavour="x64", missing="not created") == describe(missing)


@pytest.mark.frameworks
def test_what_the_reference_engine_cannot_run_is_not_judged(
    framework_environment: Callable[[str], Environment],
) -> None:
    ((*_, verdict),) = examined(framework_environment("torch"), in_bfloat16)
    assert isinstance(verdict, Verdict)
    assert "unsupported" == verdict.status
    assert "there is nothing to compare with" in verdict.reason
