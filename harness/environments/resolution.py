"""From what a user asked for (`torch`, `mine=path/to/python`, nothing at all) to interpreters that can be started."""

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from harness import __version__
from harness.environments.creation import create_all
from harness.environments.frameworks import DISTRIBUTIONS
from harness.environments.installations import find
from harness.environments.probing import Probe, probe, python_path, require, require_numpy
from harness.environments.specifications import Specification, catalogue, specification
from harness.errors import EnvironmentProblem, UsageError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Environment(msgspec.Struct, frozen=True, kw_only=True):
    """A framework in an interpreter, ready to be started."""

    name: str
    framework: str
    flavour: str
    python: Path
    framework_version: str
    python_version: str
    numpy_version: str
    platform: str


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A default environment that cannot be started."""

    name: str
    framework: str
    flavour: str
    reason: str


class Given(msgspec.Struct, frozen=True):
    """`NAME=PYTHON`: an interpreter that is the user's own."""

    name: str
    python: Path
    stands_in_for: Specification | None
    """The catalogue's entry of that name, if there is one."""


Request = Specification | Given


def resolve(
    requested: list[str], *, create_missing: bool, report: Callable[[str], None]
) -> list[Environment | Missing]:
    """The environments that the requests stand for, in their order; all default ones if there is no request.

    A request is `NAME`, an environment of the catalogue, or `NAME=PYTHON`. There, if NAME is in the catalogue, PYTHON
    stands in for the interpreter that crossgrad would set up; else NAME is the user's own, for whatever frameworks
    that interpreter holds: `NAME` if it is one, `NAME-torch`, `NAME-jax`, ... if it is several.

    What is not there is created if `create_missing`; `report` gets lines that begin with the environment's name.
    A default environment that cannot be had comes back as `Missing`. For those that were asked for, raises
    `EnvironmentProblem`; `UsageError` for a request that means nothing, or two of one name.
    """
    requests = _read(requested) if requested else [each for each in catalogue().values() if each.default]
    _check_distinct(request.name for request in requests)
    pythons = _pythons(requests, create_missing, report)
    probes = _probe_all({python for python in pythons.values() if isinstance(python, Path)})

    resolved: list[Environment | Missing] = []
    problems = []
    for request in requests:
        try:
            resolved += _environments(request, pythons[request.name], probes)
        except EnvironmentProblem as problem:
            if isinstance(request, Specification) and not requested:
                missing = Missing(
                    name=request.name, framework=request.framework, flavour=request.flavour, reason=str(problem)
                )
                resolved.append(missing)
            else:
                problems.append(str(problem))
    if problems:
        raise EnvironmentProblem("\n".join(problems))
    _check_distinct(each.name for each in resolved)
    return resolved


def _read(requested: list[str]) -> list[Request]:
    """Raises `UsageError` for a request that is neither a known name nor `NAME=PYTHON`."""
    requests: list[Request] = []
    for text in dict.fromkeys(requested):
        name, equals, python = text.partition("=")
        if not _NAME.fullmatch(name) or (equals and not python):
            raise UsageError(
                f"--env {text}: expected NAME or NAME=PYTHON, as in --env torch or --env mine=path/to/python; "
                f"a name is letters, digits, '.', '_' and '-'"
            )
        if not equals:
            requests.append(specification(name))
            continue
        stands_in_for = catalogue().get(name)
        if stands_in_for and stands_in_for.requirements is None:
            raise UsageError(f"--env {text}: {name} always runs in crossgrad's own Python; leave out ={python}")
        requests.append(Given(name, python_path(python), stands_in_for))
    return requests


def _check_distinct(names: Iterable[str]) -> None:
    seen = set()
    for name in names:
        if name in seen:
            raise UsageError(f"two environments would be named {name!r}: give each its own name, --env NAME=PYTHON")
        seen.add(name)


def _pythons(
    requests: Iterable[Request], create_missing: bool, report: Callable[[str], None]
) -> dict[str, Path | EnvironmentProblem]:
    """The interpreter of each request, by name; those that are not there are created if they may be."""
    pythons: dict[str, Path | EnvironmentProblem] = {}
    absent = []
    for request in requests:
        python = request.python if isinstance(request, Given) else find(request)
        if python:
            pythons[request.name] = python
        elif isinstance(request, Specification):
            absent.append(request)
    if create_missing:
        return pythons | create_all(absent, lambda name, step: report(f"{name}: {step}"))
    return pythons | {
        each.name: EnvironmentProblem(f"environment {each.name} is not created yet: crossgrad envs create {each.name}")
        for each in absent
    }


def _probe_all(pythons: set[Path]) -> dict[Path, Probe | EnvironmentProblem]:
    def attempt(python: Path) -> Probe | EnvironmentProblem:
        try:
            return probe(python)
        except EnvironmentProblem as problem:
            return problem

    with ThreadPoolExecutor(max_workers=4) as pool:
        return dict(zip(pythons, pool.map(attempt, pythons), strict=True))


def _environments(
    request: Request, python: Path | EnvironmentProblem, probes: dict[Path, Probe | EnvironmentProblem]
) -> list[Environment]:
    """What a request stands for, given its interpreter and what that holds; raises the problem if there is one."""
    if isinstance(python, EnvironmentProblem):
        raise python
    probed = probes[python]
    if isinstance(probed, EnvironmentProblem):
        raise EnvironmentProblem(f"environment {request.name}: {probed}")
    known = request.stands_in_for if isinstance(request, Given) else request
    if known:
        return [_environment(request.name, known.framework, known.flavour, python, probed)]
    if not probed.frameworks:
        raise EnvironmentProblem(
            f"environment {request.name}: {python} has no framework that crossgrad knows ({', '.join(DISTRIBUTIONS)}): "
            f"install one there, or give the interpreter that has it"
        )
    if len(probed.frameworks) == 1:
        (framework,) = probed.frameworks
        return [_environment(request.name, framework, _flavour(framework), python, probed)]
    return [
        _environment(f"{request.name}-{framework}", framework, _flavour(framework), python, probed)
        for framework in probed.frameworks
    ]


def _environment(name: str, framework: str, flavour: str, python: Path, probed: Probe) -> Environment:
    try:
        return Environment(
            name=name,
            framework=framework,
            flavour=flavour,
            python=python,
            framework_version=__version__ if framework == "reference" else require(probed, framework),
            python_version=probed.python_version,
            numpy_version=require_numpy(probed),
            platform=probed.platform,
        )
    except EnvironmentProblem as problem:
        raise EnvironmentProblem(f"environment {name}: {problem}") from None


def _flavour(framework: str) -> str:
    """The flavour of the catalogue's first entry for the framework."""
    return next((each.flavour for each in catalogue().values() if each.framework == framework), "")
