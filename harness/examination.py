"""The road of a case through one environment: Program, Script, worker, observations, verdict."""

import threading
from collections.abc import Generator, Iterator, Sequence
from types import TracebackType
from typing import Protocol, Self

from harness.adapters import adapter
from harness.checker import Judge
from harness.environments import Environment, Missing
from harness.errors import EnvironmentProblem, Unsupported
from harness.program import Program
from harness.recorded import recorded
from harness.results import AnyRecord, EnvironmentRecord, Observation, ScriptRecord, Status, Verdict
from harness.script import Script
from harness.session import Failure, Limits, Raw, Session


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


class Examination:
    """Examines cases in one environment. Use it as a context manager: it holds a worker process."""

    def __init__(
        self, environment: Environment, judge: Judge, limits: Limits, *, stop: threading.Event | None = None
    ) -> None:
        self.record = describe(environment)
        self._judge = judge
        self._speaks = adapter(environment.framework, environment.flavour)
        self._session = Session(environment, self._speaks.language, limits, stop=stop)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.__exit__(kind, error, trace)

    def of(self, cases: Sequence[Examinable]) -> Generator[tuple[AnyRecord, ...]]:
        """For each case, in order, its records; the last one is the verdict.

        Raises `harness.session.Stopped` soon after `stop` is set.
        """
        said = [self._say(case.program) for case in cases]
        answers = self._run([script for script in said if isinstance(script, Script)])
        for case, script in zip(cases, said, strict=True):
            if isinstance(script, Unsupported):
                yield (self._settled(case, "unsupported", str(script)),)
                continue
            text = ScriptRecord(case=case.id, environment=self.record.name, text=str(script))
            answer = next(answers)
            if isinstance(answer, EnvironmentProblem):
                yield text, self._settled(case, "error", str(answer))
                continue
            if isinstance(answer, Failure):
                yield text, self._settled(case, answer.kind, answer.reason)
                continue
            seen = [recorded(raw, self._speaks, case=case.id, environment=self.record.name) for raw in answer]
            yield text, *seen, self._judged(case, seen, script.unsupported)

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

    def _judged(self, case: Examinable, seen: list[Observation], unsupported: dict[str, str]) -> Verdict:
        by_point = {observation.point: observation for observation in seen}
        try:
            return self._judge.verdict(case.id, case.program, self.record, by_point, unsupported)
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
