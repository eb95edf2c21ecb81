"""Under what things are kept from one run to the next: everything that they were made of.

A key has whatever could change what is kept under it, so that nothing is ever found that would come out otherwise now.
"""

import hashlib
import platform
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from harness.declaration import Case
from harness.environments import Environment, Missing, root
from harness.program import Program
from harness.results import Observation
from harness.script import Language, Script


def key_of_answers(script: Script, language: Language, environment: Environment) -> bytes | None:
    """The key of what an environment answers to a script; None where the answer cannot be relied on another day."""
    if not _lasts(environment):
        return None
    source = _judging() if environment.framework == "reference" else _worker()
    return _digest("answers", environment, language, script, source)


def key_of_verdict(case: str, program: Program, environment: Environment, seen: tuple[Observation, ...]) -> bytes:
    """The key of a verdict: what was judged, and the source that judges, profiles included."""
    return _digest("verdict", case, program.digest, environment, seen, _judging())


def key_of_mistakes(program: Program) -> bytes:
    """The key of the mistakes that a program brings to light."""
    return _digest("mistakes", program.digest, _judging())


def key_of_run(cases: Sequence[Case], environments: Sequence[Environment | Missing]) -> bytes | None:
    """The key of a whole run, with its report; None where something in it may be otherwise another day.

    It stands for the cases by their ids and the files of the catalogue, so none of them need be traced. A user's file
    of cases may import whatever it likes.
    """
    if all(map(is_of_catalogue, cases)) and all(map(_lasts, environments)):
        return _digest("run", [case.id for case in cases], environments, _everything())
    return None


def is_of_catalogue(case: Case) -> bool:
    """Whether it comes with crossgrad."""
    return _is_in_catalogue(case.function.__code__.co_filename)


@cache
def _is_in_catalogue(file: str) -> bool:
    return Path(file).is_relative_to(_folder("cases"))


def _lasts(environment: Environment | Missing) -> bool:
    """Whether it is the same on another day.

    Nobody changes anything in environments that crossgrad made, and the source of the reference engine is a part of
    every key. An interpreter that a user names may hold something else tomorrow, and what is missing may be there.
    """
    if isinstance(environment, Missing):
        return False
    return environment.framework == "reference" or root() in environment.python.parents


def _digest(*parts: Any) -> bytes:
    return hashlib.sha256(msgspec.json.encode(parts, enc_hook=str)).digest()


@cache
def _judging() -> str:
    """A digest of what answers and judges: adapters, engine, oracle, checker, profiles, and what they compute with."""
    files = (file for package in ("harness", "reference_engine") for file in _judging_files(_folder(package)))
    libraries = [platform.python_version(), platform.machine(), version("numpy"), version("python-flint")]
    return _digest_of_files(files) + " ".join(libraries)


@cache
def _everything() -> str:
    """A digest of all that a run is made of: that, the cases, and what writes the report."""
    return _judging() + _digest_of_files(
        file for package in ("harness", "reference_engine", "cases") for file in _files(_folder(package))
    )


@cache
def _worker() -> str:
    return _digest_of_files([_folder("harness") / "worker.py"])


@cache
def _folder(package: str) -> Path:
    """Where a package is, without importing it."""
    found = find_spec(package)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def _files(folder: Path) -> Iterator[Path]:
    """Everything in a package but what Python compiled."""
    return (file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix != ".pyc")


def _judging_files(folder: Path) -> Iterator[Path]:
    """The sources of a package, without those that only read verdicts or make environments."""
    for file in _files(folder):
        is_judging = file.relative_to(folder).parts[0] not in ("cli", "report", "environments")
        if file.suffix in (".py", ".toml") and is_judging:
            yield file


def _digest_of_files(files: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        found.update(f"{file.name} {len(content)} ".encode() + content)
    return found.hexdigest()
