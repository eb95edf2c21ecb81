"""Which cases show the difference between two options of a dimension: those whose predictions differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from harness.checker.inference import Witness
from harness.checker.predict import Predictor, differing
from harness.declaration import Case
from harness.errors import Unsupported
from harness.profiles.comparison import sides
from harness.program import Program
from harness.results import Observation
from reference_engine import semantics


class Showcase:
    """A catalogue, asked for the cases that tell options apart. Remembers what it predicted."""

    def __init__(self, cases: Iterable[Case], predictor: Predictor | None = None) -> None:
        self._cases = cases
        self._predictor = predictor or Predictor()

    @cached_property
    def cases(self) -> Sequence[Case]:
        """The smallest first."""
        return sorted(self._cases, key=lambda case: len(case.program.steps))

    def predict(self, program: Program, chosen: Mapping[str, str]) -> dict[str, Observation]:
        """What the options predict, by point; empty for a program that the reference engine cannot run."""
        try:
            return self._predictor.observe(program, differing(chosen))
        except Unsupported:
            return {}

    def points(
        self, program: Program, dimension: str, options: tuple[str, str], rest: Mapping[str, str]
    ) -> tuple[str, ...]:
        """The points at which two options of a dimension differ, the other choices being `rest`."""
        one, other = ({**rest, dimension: option} for option in options)
        try:
            if dimension not in self._predictor.predict(program, differing(one)).consulted:
                return ()
        except Unsupported:
            return ()
        return self.differing(program, one, other)

    def differing(self, program: Program, one: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
        """The points at which two sets of choices predict different answers."""
        first, second = self.predict(program, one), self.predict(program, other)
        return tuple(
            point for point, seen in first.items() if not self._are_same(program, one, point, (seen, second[point]))
        )

    def _are_same(
        self, program: Program, one: Mapping[str, str], point: str, predicted: tuple[Observation, Observation]
    ) -> bool:
        """Whether two predictions, the first by `one`, are one answer; also if both fail without a category."""
        first, second = predicted
        if first.error is not None and second.error is not None and first.error.category == "other":
            return first.error.type == second.error.type
        return self._predictor.compare(program, differing(one), point, second).same

    def witnesses(self, dimension: str, options: tuple[str, str], rest: Mapping[str, str]) -> Iterator[Witness]:
        """The cases in which two options of a dimension differ, the smallest first."""
        for case in self.cases:
            points = self.points(case.program, dimension, options, rest)
            if points:
                yield Witness(case.id, points)

    def of_option(self, dimension: str, option: str) -> list[Witness]:
        """The cases in which an option differs from the default, the smallest first.

        Where every other choice is the default, or, if that hides it, where the other choices are some framework's.
        """
        options = (semantics.DIMENSIONS[dimension].default, option)
        for rest in ({}, *(side.profile.options for side in sides())):
            found = list(self.witnesses(dimension, options, rest))
            if found:
                return found
        return []
