import importlib

import msgspec
import pytest
from click.testing import CliRunner, Result

from harness.cli import cli
from harness.environments.checks import Check

# By its name: in the package, `doctor` is the command.
doctor_module = importlib.import_module("harness.cli.doctor")

FINE = Check("python", "ok", "3.11.7 [here]")
NOTE = Check("environment jax", "note", "not created yet", "crossgrad envs create jax")
PROBLEM = Check("cache folder", "problem", "cannot be written: it is a file", "set CROSSGRAD_ENVIRONMENTS")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str, found: list[Check]) -> Result:
    monkeypatch.setattr(doctor_module, "checks", lambda: iter(found))
    return CliRunner().invoke(cli, ["doctor", *arguments], catch_exceptions=False)


def test_each_check_is_a_line_and_advice_one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = (
        "ok      python: 3.11.7 [here]\n"
        "note    environment jax: not created yet\n"
        "        crossgrad envs create jax\n"
        "problem cache folder: cannot be written: it is a file\n"
        "        set CROSSGRAD_ENVIRONMENTS\n"
    )
    assert expected == run(monkeypatch, found=[FINE, NOTE, PROBLEM]).stdout


def test_a_problem_is_exit_code_2(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 2 == run(monkeypatch, found=[PROBLEM, FINE]).exit_code


def test_a_note_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 0 == run(monkeypatch, found=[FINE, NOTE]).exit_code


def test_the_checks_are_also_json(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, "--json", found=[FINE, PROBLEM])
    assert 2 == result.exit_code
    assert [FINE, PROBLEM] == msgspec.json.decode(result.stdout, type=list[Check])


def test_help_has_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Example:\n    crossgrad doctor\n" in run(monkeypatch, "--help", found=[]).stdout
