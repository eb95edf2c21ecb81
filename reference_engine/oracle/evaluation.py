"""The value of a function at the point, and at points nearby, in balls of a number of bits.

A cast between float dtypes adds the constant by which it rounded at the point: nearby it moves one to one. What is not
recorded keeps its value from the point. A gradient that the function computes with is a quotient of differences over
a step far smaller than any that is taken outside it.
"""

import math
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
from flint import acb, arb

from reference_engine.oracle.balls import (
    NOT_A_NUMBER,
    Balls,
    array_of,
    ball_of,
    exponent_of,
    is_complex,
    is_exact,
    is_unbounded,
    parts,
    power_of_two,
    upper_bound,
)
from reference_engine.oracle.dtypes import dtypes_of
from reference_engine.oracle.errors import OutOfReach, StepTooLarge, Uncertain
from reference_engine.oracle.forward import FORWARD
from reference_engine.oracle.forward.table import for_each
from reference_engine.oracle.function import Applied, Differentiated, Function
from reference_engine.oracle.rounding import format_of, rounded, weak
from reference_engine.oracle.working import Choice, Working

Values = dict[str, Balls]
Choices = dict[int, list[Choice]]
"""By the position of the step that made them."""

MOST_OPERANDS = 200_000
"""Larger programs are not evaluated."""
BEYOND = 1_000_000
"""The exponent of a number that has no bounds."""

NUMBERS = {"clip": ("min", "max"), "pad": ("value",)}
"""Parameters that are numbers beside the operands, and take their dtype."""

JUMPING = frozenset((
    "equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "where", "sign", "floor", "ceil", "round",
    "trunc", "floor_divide", "remainder", "copysign", "hardshrink", "threshold",
))  # fmt: skip
"""Ops whose value may jump at a tie, and what is computed from it with it."""


