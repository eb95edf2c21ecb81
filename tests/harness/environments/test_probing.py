import ast
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from harness.environments import find, probe, specification
from harness.environments.probing import SCRIPT, Probe, interpreter_variables, python_path, require, require_numpy
from harness.errors import EnvironmentProblem


def test_the_running_interpreter_is_described_as_it_describes_itself() -> None:
    probed = probe(Path(sys.executable))
    assert sys.version.split()[0] == probed.python_version
    assert sys.executable == probed.executable
    assert np.__version__ == probed.numpy_version


def test_frameworks_are_found_by_their_distributions(made: Path) -> None:
    python = find(specification("torch"))
    assert python
    assert {"torch": "9.9.8"} == probe(python).frameworks


def test_any_distribution_of_a_framework_counts() -> None:
    assert {"tensorflow": "2.9"} == Probe("3.9.1", distributions={"tf-nightly": "2.9"}).frameworks


def test_the_script_is_python_3_6() -> None:
    assert ast.parse(SCRIPT.read_text(), feature_version=(3, 6)).body


def test_an_interpreter_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="python9 does not exist: give the path"):
        probe(tmp_path / "python9")


def test_a_program_that_is_not_python(executable: Callable[[str], Path]) -> None:
    with pytest.raises(EnvironmentProblem, match=r"is not a working Python interpreter \(exit code 0\)"):
        probe(executable("echo hello"))


def test_a_python_that_breaks_says_its_last_words(executable: Callable[[str], Path]) -> None:
    with pytest.raises(EnvironmentProblem, match=r"not a working Python interpreter \(libpython is gone\)"):
        probe(executable("echo libpython is gone >&2; exit 127"))


def test_a_file_that_is_no_program(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no program")
    with pytest.raises(EnvironmentProblem, match=r"is not a working Python interpreter \(Permission denied\)"):
        probe(file)


def test_a_python_that_is_too_old(executable: Callable[[str], Path]) -> None:
    python = executable("""echo '{"python_version": "2.7.18"}'""")
    with pytest.raises(EnvironmentProblem, match=r"is Python 2\.7\.18: .* Python 3\.6 and newer"):
        probe(python)


def test_a_python_that_does_not_answer(executable: Callable[[str], Path]) -> None:
    with pytest.raises(EnvironmentProblem, match=r"did not answer within 0\.1 s"):
        probe(executable("exec sleep 60"), timeout=0.1)


def test_a_python_whose_start_prints_something(executable: Callable[[str], Path]) -> None:
    python = executable(f'echo "{{}} good morning"; exec {sys.executable} "$@"')
    assert sys.version.split()[0] == probe(python).python_version


def test_an_interpreter_without_the_framework(bare_python: Path) -> None:
    expected = r"does not have tensorflow \(looked for tensorflow, tensorflow-cpu, .* -m pip install tensorflow"
    with pytest.raises(EnvironmentProblem, match=expected):
        require(probe(bare_python), "tensorflow")


def test_an_interpreter_without_numpy(bare_python: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"does not have NumPy, .* -m pip install numpy"):
        require_numpy(probe(bare_python))


def test_settings_of_the_running_interpreter_do_not_reach_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PYTHONHOME", "nowhere")
    assert not {"PYTHONPATH", "PYTHONHOME"} & interpreter_variables().keys()
    assert sys.version.split()[0] == probe(Path(sys.executable)).python_version


def test_a_virtual_environment_can_be_named_by_its_folder(bare_python: Path) -> None:
    assert bare_python == python_path(str(bare_python.parents[1]))


def test_a_command_on_path_can_be_named(bare_python: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(bare_python.parent))
    assert bare_python == python_path("python")


def test_links_are_kept_and_relative_paths_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "linked").symlink_to(sys.executable)
    monkeypatch.chdir(tmp_path)
    assert tmp_path / "linked" == python_path(f".{os.sep}linked")
