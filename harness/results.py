"""results.jsonl, schema 1: what a run writes and every renderer reads.

One JSON object a line, each with its `kind`. Lines are appended as they become known, so an interrupted run has left
everything that it finished. Whatever a renderer shows comes from here and from nowhere else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Literal, Self, TypeVar

import msgspec

from harness.arrays import Array
from harness.errors import ProgramError, ResultsError
from harness.ops import Dtype
from harness.program import Program

Ranked = TypeVar("Ranked")

Status = Literal[
    "agree", "convention", "known", "unsupported", "missing", "stale", "disagree", "error", "timeout", "crash"
]
"""Is it what we expect of this framework? From the best to the worst."""

Mathematics = Literal["exact", "subgradient", "no derivative", "not applicable", "undecided", "wrong"]
"""Is the number right? From the best to the worst."""

FAILING: frozenset[Status] = frozenset({"disagree", "stale", "crash", "timeout", "error"})
"""A run with one of these exits with 1."""

PASSING_TROUBLE: frozenset[Status] = frozenset({"missing", "error", "timeout", "crash"})
"""With one of these, an environment did not answer; it may another time."""


class Record(msgspec.Struct, frozen=True, tag_field="kind", omit_defaults=True, kw_only=True):
    """One line of results.jsonl."""


class Run(Record, frozen=True, tag="run", kw_only=True):
    """The first line: which crossgrad, when, asked for what."""

    schema: Literal[1] = 1
    crossgrad: str
    started: str
    """ISO 8601, UTC."""
    command: str = ""


class EnvironmentRecord(Record, frozen=True, tag="environment", kw_only=True):
    """A framework in an interpreter."""

    name: str
    framework: str
    flavour: str = ""
    version: str = ""
    python: str = ""
    numpy: str = ""
    platform: str = ""
    missing: str = ""
    """Why it could not be run; empty if it could."""


class Mistake(msgspec.Struct, frozen=True):
    """A well-known mistake, and what an engine that makes it answers."""

    dimension: str
    option: str
    sentence: str
    gives: dict[str, str]
    """The answers, as people read them, by observation point."""
    wrong: tuple[str, ...]
    """The points at which a right engine answers otherwise."""


class CaseRecord(Record, frozen=True, tag="case", kw_only=True):
    """A case and its program."""

    id: str
    title: str
    topic: str
    source: str = ""
    program: Program
    mistakes: tuple[Mistake, ...] = ()
    """The mistakes that this case brings to light."""

    def __post_init__(self) -> None:
        if not self.program.points:
            raise ProgramError(f"case {self.id!r} observes nothing, so there is nothing to compare")


class ScriptRecord(Record, frozen=True, tag="script", kw_only=True):
    """What ran: the case in the framework's own words."""

    case: str
    environment: str
    text: str


class Error(msgspec.Struct, frozen=True):
    """An exception that a framework raised. `category` means the same in every framework."""

    type: str
    message: str
    category: str = "other"
    where: str | msgspec.UnsetType = msgspec.UNSET
    """The line that raised, of somebody's own engine, as in `my_engine.py, line 12, in backward`."""


class Warned(msgspec.Struct, frozen=True):
    """A warning since the observation before."""

    category: str
    message: str


Outcome = Literal["array", "none", "raised", "value"]