class Evaluation:
    """A function in balls of `bits` bits; gradients inside it are taken with steps of 2 to the power -`inner`."""

    def __init__(self, function: Function, bits: int, inner: int) -> None:
        self.function = function
        self.bits = bits
        self._inner = inner
        self._working = Working(bits, most_operands=MOST_OPERANDS)
        self._following: dict[frozenset[str], tuple[int, ...]] = {}
        self._offsets: dict[str, Balls] = {}
        self._broken: dict[tuple[int, str, tuple[int, ...], bool], tuple[arb, arb]] = {}
        self._dtypes = dtypes_of(function)
        self.values: Values = {}
        self.choices: Choices = {}
        with self._working.entered():
            for leaf in function.leaves:
                self.values[leaf.name] = self._kept(array_of(leaf.values))
            for position in range(len(function.steps)):
                self._working.choices = []
                self.values |= self._computed(position, self.values, at_the_point=True)
                self.choices[position] = self._chosen(position)
        self.operands = self._working.operands
        """How many numbers went into the computations."""
        self._working.most_operands = math.inf

    def exponents(self) -> tuple[int, int]:
        """The smallest and the largest e with 2^(e-1) <= abs(v) < 2^e, of all values v on the way that are not 0.

        What the balls are too wide to tell from 0 may be as large as they are wide, and what has no bounds larger than
        any step is small.
        """
        found = [part for values in self.values.values() for ball in values.flat for part in parts(ball)]
        smallest = [exponent for part in found if (exponent := exponent_of(part)) is not None]
        largest = [exponent for part in found if (exponent := exponent_of(upper_bound(part))) is not None]
        if any(map(is_unbounded, found)):
            largest.append(BEYOND)
        return min(smallest, default=0), max(largest, default=0)

    def moved(self, name: str, to: Balls, near: Choices | None) -> tuple[Values, Choices]:
        """The values that change, and their choices, when the value of `name` is `to`.

        Raises `StepTooLarge` where a choice is another than in `near`, if that is given, and there was no tie.
        """
        choices: Choices = {}
        with self._working.entered(), self._working.briefly():
            changed = {name: self._kept(to)}
            has_jumped = False
            for position in self._positions(name):
                self._working.choices = []
                changed |= self._computed(position, self.values | changed)
                choices[position] = self._chosen(position)
                differing = [
                    old
                    for old, new in zip((near or {}).get(position, ()), choices[position], strict=False)
                    if old.outcome != new.outcome
                ]
                if not has_jumped and not all(old.is_tie for old in differing):
                    raise StepTooLarge("a step leads across a point where the function chooses otherwise")
                jumps = getattr(self.function.steps[position], "op", "") in JUMPING
                has_jumped |= any(jumps or old.outcome is None for old in differing)
        return changed, choices

    def seed(self, output: str, seed: str | None, values: Values) -> Balls:
        """The weights of an output's elements, in its dtype. Raises `OutOfReach` for a seed of another shape."""
        shape = values[output].shape
        if seed is None:
            return np.full(shape, self._working.kept(arb(1)), object)
        if values[seed].shape != shape:
            raise OutOfReach(f"the seed has shape {values[seed].shape} and what it weighs {shape}")
        dtype = self._dtypes[output]
        if all(map(is_exact, values[seed].flat)):
            with self._working.entered():
                return for_each(f"round {dtype}", lambda ball: rounded(ball, dtype), values[seed])
        return values[seed]

    def entered(self) -> AbstractContextManager[None]:
        """Compute with this evaluation's bits."""
        return self._working.entered()

    def _positions(self, *names: str) -> tuple[int, ...]:
        key = frozenset(names)
        if key not in self._following:
            self._following[key] = self.function.following(key)
        return self._following[key]

    def _chosen(self, position: int) -> list[Choice]:
        """The choices of a step; a gradient's are made on either side of the point and say nothing about it."""
        return [] if isinstance(self.function.steps[position], Differentiated) else self._working.choices

    def _kept(self, balls: Balls) -> Balls:
        result = np.empty(balls.shape, object)
        for index, ball in np.ndenumerate(balls):
            result[index] = self._working.kept(ball)
        return result

    def _computed(self, position: int, values: Values, *, at_the_point: bool = False) -> Values:
        step = self.function.steps[position]
        if isinstance(step, Differentiated):
            return self._gradients(position, step, values)
        if step.op == "astype":
            return {step.name: self._cast(step, values[step.arrays[0]], at_the_point)}
        if step.op == "stop_gradient":
            return {step.name: values[step.arrays[0]]}
        return {step.name: self._applied(step, values)}

    def _applied(self, step: Applied, values: Values) -> Balls:
        if step.op not in FORWARD:
            raise OutOfReach(f"the oracle has no op {step.op}")
        dtype = self._dtypes[step.name]
        operands = [
            values[operand] if isinstance(operand, str) else self._number(operand, dtype) for operand in step.operands
        ]
        parameters: dict[str, Any] = dict(step.parameters)
        for name in NUMBERS.get(step.op, ()):
            if parameters.get(name) is not None:
                parameters[name] = self._number(parameters[name], dtype)
        if any(map(is_complex, operands)):
            return _of_complex(step.op, operands, parameters)
        return FORWARD[step.op](*operands, **parameters)

    def _number(self, number: complex, dtype: str) -> Balls:
        """The number in the dtype, the same ball every time."""
        array = np.empty((), object)
        array[()] = self._working.computed(
            f"number {number} {dtype}", lambda: rounded(ball_of(number), weak(number, dtype)), ()
        )
        return array

    def _cast(self, step: Applied, x: Balls, at_the_point: bool) -> Balls:
        dtype = self._dtypes[step.name]
        x = for_each("complex", acb, x) if dtype.startswith("complex") else for_each("real", _real, x)
        if not at_the_point:
            return for_each("add", lambda x1, x2: x1 + x2, x, self._offsets[step.name])
        if dtype == "bool":
            return FORWARD["not_equal"](x, self._number(0, dtype))
        if format_of(dtype) is None:
            whole = FORWARD["trunc"](x)
            if not all(_fits(ball, dtype) for ball in whole.flat):
                raise OutOfReach(f"what a number becomes in {dtype} that does not fit into it is a convention")
            return whole
        result = for_each(f"round {dtype}", lambda ball: rounded(ball, dtype), x)
        self._offsets[step.name] = for_each("subtract", _difference, result, x)
        return result

    # A gradient inside the function

    def _gradients(self, position: int, step: Differentiated, values: Values) -> Values:
        return {
            name: self._gradient(position, step, of, values) for name, of in zip(step.names, step.inputs, strict=True)
        }

    def _gradient(self, position: int, step: Differentiated, of: str, values: Values) -> Balls:
        result = np.empty(values[of].shape, object)
        directions = (False, True) if is_complex(values[of]) else (False,)
        for index in np.ndindex(*result.shape):
            slopes = [self._inner_slope(position, step, of, values, index, is_imaginary) for is_imaginary in directions]
            if len(slopes) == 2:
                result[index] = acb(slopes[0], -slopes[1] if step.plain else slopes[1])
            else:
                result[index] = slopes[0]
        return result

    def _inner_slope(
        self, position: int, step: Differentiated, of: str, values: Values, index: tuple[int, ...], is_imaginary: bool
    ) -> arb:
        """The derivative along one element by a quotient on either side; NaN where they differ, or there is none.

        It is the same NaN as at the point where the quotients are the same, so that it counts as unchanged.

        Raises `Uncertain` where they come together too slowly, as those of abs(x)^1.2 at 0 do.
        """
        # A gradient inside this one needs steps that are smaller still.
        direction = acb(0, 1) if is_imaginary else 1
        exponent = self._inner * 3 ** (self.function.depth - self.function.depths[position])

        def sides(exponent: int) -> tuple[arb, arb]:
            left, right = (
                self._inner_quotient(position, step, of, values, index, sign * direction, exponent) * sign
                for sign in (-1, 1)
            )
            return left, right

        def broken(left: arb, right: arb) -> arb:
            key = position, of, index, is_imaginary
            at_the_point = self._broken.setdefault(key, (left, right))
            is_unchanged = all(map(_is_same, at_the_point, (left, right)))
            return NOT_A_NUMBER if is_unchanged else arb("nan")

        left, right = sides(exponent)
        if not left.is_finite() or not right.is_finite():
            return broken(left, right)
        gap = upper_bound(right - left)
        if gap <= power_of_two(-exponent // 4) * (1 + upper_bound(right) + upper_bound(left)):
            return (right + left) / 2
        nearer = sides(exponent + exponent // 4)
        if all(side.is_finite() for side in nearer) and 2 * upper_bound(nearer[1] - nearer[0]) < gap:
            raise Uncertain("the quotients of a gradient inside settle too slowly")
        return broken(left, right)

    def _inner_quotient(
        self,
        position: int,
        step: Differentiated,
        of: str,
        values: Values,
        index: tuple[int, ...],
        direction: Any,
        exponent: int,
    ) -> arb:
        """The change of the weighed outputs over a step of 2^-exponent of one element, divided by that."""
        to = values[of].copy()
        to[index] = to[index] + power_of_two(-exponent) * direction
        changed = {of: self._kept(to)}
        for following in self._positions(of):
            if following < position:
                changed |= self._computed(following, values | changed)
        total = arb(0)
        for output, seed in zip(step.outputs, step.seeds, strict=True):
            if output in changed:
                weights = self.seed(output, seed, values)
                total += weighed(weights, values[output], changed[output], step.plain)
        return total * power_of_two(exponent)


def _is_same(one: arb, other: arb) -> bool:
    """Whether two quotients may be equal, or neither is a number."""
    return bool(one.overlaps(other)) if one.is_finite() and other.is_finite() else one.is_finite() == other.is_finite()


def _real(x: Any) -> Any:
    return x.real


def _fits(ball: Any, dtype: str) -> bool:
    limits = np.iinfo(dtype)
    return bool(ball.is_finite() and limits.min <= ball <= limits.max)


def _of_complex(op: str, operands: list[Balls], parameters: dict[str, Any]) -> Balls:
    """What an op makes of complex numbers, of which some functions make nothing: an `acb` has no order, say."""
    try:
        return FORWARD[op](*operands, **parameters)
    except (AttributeError, TypeError):
        raise OutOfReach(f"the oracle knows no {op} of complex numbers") from None


def _difference(x1: Any, x2: Any) -> Any:
    return x1 - x2


def weighed(weights: Balls, before: Balls, after: Balls, plain: bool) -> arb:
    """The real part of the sum of the changes, each weighed; the weights are conjugated unless `plain`.

    An element that has not changed counts as 0 although it be infinite beside others that are finite, and so does one
    that weighs nothing. If none is finite, there is no change to speak of: NaN. Raises `Uncertain` if one is not known.
    """
    counted = [one for one in zip(weights.flat, before.flat, after.flat, strict=True) if not one[0].is_zero()]
    if any(is_unbounded(old) or is_unbounded(new) for _, old, new in counted if old is not new):
        raise Uncertain("a number is too large to be known")
    if counted and not any(old.is_finite() for _, old, _ in counted):
        return NOT_A_NUMBER
    total = arb(0)
    for weight, old, new in counted:
        if old is not new:
            total += ((weight if plain or isinstance(weight, arb) else weight.conjugate()) * (new - old)).real
    return total
