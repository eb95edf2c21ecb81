import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from harness.environments import create, create_all, find, installed, interpreter_search, location, specification
from harness.environments import creation as creation_module
from harness.environments.installations import MARKER, log_of
from harness.environments.interpreter_search import running_version
from harness.environments.lock import StoppedError
from harness.errors import EnvironmentProblem

pytestmark = pytest.mark.slow


def ignore(*lines: str) -> None:
    """A report that nobody reads."""


def test_the_steps_are_told(creation: Any) -> None:
    assert f"making a virtual environment with {sys.executable}" == creation.lines[0]
    assert {"taking six-9.0", "taking torch-9.9.8", "installing torch, numpy"} <= {*creation.lines}
    assert "ready" == creation.lines[-1]


def test_what_it_is_built_with_is_installed_first_and_then_used_without_isolation(made: Path) -> None:
    log = log_of(location.folder_for(specification("torch"), running_version())).read_text()
    installations = [line.partition(" install ")[2] for line in log.splitlines() if line.startswith("$ ")][1:]
    files = (specification("torch").build_requirements, specification("torch").requirements)
    assert [f"-r {file}" for file in files] == [line[line.index("-r ") :] for line in installations]
    assert [False, True] == ["--no-build-isolation" in line for line in installations]


def test_what_an_interruption_left_is_made_anew(made: Path) -> None:
    folder = location.folder_for(specification("torch"), running_version())
    assert (folder / MARKER).exists()
    assert not (folder / "leftover").exists()


def test_what_exists_is_not_made_again(made: Path) -> None:
    lines: list[str] = []
    assert find(specification("torch")) == create(specification("torch"), lines.append)
    assert [] == lines


def test_another_flavour_is_served_by_the_same_virtual_environment(made: Path) -> None:
    assert find(specification("torch")) == create(specification("torch-again"), ignore)


def test_the_reference_engine_runs_in_this_python(empty: Path) -> None:
    assert Path(sys.executable) == create(specification("reference"), ignore)
    assert not empty.exists()


def test_a_failure_of_pip_is_told_with_its_reason_its_log_and_the_command_to_repeat(empty: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        create(specification("jax"), ignore)
    log = log_of(location.folder_for(specification("jax"), running_version()))
    expected = (
        "environment jax could not be created: ERROR: No matching distribution found for jax==77.0. "
        f"All that was said is in {log}. To try again: crossgrad envs create jax"
    )
    assert expected == str(caught.value)
    assert "No matching distribution found for jax==77.0" in log.read_text()
    assert find(specification("jax")) is None


def test_a_folder_that_cannot_be_written_is_told(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.write_text("a file where a folder should be")
    with pytest.raises(EnvironmentProblem, match=f"torch cannot be written to .*Set {location.VARIABLE} to a folder"):
        create(specification("torch"), ignore)


def test_a_creation_can_be_stopped(empty: Path) -> None:
    stop = threading.Event()
    with pytest.raises(StoppedError):
        create(specification("torch"), lambda line: stop.set(), stop=stop)
    assert [None] == [each.marker for each in installed()]


def test_an_interruption_by_the_user_ends_all_creations(empty: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        create_all(
            [specification("torch"), specification("jax")],
            lambda name, step: os.kill(os.getpid(), signal.SIGINT) if name == "torch" else None,
        )
    assert find(specification("torch")) is None


def test_of_two_that_want_the_same_one_creates_and_the_other_waits(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = threading.Event()
    built = []

    def build(*arguments: object) -> Path:
        assert waiting.wait(timeout=60)
        built.append(Path("built"))
        monkeypatch.setattr(creation_module, "find", lambda specification: built[0])
        return built[0]

    monkeypatch.setattr(creation_module, "_build", build)
    lines: list[str] = []

    def report(line: str) -> None:
        lines.append(line)
        waiting.set()

    with ThreadPoolExecutor() as pool:
        pythons = pool.map(lambda each: create(each, report), [specification("torch"), specification("torch-again")])
    assert [Path("built")] * 2 == list(pythons)
    assert ["waiting: another crossgrad is creating it"] == lines
    assert 1 == len(built)


def test_one_that_cannot_be_made_does_not_cost_the_others(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter_search, "interpreters", lambda: [])
    wanted = [specification(name) for name in ("tensorflow", "torch", "torch-again")]
    created = create_all(wanted, ignore)
    assert ["tensorflow", "torch", "torch-again"] == list(created)
    assert isinstance(created["tensorflow"], EnvironmentProblem)
    assert find(specification("torch")) == created["torch"] == created["torch-again"]