class Observation(Record, frozen=True, tag="observation", kw_only=True):
    """What one observation point yielded."""

    case: str
    environment: str
    point: str
    outcome: Outcome
    dtype: Dtype | None = None
    shape: tuple[int, ...] | None = None
    data: bytes | None = None
    """An array's elements in C order, little-endian; base64 in JSON."""
    value: bool | str | None = None
    error: Error | None = None
    warnings: tuple[Warned, ...] = ()

    def __post_init__(self) -> None:
        if self.outcome == "array":
            if self.dtype is None or self.shape is None or self.data is None:
                raise ValueError("an array has dtype, shape and data")
            Array(self.dtype, self.shape, self.data)
        elif self.outcome == "raised" and self.error is None:
            raise ValueError("what raised has an error")
        elif self.outcome == "value" and self.value is None:
            raise ValueError("a value is true, false or a text")

    @property
    def array(self) -> Array:
        """The array of an observation whose outcome is one."""
        assert self.dtype is not None
        assert self.shape is not None
        assert self.data is not None
        return Array(self.dtype, self.shape, self.data)

    def __str__(self) -> str:
        """What a person reads: `[2.0, 1.0]`, `None`, `raised RuntimeError: ...`, `True`."""
        match self.outcome:
            case "array":
                return str(self.array)
            case "raised":
                assert self.error is not None
                return f"raised {self.error.type}: {self.error.message}"
            case "value":
                return str(self.value)
        return "None"


class Explanation(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reason for a difference: the option that a framework chose in a dimension, or a documented entry."""

    dimension: str
    option: str
    sentence: str = ""
    reference: str = ""
    """A link, or repository#number."""


class PointVerdict(msgspec.Struct, frozen=True, omit_defaults=True):
    """The judgement of one observation point."""

    status: Status
    mathematics: Mathematics = "not applicable"
    explained_by: tuple[Explanation, ...] = ()
    sentence: str = ""
    """What a person should know: what was expected and what came instead."""
    ulps: float | None = None
    """Distance from the reference, in units in the last place of the observed dtype."""
    reasoning: str = ""
    """Why mathematics says so: a step that contradicts the gradient, or what keeps the question from an answer."""
    truth: str = ""
    """By the oracle: the derivative to 28 digits, or the slopes on either side where there is none."""
    error_ulps: float | None = None
    """Distance from the derivative, in units in the last place of the observed dtype; None if there is none."""


class Verdict(Record, frozen=True, tag="verdict", kw_only=True):
    """The judgement of a case in an environment: its worst point's, with each point's own under `points`."""

    case: str
    environment: str
    status: Status
    mathematics: Mathematics = "not applicable"
    explained_by: tuple[Explanation, ...] = ()
    reason: str = ""
    """Why nothing was observed: unsupported, missing, crash, timeout, error."""
    points: dict[str, PointVerdict] = {}


AnyRecord = Run | EnvironmentRecord | CaseRecord | ScriptRecord | Observation | Verdict

COMPRESSED = ".xz"
"""A results file of this suffix is compressed; it is read like any other."""

_decoder = msgspec.json.Decoder(AnyRecord)
encode = msgspec.json.Encoder().encode


@dataclass
class Results:
    """Everything that results files say, indexed."""

    runs: list[Run] = field(default_factory=list)
    environments: dict[str, EnvironmentRecord] = field(default_factory=dict)
    cases: dict[str, CaseRecord] = field(default_factory=dict)
    scripts: dict[tuple[str, str], str] = field(default_factory=dict)
    """By case and environment."""
    observations: dict[tuple[str, str], dict[str, Observation]] = field(default_factory=dict)
    """By case and environment, then by point, in order."""
    verdicts: dict[tuple[str, str], Verdict] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[AnyRecord]) -> Self:
        results = cls()
        for record in records:
            results.add(record)
        return results

    @classmethod
    def read(cls, paths: Iterable[Path]) -> Self:
        """Read and merge results files; a folder stands for the `results.jsonl` and `results.jsonl.xz` files below it.

        Raises `ResultsError` with file, line and reason for anything that is not schema 1.
        """
        results = cls()
        for path in paths:
            for file in _files(path):
                results._read_file(file)
        return results

    def add(self, record: AnyRecord) -> None:
        """Take in one record. Raises `ResultsError` if it contradicts or lacks what came before."""
        match record:
            case Run():
                self.runs.append(record)
            case EnvironmentRecord():
                if self.environments.setdefault(record.name, record) != record:
                    raise ResultsError(
                        f"environment {record.name!r} is described twice, differently; "
                        "record one of them under another name (--env NAME=PYTHON)"
                    )
            case CaseRecord():
                if self.cases.setdefault(record.id, record) != record:
                    raise ResultsError(
                        f"case {record.id!r} is described twice, differently: "
                        "the files are of different versions of the case; record the older one again"
                    )
            case ScriptRecord():
                self.scripts[self._key(record)] = record.text
            case Observation():
                self.observations.setdefault(self._key(record), {})[record.point] = record
            case Verdict():
                self.verdicts[self._key(record)] = record

    def _key(self, record: ScriptRecord | Observation | Verdict) -> tuple[str, str]:
        if record.case not in self.cases:
            raise ResultsError(f"there is no case {record.case!r} before this line")
        if record.environment not in self.environments:
            raise ResultsError(f"there is no environment {record.environment!r} before this line")
        return record.case, record.environment

    def _read_file(self, file: Path) -> None:
        number = 0
        try:
            with _opened(file) as lines:
                for number, line in enumerate(lines, 1):
                    try:
                        self.add(_decoder.decode(line))
                    except (msgspec.DecodeError, ResultsError) as error:
                        whole = line.endswith(b"\n")
                        cut = "" if whole else " (the file ends in the middle of this line; delete it to read the rest)"
                        raise ResultsError(f"{file}, line {number}: {error}{cut}") from None
                    except Exception as error:  # a hostile program: ProgramError and its kin
                        raise ResultsError(f"{file}, line {number}: {error}") from None
        except OSError as error:
            raise ResultsError(f"{file} cannot be read: {error.strerror}") from None
        if not number:
            raise ResultsError(f"{file} is empty: nothing was recorded in it")

    @property
    def failing(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts.values() if verdict.status in FAILING]

    @property
    def are_lasting(self) -> bool:
        """Whether every environment answered; what went wrong may go right another time."""
        return not any(verdict.status in PASSING_TROUBLE for verdict in self.verdicts.values())


