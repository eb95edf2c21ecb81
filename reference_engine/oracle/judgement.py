"""Whether a reported gradient is right.

Where there is a derivative, it has to be reported. Where there is none but slopes on all sides, any subgradient in
Clarke's sense will do (F. H. Clarke, Optimization and Nonsmooth Analysis, 1983): no step may be steeper, by the
reported gradient, than the function is along it at the point or near it. A direction that contradicts a gradient is
kept as a witness.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from flint import arb
from numpy.typing import NDArray

from reference_engine.oracle.balls import ball_of, text, upper_bound
from reference_engine.oracle.directions import axes, opposite
from reference_engine.oracle.errors import OutOfReach, Uncertain
from reference_engine.oracle.naming import along
from reference_engine.oracle.rounding import overflows, unit_in_last_place
from reference_engine.oracle.slopes import Direction
from reference_engine.oracle.truth import Truth
from reference_engine.oracle.working import comparing

Mathematics = Literal["exact", "subgradient", "wrong", "no derivative", "undecided", "not applicable"]

MOST_NEIGHBOURS = 32
"""So many points nearby are asked before a step is a witness."""


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
                return Judgement("wrong", self._witness(direction, text(derivative[place])), truth, ulps)
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
        refuted = next(self._refutations(), None)
        if refuted is not None:
            return Judgement("wrong", refuted, truth)
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
        finite = [number if math.isfinite(number) else 0.0 for number in self._numbers]
        largest = max(map(abs, finite), default=0.0)
        if not largest or len(finite) < 2:
            return self._truth.directions
        # Divided by a power of two, which leaves its digits as they are.
        own = tuple(math.ldexp(number, -math.frexp(largest)[1]) for number in finite)
        return [*self._truth.directions, own]

    def _refutations(self) -> Iterator[str]:
        for direction in self._directions():
            sides = self._truth.sides(direction)
            touched = [place for place, component in enumerate(direction) if component]
            if not sides.are_finite or not all(math.isfinite(self._numbers[place]) for place in touched):
                continue
            said = sum((ball_of(direction[place]) * self._balls[place] for place in touched), arb(0))
            slack = sum((abs(ball_of(direction[place])) * self._slack(place) for place in touched), arb(0))
            ranges = [sides.range]
            if _is_within(said, ranges, slack):
                continue
            ranges += self._ranges_nearby(direction)
            if not _is_within(said, ranges, slack):
                yield self._witness(direction, _words(ranges), text(said, 10))

    def _ranges_nearby(self, direction: Direction) -> Iterator[tuple[arb, arb]]:
        """What the slopes are along a direction at points near by."""
        neighbours = [other for one in self._truth.directions for other in (one, opposite(one))]
        for near in neighbours[:MOST_NEIGHBOURS]:
            sides = self._truth.sides(direction, near)
            if sides.are_finite:
                yield sides.range

    def _slack(self, place: int) -> arb:
        """How far a number may be from the one that was meant."""
        low, high = self._bounds[place] if self._bounds else (math.nan, math.nan)
        if low <= high and math.isfinite(high - low):
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
        step = f"A step along {self._along(direction)} changes f by {slope} per unit"
        return f"{step}; the reported gradient says {said}."

    def _kink(self, direction: Direction) -> str:
        sides = self._truth.sides(direction)
        return (
            f"There is no derivative: along {self._along(direction)} the slope is {sides.behind} on one side and "
            f"{sides.ahead} on the other"
        )


def _is_within(said: arb, ranges: Sequence[tuple[arb, arb]], slack: arb) -> bool:
    """Whether a slope may lie between the least and the largest of all."""
    return not all(said < low - slack for low, _ in ranges) and not all(said > high + slack for _, high in ranges)


def _words(ranges: Sequence[tuple[arb, arb]]) -> str:
    low, high = ranges[0]
    for other_low, other_high in ranges[1:]:
        low, high = low.min(other_low), high.max(other_high)
    least, most = text(low, 10), text(high, 10)
    return least if least == most else f"between {least} and {most}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
