"""The road of a case through one environment: Program, Script, worker, observations, verdict."""

import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

import msgspec

from harness.adapters import Adapter, adapter
from harness.checker import Judge
from harness.environments import Environment, Missing
from harness.errors import EnvironmentProblem, Unsupported
from harness.kept import Kept
from harness.keys import key_of_answers, key_of_verdict
from harness.program import Program
from harness.recorded import recorded
from harness.results import AnyRecord, EnvironmentRecord, Observation, ScriptRecord, Status, Verdict
from harness.script import Script
from harness.session import Failure, Limits, Printed, Raw, Session


class Examinable(Protocol):
    """What is needed of a case: one that was declared, or one read back from a results file."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def program(self) -> Program: ...


@dataclass(frozen=True)
class Answer:
    """What an environment answered in one case, before anybody judges it."""

    case: Examinable
    script: ScriptRecord | None = None
    seen: tuple[Observation, ...] = ()
    unsupported: dict[str, str] = field(default_factory=dict)
    """The points that cannot be observed there, with the reason."""
    settled: Verdict | None = None
    """The verdict on a case that gave no observations."""

    @property
    def by_point(self) -> dict[str, Observation]:
        return {observation.point: observation for observation in self.seen}

    @property
    def records(self) -> tuple[AnyRecord, ...]:
        """The script, if there is one, and the observations."""
        return (self.script, *self.seen) if self.script else self.seen


class Examination:
    """Examines cases in one environment. Use it as a context manager: it holds a worker process.

    `speaks` is the adapter, for an engine that is no framework of ours. What is `kept` of earlier runs is neither run
    nor judged again.
    """

    def __init__(
        self,
        environment: Environment,
        judge: Judge,
        limits: Limits,
        *,
        speaks: Adapter | None = None,
        stop: threading.Event | None = None,
        kept: Kept | None = None,
    ) -> None:
        self.record = describe(environment)
        self._environment = environment
        self._judge = judge
        self._kept = kept
        self._speaks = speaks or adapter(environment.framework, environment.flavour)
        self._session = Session(environment, self._speaks.language, limits, stop=stop)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.__exit__(kind, error, trace)

    def start(self) -> None:
        """Start the worker now. Raises `EnvironmentProblem` if the framework cannot be started."""
        self._session.start()

    @property
    def printed(self) -> Printed:
        """What the framework has printed; complete once the examination is over."""
        return self._session.printed

    def of(self, cases: Sequence[Examinable]) -> Generator[tuple[AnyRecord, ...]]:
        """For each case, in order, its records; the last one is the verdict.

        Raises `harness.session.Stopped` soon after `stop` is set.
        """
        with closing(self.answers(cases)) as answers:
            for answer in answers:
                yield *answer.records, answer.settled or self._verdict(answer)

    def answers(self, cases: Sequence[Examinable]) -> Generator[Answer]:
        """For each case, in order, what was observed. Raises as `of` does."""
        said = [self._say(case.program) for case in cases]
        raw = self._raw([script for script in said if isinstance(script, Script)])
        for case, script in zip(cases, said, strict=True):
            if isinstance(script, Unsupported):
                yield Answer(case, settled=self._settled(case, "unsupported", str(script)))
                continue
            text = ScriptRecord(case=case.id, environment=self.record.name, text=str(script))
            match next(raw):
                case EnvironmentProblem() as problem:
                    yield Answer(case, text, settled=self._settled(case, "error", str(problem)))
                case Failure() as failure:
                    yield Answer(case, text, settled=self._settled(case, failure.kind, failure.reason))
                case observed:
                    seen = (recorded(one, self._speaks, case=case.id, environment=self.record.name) for one in observed)
                    yield Answer(case, text, tuple(seen), script.unsupported)

    def _raw(self, scripts: Sequence[Script]) -> Iterator[Raw | Failure | EnvironmentProblem]:
        """What the environment answers to each, now or in an earlier run."""
        if self._kept is None:
            yield from self._run(scripts)
            return
        keys = [key_of_answers(script, self._speaks.language, self._environment) for script in scripts]
        earlier = [None if key is None else self._kept.find(key) for key in keys]
        now = self._run([script for script, found in zip(scripts, earlier, strict=True) if found is None])
        for key, found in zip(keys, earlier, strict=True):
            if found is not None:
                yield msgspec.json.decode(found)
                continue
            answer = next(now)
            if key is not None and isinstance(answer, list):
                self._kept.keep(key, msgspec.json.encode(answer))
            yield answer

    def _run(self, scripts: Sequence[Script]) -> Iterator[Raw | Failure | EnvironmentProblem]:
        """The session's answers; when the framework cannot be started, that is the answer to all that remain."""
        answered = 0
        try:
            for answer in self._session.run(scripts):
                answered += 1
                yield answer
        except EnvironmentProblem as problem:
            yield from [problem] * (len(scripts) - answered)

    def _say(self, program: Program) -> Script | Unsupported:
        try:
            return self._speaks.script(program)
        except Unsupported as reason:
            return reason

    def _verdict(self, answer: Answer) -> Verdict:
        """The verdict on what was observed, by the judge, now or in an earlier run."""
        if self._kept is None:
            return self._judged(answer)
        key = key_of_verdict(answer.case.id, answer.case.program, self._environment, answer.seen)
        return self._kept.once(key, Verdict, lambda: self._judged(answer))

    def _judged(self, answer: Answer) -> Verdict:
        case = answer.case
        try:
            return self._judge.verdict(case.id, case.program, self.record, answer.by_point, answer.unsupported)
        except Unsupported as reason:
            return self._settled(case, "unsupported", f"there is nothing to compare with: {reason}")

    def _settled(self, case: Examinable, status: Status, reason: str) -> Verdict:
        return Verdict(case=case.id, environment=self.record.name, status=status, reason=reason)


def describe(environment: Environment | Missing) -> EnvironmentRecord:
    """The record of an environment."""
    if isinstance(environment, Missing):
        return EnvironmentRecord(
            name=environment.name,
            framework=environment.framework,
            flavour=environment.flavour,
            missing=environment.reason,
        )
    return EnvironmentRecord(
        name=environment.name,
        framework=environment.framework,
        flavour=environment.flavour,
        version=environment.framework_version,
        python=environment.python_version,
        numpy=environment.numpy_version,
        platform=environment.platform,
    )
