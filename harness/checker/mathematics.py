"""Whether an observed gradient is right by mathematics.

`claims` says the derivative of which function an observation claims to be, the oracle of `reference_engine` says what
that derivative is, and whether the reported numbers are it. What the oracle found out is remembered in the process by
question, and in `truths` between runs.
"""

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from harness.checker.claims import NoClaim, claim
from harness.checker.truths import Truths
from harness.program import Program
from harness.results import Mathematics, Observation
from reference_engine.oracle import Question, Tolerance, Truth, judge

_REMEMBERED = 4096


class Answer(msgspec.Struct, frozen=True):
    """What mathematics says about one observation."""

    mathematics: Mathematics
    sentence: str = ""
    """Why: a step that a person can check by hand, or what keeps the question from having an answer."""
    truth: str = ""
    """The derivative to 28 digits in the input's shape, or the slopes on either side where there is none."""
    ulps: float | None = None
    """Where there is a derivative: the worst element's distance from it, in units in the last place of its dtype."""


class Mathematician:
    """Answers the same question once. Not for several threads at a time."""

    def __init__(self, truths: Truths | None = None) -> None:
        """`truths` is where answers are kept between runs; None keeps them in this process alone."""
        self._truths = truths
        self._claims = lru_cache(_REMEMBERED)(_claim)
        self._truth_of: dict[str, Truth] = {}

    def answer(
        self,
        program: Program,
        point: str,
        observations: Mapping[str, Observation],
        options: Mapping[str, str],
        tolerance: Tolerance,
    ) -> Answer:
        """Judge what was observed at a point.

        `observations` are all of the case in that environment, by point; `options` those by which the framework's
        answers are predicted, dimension -> option; `tolerance` what counts as equal.
        """
        seen = observations[point]
        if seen.outcome != "array" or seen.dtype is None:
            return Answer("not applicable", f"It is no number: {_what(seen)}.")
        if not seen.dtype.startswith(("float", "bfloat", "complex")):
            return Answer("not applicable", f"Numbers of {seen.dtype} are no gradient.")
        raised = frozenset(name for name, other in observations.items() if other.outcome == "raised")
        try:
            question = self._claims(program, point, frozenset(options.items()), raised)
            truth = self._truth(question)
            before = len(truth.slopes.known)
            found = judge(truth, seen.array.numpy(), seen.dtype, tolerance)
        except NoClaim as error:
            return Answer("not applicable", str(error))
        truth.slopes.forget()
        if self._truths is not None and len(truth.slopes.known) > before:
            self._truths.save(question.digest, truth.slopes.known)
        return Answer(found.mathematics, found.sentence, found.truth, found.ulps)

    def _truth(self, question: Question) -> Truth:
        if question.digest not in self._truth_of:
            known = self._truths.load(question.digest) if self._truths is not None else None
            if len(self._truth_of) >= _REMEMBERED:
                del self._truth_of[next(iter(self._truth_of))]  # the oldest
            self._truth_of[question.digest] = Truth(question, known)
        return self._truth_of[question.digest]


def _claim(program: Program, point: str, options: frozenset[tuple[str, str]], raised: frozenset[str]) -> Question:
    return claim(program, point, dict(options), raised)


def _what(seen: Observation) -> str:
    return {"none": "there is none", "raised": "it raised", "value": f"it is {seen}"}[seen.outcome]
