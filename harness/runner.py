"""A run: cases x environments, the environments side by side, records handed out as they become known."""

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import closing
from datetime import UTC, datetime
from types import MappingProxyType

import harness
from harness.adapters import Adapter
from harness.checker import Judge
from harness.checker.predict import Predictor
from harness.environments import Environment, Missing
from harness.errors import Unsupported
from harness.examination import Examinable, Examination, describe
from harness.kept import Kept
from harness.keys import key_of_mistakes
from harness.program import Program
from harness.results import AnyRecord, CaseRecord, Mistake, Run, Verdict
from harness.session import Limits, Printed


class Runner:
    """One run. `emit` gets each record and `finished` the environment's name after each case; calls never overlap.

    `speaks` has the adapters of environments whose framework is none of ours, by the environment's name; `printed`
    takes what each environment has printed. A `predictor` remembers what it predicted from one use to the next; what
    is `kept` of earlier runs is neither run nor judged again.
    """

    def __init__(
        self,
        cases: Sequence[Examinable],
        environments: Sequence[Environment | Missing],
        *,
        emit: Callable[[AnyRecord], None],
        finished: Callable[[str], None] = lambda environment: None,
        limits: Limits = Limits(),  # noqa: B008  frozen
        jobs: int | None = None,
        command: str = "",
        speaks: Mapping[str, Adapter] = MappingProxyType({}),
        printed: dict[str, Printed] | None = None,
        predictor: Predictor | None = None,
        kept: Kept | None = None,
    ) -> None:
        self._cases = cases
        self._environments = environments
        self._emit = emit
        self._finished = finished
        self._limits = limits
        self._jobs = jobs or os.cpu_count() or 1
        self._command = command
        self._speaks = speaks
        self._printed = {} if printed is None else printed
        self._judge = Judge(predictor)
        self._kept = kept
        self._lock = threading.Lock()
        self._stopping = threading.Event()

    def run(self) -> None:
        """Run everything. KeyboardInterrupt stops the workers and is passed on; what was finished has been emitted."""
        started = datetime.now(UTC).isoformat(timespec="seconds")
        self._emit(Run(crossgrad=harness.__version__, started=started, command=self._command))
        for environment in self._environments:
            self._emit(describe(environment))
        for case in self._cases:
            self._emit(self._describe(case))
        with ThreadPoolExecutor(self._jobs) as pool:
            futures = [pool.submit(self._run_in, environment) for environment in self._environments]
            try:
                done, _ = wait(futures, return_when=FIRST_EXCEPTION)
                for future in done:
                    future.result()
            except BaseException:
                self._stopping.set()
                for future in futures:
                    future.cancel()
                raise

    def _describe(self, case: Examinable) -> CaseRecord:
        return CaseRecord(
            id=case.id,
            title=case.title,
            topic=case.topic,
            source=case.source,
            program=case.program,
            mistakes=self._mistakes(case),
        )

    def _mistakes(self, case: Examinable) -> tuple[Mistake, ...]:
        if self._kept is None:
            return self._mistakes_of(case.program)
        key = key_of_mistakes(case.program)
        return self._kept.once(key, tuple[Mistake, ...], lambda: self._mistakes_of(case.program))

    def _mistakes_of(self, program: Program) -> tuple[Mistake, ...]:
        try:
            return self._judge.mistakes(program)
        except Unsupported:
            return ()  # what the reference engine cannot run, it cannot run wrongly either

    def _run_in(self, environment: Environment | Missing) -> None:
        if isinstance(environment, Missing):
            for case in self._cases:
                verdict = Verdict(
                    case=case.id, environment=environment.name, status="missing", reason=environment.reason
                )
                self._publish(environment.name, (verdict,))
            return
        speaks = self._speaks.get(environment.name)
        kept = None if speaks else self._kept
        examination = Examination(environment, self._judge, self._limits, speaks=speaks, stop=self._stopping, kept=kept)
        self._printed[environment.name] = examination.printed
        with examination, closing(examination.of(self._cases)) as answers:
            for records in answers:
                if self._stopping.is_set():
                    return
                self._publish(environment.name, records)

    def _publish(self, environment: str, records: tuple[AnyRecord, ...]) -> None:
        with self._lock:
            for record in records:
                self._emit(record)
            self._finished(environment)
