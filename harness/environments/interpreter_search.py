"""The Python interpreters of this machine, and which one to make an environment with."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import findpython
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from harness.environments.probing import Probe, probe
from harness.environments.specifications import Specification
from harness.errors import EnvironmentProblem


def interpreter_for(specification: Specification) -> Path:
    """An interpreter to make the environment with: the running one if it fits, else the newest found that does.

    Raises `EnvironmentProblem` if there is none.
    """
    if specification.accepts(running_version()):
        running = probe(Path(sys.executable))
        if running.can_create:
            return Path(sys.executable)
    found = interpreters()
    for candidate in found:
        if specification.accepts(candidate.python_version) and candidate.can_create:
            return Path(candidate.executable)
    raise EnvironmentProblem(_nothing_fits(specification, found))


def interpreters() -> list[Probe]:
    """Every CPython from 3.6 on that can be found (PATH, pyenv, uv, asdf, rye, the system's registry), newest first."""
    found = {python.real_path for python in findpython.Finder(resolve_symlinks=True).find_all()}
    with ThreadPoolExecutor(max_workers=4) as pool:
        probed = [probe for probe in pool.map(_probe_or_none, sorted(found)) if probe is not None]
    # A version manager's shim is another file, but tells the executable that it stands for. Of several names for one
    # file the first stays, as python3.7 does of python3.7 and python3.7m.
    distinct = {_file_identity(each.executable): each for each in reversed(probed) if each.implementation == "CPython"}
    return sorted(distinct.values(), key=lambda each: Version(each.python_version), reverse=True)


def running_version() -> str:
    return "{}.{}.{}".format(*sys.version_info)


def _file_identity(executable: str) -> tuple[int, int]:
    """The same for one file under several names, by symbolic or hard links."""
    status = Path(executable).stat()
    return status.st_dev, status.st_ino


def _probe_or_none(python: Path) -> Probe | None:
    try:
        return probe(python)
    except EnvironmentProblem:
        return None


def _nothing_fits(specification: Specification, found: list[Probe]) -> str:
    seen = [f"{each.python_version} ({each.executable})" for each in found]
    split_off = [each.executable for each in found if specification.accepts(each.python_version)]
    minor = _newest_minor(specification.python)
    message = (
        f"no Python for environment {specification.name}: {specification.description} needs Python "
        f"{specification.python}; found {', '.join(seen) or 'none'} (looked on PATH and where pyenv, uv and other "
        f"version managers keep theirs)."
    )
    if split_off:
        message += f" {', '.join(split_off)} would fit but cannot make virtual environments (no venv or ensurepip)."
    return (
        f"{message} Install one, uv python install {minor} or pyenv install {minor}, "
        f"or use an interpreter that has {specification.framework}: --env {specification.name}=PYTHON"
    )


def _newest_minor(python: str) -> str:
    """The newest minor version in use that a specifier allows: the one to suggest."""
    candidates = [f"3.{minor}" for minor in range(sys.version_info.minor + 1, 5, -1)]
    return next((each for each in candidates if SpecifierSet(python).contains(f"{each}.99")), "3.11")
