"""Programs in environments: which of them raise an alarm, and which op is to blame."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Self

import msgspec
import numpy as np

from harness.checker import Judge
from harness.checker.predict import Predictor, differing
from harness.checker.screening import is_convention, surprises
from harness.environments import Environment
from harness.errors import Unsupported
from harness.examination import Answer, Examination, describe
from harness.fuzz.alarms import Alarm, Signature, documented, sentence, symptom
from harness.fuzz.localisation import Place, Tapped, tapped, verbs
from harness.profiles import Known, Profile, profile
from harness.program import Program
from harness.results import FAILING, CaseRecord, Observation
from harness.session import Limits
from reference_engine import semantics

REFERENCE = "reference"
ORACLE = "mathematics"
"""What is wrong where the oracle contradicts the reference engine."""
OWN = "judgement"
"""What is wrong where crossgrad itself fails."""
AT_POINTS = frozenset(one.name for topic in ("ties", "kinks", "masks", "singular") for one in semantics.TOPICS[topic])
"""The dimensions of what happens at single points, where the chain rule does not hold."""
UNPLACED = "value or gradient"
"""What is wrong where it goes away when one looks at each step."""


class Dissent(msgspec.Struct, frozen=True):
    """One environment's unexpected answer to one program."""

    environment: str
    place: Place
    symptom: str
    sentence: str
    known: Known | None = None
    """What is documented of the op there."""


class Bench:
    """Workers in several environments, kept running. A context manager; for one thread.

    Raises `EnvironmentProblem` as soon as one cannot be started.
    """

    def __init__(self, environments: Sequence[Environment], limits: Limits) -> None:
        self.environments = tuple(environments)
        self._predictor = Predictor()
        self._judge = Judge(self._predictor)
        self._benches = [_InOne(environment, self._judge, self._predictor, limits) for environment in environments]
        self._open = ExitStack()

    def __enter__(self) -> Self:
        for bench in self._benches:
            self._open.enter_context(bench.examination)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def dissents(self, programs: Sequence[Program], counts: dict[str, Counter[str]]) -> list[list[Dissent]]:
        """For each program, who dissents from what is expected; `counts` gets each environment's answers by kind."""
        found: list[list[Dissent]] = [[] for _ in programs]
        for bench in self._benches:
            for number, dissent in bench.dissents(programs, counts.setdefault(bench.name, Counter())):
                found[number].append(dissent)
        return found

    def mistaken(self, program: Program) -> Dissent | None:
        """Where the oracle contradicts a number of the reference engine that no convention decides.

        The chain rule does not hold at kinks, nor where a slope on the way is infinite: what comes of several of them
        need not be a subgradient, or is NaN, although each op's share is right.
        """
        reference = msgspec.structs.replace(self._benches[0].record, framework=REFERENCE, flavour="")
        try:
            observations = self._predictor.observe(program)
            lacking = self._predictor.unsupported(program)
            verdict = self._judge.verdict("", program, reference, observations, lacking, Profile())
        except Unsupported:
            return None
        except Exception as error:
            return _own_mistake(REFERENCE, program, error)
        for point, judged in verdict.points.items():
            if judged.mathematics == "wrong" and not self._is_convention(program, point):
                return Dissent(REFERENCE, Place(_ops(program), ORACLE), "wrong", f"{point}: {judged.reasoning}")
        return None

    def _is_convention(self, program: Program, point: str) -> bool:
        """Whether the gradient holds NaN, or depends on what is chosen at ties, kinks and singular points."""
        predicted = self._predictor.predict(program)
        seen = predicted.observations[point]
        return bool(np.isnan(seen.array.numpy()).any()) or any(
            self._predictor.observe(program, frozenset({(dimension, option)}))[point] != seen
            for dimension in predicted.consulted & AT_POINTS
            for option in semantics.DIMENSIONS[dimension].acceptable[1:]
        )


