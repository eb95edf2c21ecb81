"""The diagnosis of somebody's own engine: which mistakes give exactly its numbers, and what nothing explains."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from harness.checker.answers import Answers, is_unknown
from harness.checker.inference import Decision, Evidence, Inference, Witness, infer
from harness.checker.predict import Predictor, differing
from harness.errors import Unsupported
from harness.profiles.comparison import users
from harness.program import Observe
from harness.results import FAILING, Observation, Results
from reference_engine import semantics
from reference_engine.semantics import Fault


class Row(msgspec.Struct, frozen=True):
    """One observation point."""

    point: str
    yours: str
    right: str
    """What the reference engine gives with the engine's own conventions and without its mistakes."""
    differs: bool


class Shown(msgspec.Struct, frozen=True):
    """A case that shows something."""

    case: str
    title: str
    script: str
    """In the engine's own words."""
    rows: tuple[Row, ...]


class Named(msgspec.Struct, frozen=True):
    """An option, with what to say of it."""

    dimension: str
    option: str
    sentence: str


class Found(msgspec.Struct, frozen=True):
    """A mistake that gives exactly the engine's answers."""

    dimension: str
    option: str
    does: str
    """Goes after "an engine that"."""
    formula: str
    instead: str
    """What to write instead."""
    cases: tuple[str, ...]
    """That show it, the smallest first."""
    smallest: Shown
    alternatives: tuple[Named, ...] = ()
    """What would give the same answers in these cases."""


class Broken(msgspec.Struct, frozen=True):
    """A convention that the engine promises and does not keep."""

    dimension: str
    claimed: str
    found: str
    sentence: str
    """What it does instead."""
    smallest: Shown | None


class Convention(msgspec.Struct, frozen=True):
    """What the engine chose where several answers are legitimate."""

    dimension: str
    option: str
    sentence: str
    as_in: tuple[str, ...]
    """The frameworks that do the same."""
    is_default: bool
    """Whether the reference engine does the same."""


class Group(msgspec.Struct, frozen=True):
    """Cases with the same problem."""

    problem: str
    cases: tuple[str, ...]
    smallest: Shown | None = None


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to say about an engine."""

    engine: str
    agreeing: int
    """Cases in which every answer is right, by the reference or by the engine's own conventions."""
    mistakes: tuple[Found, ...]
    broken: tuple[Broken, ...]
    conventions: tuple[Convention, ...]
    unexplained: tuple[Group, ...]
    """Wrong answers that no set of mistakes gives, by what is wrong with them."""
    raised: tuple[Group, ...]
    """Exceptions where there is an answer, by message and line."""
    failed: tuple[Group, ...]
    """Crashes and time limits."""
    not_run: tuple[Group, ...]
    """What could not be asked, by reason."""

    @property
    def is_fine(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.mistakes or self.broken or self.unexplained or self.raised or self.failed)


def diagnose(
    results: Results,
    environment: str,
    *,
    title: str,
    claims: Mapping[str, str],
    read_at: str,
    predictor: Predictor,
    progress: Callable[[str], None] = lambda step: None,
) -> Diagnosis:
    """What is wrong with an engine, from what it answered; its verdicts in `results` are judged anew on the way.

    `read_at` is the line that says how a gradient is read.
    """
    answers = Answers(results, environment, predictor)
    inference = infer(answers.evidence, predictor, faults=not _is_silent(answers.evidence), progress=progress)
    right = {name: option for name, option in inference.options.items() if _is_acceptable(name, option)}
    progress("judging")
    answers.judge(right)
    telling = _Telling(answers, predictor, right, read_at)
    return Diagnosis(
        engine=title,
        agreeing=sum(verdict.status in ("agree", "convention") for verdict in answers.verdicts),
        mistakes=tuple(telling.mistakes(inference)),
        broken=tuple(telling.broken(inference, claims)),
        conventions=tuple(_conventions(inference)),
        unexplained=tuple(telling.unexplained(inference.unexplained)),
        raised=tuple(telling.raised()),
        failed=_groups((v.reason, v.case) for v in answers.verdicts if v.status in FAILING and not v.points),
        not_run=_groups(answers.not_run()),
    )


def _is_silent(evidence: Iterable[Evidence]) -> bool:
    """Whether no gradient was ever there: then nothing is known of how it would be computed."""
    outcomes = {
        one.observations[step.point].outcome
        for one in evidence
        for step in one.program.steps
        if isinstance(step, Observe) and step.point in one.observations
        if any(quantity.kind == "gradient" for quantity in step.quantities)  # what warned has none
    }
    return "none" in outcomes and "array" not in outcomes


def _is_acceptable(dimension: str, option: str) -> bool:
    return semantics.DIMENSIONS[dimension].options[option].acceptable


