import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from harness.environments import checks as checks_module
from harness.environments import find, installed, interpreter_search, location, specification
from harness.environments.checks import (
    DEPENDENCIES,
    Check,
    check_dependencies,
    check_environment,
    check_folder,
    check_index,
    checks,
)
from harness.environments.installations import MARKER

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[3]


def environment(name: str) -> Check:
    return check_environment(specification(name), installed())


def site_packages() -> Path:
    python = find(specification("torch"))
    assert python
    return next(python.parents[1].rglob("torch.py")).parent


def test_the_dependencies_are_those_of_the_project() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {Requirement(each).name for each in project["dependencies"]} == set(DEPENDENCIES)


def test_dependencies_that_can_be_imported_are_fine() -> None:
    assert "ok" == check_dependencies().status


def test_a_dependency_that_cannot_be_imported_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks_module, "DEPENDENCIES", ("numpy", "numpie"))
    expected = Check(
        "dependencies",
        "problem",
        "cannot import numpie (No module named 'numpie')",
        "install crossgrad again with pip",
    )
    assert expected == check_dependencies()


def test_a_folder_with_room_is_fine(made: Path) -> None:
    assert "ok" == check_folder().status


def test_a_folder_that_cannot_be_written(empty: Path) -> None:
    empty.write_text("a file")
    check = check_folder()
    assert ("problem", f"set {location.VARIABLE} to a folder of yours") == (check.status, check.advice)


def test_a_disk_without_room_is_a_problem_only_if_something_is_to_be_created(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks_module, "ROOM_FOR_ALL", 10**18)
    assert "ok" == check_folder().status
    (installed()[0].folder / MARKER).unlink()
    assert "problem" == check_folder().status


@pytest.fixture
def no_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    """crossgrad's own Python has no pip, as in a virtual environment made by uv."""
    monkeypatch.setattr(checks_module, "find_spec", lambda name: None)


def test_an_index_that_has_the_package_is_fine(made: Path, no_pip: None) -> None:
    assert Check("pip index", "ok", "pip can download") == check_index()


def test_an_index_that_cannot_be_reached(
    made: Path, no_pip: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    check = check_index()
    assert "problem" == check.status
    assert "pip cannot download six: ERROR: No matching distribution found for six" == check.detail


def test_without_any_pip_the_index_is_not_tried(empty: Path, no_pip: None) -> None:
    assert "note" == check_index().status


def test_an_environment_that_imports_its_pinned_framework_is_fine(made: Path) -> None:
    python = find(specification("torch"))
    assert Check("environment torch", "ok", f"torch 9.9.8 ({python})") == environment("torch")


def test_an_environment_whose_framework_cannot_be_imported(copied: Path) -> None:
    (site_packages() / "torch.py").write_text("raise OSError('libtorch.so is gone')")
    check = environment("torch")
    assert "problem" == check.status
    assert check.detail.startswith("import torch fails: OSError: libtorch.so is gone")
    assert "crossgrad envs remove torch, then crossgrad envs create torch" == check.advice


def test_an_environment_that_holds_another_version_than_pinned(copied: Path) -> None:
    information = site_packages() / "torch-9.9.8.dist-info"
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: torch\nVersion: 1.0\n")
    check = environment("torch")
    assert "problem" == check.status
    assert check.detail.startswith("holds 1.0, not ==9.9.8")


def test_an_environment_that_lost_its_framework(copied: Path) -> None:
    (site_packages() / "torch-9.9.8.dist-info").rename(copied / "aside")
    check = environment("torch")
    assert "problem" == check.status
    assert "does not have torch" in check.detail


def test_an_environment_whose_creation_did_not_finish(copied: Path) -> None:
    (installed()[0].folder / MARKER).unlink()
    expected = Check("environment torch", "problem", "its creation did not finish", "crossgrad envs create torch")
    assert expected == environment("torch")


def test_an_environment_that_can_be_created_is_a_note(empty: Path) -> None:
    assert Check("environment jax", "note", "not created yet", "crossgrad envs create jax") == environment("jax")


def test_an_environment_that_no_interpreter_fits(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter_search, "interpreters", lambda: [])
    check = environment("tensorflow")
    assert "note" == check.status
    assert "no Python for environment tensorflow" in check.detail


def test_every_subject_is_looked_at(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter_search, "interpreters", lambda: [])
    monkeypatch.setattr(checks_module, "interpreters", lambda: [])
    expected = ["python", "dependencies", "cache folder", "pip index"]
    expected += [f"environment {name}" for name in ("reference", "torch", "torch-again", "jax", "tensorflow")]
    assert expected == [each.subject for each in checks()]
