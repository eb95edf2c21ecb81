"""Somebody's own engine: the file that describes it, the interpreter that has it, and what is wrong with it."""

import difflib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from harness.adapters import ADAPTERS
from harness.adapters.own import Description, OwnEngine, read
from harness.checker.diagnosis import Diagnosis, diagnose
from harness.checker.predict import Predictor
from harness.environments import Environment, probe, python_path, require_numpy
from harness.errors import UsageError
from harness.results import Results
from harness.session import Limits, Session
from reference_engine import semantics

START_SECONDS = 30.0
"""For importing an engine and what it needs."""


def own_engine(file: Path) -> OwnEngine:
    """The adapter that a file describes. Raises `UsageError`, with the line, for a file that cannot be used."""
    described = read(file)
    if described.name in ADAPTERS:
        raise UsageError(
            f"{file}: {described.name} is the name of a framework that crossgrad knows itself; "
            f"call the file otherwise, for example check_{described.name}.py"
        )
    _check_claims(described)
    return OwnEngine(described)


def environment(engine: OwnEngine, python: str = sys.executable) -> Environment:
    """The engine in an interpreter. Raises `EnvironmentProblem` if that cannot be run or lacks NumPy."""
    path = python_path(python)
    probed = probe(path)
    return Environment(
        name=engine.framework,
        framework=engine.framework,
        flavour="",
        python=path,
        framework_version="",
        python_version=probed.python_version,
        numpy_version=require_numpy(probed),
        platform=probed.platform,
    )


def limits(seconds: float, memory: int) -> Limits:
    """The limits for an engine: it is imported sooner than a framework."""
    return Limits(seconds=seconds, memory=memory, recycle=memory // 2, start=max(seconds, START_SECONDS))


def start(engine: OwnEngine, where: Environment, limits: Limits) -> None:
    """Run the file alone. Raises `EnvironmentProblem`, with the line, if it does not run through."""
    with Session(where, engine.language, limits) as session:
        session.start()


def diagnosis_of(
    engine: OwnEngine, results: Results, predictor: Predictor, progress: Callable[[str], None] = lambda step: None
) -> Diagnosis:
    """What is wrong with an engine whose answers are in `results`; their verdicts are judged anew."""
    described = engine.described
    return diagnose(
        results,
        engine.framework,
        title=described.title,
        claims=described.claims,
        read_at=f"{described.file.name}, line {described.templates['gradient'].line}",
        predictor=predictor,
        progress=progress,
    )


def _check_claims(described: Description) -> None:
    for name, option in described.claims.items():
        dimension = semantics.DIMENSIONS.get(name)
        where = f"{described.file}, line {described.claims_line}: `claims`"
        if dimension is None:
            raise UsageError(
                f"{where} names {name!r}, which is no dimension; {_near(name, list(semantics.DIMENSIONS))}"
            )
        if option not in dimension.acceptable:
            raise UsageError(f"{where}: {name} has no option {option!r}; {_near(option, dimension.acceptable)}")


def _near(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
