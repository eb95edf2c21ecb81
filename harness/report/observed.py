"""The table of a case: for each observation point, what the environments saw and how it was judged.

Environments that saw the same and were judged the same share a row, so that a difference is seen at a glance.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from harness.program import Observe, Program
from harness.report.links import Reference, reference
from harness.report.marks import MATHEMATICS, STATUS_ORDER, STATUSES, Mark
from harness.report.steps import looked_at
from harness.report.texts import array_text, message_text, type_text
from harness.results import Explanation, Observation, PointVerdict, Results


@dataclass(frozen=True)
class ExplanationView:
    """A named reason for a difference."""

    dimension: str
    option: str
    sentence: str
    reference: Reference | None


@dataclass(frozen=True)
class JudgementView:
    """A point's verdict in words."""

    status: Mark
    mathematics: Mark
    sentence: str
    explanations: tuple[ExplanationView, ...]
    distance: str
    reasoning: str
    """Why it is wrong by mathematics; empty if it is not."""
    truth: str
    """What the derivative is, where the number is wrong."""


@dataclass(frozen=True)
class Row:
    """What some environments observed at one point."""

    who: str
    """The environments' names, or `all environments`."""
    outcome: str
    """`array`, `none`, `raised`, `value`, or `nothing` where there is no observation."""
    value: str
    type: str
    message: str
    warnings: tuple[str, ...]
    compared: str
    """What has to be the same for the value not to differ from the first row's."""
    value_differs: bool
    type_differs: bool
    judgement: JudgementView | None


@dataclass(frozen=True)
class PointView:
    """An observation point with its rows; the first row is the one that the others are compared with."""

    name: str
    looked_at: str
    expected: str
    rows: tuple[Row, ...]


def points(case: str, program: Program, environments: Iterable[str], results: Results) -> tuple[PointView, ...]:
    """Every observation point, in the program's order, over the environments that observed anything."""
    names = list(environments)
    observes = {step.point: step for step in program.steps if isinstance(step, Observe)}
    return tuple(_point(case, point, observes.get(point), names, results) for point in program.points)


def judgement(verdict: PointVerdict) -> JudgementView:
    """A point's verdict in words. What its explanations say is left out of its own sentence."""
    sentence = verdict.sentence
    for given in verdict.explained_by:
        sentence = sentence.replace(given.sentence, "")
    return JudgementView(
        status=STATUSES[verdict.status],
        mathematics=MATHEMATICS[verdict.mathematics],
        sentence=message_text(" ".join(sentence.split())),
        explanations=tuple(map(explanation, verdict.explained_by)),
        distance="" if verdict.ulps is None or verdict.ulps == 0 else f"{verdict.ulps:,.4g} ulp",
        reasoning=message_text(verdict.reasoning) if verdict.mathematics in ("wrong", "undecided") else "",
        truth=message_text(verdict.truth) if verdict.mathematics == "wrong" else "",
    )


def explanation(given: Explanation) -> ExplanationView:
    link = reference(given.reference) if given.reference else None
    return ExplanationView(given.dimension, given.option, given.sentence, link)


def _point(case: str, point: str, step: Observe | None, environments: list[str], results: Results) -> PointView:
    groups: dict[tuple[Observation | None, PointVerdict | None], list[str]] = {}
    for environment in environments:
        observation = results.observations.get((case, environment), {}).get(point)
        verdict = results.verdicts.get((case, environment))
        judged = None if verdict is None else verdict.points.get(point)
        if observation is not None or judged is not None:
            content = None if observation is None else msgspec.structs.replace(observation, environment="")
            groups.setdefault((content, judged), []).append(environment)

    def compared_with(key: tuple[Observation | None, PointVerdict | None]) -> tuple[bool, bool, int, int]:
        """The reference engine's row, else that of the best verdict, else that of most environments."""
        observation, judged = key
        has_reference = any(results.environments[name].framework == "reference" for name in groups[key])
        rank = len(STATUS_ORDER) if judged is None else STATUS_ORDER.index(judged.status)
        return observation is None, not has_reference, rank, -len(groups[key])

    rows: list[Row] = []
    for key in sorted(groups, key=compared_with):
        everywhere = len(groups[key]) == len(results.environments) > 1
        who = "all environments" if everywhere else ", ".join(groups[key])
        rows.append(_row(who, *key, rows[0] if rows else None, attempt=step is None))
    expected = "" if step is None or step.expected is None else array_text(step.expected)
    return PointView(point, "whether it raises" if step is None else looked_at(step), expected, tuple(rows))


def _row(
    who: str,
    observation: Observation | None,
    judged: PointVerdict | None,
    first: Row | None,
    attempt: bool,
) -> Row:
    value, type_, message = _content(observation, attempt)
    compared = _compared(observation)
    return Row(
        who=who,
        outcome="nothing" if observation is None else observation.outcome,
        value=value,
        type=type_,
        message=message,
        warnings=() if observation is None else tuple(
            f"{warning.category}: {message_text(warning.message)}" for warning in observation.warnings
        ),
        compared=compared,
        value_differs=first is not None and observation is not None and compared != first.compared,
        type_differs=first is not None and bool(type_ and first.type) and type_ != first.type,
        judgement=None if judged is None else judgement(judged),
    )  # fmt: skip


def _compared(observation: Observation | None) -> str:
    """Exceptions of one known category are one answer, whatever each framework calls them."""
    if observation is not None and observation.error is not None and observation.error.category != "other":
        return f"raised {observation.error.category}"
    return _content(observation, attempt=False)[0]


def _content(observation: Observation | None, attempt: bool) -> tuple[str, str, str]:
    """Value, type and message. An attempt that yields None did not raise."""
    if observation is None:
        return "not observed", "", ""
    if observation.outcome == "array":
        array = observation.array
        return array_text(array), type_text(array.dtype, array.shape), ""
    if observation.error is not None:
        category = observation.error.category
        kind = f" ({category.replace('_', ' ')})" if category != "other" else ""
        return f"raised {observation.error.type}{kind}", "", message_text(observation.error.message)
    if attempt and observation.outcome == "none":
        return "did not raise", "", ""
    return message_text(str(observation)), "", ""
