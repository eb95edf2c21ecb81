"""Somebody's own engine under pytest: one diagnosis for all items."""

from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from rich.console import Console

from harness import own_engine
from harness.checker.diagnosis import Diagnosis
from harness.checker.predict import Predictor
from harness.cli.diagnosis import tell
from harness.examination import Examinable
from harness.results import Results, Verdict
from harness.runner import Runner
from harness.session import GIBIBYTE, Printed

LIMITS = own_engine.limits(5.0, 4 * GIBIBYTE)


class Engine:
    """An engine, and what is wrong with it. That needs all answers, so the first item that runs asks for all of them.

    Raises `UsageError` or `EnvironmentProblem`, with the line, for a file that cannot be used.
    """

    def __init__(self, file: Path) -> None:
        self._engine = own_engine.own_engine(file)
        self.environment = own_engine.environment(self._engine)
        own_engine.start(self._engine, self.environment, LIMITS)
        self.cases: Sequence[Examinable] = ()
        """Those of all items; set when they are collected."""
        self.diagnosis: Diagnosis | None = None
        self._results: Results | None = None
        self._printed: dict[str, Printed] = {}

    def verdict(self, case: Examinable) -> Verdict:
        if self._results is None:
            self._results = self._examined()
        return self._results.verdicts[case.id, self.environment.name]

    def _examined(self) -> Results:
        results, predictor = Results(), Predictor()
        Runner(
            self.cases,
            [self.environment],
            emit=results.add,
            limits=LIMITS,
            speaks={self.environment.name: self._engine},
            printed=self._printed,
            predictor=predictor,
        ).run()
        self.diagnosis = own_engine.diagnosis_of(self._engine, results, predictor)
        return results

    def explanation(self, verdict: Verdict) -> str:
        """The mistakes that a verdict shows."""
        mistakes = self.diagnosis.mistakes if self.diagnosis else ()
        return "".join(
            f"This is what an engine gives that {found.does}.\nWhat to write instead: {found.instead}\n\n"
            for found in mistakes
            if verdict.case in found.cases
        )

    def summary(self) -> str:
        """The diagnosis as `crossgrad check` prints it; nothing if no item has run."""
        text = StringIO()
        if self.diagnosis is not None:
            tell(self.diagnosis, Console(file=text, soft_wrap=True), self._printed[self.environment.name])
        return text.getvalue()
