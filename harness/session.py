"""A session: scripts go to a worker process in one environment, observations come back.

Whatever a script does to its process costs that script alone. Scripts travel in batches, two of them under way, because
waking a process for each one costs more than running it. When the worker dies, hangs or outgrows its memory, it is
started again and the scripts that it had not answered are sent one at a time: the guilty one is then alone.
"""

import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from harness.environments import Environment
from harness.errors import EnvironmentProblem
from harness.script import Language, Script, Statement
from harness.worker_process import GIBIBYTE, Failure, Stopped, WorkerProcess

__all__ = ["GIBIBYTE", "Failure", "Limits", "Printed", "Raw", "Session", "Stopped"]

BATCH = 32
START_SECONDS = 120.0
"""A framework's first import reads hundreds of megabytes, perhaps from a cold disk."""
LONGEST_LINE = 200
"""Bytes that are kept of the first line that was printed."""


class Limits(msgspec.Struct, frozen=True):
    """What one script may cost."""

    seconds: float = 60.0
    """Longest time without an answer."""
    memory: int = 4 * GIBIBYTE
    """Largest resident memory of the worker, in bytes."""
    recycle: int = 2 * GIBIBYTE
    """A worker above this, in bytes, is replaced between batches: JAX, for one, keeps all that it has compiled."""
    start: float = START_SECONDS
    """Longest time in seconds until the framework is imported."""


@dataclass
class Printed:
    """What a framework, or somebody's engine, has printed."""

    lines: int = 0
    first: str = ""


Raw = list[dict[str, Any]]
"""Observations as the worker sends them."""


class _Greeting(msgspec.Struct):
    """What the worker says first: whether the framework has started."""

    ready: bool
    error: str = ""


class _Answer(msgspec.Struct):
    """What the worker says about one script."""

    id: int
    observations: Raw


_decode_greeting = msgspec.json.Decoder(_Greeting).decode
_decode_answers = msgspec.json.Decoder(list[_Answer]).decode


