"""From Results to what the page shows: every decision about the content of the report is taken here.

The templates only write down these objects. All texts in them are plain; the templates escape.
"""

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from harness.ops import OPS
from harness.report import accuracy_view, curves, graph, observed, scripts, steps
from harness.report.links import Reference, case_anchor, reference
from harness.report.marks import MATHEMATICS, STATUS_ORDER, STATUSES, Mark
from harness.report.plot import Plot
from harness.report.texts import message_text
from harness.results import CaseRecord, EnvironmentRecord, Mistake, Results, Status, Verdict


@dataclass(frozen=True)
class RunView:
    """When which crossgrad was asked for what."""

    crossgrad: str
    started: str
    command: str


@dataclass(frozen=True)
class Cell:
    """A case in an environment, as the matrix shows it."""

    environment: str
    status: Mark
    mathematics: Mark
    reason: str
    """Why it has no observations, or what its worst point says."""
    explanations: tuple[observed.ExplanationView, ...]


@dataclass(frozen=True)
class Failure:
    """Environments in which a case fails in the same way."""

    environments: tuple[str, ...]
    status: Mark
    reason: str
    replay: str
    """The command that runs exactly this again, from the results file that stands beside the report."""


@dataclass(frozen=True)
class CaseView:
    """A case's section."""

    id: str
    name: str
    """The id without its topic, and without the op that it is grouped under."""
    group: str
    """The op, for a case called FAMILY/OP/PLACE; empty for others."""
    anchor: str
    title: str
    source: Reference | None
    cells: tuple[Cell, ...]
    counts: tuple[tuple[Mark, int], ...]
    unobserved: tuple[Cell, ...]
    failures: tuple[Failure, ...]
    steps: tuple[steps.Line, ...]
    graph: dict[str, Any] | None
    scripts: tuple[scripts.ScriptView, ...]
    points: tuple[observed.PointView, ...]
    mistakes: tuple[Mistake, ...]
    plots: tuple[Plot, ...]


@dataclass(frozen=True)
class GroupView:
    """Rows of the matrix that stand together: the places at which one op is looked at."""

    name: str
    """The op; empty for cases that belong to none."""
    anchor: str
    cases: tuple[CaseView, ...]
    counts: tuple[tuple[Mark, int], ...]


@dataclass(frozen=True)
class TopicView:
    """Cases about one thing."""

    name: str
    anchor: str
    """What the fragments of its cases and ops have between the first two slashes."""
    cases: tuple[CaseView, ...]
    groups: tuple[GroupView, ...]
    counts: tuple[tuple[Mark, int], ...]


@dataclass(frozen=True)
class EnvironmentView:
    """A column of the matrix."""

    record: EnvironmentRecord
    counts: tuple[tuple[Mark, int], ...]


@dataclass(frozen=True)
class Summary:
    """The run in one line, and where to look first."""

    verdicts: int
    counts: tuple[tuple[Mark, int], ...]
    failing: int
    wrong: int
    consensus: tuple["ConsensusError", ...]
    first: tuple[CaseView, Failure] | None


@dataclass(frozen=True)
class ConsensusError:
    """A point of a case at which every environment that answers is wrong by mathematics."""

    case: str
    anchor: str
    point: str
    environments: int
    reasoning: str
    """What a person can check by hand, as it is said of the first environment."""


@dataclass(frozen=True)
class ReportView:
    """The whole page."""

    runs: tuple[RunView, ...]
    environments: tuple[EnvironmentView, ...]
    topics: tuple[TopicView, ...]
    summary: Summary
    accuracy: tuple[accuracy_view.DtypeView, ...]
    statuses: tuple[Mark, ...]
    mathematics: tuple[Mark, ...]
    ops: dict[str, str]
    """The fragments of the ops that have a group of their own in the matrix, by name."""
    is_packed: bool
    """Whether the topics are compressed within the page."""


MOST_PLAIN = 300
"""Cases that a page shows as they are; a page of more has its topics compressed, or it would be slow to open."""


def report(results: Results) -> ReportView:
    """What the page shows. A case without a verdict in an environment is `missing`, never left out."""
    environments = sorted(results.environments.values(), key=lambda record: record.framework != "reference")
    names = [record.name for record in environments]
    ordered = _by_topic(results.cases.values())
    cases = [_case(record, names, results) for record in ordered]
    topics = tuple(
        _topic(topic, tuple(case for _, case in group))
        for topic, group in groupby(zip(ordered, cases, strict=True), key=lambda pair: pair[0].topic)
    )
    return ReportView(
        runs=tuple(RunView(run.crossgrad, _moment(run.started), run.command) for run in results.runs),
        environments=tuple(
            EnvironmentView(record, _counts(case.cells[column] for case in cases))
            for column, record in enumerate(environments)
        ),
        topics=topics,
        summary=_summary(cases, tuple(_consensus_errors(ordered, results))),
        accuracy=accuracy_view.views(results),
        statuses=tuple(STATUSES.values()),
        mathematics=tuple(mark for mark in MATHEMATICS.values() if mark.glyph),
        ops={group.name: group.anchor for topic in topics for group in topic.groups if group.name},
        is_packed=len(cases) > MOST_PLAIN,
    )


