"""What `crossgrad doctor` looks at, from the ground up: this Python, the disk, the network, each environment."""

import importlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import msgspec

from harness.environments.installations import Installed, find, installed
from harness.environments.interpreter_search import interpreter_for, interpreters, running_version
from harness.environments.location import VARIABLE, root
from harness.environments.probing import interpreter_variables, probe, require
from harness.environments.specifications import Specification, catalogue
from harness.errors import EnvironmentProblem

# The import names of the dependencies in pyproject.toml.
DEPENDENCIES = (
    "click",
    "executing",
    "findpython",
    "hypothesis",
    "jinja2",
    "msgspec",
    "numpy",
    "packaging",
    "platformdirs",
    "psutil",
    "pygments",
    "python-flint",
    "rich",
)
_IMPORTED_AS = {"python-flint": "flint"}
ROOM_FOR_ALL = 4_000_000_000
"""Bytes that the default environments take together, with the CPU wheels."""
_IMPORT_TIMEOUT = 120.0
"""Seconds: a first import compiles every file of the framework."""


class Check(msgspec.Struct, frozen=True):
    """One line of the doctor's."""

    subject: str
    status: Literal["ok", "note", "problem"]
    detail: str
    advice: str = ""


def checks() -> Iterator[Check]:
    """Every check, one after the other; those of the environments start two imports at a time."""
    yield Check("python", "ok", f"{running_version()} ({sys.executable})")
    yield check_dependencies()
    for each in interpreters():
        frameworks = ", ".join(f"{name} {version}" for name, version in each.frameworks.items())
        detail = f"{each.python_version} ({each.executable}){f' with {frameworks}' if frameworks else ''}"
        if each.can_create:
            yield Check("interpreter", "ok", detail)
        else:
            yield Check("interpreter", "note", detail, "cannot make virtual environments: it has no venv or ensurepip")
    yield check_folder()
    yield check_index()
    there = installed()
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield from pool.map(lambda each: check_environment(each, there), catalogue().values())


def check_dependencies() -> Check:
    """Whether everything that crossgrad itself imports is there."""
    failed = []
    for name in DEPENDENCIES:
        try:
            importlib.import_module(_IMPORTED_AS.get(name, name))
        except ImportError as error:
            failed.append(f"{name} ({error})")
    if failed:
        return Check(
            "dependencies", "problem", f"cannot import {', '.join(failed)}", "install crossgrad again with pip"
        )
    return Check("dependencies", "ok", ", ".join(DEPENDENCIES))


def check_folder() -> Check:
    """Whether environments can be written, and have room."""
    try:
        root().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root()):
            free = shutil.disk_usage(root()).free
    except OSError as error:
        return Check("cache folder", "problem", f"cannot be written: {error}", f"set {VARIABLE} to a folder of yours")
    detail = f"{root()}, {free / 1e9:.1f} GB free"
    absent = [each for each in catalogue().values() if each.default and find(each) is None]
    if absent and free < ROOM_FOR_ALL:
        advice = f"{ROOM_FOR_ALL / 1e9:.0f} GB hold all default environments; set {VARIABLE} to a folder with room"
        return Check("cache folder", "problem", detail, advice)
    return Check("cache folder", "ok", detail)


def check_index() -> Check:
    """Whether pip, as the user has configured it, can fetch a (very small) package."""
    python = _python_with_pip()
    if python is None:
        return Check("pip index", "note", "not tried: crossgrad's Python has no pip, and there is no environment yet")
    with tempfile.TemporaryDirectory() as folder:
        options = ("--no-deps", "--no-cache-dir", "--disable-pip-version-check", "--retries", "0", "--timeout", "10")
        failed = _run([python, "-m", "pip", "download", *options, "--dest", folder, "six"], timeout=60.0)
    if failed:
        advice = "environments cannot be created until it can: check the network, the proxy and `pip config list`"
        return Check("pip index", "problem", f"pip cannot download six: {failed}", advice)
    return Check("pip index", "ok", "pip can download")


def check_environment(specification: Specification, there: list[Installed]) -> Check:
    """Whether an environment is complete, holds the pinned version, and can import its framework."""
    subject = f"environment {specification.name}"
    python = find(specification)
    if python is None:
        return _check_absent(specification, there)
    if specification.framework == "reference":
        return Check(subject, "ok", "crossgrad's own Python")
    again = f"crossgrad envs remove {specification.name}, then crossgrad envs create {specification.name}"
    try:
        version = require(probe(python), specification.framework)
    except EnvironmentProblem as problem:
        return Check(subject, "problem", str(problem), again)
    if not specification.pin().contains(version, prereleases=True):
        return Check(subject, "problem", f"holds {version}, not {specification.pin()} ({python})", again)
    failed = _run([python, "-c", f"import {specification.framework}"], timeout=_IMPORT_TIMEOUT)
    if failed:
        return Check(subject, "problem", f"import {specification.framework} fails: {failed} ({python})", again)
    return Check(subject, "ok", f"{specification.framework} {version} ({python})")


def _check_absent(specification: Specification, there: list[Installed]) -> Check:
    subject = f"environment {specification.name}"
    create = f"crossgrad envs create {specification.name}"
    if any(each.store == specification.store and each.marker is None for each in there):
        return Check(subject, "problem", "its creation did not finish", create)
    try:
        interpreter_for(specification)
    except EnvironmentProblem as problem:
        return Check(subject, "problem" if specification.default else "note", str(problem))
    return Check(subject, "note", "not created yet", create)


def _python_with_pip() -> Path | None:
    if find_spec("pip"):
        return Path(sys.executable)
    return next((each.python for each in installed() if each.marker and each.python.exists()), None)


def _run(command: list[str | Path], *, timeout: float) -> str:
    """Run a command in a folder of its own and return the last thing it said if it failed, else nothing."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            ran = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                cwd=folder,
                timeout=timeout,
                env=interpreter_variables(),
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
    if ran.returncode == 0:
        return ""
    said = ran.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    return said or f"exit code {ran.returncode}"