class _Telling:
    """Puts what was found into words and examples."""

    def __init__(self, answers: Answers, predictor: Predictor, right: Mapping[str, str], read_at: str) -> None:
        self._answers = answers
        self._predictor = predictor
        self._right = right
        self._read_at = read_at

    def mistakes(self, inference: Inference) -> Iterator[Found]:
        found = [
            self._found(decision)
            for decision in inference.decisions.values()
            if decision.shown_by and not _is_acceptable(decision.dimension, decision.option)
        ]
        yield from sorted(found, key=lambda one: -len(one.cases))

    def _found(self, decision: Decision) -> Found:
        fault = semantics.DIMENSIONS[decision.dimension].options[decision.option]
        assert isinstance(fault, Fault)
        others = [(decision.dimension, option) for option in decision.undecided] + list(decision.instead)
        return Found(
            decision.dimension,
            decision.option,
            fault.does,
            fault.formula,
            fault.instead,
            tuple(witness.case for witness in decision.shown_by),
            self._shown(decision.shown_by[0].case),
            tuple(named(*other) for other in others if other[1] != semantics.DIMENSIONS[other[0]].default),
        )

    def broken(self, inference: Inference, claims: Mapping[str, str]) -> Iterator[Broken]:
        for name, claimed in claims.items():
            decision = inference.decisions.get(name)
            if decision is None or claimed in (decision.option, *decision.undecided) or not decision.asked:
                continue
            witness = decision.ruled_out.get(claimed)
            sentence = semantics.DIMENSIONS[name].options[decision.option].sentence
            shown = self._shown(witness.case, {**self._right, name: claimed}) if witness else None
            yield Broken(name, claimed, decision.option, sentence, shown)

    def unexplained(self, witnesses: Iterable[Witness]) -> Iterator[Group]:
        by_problem: dict[str, list[str]] = {}
        for witness in witnesses:
            problem = self._problem(witness)
            by_problem.setdefault(problem, []).append(witness.case)
        for problem, cases in sorted(by_problem.items(), key=lambda item: -len(item[1])):
            yield self._group(problem, cases)

    def raised(self) -> Iterator[Group]:
        """Exceptions that mean nothing, each with its line."""
        cases: dict[str, list[str]] = {}
        for evidence in self._answers.evidence:
            for point, seen in self._answers.observations(evidence.case).items():
                if is_unknown(seen) and self._answers.could_observe(evidence.case, point):
                    listed = cases.setdefault(self._said(seen), [])
                    if evidence.case not in listed:
                        listed.append(evidence.case)
        for said, listed in sorted(cases.items(), key=lambda item: -len(item[1])):
            yield self._group(said, listed)

    def _group(self, problem: str, cases: Iterable[str]) -> Group:
        ordered = sorted(cases, key=lambda case: len(self._answers.results.cases[case].program.steps))
        return Group(problem, tuple(ordered), self._shown(ordered[0]))

    def _said(self, seen: Observation) -> str:
        assert seen.error is not None
        where = "" if seen.error.where is msgspec.UNSET else f"{seen.error.where}: "
        return f"{where}{seen.error.type}: {seen.error.message.partition(chr(10))[0]}"

    def _problem(self, witness: Witness) -> str:
        seen = self._answers.observations(witness.case)[witness.points[0]]
        right = self._predicted(witness.case, self._right)[witness.points[0]]
        if right.outcome == "raised" and seen.outcome != "raised":
            assert right.error is not None
            return f"an answer where the conventions that fit ask for an exception ({right.error.category})"
        if seen.outcome == "raised":
            return f"an exception: {self._said(seen)}"
        if right.outcome != seen.outcome:
            said = f"{_OUTCOMES[seen.outcome]} where {_OUTCOMES[right.outcome]} is right"
            return f"{said}; gradients are read by {self._read_at}"
        if right.outcome == "array" and right.shape != seen.shape:
            return f"another shape than is right; gradients are read by {self._read_at}"
        if right.outcome == "array" and right.dtype != seen.dtype:
            return "another dtype than is right"
        return "other numbers than are right" if right.outcome == "array" else "another answer than is right"

    def _predicted(self, case: str, options: Mapping[str, str]) -> dict[str, Observation]:
        return self._predictor.observe(self._answers.results.cases[case].program, differing(options))

    def _shown(self, case: str, options: Mapping[str, str] | None = None) -> Shown:
        recorded = self._answers.results.cases[case]
        chosen = differing(self._right if options is None else options)
        rows = []
        try:
            right = self._predictor.observe(recorded.program, chosen)
        except Unsupported:
            right = {}
        for point, seen in self._answers.observations(case).items():
            if point in right and self._answers.could_observe(case, point):
                same = self._predictor.compare(recorded.program, chosen, point, seen).same
                rows.append(Row(point, text(seen), text(right[point]), not same))
        script = self._answers.results.scripts[case, self._answers.environment]
        return Shown(case, recorded.title, script, tuple(rows))


_OUTCOMES = {"array": "a number", "none": "None", "value": "a value", "raised": "an exception"}
_LONGEST = 160
"""Characters of one observation."""


def text(seen: Observation) -> str:
    """An observation on one line, with its dtype where that is not the usual one."""
    if seen.error is not None:
        kind = f" ({seen.error.category.replace('_', ' ')})" if seen.error.category != "other" else ""
        return f"raised {seen.error.type}{kind}"
    said = " ".join(str(seen).split())
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]} ..."
    return f"{said} ({seen.dtype})" if seen.outcome == "array" and seen.dtype != "float64" else said


def named(dimension: str, option: str) -> Named:
    """An option with what an engine does that has it."""
    declared = semantics.DIMENSIONS[dimension].options[option]
    return Named(dimension, option, declared.does if isinstance(declared, Fault) else declared.sentence)


def _conventions(inference: Inference) -> Iterator[Convention]:
    for name, decision in inference.decisions.items():
        dimension = semantics.DIMENSIONS[name]
        option = dimension.options[decision.option]
        if len(dimension.acceptable) > 1 and option.acceptable and decision.asked and not decision.undecided:
            as_in = tuple(side.title for side in users(dimension)[option.name])
            yield Convention(name, option.name, option.sentence, as_in, option.name == dimension.default)


def _groups(problems: Iterable[tuple[str, str]]) -> tuple[Group, ...]:
    """Cases by problem, the most frequent first."""
    listed = list(problems)
    counts = Counter(problem for problem, _ in listed)
    return tuple(
        Group(problem, tuple(case for other, case in listed if other == problem)) for problem, _ in counts.most_common()
    )
