"""What all tests share.

Every folder of tests is a package, so files of one name may stand in several folders, and helpers are imported by their
full name, as in `from tests.harness.adapters.samples import SAMPLES`.
"""

import functools
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from harness import kept
from harness.catalogue import written
from harness.checker import truths
from harness.environments import Environment, Missing, resolve
from harness.environments import catalogue as environments
from harness.environments.lock import locked
from harness.errors import CrossgradError
from harness.results import Results

pytest_plugins = ["pytester"]

# The same programs in every run; `pytest --hypothesis-profile night tests/harness/test_strategies.py` looks for others.
settings.register_profile(
    "ci", derandomize=True, max_examples=60, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile("night", max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("ci")


WHOLE_CATALOGUE = ("reference", "torch", "tensorflow", "chainer", "jax")
"""The environments in which the tests run every case; in flavours of these they run those that were written by hand."""


@pytest.fixture(scope="session", autouse=True)
def _memory_of_their_own(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests neither read nor write what the user's runs keep; and what frameworks answer, they hear anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(truths.VARIABLE, str(pytestconfig.rootpath / ".pytest_cache" / "truths"))
        patch.setenv(kept.VARIABLE, str(tmp_path_factory.mktemp("kept")))
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
    """For tests marked `frameworks`: the results of `crossgrad run` in the reference engine and the four frameworks,
    and in all other environments of the cases that were written by hand.

    Where several processes run the tests, one of them runs this, and the others wait for it.
    """
    base = tmp_path_factory.getbasetemp()
    out = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "run"
    with locked(out.with_name("run.lock"), on_wait=lambda: None, stop=threading.Event()):
        if not (out / "finished").exists():
            others = [name for name in environments() if name not in WHOLE_CATALOGUE]
            _run(out / "whole", WHOLE_CATALOGUE)
            _run(out / "others", others, *[case.id for case in written()])
            (out / "finished").touch()
    return Results.read([out])


def _run(out: Path, names: Iterable[str], *cases: str) -> None:
    arguments = [*cases, *(option for name in names for option in ("--env", name))]
    command = [sys.executable, "-c", "from harness.cli import main; main()", "run", *arguments, "--out", str(out)]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode in (0, 1), ended.stderr
    assert str(out / "index.html") == ended.stdout.strip()


@pytest.fixture(scope="session")
def written_results(results: Results) -> Results:
    """What the results say of the cases that were written by hand."""
    by_hand = {case.id for case in written()}
    return Results(
        results.runs,
        results.environments,
        {case: record for case, record in results.cases.items() if case in by_hand},
        {key: text for key, text in results.scripts.items() if key[0] in by_hand},
        {key: seen for key, seen in results.observations.items() if key[0] in by_hand},
        {key: verdict for key, verdict in results.verdicts.items() if key[0] in by_hand},
    )
