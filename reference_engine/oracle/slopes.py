"""One-sided derivatives along directions, from quotients of differences over tiny steps.

A quotient over a step h is the derivative up to a term of the order of h, where there is a derivative. So quotients
over three steps, each a millionth of the one before, tell what is there: they approach a number, they grow without
bound, or neither. What they do not tell at steps of 2^-100 of the smallest number on the way, they are asked at steps
whose logarithm is three times that.
"""

from itertools import count
from typing import NamedTuple

import numpy as np
from flint import acb, arb

from reference_engine.oracle.balls import NOT_A_NUMBER, Ball, Balls, ball_of, is_complex, power_of_two
from reference_engine.oracle.errors import OutOfReach, StepTooLarge, Uncertain
from reference_engine.oracle.evaluation import Evaluation, weighed
from reference_engine.oracle.function import Question
from reference_engine.oracle.slope import Slope, is_precise, settled, unsettled
from reference_engine.oracle.working import comparing

Direction = tuple[float, ...]
"""A component for each real coordinate: the elements in C order, of a complex one first the real part."""

STEP_EXPONENT = 100
"""Steps are 2^-100 of the smallest number on the way (and of 1 over the largest)."""
GAP = 20
"""Each further step is about 2^-20 of the one before."""
FACTORS = 8, 11, 9, 12, 10
"""Eighths by which the steps are multiplied, so that a function that repeats itself at each halving is seen to."""
FINER = 3
"""Where quotients over such steps do not decide, the exponents are multiplied by this."""
CAREFUL = 2
"""So often a step is too large if it leads across a choice; if even smaller ones do, the function jumps."""
LARGEST_EXPONENT = 12_000
"""Steps smaller than 2^-12000 are not taken: nothing nearer to 0 than 2^-1074 is a float."""
SMALLEST_BITS, LARGEST_BITS = 256, 65_536
"""The precision is raised from the first to the second until everything is certain."""


class _Line(NamedTuple):
    """Where steps lead."""

    direction: Direction
    near: Direction | None
    """The point that they start from is a tiny step in this direction away, if there is one."""
    is_careful: bool
    """Whether a step across a choice is too large."""


