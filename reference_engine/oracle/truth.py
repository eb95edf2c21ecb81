"""What mathematics says about a gradient: whether there is one, and which it is."""

from dataclasses import dataclass
from functools import cached_property

from flint import arb

from reference_engine.oracle.balls import ball_of, text
from reference_engine.oracle.directions import axes, mixed, opposite
from reference_engine.oracle.errors import OutOfReach
from reference_engine.oracle.function import Question
from reference_engine.oracle.separation import acts_apart
from reference_engine.oracle.slope import Slope
from reference_engine.oracle.slopes import Direction, Slopes
from reference_engine.oracle.working import comparing

MOST_COORDINATES = 256
"""Larger inputs are not judged: each coordinate needs two evaluations of the program, and the directions more."""
MOST_WORK = 1_000_000
"""Numbers computed, and computed with, for a step of each coordinate: what takes some twenty seconds."""

Range = tuple[arb, arb]
"""The least and the largest of several slopes."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The slopes of a line through the point: ahead, f'(x; d), and behind, -f'(x; -d)."""

    ahead: Slope
    behind: Slope

    @property
    def are_finite(self) -> bool:
        return self.ahead.kind == "finite" == self.behind.kind

    @property
    def range(self) -> Range:
        """The smaller and the larger one, of finite ones."""
        return self.ahead.number.min(self.behind.number), self.ahead.number.max(self.behind.number)

    @property
    def slope(self) -> arb | None:
        """The derivative along the line, if both sides agree."""
        if not self.are_finite or not self.ahead.number.overlaps(self.behind.number):
            return None
        return self.ahead.number.union(self.behind.number)

    def __str__(self) -> str:
        return str(Slope("finite", self.slope)) if self.slope is not None else f"{self.behind} to {self.ahead}"


class Truth:
    """The derivative that a question asks for, if there is one, and the slopes in any case.

    Everything is found out when it is first asked for. Asking raises `OutOfReach` for a question that is too large, or
    has no answer in real numbers, and `Uncertain` where not even the value at the point is certain.
    """

    def __init__(self, question: Question, known: dict[str, Slope] | None = None) -> None:
        """`known` has slopes from an earlier time, as in `Slopes`; new ones are added there."""
        self.slopes = Slopes(question, known)

    @property
    def shape(self) -> tuple[int, ...]:
        return self.slopes.shape

    def sides(self, direction: Direction, near: Direction | None = None) -> Sides:
        """The slopes ahead and behind, at the point, or a tiny step towards `near` away from it."""
        with comparing():
            behind = self.slopes.along(opposite(direction), near)
            if behind.value is not None:
                behind = Slope(behind.kind, -behind.value)
            return Sides(self.slopes.along(direction, near), behind)

    @cached_property
    def is_apart(self) -> bool:
        """Whether the coordinates act apart for certain, so that the axes tell everything."""
        return self.slopes.coordinates == 1 or (not self.slopes.is_complex and acts_apart(self.slopes.question))

    @cached_property
    def partials(self) -> list[Sides]:
        """For each coordinate."""
        self._check_size()
        return [self.sides(direction) for direction in axes(self.slopes.coordinates)]

    @cached_property
    def kinked(self) -> tuple[int, ...]:
        """The coordinates without a derivative."""
        with comparing():
            return tuple(place for place, sides in enumerate(self.partials) if sides.slope is None)

    @cached_property
    def directions(self) -> list[Direction]:
        """All that are tried, whatever gradient was reported."""
        coordinates = self.slopes.coordinates
        return axes(coordinates) + ([] if self.is_apart else mixed(coordinates, self.kinked))

    @cached_property
    def bends_both_ways(self) -> bool:
        """Whether the function is neither convex nor concave at the point.

        A convex function is along no line steeper behind than ahead, and along no direction steeper than along the axes
        together: f'(x; d) is sublinear in d (R. T. Rockafellar, Convex Analysis, 1970, theorem 23.1).
        """
        with comparing():
            lines = [one for one in zip(self.directions, self._tried, strict=True) if one[1].are_finite]
            sums = [self._along_the_axes(direction) for direction, _ in lines]
            pairs = [(sides, total) for (_, sides), total in zip(lines, sums, strict=True) if total is not None]
            is_convex = not any(
                sides.ahead.number < sides.behind.number or sides.ahead.number > total for sides, total in pairs
            )
            is_concave = not any(
                sides.ahead.number > sides.behind.number or sides.ahead.number < total for sides, total in pairs
            )
            return not is_convex and not is_concave

    def _along_the_axes(self, direction: Direction) -> arb | None:
        """The sum of the slopes of the steps that make up a direction; None if one is not finite."""
        total = arb(0)
        for component, sides in zip(direction, self.partials, strict=True):
            if component and not sides.are_finite:
                return None
            if component:
                total += ball_of(component) * (sides.ahead if component > 0 else sides.behind).number
        return total

    @cached_property
    def doubt(self) -> str:
        """Why it is not known whether there is a derivative; empty if it is."""
        return next((reason for sides in self._tried for reason in _doubts(sides)), "")

    @cached_property
    def derivative(self) -> tuple[arb, ...] | None:
        """For each coordinate, if there is a derivative: the slopes along all directions that are tried agree with it.

        A function that is smooth along the axes alone has none.
        """
        if self.kinked or self.doubt:
            return None
        with comparing():
            found = tuple(slope for sides in self.partials if (slope := sides.slope) is not None)
            for direction, sides in zip(self.directions, self._tried, strict=True):
                parts = [ball_of(one) * slope for one, slope in zip(direction, found, strict=True) if one]
                if sides.slope is None or not sum(parts, arb(0)).overlaps(sides.slope):
                    return None
        return found

    def _check_size(self) -> None:
        coordinates = self.slopes.coordinates
        if coordinates > MOST_COORDINATES:
            raise OutOfReach(f"it has {coordinates} coordinates, and no more than {MOST_COORDINATES} are tried")
        if not self.slopes.known and (work := self.slopes.work) > MOST_WORK:
            raise OutOfReach(f"a step of each coordinate takes {work:,} numbers, and no more than {MOST_WORK:,} are")

    @cached_property
    def _tried(self) -> list[Sides]:
        return [self.sides(direction) for direction in self.directions]

    def __str__(self) -> str:
        """The derivative to 28 digits in the input's shape; where there is none, the slopes on either side."""
        with comparing():
            words = [str(sides) for sides in self.partials]
            if self.slopes.is_complex:
                pairs = zip(self.partials[::2], self.partials[1::2], strict=True)
                words = [self._complex(real, imaginary) for real, imaginary in pairs]
        return _nested(words, self.shape)

    def _complex(self, real: Sides, imaginary: Sides) -> str:
        slopes = real.slope, imaginary.slope
        if slopes[0] is None or slopes[1] is None:
            return f"({real})+({imaginary})j"
        second = text(-slopes[1] if self.slopes.question.plain else slopes[1])
        return f"{text(slopes[0])}{'' if second.startswith('-') else '+'}{second}j"


def _doubts(sides: Sides) -> list[str]:
    return [side.reason for side in (sides.ahead, sides.behind) if side.kind == "undecided"]


def _nested(words: list[str], shape: tuple[int, ...]) -> str:
    if not shape:
        return words[0]
    size = len(words) // shape[0] if shape[0] else 0
    inner = [_nested(words[start : start + size], shape[1:]) for start in range(0, len(words), size)] if size else []
    return f"[{', '.join(inner)}]"
