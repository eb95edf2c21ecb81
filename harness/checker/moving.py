"""What changes for somebody who moves from one framework to another, each change with the case that shows it."""

import msgspec
import numpy as np

from harness.adapters import adapter
from harness.checker.showing import Showcase
from harness.declaration import Case
from harness.errors import Unsupported
from harness.profiles.comparison import Side, comparable
from harness.program import Backward, Grad, Program, SGDStep
from harness.results import Observation
from reference_engine.semantics import Dimension

LONGEST = 12
"""How many elements of an array are printed before it is abbreviated."""


class Shown(msgspec.Struct, frozen=True):
    """A case in which a change is seen, at one of its points."""

    case: str
    point: str
    before: str
    """What the framework that one leaves answers there, by its profile."""
    after: str
    """What the other one answers."""


class Change(msgspec.Struct, frozen=True):
    """A dimension in which the two have different options, or which does not arise in one of them."""

    topic: str
    dimension: Dimension
    before: str | None
    """The option; None where the question does not arise."""
    after: str | None
    shown: Shown | None = None
    """None if no case of the catalogue can be said in both and shows it."""


def changes(before: Side, after: Side, showcase: Showcase) -> list[Change]:
    """Every change, in the order of the dimensions."""
    search = _Search(before, after, showcase)
    found = []
    for topic, dimensions in comparable().items():
        for dimension in dimensions:
            one, other = before.option(dimension.name), after.option(dimension.name)
            if one is not None and other is not None and one != other:
                found.append(Change(topic, dimension, one, other, search.find(dimension.name, (one, other))))
            elif one != other:
                found.append(Change(topic, dimension, one, other))
    return found


class _Search:
    """Finds the case that shows a change."""

    def __init__(self, before: Side, after: Side, showcase: Showcase) -> None:
        self._before = before
        self._after = after
        self._showcase = showcase
        self._said: dict[str, set[str]] = {}

    def find(self, dimension: str, options: tuple[str, str]) -> Shown | None:
        """The smallest case in which this dimension makes the difference for both, or else for the second alone.

        Both have to be able to say the case, and to answer differently there in the end: a difference in one
        dimension may hide behind one in another.
        """
        for_second = None
        for case in self._showcase.cases:
            points = self._points(case, dimension, options, self._after) & self._answered_differently(case)
            if not points:
                continue
            for_both = points & self._points(case, dimension, options, self._before)
            if for_both:
                return self._shown(case, for_both)
            for_second = for_second or self._shown(case, points)
        return for_second

    def _points(self, case: Case, dimension: str, options: tuple[str, str], rest: Side) -> set[str]:
        return {*self._showcase.points(case.program, dimension, options, rest.profile.options)}

    def _answered_differently(self, case: Case) -> set[str]:
        """The points that both can observe, and at which their profiles predict different answers."""
        if case.id not in self._said:
            differing = self._showcase.differing(
                case.program, self._before.profile.options, self._after.profile.options
            )
            observed = _observed(case, self._before) & _observed(case, self._after)
            self._said[case.id] = observed.intersection(differing)
        return self._said[case.id]

    def _shown(self, case: Case, points: set[str]) -> Shown:
        point = next(point for point in case.program.points if point in points)
        before, after = (
            self._showcase.predict(case.program, side.profile.options)[point] for side in (self._before, self._after)
        )
        if point in _attempts(case.program):
            return Shown(case.id, point, *("an exception" if one.error else "no exception" for one in (before, after)))
        both = before.outcome == after.outcome == "array"
        typed = both and (before.dtype, before.shape) != (after.dtype, after.shape)
        return Shown(case.id, point, _answer(before, typed=typed), _answer(after, typed=typed))


def _observed(case: Case, side: Side) -> set[str]:
    """The points that a framework can observe, and whose answer its profile predicts."""
    try:
        script = adapter(side.framework, side.flavour).script(case.program)
    except Unsupported:
        return set()
    return {point for point in script.points if side.profile.known_for(case.id, point) is None}


def _answer(observation: Observation, *, typed: bool) -> str:
    """An answer as a part of a sentence; an array with its dtype and shape where these may be the difference."""
    if observation.outcome == "raised":
        return "an exception"
    if observation.outcome != "array":
        return str(observation)
    array = observation.array
    text = np.array2string(array.numpy(), separator=", ", threshold=LONGEST, edgeitems=2, floatmode="unique")
    line = " ".join(text.split()).replace(" ,", ",").replace(" ]", "]")
    return line + (f" ({array.dtype}, shape {array.shape})" if typed else "")


def _attempts(program: Program) -> set[str | None]:
    """The points that record whether a step raises."""
    return {step.attempt for step in program.steps if isinstance(step, Backward | Grad | SGDStep)}
