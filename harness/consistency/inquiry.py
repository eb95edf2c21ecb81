"""One set of inputs, asked of all functions: where they disagree."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations

import numpy as np

from harness.arrays import Array
from harness.consistency import rounding
from harness.consistency.asked import Asked
from harness.consistency.conventions import between, by_reference
from harness.consistency.differences import (
    Agreement,
    Difference,
    are_equal,
    by_bounds,
    by_measuring,
    is_floating,
    of_integers,
    of_kind,
)
from harness.consistency.expectations import Reference
from harness.consistency.functions import Answer, Function
from harness.results import Observation

_NARROW = {"float16", "bfloat16", "float32", "complex64"}


class Inquiry:
    """What the functions answer to one set of inputs, and how the answers compare. Each answer is asked for once."""

    def __init__(
        self, functions: Sequence[Function], reference: Reference | None, ask: Asked, accept: Collection[str]
    ) -> None:
        self.functions = functions
        self.reference = reference
        self.ask = ask
        self._accept = accept
        self._moved: dict[str, list[Answer]] = {}
        self._wide: dict[tuple[str, str], Inquiry | None] = {}

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """By name; the reference's comes last."""
        everybody: list[Function | Reference] = [*self.functions, *([self.reference] if self.reference else [])]
        return {each.name: each.answers([self.ask])[0] for each in everybody}

    @property
    def are_comparable(self) -> bool:
        """Whether all answered, with the same structure of outputs."""
        answers = self.answers.values()
        return not any(answer.raised for answer in answers) and len({answer.keys for answer in answers}) == 1

    @cached_property
    def differences(self) -> dict[str, list[Difference]]:
        """By point, in order, the pairs that disagree there: each with the reference, or each with each other.

        Where outputs differ in shape or dtype, their gradients are those of different functions, and are not compared.
        """
        of_outputs = self._differences("output")
        if any(difference.index is None for found in of_outputs.values() for difference in found):
            return of_outputs
        return of_outputs | self._differences("gradient")

    def _differences(self, kind: str) -> dict[str, list[Difference]]:
        points = [point for point in next(iter(self.answers.values())).observations if point.startswith(kind)]
        return {point: found for point in points if (found := list(self._at(point)))}

    def _at(self, point: str) -> Iterator[Difference]:
        if self.reference is not None:
            for function in self.functions:
                found = self._from_reference(point, function, self.reference)
                if found is not None:
                    yield found
            return
        for one, other in combinations(self.functions, 2):
            found = self._between(point, one, other)
            if found is not None:
                found = between(found, (one, other), self._seen(point, one, other), self._accept)
            if found is not None:
                yield found

    def _from_reference(self, point: str, function: Function, reference: Reference) -> Difference | None:
        """Its bounds decide where there are any that can; else what is measured."""
        seen, right = self._seen(point, function, reference)
        pair = function.name, reference.name
        expected = reference.expected(self.ask)
        enclosure = None
        if of_kind(point, pair, seen, right) is None and not are_equal(seen, right) and is_floating(right.array):
            enclosure = expected.enclosure(frozenset(), point)
        if enclosure is None or enclosure.is_undecided:
            found = self._between(point, function, reference)
        else:
            found = by_bounds(point, pair, seen.array, right.array, enclosure)
            found = found and replace(found, in_float64=self._in_float64(point, function, reference))
        if found is None:
            return None
        return by_reference(found, expected, function, self.answers[function.name].observations, self._accept)

    def _between(self, point: str, one: Function, other: Function | Reference) -> Difference | None:
        pair = one.name, other.name
        seen = self._seen(point, one, other)
        found = of_kind(point, pair, *seen)
        if found is not None or are_equal(*seen):
            return found
        first, second = (each.array for each in seen)
        if not is_floating(first):
            return of_integers(point, pair, first, second)
        measured = rounding.measured(first, second, list(self._runs(point, one, other)), self._largest(point))
        found = by_measuring(point, pair, first, second, measured)
        if found is None and not measured.is_undecided:
            return None
        wide = self._in_float64(point, one, other)
        if found is None or (wide == "agree" and not measured.is_meaningful):
            return None if wide != "disagree" else self._wide_difference(point, one, other)
        return replace(found, in_float64=wide)

    def _in_float64(self, point: str, one: Function, other: Function | Reference) -> Agreement:
        """Whether the same two agree to the same inputs in float64, which leaves no more doubt about rounding."""
        wide = self._inquiry_in_float64(one, other)
        return "unknown" if wide is None else "disagree" if list(wide._at(point)) else "agree"

    def _wide_difference(self, point: str, one: Function, other: Function | Reference) -> Difference | None:
        wide = self._inquiry_in_float64(one, other)
        found = [] if wide is None else list(wide._at(point))
        return replace(found[0], in_float64="there alone") if found else None

    def _inquiry_in_float64(self, one: Function, other: Function | Reference) -> "Inquiry | None":
        """None if float64 is asked already, or if not both can answer in it."""
        pair = one.name, other.name
        if pair not in self._wide:
            self._wide[pair] = self._made_in_float64(one, other)
        return self._wide[pair]

    def _made_in_float64(self, one: Function, other: Function | Reference) -> "Inquiry | None":
        wide = self.ask.in_float64()
        if wide is None:
            return None
        if isinstance(other, Function):
            inquiry = Inquiry((one, other), None, wide, self._accept)
        else:
            inquiry = Inquiry((one,), other, wide, self._accept)
        seen = [seen for answer in inquiry.answers.values() for seen in answer.observations.values()]
        can = inquiry.are_comparable and not _NARROW.intersection(each.dtype or "" for each in seen)
        return inquiry if can else None

    def _seen(self, point: str, one: Function, other: Function | Reference) -> tuple[Observation, Observation]:
        return self.answers[one.name].observations[point], self.answers[other.name].observations[point]

    def _runs(self, point: str, one: Function, other: Function | Reference) -> Iterator[tuple[Array, Array] | None]:
        """What both gave to moved inputs; None where it is not of the same kind."""
        like = self._seen(point, one, other)[0]
        for answers in zip(self._answers_to_moved(one), self._answers_to_moved(other), strict=True):
            seen = [answer.observations[point] for answer in answers if point in answer.observations]
            fits = [observation.array for observation in seen if of_kind(point, ("", ""), observation, like) is None]
            yield (fits[0], fits[1]) if len(fits) == 2 else None

    def _answers_to_moved(self, function: Function | Reference) -> list[Answer]:
        """What it answers to moved inputs, which are the same for all functions."""
        if function.name not in self._moved:
            cotangents = list(self._cotangents(self.answers[function.name]))
            asks = [rounding.moved(self.ask, cotangents, run) for run in range(rounding.RUNS)]
            self._moved[function.name] = function.answers(asks)
        return self._moved[function.name]

    def _cotangents(self, answer: Answer) -> Iterator[Array]:
        """By which its outputs were weighed; any numbers for integers."""
        observations = answer.observations
        for point, seen in observations.items():
            if point.startswith("cotangent"):
                output = observations[point.replace("cotangent", "output")]
                yield seen.array if seen.outcome == "array" else Array.of(np.zeros(output.array.shape))

    def _largest(self, point: str) -> float:
        """The largest number of all gradients and cotangents, or of all outputs and inputs."""
        kinds = ("gradient", "cotangent") if point.startswith("gradient") else ("output",)
        seen = [
            observation.array
            for answer in self.answers.values()
            for other, observation in answer.observations.items()
            if other.startswith(kinds) and observation.outcome == "array"
        ]
        return rounding.largest(seen if point.startswith("gradient") else [*seen, *self.ask.inputs])