def _topic(name: str, cases: tuple[CaseView, ...]) -> TopicView:
    anchor = case_anchor(name).removeprefix("case/")
    groups = tuple(
        GroupView(op, f"op/{anchor}/{op}", of_op, _counts(cell for case in of_op for cell in case.cells))
        for op, group in groupby(cases, key=lambda case: case.group)
        if (of_op := tuple(group))
    )
    return TopicView(name, anchor, cases, groups, _counts(cell for case in cases for cell in case.cells))


def _by_topic(cases: Iterable[CaseRecord]) -> list[CaseRecord]:
    """Topics in the order of their first case, cases in their own."""
    topics: dict[str, list[CaseRecord]] = {}
    for case in cases:
        topics.setdefault(case.topic, []).append(case)
    return [case for group in topics.values() for case in group]


def _case(record: CaseRecord, environments: list[str], results: Results) -> CaseView:
    cells = tuple(_cell(record.id, name, results) for name in environments)
    seen = [name for name in environments if results.observations.get((record.id, name))]
    drawn = graph.graph(record.program)
    name = record.id.removeprefix(f"{record.topic}/") or record.id
    group = name.partition("/")[0] if name.partition("/")[0] in OPS else ""
    return CaseView(
        id=record.id,
        name=name.removeprefix(f"{group}/"),
        group=group if group != name else "",
        anchor=case_anchor(record.id),
        title=record.title,
        source=reference(record.source) if record.source else None,
        cells=cells,
        counts=_counts(cells),
        unobserved=tuple(cell for cell in cells if cell.environment not in seen),
        failures=_failures(record.id, cells),
        steps=tuple(map(steps.line, record.program.steps)),
        graph=None if drawn is None else asdict(drawn),
        scripts=scripts.views(
            (name, results.scripts[record.id, name]) for name in environments if (record.id, name) in results.scripts
        ),
        points=observed.points(record.id, record.program, seen, results),
        mistakes=record.mistakes,
        plots=tuple(
            curves.plots(record.program, {name: results.observations[record.id, name] for name in seen})
        ),
    )  # fmt: skip


def _cell(case: str, environment: str, results: Results) -> Cell:
    verdict = results.verdicts.get((case, environment))
    if verdict is None:
        missing = results.environments[environment].missing or "the results hold no verdict"
        verdict = Verdict(case=case, environment=environment, status="missing", reason=missing)
    return Cell(
        environment=environment,
        status=STATUSES[verdict.status],
        mathematics=MATHEMATICS[verdict.mathematics],
        reason=message_text(verdict.reason or _worst_sentence(verdict)),
        explanations=tuple(map(observed.explanation, verdict.explained_by)),
    )


def _failures(case: str, cells: Iterable[Cell]) -> tuple[Failure, ...]:
    alike: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        if cell.status.fails:
            alike.setdefault((cell.status.word, cell.reason), []).append(cell)
    return tuple(
        Failure(
            environments=tuple(cell.environment for cell in group),
            status=group[0].status,
            reason=group[0].reason,
            replay=shlex.join(
                ["crossgrad", "replay", "results.jsonl", case, *(f"--env={cell.environment}" for cell in group)]
            ),
        )
        for group in alike.values()
    )


def _worst_sentence(verdict: Verdict) -> str:
    for point, judged in verdict.points.items():
        if judged.status == verdict.status and judged.sentence:
            return f"{point}: {judged.sentence}"
    return ""


def _consensus_errors(records: Iterable[CaseRecord], results: Results) -> Iterator[ConsensusError]:
    """Where a vote would be won by the wrong answer: at least two frameworks answer, and all are wrong."""
    for record in records:
        for point in record.program.points:
            answers = {
                environment: judged
                for environment in results.environments.values()
                if environment.framework != "reference"
                and (verdict := results.verdicts.get((record.id, environment.name))) is not None
                and (judged := verdict.points.get(point)) is not None
                and judged.mathematics != "not applicable"
            }
            frameworks = {environment.framework for environment in answers}
            if len(frameworks) > 1 and all(judged.mathematics == "wrong" for judged in answers.values()):
                reasoning = message_text(next(iter(answers.values())).reasoning)
                yield ConsensusError(record.id, case_anchor(record.id), point, len(answers), reasoning)


def _summary(cases: list[CaseView], consensus: tuple[ConsensusError, ...]) -> Summary:
    cells = [cell for case in cases for cell in case.cells]
    return Summary(
        verdicts=len(cells),
        counts=_counts(cells),
        failing=sum(cell.status.fails for cell in cells),
        wrong=sum(cell.mathematics is MATHEMATICS["wrong"] for cell in cells),
        consensus=consensus,
        first=next(((case, failure) for case in cases for failure in case.failures), None),
    )


def _counts(cells: Iterable[Cell]) -> tuple[tuple[Mark, int], ...]:
    """How many of each status, the worst first."""
    counter = Counter(cell.status.word for cell in cells)
    worst_first: list[Status] = list(reversed(STATUS_ORDER))
    return tuple((STATUSES[status], counter[status]) for status in worst_first if counter[status])


def _moment(iso: str) -> str:
    """`2026-01-31 12:00 UTC`, or the text as it is if it is no ISO 8601."""
    try:
        return f"{datetime.fromisoformat(iso):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return iso
