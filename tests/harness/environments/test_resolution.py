import platform
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from harness import __version__
from harness.environments import (
    Environment,
    Missing,
    Specification,
    catalogue,
    find,
    interpreter_search,
    resolution,
    resolve,
    specification,
)
from harness.errors import EnvironmentProblem, UsageError


def names(*requested: str) -> list[str]:
    return [each.name for each in resolve(list(requested), create_missing=False, report=print)]


def torch_python() -> Path:
    python = find(specification("torch"))
    assert python
    return python


def add(python: Path, name: str, version: str) -> None:
    """Install a distribution that is nothing but its name."""
    information = next(python.parents[1].rglob("torch-*.dist-info")).with_name(f"{name}-{version}.dist-info")
    information.mkdir()
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")


def test_an_environment_is_described_by_what_its_interpreter_holds(made: Path) -> None:
    expected = Environment(
        name="torch-again",
        framework="torch",
        flavour="other",
        python=torch_python(),
        framework_version="9.9.8",
        python_version=platform.python_version(),
        numpy_version="9.0",
        platform=platform.platform(),
    )
    assert [expected] == resolve(["torch-again"], create_missing=False, report=print)


def test_the_reference_engine_has_the_version_of_crossgrad(empty: Path) -> None:
    (reference,) = resolve(["reference"], create_missing=False, report=print)
    assert isinstance(reference, Environment)
    assert (__version__, np.__version__) == (reference.framework_version, reference.numpy_version)
    assert Path(sys.executable) == reference.python


def test_no_request_means_all_default_environments(made: Path) -> None:
    assert ["reference", "torch"] == names()


def test_a_default_environment_that_is_not_there_is_missing_and_the_others_stay(empty: Path) -> None:
    reference, torch = resolve([], create_missing=False, report=print)
    assert isinstance(reference, Environment)
    reason = "environment torch is not created yet: crossgrad envs create torch"
    assert Missing(name="torch", framework="torch", flavour="", reason=reason) == torch


def test_a_default_environment_that_is_broken_is_missing(copied: Path) -> None:
    python = torch_python()
    python.unlink()
    python.write_text("not a program")
    python.chmod(0o755)
    _, torch = resolve([], create_missing=False, report=print)
    assert isinstance(torch, Missing)
    assert f"environment torch: {python} is not a working Python interpreter" in torch.reason


def test_an_environment_that_was_asked_for_and_is_not_there_is_an_error(empty: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="torch is not created yet: crossgrad envs create torch"):
        names("torch")


def test_all_that_were_asked_for_in_vain_are_named(empty: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"torch is not created yet.*\n.*jax is not created yet"):
        names("torch", "reference", "jax")


def test_an_environment_that_cannot_be_created_is_an_error_with_the_reason(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interpreter_search, "interpreters", lambda: [])
    with pytest.raises(EnvironmentProblem, match="no Python for environment tensorflow"):
        resolve(["tensorflow"], create_missing=True, report=print)


def test_a_missing_environment_is_created_on_demand_and_its_steps_carry_its_name(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def create_all(absent: list[Specification], report: Callable[[str, str], None]) -> dict[str, Path]:
        for each in absent:
            report(each.name, "collecting")
        return {each.name: python for each in absent}

    python = torch_python()
    monkeypatch.setattr(resolution, "create_all", create_all)
    monkeypatch.setattr(resolution, "find", lambda specification: None)
    lines: list[str] = []
    (created,) = resolve(["torch"], create_missing=True, report=lines.append)
    assert isinstance(created, Environment)
    assert python == created.python
    assert ["torch: collecting"] == lines


def test_an_interpreter_can_stand_in_for_one_of_the_catalogue(made: Path) -> None:
    (given,) = resolve([f"torch-again={torch_python()}"], create_missing=False, report=print)
    assert isinstance(given, Environment)
    assert ("torch-again", "torch", "other") == (given.name, given.framework, given.flavour)


def test_a_name_of_ones_own_is_the_name_of_the_one_framework_there(made: Path) -> None:
    (given,) = resolve([f"mine={torch_python()}"], create_missing=False, report=print)
    assert isinstance(given, Environment)
    assert ("mine", "torch", "") == (given.name, given.framework, given.flavour)


def test_a_name_of_ones_own_is_told_apart_by_framework_if_there_are_several(copied: Path) -> None:
    add(torch_python(), "jax", "0.4")
    given = resolve([f"mine={torch_python()}"], create_missing=False, report=print)
    expected = [("mine-torch", "torch", ""), ("mine-jax", "jax", "x64")]
    assert expected == [(each.name, each.framework, each.flavour) for each in given]


def test_the_order_is_that_of_the_requests_and_a_repeated_one_counts_once(made: Path) -> None:
    assert ["torch", "reference"] == names("torch", "reference", "torch")


def test_an_interpreter_without_any_framework(bare_python: Path, made: Path) -> None:
    with pytest.raises(
        EnvironmentProblem, match=r"environment mine: .* has no framework that crossgrad knows \(torch, "
    ):
        names(f"mine={bare_python}")


def test_an_interpreter_without_the_framework_that_its_name_promises(bare_python: Path, made: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"environment jax: .* does not have jax"):
        names(f"jax={bare_python}")


def test_an_interpreter_without_numpy(bare_python: Path, copied: Path) -> None:
    python = torch_python()
    next(python.parents[1].rglob("numpy-*.dist-info")).rename(copied / "aside")
    with pytest.raises(EnvironmentProblem, match=r"environment mine: .* does not have NumPy"):
        names(f"mine={python}")


def test_an_interpreter_that_does_not_exist(made: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"environment mine: .*/nowhere/python does not exist"):
        names("mine=/nowhere/python")


@pytest.mark.parametrize("request_text", ["", "=", "torch=", "=python", "a b", "../up=python", "a/b=python"])
def test_a_request_that_says_nothing_is_answered_with_an_example(made: Path, request_text: str) -> None:
    with pytest.raises(UsageError, match="expected NAME or NAME=PYTHON, as in --env torch"):
        names(request_text)


def test_a_name_that_nobody_knows(made: Path) -> None:
    with pytest.raises(UsageError, match="no environment named 'troch': did you mean torch"):
        names("troch")


def test_the_reference_engine_cannot_be_sent_elsewhere(made: Path) -> None:
    with pytest.raises(UsageError, match="reference always runs in crossgrad's own Python; leave out =python3"):
        names("reference=python3")


def test_two_environments_of_one_name(made: Path) -> None:
    with pytest.raises(UsageError, match="two environments would be named 'torch'"):
        names("torch", f"torch={torch_python()}")


def test_two_environments_of_one_name_once_the_frameworks_are_told_apart(copied: Path, tmp_path: Path) -> None:
    shutil.copytree(torch_python().parents[1], tmp_path / "torch-alone", symlinks=True)
    add(torch_python(), "jax", "0.4")
    with pytest.raises(UsageError, match="two environments would be named 'mine-torch'"):
        names(f"mine={torch_python()}", f"mine-torch={tmp_path / 'torch-alone'}")


@pytest.mark.frameworks
def test_the_default_environments_hold_what_they_pin() -> None:
    for each in resolve([], create_missing=True, report=print):
        assert isinstance(each, Environment), each
        assert catalogue()[each.name].pin().contains(each.framework_version)
