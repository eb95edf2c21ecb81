import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from harness.environments import Probe, Specification, interpreter_for, interpreter_search, interpreters, specification
from harness.errors import EnvironmentProblem


def machine(monkeypatch: pytest.MonkeyPatch, *found: Probe) -> None:
    """Let the search find these interpreters, newest first."""
    monkeypatch.setattr(interpreter_search, "interpreters", lambda: list(found))


def interpreter(version: str, *, can_create: bool = True) -> Probe:
    return Probe(version, executable=f"/opt/python{version}", implementation="CPython", can_create=can_create)


def needing(python: str) -> Specification:
    return msgspec.structs.replace(specification("chainer"), python=python)


def test_the_running_interpreter_is_preferred_to_newer_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, interpreter("3.99.0"))
    assert Path(sys.executable) == interpreter_for(needing(">=3.11"))


def test_else_the_newest_that_fits_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, *map(interpreter, ["3.9.2", "3.8.18", "3.8.1", "3.7.0"]))
    assert Path("/opt/python3.8.18") == interpreter_for(needing(">=3.6,<3.9"))


def test_one_that_cannot_make_virtual_environments_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, interpreter("3.8.18", can_create=False), interpreter("3.8.1"))
    assert Path("/opt/python3.8.1") == interpreter_for(needing("<3.9"))


def test_where_none_fits_the_message_says_what_was_found_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, interpreter("3.13.0"), interpreter("3.6.15"))
    with pytest.raises(EnvironmentProblem) as caught:
        interpreter_for(needing(">=3.7,<3.9"))
    expected = (
        "no Python for environment chainer: Chainer 7.8, the last release needs Python >=3.7,<3.9; "
        "found 3.13.0 (/opt/python3.13.0), 3.6.15 (/opt/python3.6.15) "
        "(looked on PATH and where pyenv, uv and other version managers keep theirs). "
        "Install one, uv python install 3.8 or pyenv install 3.8, "
        "or use an interpreter that has chainer: --env chainer=PYTHON"
    )
    assert expected == str(caught.value)


def test_where_the_only_one_cannot_make_virtual_environments_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, interpreter("3.8.18", can_create=False))
    with pytest.raises(EnvironmentProblem, match=r"/opt/python3\.8\.18 would fit but cannot make virtual environments"):
        interpreter_for(needing("<3.9"))


def test_on_a_machine_without_any_the_message_says_none(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch)
    with pytest.raises(EnvironmentProblem, match="found none"):
        interpreter_for(needing("<3.9"))


def test_an_interpreter_is_found_once_however_many_names_it_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, executable: Callable[[str], Path]
) -> None:
    shim = executable(f'exec {sys.executable} "$@"')
    (shim.parent / "python3").symlink_to(sys.executable)
    for variable in ("HOME", "PYENV_ROOT", "XDG_DATA_HOME", "UV_PYTHON_INSTALL_DIR", "ASDF_DATA_DIR", "RYE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "empty"))
    monkeypatch.setenv("PATH", str(shim.parent))
    assert [sys.version.split()[0]] == [each.python_version for each in interpreters()]


def test_a_broken_interpreter_is_not_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(interpreter_search, "probe", _broken)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    assert [] == interpreters()


def _broken(python: Path) -> Probe:
    raise EnvironmentProblem(f"{python} is broken")
