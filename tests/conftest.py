"""What all tests share.

Every folder of tests is a package, so files of one name may stand in several folders, and helpers are imported by their
full name, as in `from tests.harness.adapters.samples import SAMPLES`.
"""

import functools
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.checker import truths
from harness.environments import Environment, Missing, catalogue, resolve
from harness.errors import CrossgradError
from harness.results import Results

pytest_plugins = ["pytester"]


@pytest.fixture(scope="session", autouse=True)
def _truths_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the oracle finds out during tests is kept apart from what the user's runs found out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(truths.VARIABLE, str(tmp_path_factory.mktemp("truths")))
        yield


@pytest.fixture(scope="session")
def framework_environment() -> Callable[[str], Environment]:
    """`framework_environment("torch")` is that environment of the catalogue, created first if it is not there yet.

    For tests marked `frameworks`. A test fails, with the reason, if its environment cannot be had.
    """

    @functools.cache
    def find(name: str) -> Environment:
        try:
            (environment,) = resolve([name], create_missing=True, report=print)
        except CrossgradError as error:
            pytest.fail(str(error), pytrace=False)
        if isinstance(environment, Missing):
            pytest.fail(environment.reason, pytrace=False)
        return environment

    return find


@pytest.fixture(scope="session")
def framework_python(framework_environment: Callable[[str], Environment]) -> Callable[[str], Path]:
    """`framework_python("torch")` is the interpreter of that environment."""
    return lambda name: framework_environment(name).python


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """For tests marked `frameworks`: the results of `crossgrad run` in every environment that has a name."""
    out = tmp_path_factory.mktemp("run")
    named = [option for name in catalogue() for option in ("--env", name)]
    command = [sys.executable, "-c", "from harness.cli import main; main()", "run", *named, "--out", str(out)]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode in (0, 1), ended.stderr
    assert str(out / "index.html") == ended.stdout.strip()
    return Results.read([out])
