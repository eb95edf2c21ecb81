"""Create environments: a virtual environment each, filled by pip from the requirement files."""

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from harness.environments.installations import MARKER, Marker, delete, find, log_of
from harness.environments.interpreter_search import interpreter_for
from harness.environments.location import VARIABLE, folder_for, lock_for, root
from harness.environments.lock import StoppedError, locked
from harness.environments.logged_process import run_logged
from harness.environments.pip_steps import failure, step
from harness.environments.probing import probe, require, venv_python
from harness.environments.specifications import Specification
from harness.errors import EnvironmentProblem

SIDE_BY_SIDE = 2
"""Environments created at a time: one downloads while another unpacks."""

_PIP_INSTALL = ("-m", "pip", "install", "--progress-bar", "off", "--no-input", "--disable-pip-version-check")


def create(specification: Specification, report: Callable[[str], None], *, stop: threading.Event | None = None) -> Path:
    """The interpreter of the environment, which is made first if it is not there; `report` gets one line a step.

    If another process is making the same one, this waits for it. What a failure or an interruption leaves is made
    anew by the next call. Raises `EnvironmentProblem` if no interpreter fits, or pip fails, or the disk cannot be
    written; and `StoppedError` soon after `stop` is set.
    """
    requirements = specification.requirements
    if requirements is None:
        return Path(sys.executable)
    stop = stop or threading.Event()
    lock = lock_for(specification.store)
    try:
        with locked(lock, on_wait=lambda: report("waiting: another crossgrad is creating it"), stop=stop):
            return find(specification) or _build(specification, requirements, report, stop)
    except OSError as error:
        raise EnvironmentProblem(
            f"environment {specification.name} cannot be written to {root()}: {error}. "
            f"Set {VARIABLE} to a folder on a disk with room, then: crossgrad envs create {specification.name}"
        ) from error


def create_all(
    specifications: list[Specification], report: Callable[[str, str], None]
) -> dict[str, Path | EnvironmentProblem]:
    """Create several environments side by side; `report` gets a name and a step, from several threads.

    Returns the interpreter for each name, or why there is none: one that fails does not cost the others.
    Names that share a virtual environment get it by one creation, reported under the first of them.
    """
    stop = threading.Event()

    def attempt(specification: Specification) -> Path | EnvironmentProblem:
        try:
            return create(specification, lambda line: report(specification.name, line), stop=stop)
        except EnvironmentProblem as problem:
            return problem

    first_of_store: dict[str, Specification] = {}
    for each in specifications:
        first_of_store.setdefault(each.store, each)
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        try:
            futures = {store: pool.submit(attempt, each) for store, each in first_of_store.items()}
            return {each.name: futures[each.store].result() for each in specifications}
        except BaseException:
            # Ctrl-C reaches this thread only: without this the pool would wait until pip has finished.
            stop.set()
            raise


def _build(
    specification: Specification, requirements: Path, report: Callable[[str], None], stop: threading.Event
) -> Path:
    if stop.is_set():
        raise StoppedError
    base = interpreter_for(specification)
    folder = folder_for(specification, probe(base).python_version)
    delete(folder)
    log = log_of(folder)

    def run(*command: str | Path) -> None:
        if run_logged(command, log, on_line=report_step, stop=stop) != 0:
            raise EnvironmentProblem(
                f"environment {specification.name} could not be created: "
                f"{failure(log.read_text(encoding='utf-8', errors='replace'))}. "
                f"All that was said is in {log}. To try again: crossgrad envs create {specification.name}"
            )

    def report_step(line: str) -> None:
        said = step(line)
        if said:
            report(said)

    report(f"making a virtual environment with {base}")
    run(base, "-m", "venv", folder)
    python = venv_python(folder)
    if specification.build_requirements:
        run(python, *_PIP_INSTALL, "-r", specification.build_requirements)
        run(python, *_PIP_INSTALL, "--no-build-isolation", "-r", requirements)
    else:
        run(python, *_PIP_INSTALL, "-r", requirements)

    probed = probe(python)
    require(probed, specification.framework)
    _write_marker(folder, Marker(specification.digest, probed))
    report("ready")
    return python


def _write_marker(folder: Path, marker: Marker) -> None:
    unfinished = folder / f"{MARKER}.part"
    unfinished.write_bytes(msgspec.json.encode(marker))
    unfinished.replace(folder / MARKER)
