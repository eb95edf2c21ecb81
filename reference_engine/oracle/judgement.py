"""Whether a reported gradient is right.

Where there is a derivative, it has to be reported. Where there is none but slopes on all sides, any subgradient in
Clarke's sense will do (F. H. Clarke, Optimization and Nonsmooth Analysis, 1983): no step may be steeper, by the
reported gradient, than the function is along it at the point or near it. A direction that contradicts a gradient is
kept as a witness.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from flint import arb
from numpy.typing import NDArray

from reference_engine.oracle.balls import ball_of, power_of_two, text, upper_bound
from reference_engine.oracle.directions import axes, drawn, opposite
from reference_engine.oracle.errors import OutOfReach, Uncertain
from reference_engine.oracle.naming import along
from reference_engine.oracle.rounding import overflows, unit_in_last_place
from reference_engine.oracle.slopes import Direction
from reference_engine.oracle.truth import Range, Truth
from reference_engine.oracle.working import comparing

Mathematics = Literal["exact", "subgradient", "wrong", "no derivative", "undecided", "not applicable"]

NEIGHBOURS = 16
"""Towards so many drawn directions, and to the other side, a point nearby is asked before a step is a witness."""
NEARNESS = power_of_two(-64)
"""Slopes nearby that differ by less than this, relatively, differ because the point does."""
MOST_CLIMBED = 64
"""Of so many coordinates it is asked on which side the function is steeper."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What counts as equal.

    `lower` and `upper`, of the gradient's shape, enclose what a correct implementation may return. They count where
    they enclose the truth too; elsewhere, or without them, a number may be `ulps` units in the last place off.
    """

    ulps: float
    lower: NDArray[Any] | None = None
    upper: NDArray[Any] | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer about one reported gradient."""

    mathematics: Mathematics
    sentence: str = ""
    """What a person can check by hand."""
    truth: str = ""
    """The derivative to 28 digits, or the slopes on either side."""
    ulps: float | None = None
    """Where there is a derivative: how far the worst element is from it, in units in the last place of its dtype."""


def judge(truth: Truth, reported: NDArray[Any], dtype: str, tolerance: Tolerance) -> Judgement:
    """Judge a gradient: an array of floats or complex numbers; `dtype` names its dtype, bfloat16 too."""
    try:
        return _Case(truth, reported, dtype, tolerance).judgement()
    except OutOfReach as error:
        return Judgement("not applicable", f"{_sentence(str(error))}.")
    except Uncertain as error:
        return Judgement("undecided", f"{_sentence(str(error))}.")


@dataclass(frozen=True, slots=True)
class _Contradiction:
    """A direction along which the reported gradient is steeper than the function is here."""

    sentence: str
    is_certain: bool
    """Whether the function is as steep nowhere near by, also where nobody looked."""


