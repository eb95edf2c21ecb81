"""The verdict: is it what we expect of this framework, what explains it, and is the number right?"""

from collections.abc import Callable, Iterable, Iterator
from typing import get_args

from harness.checker.compare import Comparison, bound, compare, compare_numbers
from harness.checker.predict import Options, Predictor, differing
from harness.profiles import Known, Profile, profile
from harness.program import Grad, Observe, Program
from harness.results import (
    EnvironmentRecord,
    Explanation,
    Mathematics,
    Mistake,
    Observation,
    PointVerdict,
    Status,
    Verdict,
    worst,
)
from reference_engine import semantics


class Judge:
    """Judges observations, one case in one environment at a time."""

    def __init__(self, predictor: Predictor | None = None) -> None:
        self._predictor = predictor or Predictor()

    def verdict(
        self,
        case: str,
        program: Program,
        environment: EnvironmentRecord,
        observations: dict[str, Observation],
        unsupported: dict[str, str],
        chosen: Profile | None = None,
    ) -> Verdict:
        """`observations` by point; `unsupported` has the points that the framework cannot observe, with the reason.

        `chosen` is what is expected of the environment: by default the stored profile of its framework and version.
        """
        if chosen is None:
            chosen = profile(environment.framework, environment.flavour, environment.version)
        options = differing(chosen.options)
        expected = {step.point: step for step in program.steps if isinstance(step, Observe)}
        gradients = {name for step in program.steps if isinstance(step, Grad) for name in step.names}
        points: dict[str, PointVerdict] = {}
        incomparable = self._predictor.unsupported(program)
        for point in program.points:
            if point in unsupported:
                points[point] = PointVerdict("unsupported", sentence=unsupported[point])
                continue
            if point in incomparable:
                sentence = f"There is nothing to compare with: {incomparable[point]}."
                points[point] = PointVerdict("unsupported", sentence=sentence)
                continue
            seen = observations[point]
            judged = self._status(case, program, point, seen, chosen, options)
            mathematics = _mathematics(expected.get(point), gradients, seen, bound(program))
            points[point] = PointVerdict(judged.status, mathematics, judged.explained_by, judged.sentence, judged.ulps)
        observed = [judged for judged in points.values() if judged.status != "unsupported"] or list(points.values())
        explained = dict.fromkeys(reason for judged in points.values() for reason in judged.explained_by)
        return Verdict(
            case=case,
            environment=environment.name,
            status=worst((judged.status for judged in observed), get_args(Status)),
            mathematics=worst((judged.mathematics for judged in observed), _WORST_MATHEMATICS),
            explained_by=tuple(explained),
            points=points,
        )

    def mistakes(self, program: Program) -> tuple[Mistake, ...]:
        """The mistakes among the options that this program brings to light, with the answers they give."""
        right = self._predictor.predict(program)
        found = []
        for dimension in semantics.DIMENSIONS.values():
            for option in dimension.faults if dimension.name in right.consulted else ():
                made = self._predictor.observe(program, frozenset({(dimension.name, option.name)}))
                wrong = [
                    point
                    for point, seen in made.items()
                    if not compare(right.observations[point], None, seen, bound(program)).same
                ]
                if wrong:
                    gives = {point: str(seen) for point, seen in made.items()}
                    found.append(Mistake(dimension.name, option.name, option.sentence, gives, tuple(wrong)))
        return tuple(found)

    def _status(
        self, case: str, program: Program, point: str, seen: Observation, chosen: Profile, options: Options
    ) -> PointVerdict:
        """`options` are those of `chosen` that differ from the default."""

        def against(options: Options) -> Comparison:
            return self._predictor.compare(program, options, point, seen)

        default = against(frozenset())
        known = chosen.known_for(case, point)
        if known is not None:
            return _known(known, seen, default)
        reference = self._predictor.observe(program)[point].error
        if reference is not None and reference.category == "shape_mismatch":
            sentence = f"By the reference the shapes do not fit, so there is nothing to compare: {reference.message}."
            return PointVerdict("disagree", sentence=sentence)
        predicted = against(options)
        if default.same and predicted.same:
            return PointVerdict("agree", ulps=default.ulps)
        if default.same:
            blamed = _smallest(options, lambda kept: not against(kept).same)
            return PointVerdict(
                "stale",
                explained_by=_explanations(blamed, chosen),
                sentence=f"It is as the reference; by the profile {predicted.sentence}.",
                ulps=default.ulps,
            )
        if predicted.same:
            reasons = _explanations(_smallest(options, lambda kept: against(kept).same), chosen)
            return PointVerdict(
                "convention", explained_by=reasons, sentence=" ".join(r.sentence for r in reasons), ulps=predicted.ulps
            )
        sentence = f"By the reference {default.sentence}."
        if predicted.sentence != default.sentence:
            sentence += f" By the profile {predicted.sentence}."
        consulted = self._predictor.predict(program, options).consulted
        found = [change for change in _changes(options, consulted) if against(_changed(options, change)).same]
        if found:
            sentence += " It is exactly what the reference engine gives with "
            sentence += ", or with ".join(f"{dimension} = {option}" for dimension, option in found) + "."
        return PointVerdict("disagree", explained_by=_explanations(found, chosen), sentence=sentence, ulps=default.ulps)


