"""What one engine answered in all cases of a run, with its exceptions understood as far as that goes."""

from collections.abc import Iterator, Mapping

from harness.checker.inference import Evidence
from harness.checker.judge import Judge
from harness.checker.own_words import Words, refusals
from harness.checker.predict import Predictor
from harness.errors import Unsupported
from harness.profiles import Choice, Profile
from harness.program import Program
from harness.results import Observation, Results, Verdict


class Answers:
    """Puts what it understands into `results` in place of what was recorded there."""

    def __init__(self, results: Results, environment: str, predictor: Predictor) -> None:
        self.results = results
        self.environment = environment
        self._predictor = predictor
        self._unsupported: dict[str, dict[str, str]] = {}
        own = {case: seen for (case, where), seen in results.observations.items() if where == environment}
        words = Words(((results.cases[case].program, seen) for case, seen in own.items()), predictor)
        self.evidence = [self._understood(case, seen, words) for case, seen in own.items()]

    def _understood(self, case: str, observations: dict[str, Observation], words: Words) -> Evidence:
        before = self.results.verdicts[case, self.environment].points
        lacking = {point: judged.sentence for point, judged in before.items() if judged.status == "unsupported"}
        self._unsupported[case] = {**lacking, **refusals(observations)}
        meant = {point: words.understood(seen) for point, seen in observations.items()}
        self.results.observations[case, self.environment] = meant
        program = self.results.cases[case].program
        asked = {point: seen for point, seen in meant.items() if point not in self._unsupported[case]}
        return Evidence(case, program, _up_to_the_first_unknown(program, asked))

    def could_observe(self, case: str, point: str) -> bool:
        """Whether the engine answered there, if only by an exception; not if it said that it does not do this."""
        return point not in self._unsupported[case]

    def judge(self, right: Mapping[str, str]) -> None:
        """Judge every case anew, by the engine's own conventions `right`: options by dimension."""
        chosen = Profile({name: Choice(name, option, "") for name, option in right.items()})
        judge = Judge(self._predictor)
        record = self.results.environments[self.environment]
        for case, unsupported in self._unsupported.items():
            try:
                verdict = judge.verdict(
                    case, self.results.cases[case].program, record, self.observations(case), unsupported, chosen
                )
            except Unsupported:
                continue  # the reference engine cannot run it, and the first verdict says so
            self.results.add(verdict)

    def observations(self, case: str) -> dict[str, Observation]:
        """What was observed in a case, by point."""
        return self.results.observations[case, self.environment]

    @property
    def verdicts(self) -> list[Verdict]:
        """Those on this engine: before `judge` by the reference alone."""
        return [verdict for (_, where), verdict in self.results.verdicts.items() if where == self.environment]

    def not_run(self) -> Iterator[tuple[str, str]]:
        """The reason and the case of everything that could not be asked."""
        for verdict in self.verdicts:
            if verdict.status == "unsupported":
                yield verdict.reason or next(iter(verdict.points.values())).sentence, verdict.case


def _up_to_the_first_unknown(program: Program, observations: dict[str, Observation]) -> dict[str, Observation]:
    """What is seen after an exception that nobody can place is its consequence, and says nothing."""
    telling = {}
    for point in program.points:
        if point in observations:
            if is_unknown(observations[point]):
                break
            telling[point] = observations[point]
    return telling


def is_unknown(seen: Observation) -> bool:
    """Whether it is an exception without a meaning, of which no options say anything."""
    return seen.error is not None and seen.error.category in ("other", "not_an_array")