def _opened(file: Path) -> IO[bytes]:
    if file.suffix != COMPRESSED:
        return file.open("rb")
    lzma = _lzma()
    try:
        return BytesIO(lzma.decompress(file.read_bytes()))
    except lzma.LZMAError as error:
        raise ResultsError(f"{file} is damaged: {error}") from None


def _lzma() -> Any:
    """The module of the standard library, without which some people's Python is built."""
    try:
        return import_module("lzma")
    except ImportError:
        raise ResultsError("this Python is built without lzma, so it neither reads nor writes .xz files") from None


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted([*path.rglob("results.jsonl"), *path.rglob(f"results.jsonl{COMPRESSED}")])
    if not files:
        raise ResultsError(f"there is no results.jsonl in {path} or below it")
    return files


def compressed(file: Path) -> Path:
    """What a results file is called when it is compressed."""
    return file.with_name(file.name + COMPRESSED)


def pack(file: Path) -> Path:
    """Put a compressed file in the place of a results file. Returns its path."""
    packed = compressed(file)
    packed.write_bytes(_lzma().compress(file.read_bytes()))
    file.unlink()
    return packed


def worst(values: Iterable[Ranked], order: tuple[Ranked, ...]) -> Ranked:
    """The one that comes last in `order`."""
    return max(values, key=order.index)


def schema() -> dict[str, Any]:
    """The JSON Schema of one line."""
    return msgspec.json.schema(AnyRecord)


def iterate(results: Results) -> Iterator[AnyRecord]:
    """The records again, in an order that `Results.read` accepts."""
    yield from results.runs
    yield from results.environments.values()
    yield from results.cases.values()
    for (case, environment), text in results.scripts.items():
        yield ScriptRecord(case=case, environment=environment, text=text)
    for observations in results.observations.values():
        yield from observations.values()
    yield from results.verdicts.values()