def _smallest(options: Options, holds: Callable[[Options], bool]) -> Options:
    """The options without those that are not needed for `holds`."""
    kept = options
    for option in sorted(options):
        if holds(kept - {option}):
            kept -= {option}
    return kept


def _changes(options: Options, consulted: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every choice of one other option in the dimensions that a prediction consulted."""
    chosen = dict(options)
    for dimension in map(semantics.DIMENSIONS.__getitem__, sorted(consulted)):
        for option in dimension.options:
            if option != chosen.get(dimension.name, dimension.default):
                yield dimension.name, option


def _changed(options: Options, change: tuple[str, str]) -> Options:
    return differing({**dict(options), **dict([change])})


def _known(known: Known, seen: Observation, default: Comparison) -> PointVerdict:
    reason = Explanation("known", known.case, known.reason, known.reference)
    if default.same:
        return PointVerdict(
            "stale", explained_by=(reason,), sentence="A documented difference is gone: it is as the reference."
        )
    if str(seen) != known.observed:
        return PointVerdict(
            "stale", explained_by=(reason,), sentence=f"Documented as {known.observed}, observed {seen}."
        )
    return PointVerdict("known", explained_by=(reason,), sentence=known.reason)


def _explanations(options: Iterable[tuple[str, str]], chosen: Profile) -> tuple[Explanation, ...]:
    """The options in words, with the profile's reference where it is the profile that says so."""
    return tuple(
        Explanation(
            dimension,
            option,
            semantics.DIMENSIONS[dimension].options[option].sentence,
            choice.reference if (choice := chosen.choices.get(dimension)) and choice.option == option else "",
        )
        for dimension, option in sorted(options)
    )


# A point for which the question has an answer outweighs one for which it has none.
_WORST_MATHEMATICS: tuple[Mathematics, ...] = (
    "not applicable", "undecided", "exact", "subgradient", "no derivative", "wrong",
)  # fmt: skip


def _mathematics(step: Observe | None, gradients: set[str], seen: Observation, ulps: float) -> Mathematics:
    """Whether the number is right, where the case gives the value in closed form.

    `gradients` names the values that are themselves gradients.
    """
    if step is None or step.aspect != "content" or seen.outcome != "array":
        return "not applicable"
    if step.expected is None:
        (quantity,) = step.quantities
        is_gradient = quantity.kind == "gradient" or quantity.of in gradients
        return "undecided" if is_gradient else "not applicable"
    if seen.shape != step.expected.shape:
        return "wrong"
    return "exact" if compare_numbers(step.expected.numpy(), seen, ulps).same else "wrong"
