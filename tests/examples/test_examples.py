"""The worked examples: each gets the diagnosis that its README tells of."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from harness.checker.diagnosis import Diagnosis
from harness.environments import Specification, interpreter_for, root
from harness.environments.lock import locked
from harness.environments.probing import venv_python

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def diagnosis(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[int, Diagnosis]]:
    """`diagnosis("check_book")`: the exit code of `crossgrad check` and what it says."""

    def run(name: str, *arguments: str) -> tuple[int, Diagnosis]:
        out = tmp_path_factory.mktemp(name)
        command = [sys.executable, "-m", "harness", "check", str(EXAMPLES / f"{name}.py"), "--json", "--out", str(out)]
        ended = subprocess.run([*command, *arguments], capture_output=True, text=True, cwd=EXAMPLES.parent)
        assert ended.returncode in (0, 1), ended.stderr
        return ended.returncode, msgspec.json.decode(ended.stdout, type=Diagnosis)

    return run


def named(diagnosis: Diagnosis) -> list[str]:
    return [f"{mistake.dimension}={mistake.option}" for mistake in diagnosis.mistakes]


def test_the_engine_with_the_bug_is_told_which_mistake_it_is(diagnosis: Callable[..., tuple[int, Diagnosis]]) -> None:
    code, found = diagnosis("check_book_with_the_bug")
    assert 1 == code
    assert ["accumulation_write=in_place_borrowed"] == named(found)
    (mistake,) = found.mistakes
    assert "double_use/add_chain" == mistake.smallest.case
    assert [("x0.grad", "2.", "2."), ("x1.grad", "2.", "1.")] == [
        (row.point, row.yours, row.right) for row in mistake.smallest.rows
    ]
    assert "y = x0 + t" in mistake.smallest.script
    assert () == found.unexplained + found.raised + found.failed


def test_the_same_engine_without_it_raises_no_alarm(diagnosis: Callable[..., tuple[int, Diagnosis]]) -> None:
    code, found = diagnosis("check_book")
    assert 0 == code
    assert found.is_fine
    assert found.agreeing > 50
    assert {"unseeded_non_scalar", "host_array"} <= {one.dimension for one in found.conventions if not one.is_default}


def test_the_engine_of_single_numbers_keeps_what_a_first_pass_left(
    diagnosis: Callable[..., tuple[int, Diagnosis]],
) -> None:
    code, found = diagnosis("check_scalar")
    assert 1 == code
    assert ["second_pass=continues"] == named(found)
    assert () == found.unexplained + found.raised + found.failed


@pytest.fixture(scope="module")
def dezero_python() -> Path:
    """The interpreter of an environment with DeZero, which is kept beside those of the frameworks."""
    requirements = EXAMPLES / "dezero.txt"
    wanted = Specification(
        name="dezero-example",
        framework="dezero",
        flavour="",
        description="",
        python=">=3.9,<3.12",  # for its NumPy
        requirements=requirements,
        build_requirements=None,
        default=False,
    )
    folder = root() / f"{wanted.store}-{wanted.digest[:8]}"
    with locked(root() / f"{wanted.store}.lock", on_wait=lambda: None, stop=threading.Event()):
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            subprocess.run([interpreter_for(wanted), "-m", "venv", folder], check=True)
            subprocess.run([venv_python(folder), "-m", "pip", "install", "-q", "-r", requirements], check=True)
            (folder / "complete").touch()
    return venv_python(folder)


@pytest.mark.frameworks
def test_dezero_as_it_comes(diagnosis: Callable[..., tuple[int, Diagnosis]], dezero_python: Path) -> None:
    code, found = diagnosis("check_dezero", "--python", str(dezero_python))
    assert 1 == code
    assert ["second_pass=continues"] == named(found)