class _Case:
    """One gradient before the oracle, as numbers for the real coordinates."""

    def __init__(self, truth: Truth, reported: NDArray[Any], dtype: str, tolerance: Tolerance) -> None:
        self._truth = truth
        self._derivative = truth.derivative
        self._shape = reported.shape
        self._dtype = dtype
        self._tolerance = tolerance
        self._imaginary = bool(np.iscomplexobj(reported) and not truth.slopes.is_complex and np.any(reported.imag))
        self._numbers = self._coordinates(reported)
        self._balls = [ball_of(number) for number in self._numbers]
        self._bounds = self._derived_bounds()

    def judgement(self) -> Judgement:
        if self._shape != self._truth.shape:
            return Judgement("wrong", f"The input has shape {self._truth.shape}, the gradient {self._shape}.")
        if self._imaginary:
            return Judgement("wrong", "The input is real, and the gradient has an imaginary part.")
        with comparing():
            return self._without_derivative() if self._derivative is None else self._against(self._derivative)

    def _coordinates(self, array: NDArray[Any]) -> list[float]:
        """The real coordinates of a gradient: of the plain convention the conjugate."""
        if not self._truth.slopes.is_complex:
            return [float(number) for number in np.real(array).flat]
        sign = -1.0 if self._truth.slopes.question.plain else 1.0
        return [float(part) for number in array.flat for part in (number.real, sign * number.imag)]

    def _derived_bounds(self) -> list[tuple[float, float]] | None:
        """For each coordinate, the enclosure of what a correct implementation may return; None if there is none."""
        if self._tolerance.lower is None or self._tolerance.upper is None:
            return None
        pairs = zip(self._coordinates(self._tolerance.lower), self._coordinates(self._tolerance.upper), strict=True)
        # The conjugate has the bounds of an imaginary part the other way round.
        return [(high, low) if high < low else (low, high) for low, high in pairs]

    # With a derivative

    def _against(self, derivative: Sequence[arb]) -> Judgement:
        units = self._units(derivative)
        distances = [
            self._distance(place, slope, unit)
            for place, (slope, unit) in enumerate(zip(derivative, units, strict=True))
        ]
        ulps = max(distances, default=0.0)
        truth = str(self._truth)
        for place, distance in enumerate(distances):
            if not self._is_right(place, derivative[place], distance):
                direction = axes(len(derivative))[place]
                return Judgement("wrong", self._witness(direction, f"{text(derivative[place])} per unit"), truth, ulps)
        return Judgement("exact", "", truth, ulps)

    def _units(self, derivative: Sequence[arb]) -> list[arb]:
        """For each coordinate one unit in the last place of its element; of one that is 0, of the largest element."""
        sizes = [upper_bound(slope) if not slope.contains(0) else arb(0) for slope in derivative]
        if self._truth.slopes.is_complex:
            sizes = [size for pair in zip(sizes[::2], sizes[1::2], strict=True) for size in [pair[0].max(pair[1])] * 2]
        largest = arb(0)
        for size in sizes:
            largest = largest.max(size)
        return [unit_in_last_place(largest if size.is_zero() else size, self._dtype) for size in sizes]

    def _distance(self, place: int, slope: arb, unit: arb) -> float:
        number = self._numbers[place]
        if not math.isfinite(number):
            fits = math.isinf(number) and overflows(abs(slope), self._dtype) and (slope > 0) == (number > 0)
            return 0.0 if fits else math.inf
        return max(0.0, float((abs(self._balls[place] - slope) / unit).lower()))

    def _is_right(self, place: int, slope: arb, distance: float) -> bool:
        """Whether a number lies in what was derived for a correct implementation, or else is near enough."""
        low, high = self._bounds[place] if self._bounds else (math.nan, math.nan)
        if low <= high and not slope < low and not slope > high:
            return low <= self._numbers[place] <= high
        return distance <= self._tolerance.ulps

    # Without

    def _without_derivative(self) -> Judgement:
        truth = str(self._truth)
        contradictions = list(self._contradictions())
        refuted = next((one for one in contradictions if one.is_certain), None)
        if refuted is not None:
            return Judgement("wrong", refuted.sentence, truth)
        if contradictions:
            return Judgement("undecided", contradictions[0].sentence, truth)
        if self._truth.doubt:
            return Judgement("undecided", f"{_sentence(self._truth.doubt)}.", truth)
        for direction in self._directions():
            sides = self._truth.sides(direction)
            if not sides.are_finite:
                return Judgement("no derivative", f"{self._kink(direction)}.", truth)
        for direction, number in zip(axes(len(self._numbers)), self._numbers, strict=True):
            if not math.isfinite(number):
                sentence = f"{self._kink(direction)}; the reported gradient names no slope, it says {number}."
                return Judgement("no derivative", sentence, truth)
        bent = next((one for one in self._truth.directions if self._truth.sides(one).slope is None), None)
        reason = "There is no derivative: the slopes along lines are not those of one vector"
        reason = self._kink(bent) if bent else reason
        sentence = f"{reason}; no step that was tried contradicts the reported subgradient."
        return Judgement("subgradient", sentence, truth)

    def _directions(self) -> list[Direction]:
        """The simplest first, at last the reported gradient's own."""
        return [*self._truth.directions, *self._own]

    @cached_property
    def _own(self) -> list[Direction]:
        """The reported gradient's direction; none if it has none of its own."""
        finite = [number if math.isfinite(number) else 0.0 for number in self._numbers]
        largest = max(map(abs, finite), default=0.0)
        if not largest or self._truth.is_apart:
            return []
        # Divided by a power of two, which leaves its digits as they are.
        return [tuple(math.ldexp(number, -math.frexp(largest)[1]) for number in finite)]

    def _contradictions(self) -> Iterator[_Contradiction]:
        """Directions along which the reported gradient is steeper than the function, up to the first certain one."""
        for direction in self._directions():
            sides = self._truth.sides(direction)
            touched = [place for place, component in enumerate(direction) if component]
            if not sides.are_finite or not all(math.isfinite(self._numbers[place]) for place in touched):
                continue
            said = sum((ball_of(direction[place]) * self._balls[place] for place in touched), arb(0))
            slack = sum((abs(ball_of(direction[place])) * self._slack(place) for place in touched), arb(0))
            anywhere = sides.range
            for near in self._nearby(direction):
                if _is_within(said, anywhere, slack):
                    break
                slopes = self._truth.sides(direction, near)
                anywhere = _joined(anywhere, slopes.range) if slopes.are_finite else anywhere
            if not _is_within(said, anywhere, slack):
                nearby = "" if _words(anywhere) == _words(sides.range) else ", here or at points near by"
                sentence = self._witness(direction, f"{_words(anywhere)} per unit{nearby}", text(said, 10))
                is_certain = not _is_within(said, anywhere, slack + self._unseen(sides.range, anywhere))
                yield _Contradiction(sentence, is_certain)
                if is_certain:
                    return

    def _unseen(self, here: Range, anywhere: Range) -> arb:
        """How much steeper the function may be at points near by that nobody looked at.

        It is not if it bends one way alone, or nowhere, and for a coordinate apart there are no other points. Where
        kinks of both kinds meet, a sector between them may be missed, and so a step is a witness only by a wide margin.
        """
        nothing = NEARNESS * (upper_bound(anywhere[0]) + upper_bound(anywhere[1]))
        is_steeper_nearby = not all(_is_within(slope, here, nothing) for slope in anywhere)
        if self._truth.is_apart or not (is_steeper_nearby or self._truth.bends_both_ways):
            return arb(0)
        return anywhere[1] - anywhere[0]

    def _nearby(self, direction: Direction) -> Iterator[Direction]:
        """Towards which the points near by lie that are asked how steep the function is along a direction.

        Where it is convex or concave it is no steeper than here. Elsewhere the steepest point may be anywhere around:
        several kinks add up where each lies on its steeper side.
        """
        if self._truth.is_apart:
            yield from (direction, opposite(direction))
            return
        off_the_axes = [one for one in self._truth.directions if all(one)]
        towards = dict.fromkeys([*self._own, direction, *off_the_axes, *drawn(len(direction), NEIGHBOURS)])
        for near in towards:
            yield near
            yield opposite(near)
        yield from self._climbed(direction)

    def _climbed(self, direction: Direction) -> list[Direction]:
        """Where the slope along a direction is least and where it is largest, as far as each coordinate tells alone."""
        places = (self._truth.kinked or range(len(direction)))[:MOST_CLIMBED]
        least, largest = [0.0] * len(direction), [0.0] * len(direction)
        for place in places:
            near = axes(len(direction))[place]
            ahead, behind = self._truth.sides(direction, near), self._truth.sides(direction, opposite(near))
            if ahead.are_finite and behind.are_finite:
                least[place] = 1.0 if ahead.range[0] < behind.range[0] else -1.0
                largest[place] = 1.0 if ahead.range[1] > behind.range[1] else -1.0
        return [tuple(least), tuple(largest)]

    def _slack(self, place: int) -> arb:
        """How far a number may be from the one that was meant: any distance where the bounds hold everything."""
        low, high = self._bounds[place] if self._bounds else (math.nan, math.nan)
        if low <= high and (math.isfinite(high - low) or low == -high):
            return arb(high) - arb(low)
        return arb(self._tolerance.ulps) * unit_in_last_place(abs(self._balls[place]), self._dtype)

    # Words

    def _along(self, direction: Direction) -> str:
        slopes = self._truth.slopes
        return along(direction, slopes.question.variable, slopes.shape, is_complex=slopes.is_complex)

    def _witness(self, direction: Direction, slope: str, said: str | None = None) -> str:
        if said is None:
            (place,) = (place for place, component in enumerate(direction) if component)
            said = repr(self._numbers[place])
        return f"A step along {self._along(direction)} changes f by {slope}; the reported gradient says {said}."

    def _kink(self, direction: Direction) -> str:
        sides = self._truth.sides(direction)
        return (
            f"There is no derivative: along {self._along(direction)} the slope is {sides.behind} on one side and "
            f"{sides.ahead} on the other"
        )


def _is_within(said: arb, slopes: Range, slack: arb) -> bool:
    """Whether a slope may lie between the least and the largest."""
    least, largest = slopes
    return not said < least - slack and not said > largest + slack


def _joined(one: Range, other: Range) -> Range:
    return one[0].min(other[0]), one[1].max(other[1])


def _words(slopes: Range) -> str:
    least, most = (text(slope, 10) for slope in slopes)
    return least if least == most else f"between {least} and {most}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
