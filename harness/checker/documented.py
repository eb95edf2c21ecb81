"""What a profile documents of the ops of a program that is in no catalogue.

An op has its limits wherever it stands: kernels that are not there in a dtype, derivatives that nobody wrote. An
exception says of itself what it is about, so one that is documented of an op is known in every program that has it.
Numbers do not: what is documented of them elsewhere is only told.
"""

from itertools import islice

from msgspec.structs import replace

from harness.profiles import Known, Profile
from harness.program import Backward, Grad, Observe, Program, SGDStep
from harness.results import Explanation, Observation, PointVerdict

MOST_TOLD = 2
"""How many of the documented differences of a program's ops are told where it disagrees."""


def reason(known: Known) -> Explanation:
    """The entry as an explanation."""
    return Explanation("known", known.case, known.reason, known.reference)


def told(program: Program, chosen: Profile) -> str:
    """What is documented of the program's ops elsewhere."""
    known = (entry for entry in chosen.known if not program.ops.isdisjoint(entry.ops))
    return "".join(islice(dict.fromkeys(f" {_said(entry, program)}" for entry in known), MOST_TOLD))


def limit(program: Program, seen: Observation, chosen: Profile) -> PointVerdict | None:
    """The judgement of an exception that is documented of one of the program's ops; None if it is not."""
    known = chosen.exception_of(program.ops, str(seen)) if seen.outcome == "raised" else None
    if known is None:
        return None
    return PointVerdict("known", explained_by=(reason(known),), sentence=_said(known, program))


def with_what_was_left_undone(program: Program, points: dict[str, PointVerdict]) -> dict[str, PointVerdict]:
    """The judgements, where gradients disagree only because a documented exception ended an attempt to compute them."""
    judged = dict(points)
    ended: PointVerdict | None = None
    undone: set[str] = set()
    for step in program.steps:
        if isinstance(step, Backward | Grad | SGDStep) and step.attempt and points[step.attempt].status == "known":
            ended = points[step.attempt]
            undone.update(step.defines)
        elif isinstance(step, Observe) and ended is not None and points[step.point].status == "disagree":
            is_undone = any(one.kind == "gradient" or one.of in undone for one in step.quantities)
            if is_undone:
                judged[step.point] = replace(
                    points[step.point],
                    status="known",
                    explained_by=ended.explained_by,
                    sentence=f"An exception came before. {ended.sentence}",
                )
    return judged


def _said(known: Known, program: Program) -> str:
    return f"Documented of {' and '.join(sorted(known.ops & program.ops))}: {known.reason}"
