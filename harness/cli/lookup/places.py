"""The places at which an op is looked at, and what the published atlas says of each: who answers what, who is right."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from harness.adapters import ADAPTERS
from harness.atlas import atlas
from harness.catalogue import catalogue
from harness.cli.lookup.words import wrapped
from harness.declaration import Case
from harness.ops import Op
from harness.plain import plain
from harness.report.marks import MATHEMATICS
from harness.results import Mathematics, PointVerdict, Status, Verdict
from reference_engine.semantics import DIMENSIONS, TOPICS

LONGEST = 300
"""Characters of an answer: more of one is in the report."""


class Answer(NamedTuple):
    """What some environments answer at a point, and how it was judged."""

    text: str
    status: Status
    mathematics: Mathematics
    reasons: tuple[str, ...]
    """The options that explain it; what concerns dtypes alone does not count."""
    truth: str
    """Where the number is wrong, the derivative."""

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to say of it."""
        return self.status == "agree" and self.mathematics not in ("wrong", "undecided")


def paragraphs(op: Op) -> Iterator[str]:
    """A paragraph that says who is asked, then one for each of the op's cases."""
    if atlas().environments:
        asked = ", ".join(f"{name} {one.version}" for name, one in atlas().environments.items())
        yield wrapped(f"Asked are {asked}.", "  ", "  ")
    alike = []
    for case in cases(op):
        answers = list(_answers(op, case))
        if answers or not _is_in_atlas(case):
            yield "\n".join([wrapped(f"{case.id}: {case.title}", "  ", "    "), *answers])
        else:
            alike.append(case.id.removeprefix(f"{op.family}/{op.name}/"))
    if alike:
        yield wrapped(f"All agree, and none is wrong, at {', '.join(alike)}.", "  ", "  ")


@cache
def cases(op: Op) -> tuple[Case, ...]:
    """The op's own cases: FAMILY/OP/PLACE, and those written by hand that are called like it."""
    prefix = f"{op.family}/{op.name}/"
    return tuple(case for case in catalogue() if case.id.startswith(prefix) or case.id.endswith(f"/{op.name}"))


def most_telling(op: Op) -> str | None:
    """The case in which the most environments of the atlas differ; without an atlas the first one."""
    return max((case.id for case in cases(op)), key=_differing, default=None)


def _differing(case: str) -> int:
    return sum(verdict.status not in ("agree", "unsupported") for verdict in _verdicts(case).values())


def _is_in_atlas(case: Case) -> bool:
    """Whether the atlas has this case as it is now."""
    recorded = atlas().cases.get(case.id)
    return recorded is not None and recorded.program == case.program


def _verdicts(case: str) -> dict[str, Verdict]:
    """The verdicts of the atlas by environment."""
    results = atlas()
    found = ((name, results.verdicts.get((case, name))) for name in results.environments)
    return {name: verdict for name, verdict in found if verdict is not None}


def _answers(op: Op, case: Case) -> Iterator[str]:
    """Who answers what, at the points where there is something to say."""
    if not _is_in_atlas(case):
        return
    verdicts = {
        name: verdict
        for name, verdict in _verdicts(case.id).items()
        if op.name not in ADAPTERS[atlas().environments[name].framework].lacks
    }
    for point in case.program.points:
        answers = _by_answer(case.id, point, verdicts)
        if all(answer.is_plain for answer in answers):
            continue
        yield f"    {point}"
        for answer, who in answers.items():
            names = "all" if len(who) == len(verdicts) > 1 else ", ".join(who)
            yield wrapped(f"{answer.text}  in {names}", "      ", "        ")
            yield wrapped(_judged(answer), "        ", "          ")
    for reason, who in _without_answer(verdicts).items():
        yield wrapped(f"{', '.join(who)}: {reason}", "    ", "      ")


def _by_answer(case: str, point: str, verdicts: dict[str, Verdict]) -> dict[Answer, list[str]]:
    """The environments by what they answer, in the order of the atlas; all that agree share the first one's text."""
    found: dict[Answer, list[str]] = {}
    agreed: dict[Mathematics, str] = {}
    for name, verdict in verdicts.items():
        seen, judged = atlas().observations.get((case, name), {}).get(point), verdict.points.get(point)
        if seen is None or judged is None:
            continue
        answer = _answer(_short(str(seen)), judged)
        if answer.status == "agree":
            answer = answer._replace(text=agreed.setdefault(answer.mathematics, answer.text))
        found.setdefault(answer, []).append(name)
    return found


def _answer(text: str, judged: PointVerdict) -> Answer:
    reasons = tuple(
        f"{one.dimension} = {one.option}"
        for one in judged.explained_by
        if one.dimension in DIMENSIONS and DIMENSIONS[one.dimension] not in TOPICS["values"]
    )
    status: Status = "agree" if judged.status == "convention" and not reasons else judged.status
    truth = judged.truth if judged.mathematics == "wrong" else ""
    return Answer(text, status, judged.mathematics, reasons, truth)


def _judged(answer: Answer) -> str:
    """`convention, subgradient: clip_at_bounds = half`."""
    mathematics = f", {answer.mathematics}" if MATHEMATICS[answer.mathematics].glyph else ""
    reasons = f": {', '.join(answer.reasons)}" if answer.reasons else ""
    truth = f"; right is {_short(answer.truth)}" if answer.truth else ""
    return f"{answer.status}{mathematics}{reasons}{truth}"


def _without_answer(verdicts: dict[str, Verdict]) -> dict[str, list[str]]:
    """The environments that observed nothing, by the reason."""
    found: dict[str, list[str]] = {}
    for name, verdict in verdicts.items():
        if verdict.reason:
            found.setdefault(f"{verdict.status}, {_short(verdict.reason)}", []).append(name)
    return found


def _short(text: str) -> str:
    text = " ".join(plain(text).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
