"""An alarm: a program in which environments answer what neither the reference nor their profiles explain."""

import re
from collections.abc import Set

import msgspec

from harness.checker.predict import Options, Predictor
from harness.fuzz.localisation import Place
from harness.profiles import Known, Profile
from harness.program import Program
from harness.results import Observation


class Signature(msgspec.Struct, frozen=True, order=True):
    """What alarms of one cause have in common."""

    op: str
    """The first that goes wrong."""
    what: str
    """Its value, its gradient, or how gradients are added up."""
    symptom: str
    environments: tuple[str, ...]
    """Who dissents."""

    def __str__(self) -> str:
        return f"{self.what} of {self.op}: {self.symptom}, in {', '.join(self.environments)}"


class Alarm(msgspec.Struct, frozen=True):
    """One program and who dissents."""

    seed: int
    number: int
    signature: Signature
    program: Program
    sentence: str
    """What one of them answers where, and what was expected."""

    @property
    def size(self) -> tuple[int, int]:
        """By which the simplest of several is found: steps, then bytes of inputs."""
        return len(self.program.steps), sum(len(step.array.data) for step in self.program.inputs.values())


SAID = 48
"""Characters of an exception's message by which the same cause is known again."""


def symptom(predicted: Observation, seen: Observation) -> str:
    """In what way an answer is another one, in few words that are the same for the same cause."""
    if seen.outcome == "raised":
        assert seen.error is not None
        message = re.sub(r"\W*\d+\W*|\s+", " ", seen.error.message)
        return f"raises {seen.error.type}: {message[:SAID].strip()}"
    if predicted.outcome == "raised":
        return "raises nothing"
    if "none" in (predicted.outcome, seen.outcome):
        return "None" if seen.outcome == "none" else "not None"
    if seen.outcome != "array" or predicted.outcome != "array":
        return "another answer"
    if predicted.dtype != seen.dtype:
        return f"{seen.dtype} for {predicted.dtype}"
    if predicted.shape != seen.shape:
        return "another shape"
    return "other numbers"


def documented(profile: Profile, place: Place, ops: Set[str], seen: Observation) -> Known | None:
    """What the profile knows of the op that goes wrong; of an exception, what it knows of any of the program's `ops`.

    An exception in the backward pass ends it, so that one cannot see by the gradients where it came from.
    """
    if seen.error is not None:
        return profile.exception_of(ops, str(seen))
    return next((known for known in profile.known if place.op in known.ops and not known.is_exception), None)


def sentence(
    predictor: Predictor, program: Program, options: Options, point: str, environment: str, seen: Observation
) -> str:
    """What an environment answers at a point, and what was expected of it."""
    return f"{point} in {environment}: {predictor.compare(program, options, point, seen).sentence}."
