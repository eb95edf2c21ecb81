"""Computing with a number of bits: one value for each computation, and a note of every choice.

Two numbers that were computed by the same operations from the same numbers are the same number, although their balls
have a width: so every operation is remembered by the identity of its operands, and `max(exp(x))` at x = (1, 1) is a tie
with certainty.
"""

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from flint import acb

from reference_engine.oracle.balls import Ball, fingerprint, is_exact, parts
from reference_engine.oracle.errors import OutOfReach, Uncertain
from reference_engine.precision import precision


@dataclass(frozen=True, slots=True)
class Choice:
    """How a number compared with another."""

    outcome: int | None
    """None if one of them is NaN."""
    is_tie: bool
    """Whether a small step may lead to another outcome: at a tie, and where there is no number to compare."""


@dataclass
class Working:
    """What is remembered at one precision, for one function."""

    bits: int
    choices: list[Choice] = field(default_factory=list)
    """Those since somebody put a new list here."""
    operands: int = 0
    """How many numbers went into computations by now."""
    most_operands: float = math.inf
    """There may be no more."""
    _computed: list[dict[Any, tuple[Ball, tuple[Ball, ...]]]] = field(default_factory=lambda: [{}])
    _exact: list[dict[Any, Ball]] = field(default_factory=lambda: [{}])

    current: ClassVar["Working"]
    _lock: ClassVar[threading.RLock] = threading.RLock()

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Compute here; other threads wait, for the precision belongs to the process."""
        with self._lock, precision(self.bits):
            outer = getattr(Working, "current", None)
            Working.current = self
            try:
                yield
            finally:
                if outer is not None:
                    Working.current = outer

    @contextmanager
    def briefly(self) -> Iterator[None]:
        """Forget afterwards what is computed inside."""
        if len(self._computed) > 1:
            yield
            return
        self._computed.append({})
        self._exact.append({})
        try:
            yield
        finally:
            self._computed.pop()
            self._exact.pop()

    def computed(self, name: str, function: Callable[..., Ball], operands: tuple[Ball, ...]) -> Ball:
        """`function(*operands)`, where `name` stands for the function. Raises `OutOfReach` for one too many."""
        self._count(len(operands))
        key = (name, *map(id, operands))
        for known in self._computed:
            if key in known:
                return known[key][0]
        result = function(*operands)
        # What is not finite gets an object of its own too: that tells whether it was computed from the same numbers.
        result = self.kept(result) if result.is_finite() else result + 0
        self._computed[-1][key] = result, operands  # the operands too: as long as they live, nobody has their ids
        return result

    def kept(self, ball: Ball) -> Ball:
        """The ball itself, or the one that was there before with the same exact value."""
        if not is_exact(ball):
            return ball
        key = fingerprint(ball)
        for known in self._exact:
            if key in known:
                return known[key]
        self._exact[-1][key] = ball
        return ball

    def ordered(self, x1: Ball, x2: Ball) -> int | None:
        """-1, 0 or 1 as x1 is below, at or above x2; None if one is NaN. Raises `Uncertain`."""
        self._count(2)
        outcome = _order(x1, x2)
        self.choices.append(Choice(outcome, outcome in (0, None)))
        return outcome

    def _count(self, operands: int) -> None:
        self.operands += operands
        if self.operands > self.most_operands:
            raise OutOfReach(f"the program computes with more than {self.most_operands:,} numbers")

    def equal(self, x1: Ball, x2: Ball) -> bool:
        """Whether two numbers, complex ones too, are the same; NaN is not. Raises `Uncertain`."""
        same = _equal(x1, x2)
        self.choices.append(Choice(int(same), same))
        return same


def _equal(x1: Ball, x2: Ball) -> bool:
    pairs = list(zip(parts(acb(x1)), parts(acb(x2)), strict=True))
    if any(one.is_nan() or other.is_nan() or one < other or one > other for one, other in pairs):
        return False
    return x1 is x2 or all(_order(one, other) == 0 for one, other in pairs)


def _order(x1: Ball, x2: Ball) -> int | None:
    if x1.is_nan() or x2.is_nan():
        return None
    if x1 is x2 or x1 == x2:
        return 0
    if x1 < x2:
        return -1
    if x1 > x2:
        return 1
    raise Uncertain(f"two numbers near {x1.mid().str(10, radius=False)} cannot be told apart")


comparing = Working(512).entered
"""To be entered for comparing what is known to some 25 digits with floats of any size."""
