"""An alarm: a program in which environments answer what neither the reference nor their profiles explain."""

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


def symptom(predicted: Observation, seen: Observation) -> str:
    """In what way an answer is another one, in few words that are the same for the same cause."""
    if seen.outcome == "raised":
        assert seen.error is not None
        return f"raises {seen.error.type}"
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


def documented(profile: Profile, place: Place, seen: Observation) -> Known | None:
    """What the profile knows of the op that goes wrong: an entry with the same exception, or with other numbers."""
    raised = f"raised {seen.error.type}" if seen.error is not None else None
    for known in profile.known:
        is_exception = known.observed.startswith("raised ")
        if known.op == place.op and (known.observed.startswith(raised) if raised else not is_exception):
            return known
    return None


def sentence(
    predictor: Predictor, program: Program, options: Options, point: str, environment: str, seen: Observation
) -> str:
    """What an environment answers at a point, and what was expected of it."""
    return f"{point} in {environment}: {predictor.compare(program, options, point, seen).sentence}."