class _InOne:
    """One environment."""

    def __init__(self, environment: Environment, judge: Judge, predictor: Predictor, limits: Limits) -> None:
        self.name = environment.name
        self.record = describe(environment)
        self.examination = Examination(environment, judge, limits)
        self._profile = profile(environment.framework, environment.flavour, environment.framework_version)
        self._predictor = predictor

    def dissents(self, programs: Sequence[Program], counts: Counter[str]) -> Iterator[tuple[int, Dissent]]:
        """The unexpected answers, by the number of the program."""
        surprised: dict[int, tuple[Answer, tuple[str, ...]]] = {}
        for number, answer in enumerate(self._answers(programs)):
            if answer.settled is not None and answer.settled.status not in FAILING:
                counts[answer.settled.status] += 1
            elif answer.settled is not None:
                counts["alarm"] += 1
                yield number, self._failed(programs[number], answer.settled.status, answer.settled.reason)
            else:
                try:
                    points = self._surprises(programs[number], answer, counts)
                except Exception as error:
                    counts["alarm"] += 1
                    yield number, _own_mistake(self.name, programs[number], error)
                    continue
                if points:
                    surprised[number] = answer, points
        places = self._places([programs[number] for number in surprised])
        for (number, (answer, points)), (place, seen) in zip(surprised.items(), places, strict=True):
            dissent = self._dissent(programs[number], answer, points, place, seen)
            counts["known" if dissent.known else "alarm"] += 1
            yield number, dissent

    def _surprises(self, program: Program, answer: Answer, counts: Counter[str]) -> tuple[str, ...]:
        try:
            found = surprises(self._predictor, program, self._profile, answer.by_point, answer.unsupported)
        except Unsupported:
            counts["unsupported"] += 1
            return ()
        if not found:
            counts["convention" if is_convention(self._predictor, program, self._profile) else "agree"] += 1
        return found

    def _places(self, programs: Sequence[Program]) -> Iterator[tuple[Place | None, Observation | None]]:
        """Where each program goes wrong, with what was seen there; None where taps make the surprise go away."""
        traps = [self._tapped(program) for program in programs]
        answers = iter(self._answers([trap.program for trap in traps if trap]))
        for trap in traps:
            answer = next(answers) if trap else None
            if trap is None or answer is None or answer.settled is not None:
                yield None, None
                continue
            points = surprises(self._predictor, trap.program, self._profile, answer.by_point, answer.unsupported)
            place = trap.blamed(points) if points else None
            yield place, answer.by_point[_first(trap, points)] if points else None

    def _tapped(self, program: Program) -> Tapped | None:
        try:
            return tapped(program, self._predictor)
        except Unsupported:
            return None

    def _dissent(
        self, program: Program, answer: Answer, points: tuple[str, ...], place: Place | None, seen: Observation | None
    ) -> Dissent:
        options, first = differing(self._profile.options), points[0]
        observed = answer.by_point[first]
        predicted = self._predictor.observe(program, options)[first]
        place = place or Place(_ops(program), UNPLACED)
        said = sentence(self._predictor, program, options, first, self.name, observed)
        if observed.outcome == "raised" and place.what != "value":
            place = Place(verbs(program), "exception")
        ended = observed.error is not None
        known = documented(self._profile, place, program.ops, observed if ended else seen or observed)
        return Dissent(self.name, place, symptom(predicted, observed), said, known)

    def _failed(self, program: Program, status: str, reason: str) -> Dissent:
        return Dissent(self.name, Place(_ops(program), "run"), status, f"in {self.name}: {reason}")

    def _answers(self, programs: Sequence[Program]) -> Iterator[Answer]:
        cases = [
            CaseRecord(id=f"fuzz/{number}", title="", topic="fuzz", program=program)
            for number, program in enumerate(programs)
        ]
        return self.examination.answers(cases)


def _first(trap: Tapped, points: tuple[str, ...]) -> str:
    """The point at which a program goes wrong first."""
    wrong = set(points)
    return next((point for point in (*trap.values, *trap.shares) if point in wrong), points[0])


def alarms(seed: int, number: int, program: Program, dissents: Sequence[Dissent]) -> Iterator[Alarm]:
    """One alarm for each cause: environments that go wrong at the same op in the same way share it."""
    causes: dict[tuple[str, str, str], list[Dissent]] = {}
    for dissent in dissents:
        causes.setdefault((dissent.place.op, dissent.place.what, dissent.symptom), []).append(dissent)
    for (op, what, kind), alike in causes.items():
        names = tuple(sorted(dissent.environment for dissent in alike))
        yield Alarm(seed, number, Signature(op, what, kind, names), program, alike[0].sentence)


def _own_mistake(environment: str, program: Program, error: Exception) -> Dissent:
    """A mistake of crossgrad's own is an alarm too, and must not cost the campaign."""
    said = f"judging the answer of {environment} raised {type(error).__name__}: {error}"
    return Dissent(environment, Place(_ops(program), OWN), type(error).__name__, said)


def _ops(program: Program) -> str:
    """The ops of a program of which none alone is to blame: the last ones stand for all."""
    return " and ".join(dict.fromkeys(step.op for step in program.applications.values()))


def by_environment(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Counts as they are written down."""
    return {name: dict(sorted(kinds.items())) for name, kinds in counts.items()}
