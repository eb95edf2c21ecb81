"""The verdict: is it what we expect of this framework, what explains it, and is the number right?"""

import math
from typing import get_args

import msgspec

from harness.checker.choosing import changed, changes, explanations, smallest
from harness.checker.compare import Comparison
from harness.checker.documented import limit, reason, told, with_what_was_left_undone
from harness.checker.mathematics import Answer
from harness.checker.predict import Options, Predictor, differing
from harness.checker.rightness import Rightness
from harness.profiles import Known, Profile, profile
from harness.program import Observe, Program
from harness.results import (
    EnvironmentRecord,
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
        self._rightness = Rightness(self._predictor)

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
        steps = {step.point: step for step in program.steps if isinstance(step, Observe)}
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
            answer = Answer("not applicable")
            if point in steps:
                # What is as the reference, and not as the profile, is judged by the reference's conventions.
                conventions = frozenset() if judged.status == "stale" else options
                answer = self._rightness.answer(program, steps[point], observations, conventions)
            points[point] = _with_mathematics(judged, answer)
        points = with_what_was_left_undone(program, points)
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
        consulted = self._predictor.predict(program).consulted
        found = []
        for dimension in semantics.DIMENSIONS.values():
            for option in dimension.faults if dimension.name in consulted else ():
                made = self._predictor.observe(program, frozenset({(dimension.name, option.name)}))
                wrong = [
                    point
                    for point, seen in made.items()
                    if not self._predictor.compare(program, frozenset(), point, seen).same
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
            blamed = smallest(options, lambda kept: not against(kept).same)
            return PointVerdict(
                "stale",
                explained_by=explanations(blamed, chosen),
                sentence=f"It is as the reference; by the profile {predicted.sentence}.",
                ulps=default.ulps,
            )
        if predicted.same:
            reasons = explanations(smallest(options, lambda kept: against(kept).same), chosen)
            return PointVerdict(
                "convention", explained_by=reasons, sentence=" ".join(r.sentence for r in reasons), ulps=predicted.ulps
            )
        if predicted.undecided is not None:
            sentence = f"By the profile {predicted.sentence}, which is too much to tell."
            if default.undecided is not None:
                return PointVerdict("agree", sentence=sentence, ulps=predicted.ulps)
            reasons = explanations(smallest(options, lambda kept: against(kept).undecided is not None), chosen)
            return PointVerdict("convention", explained_by=reasons, sentence=sentence, ulps=predicted.ulps)
        limited = limit(program, seen, chosen)
        if limited is not None:
            return limited
        sentence = f"By the reference {default.sentence}."
        if predicted.sentence != default.sentence:
            sentence += f" By the profile {predicted.sentence}."
        consulted = self._predictor.predict(program, options).consulted
        found = [change for change in changes(options, consulted) if against(changed(options, change)).same]
        if found:
            sentence += " It is exactly what the reference engine gives with "
            sentence += ", or with ".join(f"{dimension} = {option}" for dimension, option in found) + "."
        sentence += told(program, chosen)
        return PointVerdict("disagree", explained_by=explanations(found, chosen), sentence=sentence, ulps=default.ulps)


def _known(known: Known, seen: Observation, default: Comparison) -> PointVerdict:
    explained = (reason(known),)
    if default.same:
        return PointVerdict(
            "stale", explained_by=explained, sentence="A documented difference is gone: it is as the reference."
        )
    if not known.describes(str(seen)):
        return PointVerdict(
            "stale", explained_by=explained, sentence=f"Documented as {known.observed}, observed {seen}."
        )
    return PointVerdict("known", explained_by=explained, sentence=known.reason)


# A point for which the question has an answer outweighs one for which it has none.
_WORST_MATHEMATICS: tuple[Mathematics, ...] = (
    "not applicable", "undecided", "exact", "subgradient", "no derivative", "wrong",
)  # fmt: skip


def _with_mathematics(judged: PointVerdict, answer: Answer) -> PointVerdict:
    """The judgement of a point with what mathematics says; a distance that is no number is left out."""
    error = answer.ulps if answer.ulps is not None and math.isfinite(answer.ulps) else None
    return msgspec.structs.replace(
        judged, mathematics=answer.mathematics, reasoning=answer.sentence, truth=answer.truth, error_ulps=error
    )