class Session:
    """A worker in an environment. Use it as a context manager; `run` may be called again and again.

    Setting `stop`, from any thread, makes `run` raise `Stopped` soon.
    """

    def __init__(
        self,
        environment: Environment,
        language: Language,
        limits: Limits = Limits(),  # noqa: B008  frozen
        *,
        stop: threading.Event | None = None,
    ) -> None:
        self.environment = environment
        self.language = language
        self.limits = limits
        self.restarts = 0
        self.printed = Printed()
        """By the workers that have ended."""
        self._stop = stop or threading.Event()
        self._worker: WorkerProcess | None = None
        self._worker_has_answered = False
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115  closed in __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_worker()
        self._stderr.close()

    def start(self) -> None:
        """Start the worker now. Raises `EnvironmentProblem` if the framework cannot be started."""
        if self._worker is None:
            self._start_worker()

    def run(self, scripts: Iterable[Script]) -> Iterator[Raw | Failure]:
        """One answer for each script, in order. Raises `EnvironmentProblem` if the framework cannot be started."""
        line = _Line(scripts)
        try:
            while line.waiting or line.under_way:
                self._recycle(line)
                worker = self._worker or self._start_worker()
                for batch in line.batches():
                    worker.send({"scripts": batch})
                answers = self._answers(worker, line)
                if isinstance(answers, Failure):
                    # What an earlier script did may strike later; only a worker that knew no other proves the guilt.
                    alone = answers.kind == "timeout" or not self._worker_has_answered
                    self._end_worker()
                    self.restarts += 1
                    if line.failed(alone):
                        yield answers
                    continue
                self._worker_has_answered = True
                for answer in answers:
                    line.under_way.popleft()
                    yield answer.observations
        finally:
            if line.under_way:
                # The caller has left. What is still to come must not be taken for answers to the next call.
                self._end_worker()

    def _recycle(self, line: "_Line") -> None:
        """Replace a worker that has grown: no new batch while it is too large, and a new worker when it has no more."""
        large = self._worker is not None and self._worker.memory() > self.limits.recycle
        line.held = large and bool(line.under_way)
        if large and not line.under_way:
            self._end_worker()

    def _answers(self, worker: WorkerProcess, line: "_Line") -> list[_Answer] | Failure:
        text = worker.next_line(self.limits.seconds, self.limits.memory, self._stop)
        if isinstance(text, Failure):
            return text
        try:
            answers = _decode_answers(text)
        except msgspec.DecodeError as error:
            return Failure("crash", f"the process broke the protocol: {error}")
        if [answer.id for answer in answers] != [number for number, _ in line.under_way][: len(answers)]:
            return Failure("crash", "the process broke the protocol: an answer to another script")
        return answers

    def _start_worker(self) -> WorkerProcess:
        name, framework = self.environment.name, self.environment.framework
        self._stderr.seek(0)
        self._stderr.truncate()
        try:
            worker = self._worker = WorkerProcess(self.environment.python, self._stderr, self.language.path)
        except OSError as error:
            raise EnvironmentProblem(f"{name}: {self.environment.python} cannot be run: {error}") from None
        self._worker_has_answered = False
        worker.send(self._language_and_path())
        problem = self._problem_of_start(worker)
        if problem:
            self._end_worker()
            if self.language.file:
                raise EnvironmentProblem(f"{self.language.file} does not run: {problem}")
            raise EnvironmentProblem(f"{name}: {framework} does not start: {problem}")
        return worker

    def _language_and_path(self) -> dict[str, Any]:
        sent: dict[str, Any] = msgspec.to_builtins(self.language)
        if self.environment.framework == "reference":
            sent["path"] = [str(Path(__file__).parent.parent)]
        return sent

    def _problem_of_start(self, worker: WorkerProcess) -> str:
        """Why the framework has not started; empty if it has."""
        while True:
            text = worker.next_line(self.limits.start, self.limits.memory, self._stop)
            if isinstance(text, Failure):
                return text.reason
            try:
                return _decode_greeting(text).error
            except msgspec.DecodeError:
                # A sitecustomize may print before the worker has put stdout aside.
                continue

    def _end_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()
            for line in worker.printed():
                self.printed.first = self.printed.first or line[:LONGEST_LINE].decode(errors="replace").strip()
                self.printed.lines += 1


class _Line:
    """Who waits, and who is under way; both as (number, script)."""

    def __init__(self, scripts: Iterable[Script]) -> None:
        self.waiting = deque(enumerate(scripts))
        self.under_way: deque[tuple[int, Script]] = deque()
        self.held = False
        """Whether nothing is to be sent now."""
        self._suspects = 0
        """How many at the head of `waiting` were under way when a worker failed: they go one at a time."""

    def batches(self) -> Iterator[list[dict[str, Any]]]:
        """The batches to send now: two under way, or one suspect."""
        if self._suspects:
            if not self.under_way:
                self._suspects -= 1
                yield self._take(1)
            return
        while self.waiting and len(self.under_way) <= BATCH and not self.held:
            yield self._take(BATCH)

    def _take(self, count: int) -> list[dict[str, Any]]:
        taken = [self.waiting.popleft() for _ in range(min(count, len(self.waiting)))]
        self.under_way.extend(taken)
        return [{"id": number, "statements": _short(script), "points": script.points} for number, script in taken]

    def failed(self, alone: bool) -> bool:
        """The worker failed; say whether a script is certainly guilty. It is done with; otherwise all go again."""
        guilty = alone and len(self.under_way) == 1
        if not guilty:
            self._suspects += len(self.under_way)
            self.waiting.extendleft(reversed(self.under_way))
        self.under_way.clear()
        return guilty


def _short(script: Script) -> list[Any]:
    """The statements as they are sent: plain ones as their text alone, which the worker reads in half the time."""
    return [
        statement.text if isinstance(statement, Statement) and not statement.line else statement
        for statement in script.statements
    ]