class Slopes:
    """The one-sided derivatives that a question is about, each computed when it is first asked for."""

    def __init__(self, question: Question, known: dict[str, Slope] | None = None) -> None:
        """`known` has those from an earlier time, by `key_of`; new ones are added there."""
        self.question = question
        self.known = {} if known is None else known
        self._evaluations: dict[tuple[int, int], Evaluation] = {}
        self._first: tuple[int, int] | None = None
        leaf = next((leaf for leaf in question.function.leaves if leaf.name == question.variable), None)
        self._leaf_values = leaf.values if leaf is not None else None

    @property
    def shape(self) -> tuple[int, ...]:
        """That of the variable."""
        return self._values().shape

    @property
    def is_complex(self) -> bool:
        """Whether the variable is, so that each element has two coordinates."""
        if self._leaf_values is not None:
            return self._leaf_values.dtype.kind == "c"
        return is_complex(self._values())

    @property
    def coordinates(self) -> int:
        """How many components a direction has."""
        return int(np.prod(self.shape, dtype=int)) * (2 if self.is_complex else 1)

    def along(self, direction: Direction, near: Direction | None = None) -> Slope:
        """The slope along a direction, at the point, or at a point a tiny step away from it towards `near`."""
        key = key_of(direction, near)
        if key not in self.known:
            with comparing():
                try:
                    self.known[key] = self._slope(direction, near)
                except Uncertain as error:
                    self.known[key] = Slope("undecided", reason=f"{error}, with {LARGEST_BITS} bits")
        return self.known[key]

    @property
    def work(self) -> int:
        """How many numbers are computed, and computed with, for a step of each coordinate."""
        evaluation = self._first_evaluation
        function = self.question.function
        numbers = sum(
            evaluation.values[name].size
            for position in function.following([self.question.variable])
            for name in function.steps[position].names
        )
        return int(self.coordinates ** (1 + function.depth) * (numbers + evaluation.operands))

    def forget(self) -> None:
        """Let go of what was computed on the way to the slopes."""
        self._evaluations.clear()

    def _values(self) -> Balls | np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
        if self._leaf_values is not None:
            return self._leaf_values
        return self._first_evaluation.values[self.question.variable]

    def _slope(self, direction: Direction, near: Direction | None) -> Slope:
        exponent = self._exponent()
        if near is not None:
            exponent *= FINER  # far smaller than the step towards `near`
        undecided, earlier = Slope("undecided", reason="the quotients do not settle"), ""
        for attempt in count():
            if exponent > LARGEST_EXPONENT and attempt >= CAREFUL + 2:
                break
            try:
                slope = self._at(exponent, _Line(direction, near, is_careful=attempt < CAREFUL))
            except StepTooLarge as error:
                slope = Slope("undecided", reason=str(error))
            if slope.kind == "undecided":
                undecided = slope
            elif slope.kind in ("finite", earlier):  # that there is no number has to be seen twice
                return slope
            earlier = slope.kind
            exponent *= FINER
        return undecided

    def _at(self, exponent: int, line: "_Line") -> Slope:
        """What quotients over steps from 2^-exponent downwards say."""
        found = (self._quotient(exponent + GAP * number, factor, line) for number, factor in enumerate(FACTORS))
        three = [next(found), next(found), next(found)]
        return settled(three) or unsettled([*three, *found])

    def _quotient(self, exponent: int, factor: int, line: "_Line") -> arb:
        """(f(x + h d) - f(x)) / h for h = factor/8 2^-exponent, with as many bits as it needs. Raises `Uncertain`."""
        bits, doubt = self._bits(exponent), Uncertain("the difference of two values is not known well enough")
        while bits <= max(LARGEST_BITS, self._bits(exponent)):
            try:
                quotient = self._quotient_with(bits, exponent, factor, line)
                if not quotient.is_finite() or is_precise(quotient):
                    return quotient
            except Uncertain as error:
                doubt = error
            bits *= 2
        raise doubt

    def _quotient_with(self, bits: int, exponent: int, factor: int, line: "_Line") -> arb:
        evaluation = self._evaluation(bits, self._inner(exponent))
        variable = self.question.variable
        with evaluation.entered():
            before, choices = evaluation.values, evaluation.choices
            if line.near is not None:
                start = _step(before[variable], line.near, power_of_two(-self._exponent()))
                changed, choices = evaluation.moved(variable, start, choices if line.is_careful else None)
                before = before | changed
            if not all(ball.is_finite() for ball in _touched(before[variable], line.direction)):
                return NOT_A_NUMBER  # from infinity no step can be taken
            size = arb((factor, -exponent - 3))
            end = _step(before[variable], line.direction, size)
            after, _ = evaluation.moved(variable, end, choices if line.is_careful else None)
            total = arb(0)
            for output, seed in self.question.weights:
                if output in after:
                    weights = evaluation.seed(output, seed, evaluation.values)
                    total += weighed(weights, before[output], after[output], self.question.plain)
            return total / size

    @property
    def _first_evaluation(self) -> Evaluation:
        """One that tells what is at the point, with bits enough for a look."""
        inner = self._inner(STEP_EXPONENT)
        return self._evaluation(SMALLEST_BITS + 4 * inner * FINER**self.question.function.depth, inner)

    def _exponent(self) -> int:
        """Of the first step: small beside every number on the way to the outputs."""
        if self._first is None:
            with_few_bits = self._first_evaluation
            self._first = with_few_bits.exponents()
        smallest, largest = self._first
        return min(STEP_EXPONENT + max(0, -smallest) + max(0, largest), LARGEST_EXPONENT)

    def _inner(self, exponent: int) -> int:
        """The exponent for gradients inside the function: of steps far smaller than those outside."""
        return FINER * exponent if self.question.function.depth else 0

    def _bits(self, exponent: int) -> int:
        """What a difference over a step needs at least, rounded up so that evaluations can be shared."""
        needed = 2 * exponent + 64 + 2 * self._inner(exponent) * FINER**self.question.function.depth
        bits = SMALLEST_BITS
        while bits < needed:
            bits *= 2
        return bits

    def _evaluation(self, bits: int, inner: int) -> Evaluation:
        """The function with so many bits, or with as many more as its choices at the point need."""
        key = bits, inner
        if key not in self._evaluations:
            try:
                self._evaluations[key] = Evaluation(self.question.function, bits, inner)
            except Uncertain:
                if bits >= LARGEST_BITS:
                    raise
                self._evaluations[key] = self._evaluation(2 * bits, inner)
            except (IndexError, TypeError, ValueError) as error:
                raise OutOfReach(f"the program cannot be computed: {error}") from None
        return self._evaluations[key]


def key_of(direction: Direction, near: Direction | None = None) -> str:
    """A name for a slope that is the same on every machine."""
    words = [float(component).hex() for component in direction]
    return " ".join([*words, "|", *(float(component).hex() for component in near or ())])


def _touched(values: Balls, direction: Direction) -> list[Ball]:
    """The elements that a step in the direction changes."""
    size = len(direction) // max(values.size, 1)
    return [ball for place, ball in enumerate(values.flat) if any(direction[size * place : size * (place + 1)])]


def _step(start: Balls, direction: Direction, size: arb) -> Balls:
    """The point a step away."""
    components = [size * ball_of(component) for component in direction]
    if len(components) == 2 * start.size:
        components = [acb(real, imaginary) for real, imaginary in zip(components[::2], components[1::2], strict=True)]
    result = start.copy()
    for index, component in zip(np.ndindex(*start.shape), components, strict=True):
        if not component.is_zero():
            result[index] = result[index] + component
    return result
