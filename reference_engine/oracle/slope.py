"""What a sequence of quotients of differences, over ever smaller steps, approaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from flint import arb

from reference_engine.oracle.balls import power_of_two, text, upper_bound, widened
from reference_engine.oracle.working import Working

DIGITS = 84
"""Bits to which a derivative is known: 25 decimal digits."""
NOTHING = power_of_two(-1_200)
"""What is certainly smaller is known well enough: no float is as near to 0."""
ROUNDED_TO = 160
"""Bits of an enclosure that is handed on."""


@dataclass(frozen=True, slots=True)
class Slope:
    """The one-sided derivative along a direction."""

    kind: Literal["finite", "infinite", "undefined", "oscillating", "undecided"]
    value: arb | None = None
    """An enclosure, if it is finite; an infinity with its sign, if that is what it is."""
    reason: str = ""
    """Why it is undecided or undefined."""

    @property
    def number(self) -> arb:
        """The enclosure of a finite one."""
        assert self.value is not None
        return self.value

    def __str__(self) -> str:
        return text(self.value) if self.value is not None else self.kind


def settled(quotients: Sequence[arb]) -> Slope | None:
    """The number that three quotients approach, or that they are not numbers; None if they do not approach one.

    Over steps each 2^-20 of the one before, the distances of quotients that approach a number like a power of the
    step, even its square root, shrink by far more than 2^-8, and what is left is less than the last one of them.
    """
    if not quotients[-1].is_finite():
        return Slope("undefined", reason="the function is not defined there")
    first, second = _distances(quotients)
    noise = sum((ball.rad() for ball in quotients), arb(0))
    if not second <= first * power_of_two(-8) + 8 * noise:
        return None
    limit = widened(quotients[-1], second)
    if not is_precise(limit) and not (limit.contains(0) and second <= power_of_two(-DIGITS)):
        return Slope("undecided", reason="the quotients settle too slowly")
    with Working(ROUNDED_TO).entered():
        return Slope("finite", limit + 0)


def unsettled(quotients: Sequence[arb]) -> Slope:
    """What five quotients do that approach no number quickly."""
    if not all(ball.is_finite() for ball in quotients):
        return Slope("undefined", reason="the function is not defined there")
    distances = _distances(quotients)
    grows = all(abs(later) > abs(earlier) for earlier, later in pairwise(quotients))
    has_one_sign = all(ball > 0 for ball in quotients) or all(ball < 0 for ball in quotients)
    lasts = all(2 * later >= earlier for earlier, later in pairwise(distances))
    if grows and has_one_sign and lasts:
        return Slope("infinite", arb("inf") if quotients[0] > 0 else arb("-inf"))
    if _is_monotonic(quotients) or all(later < earlier for earlier, later in pairwise(distances)):
        return Slope("undecided", reason="the quotients settle too slowly")
    return Slope("oscillating")


def is_precise(ball: arb) -> bool:
    """Whether 25 digits of it are known, or that there are none."""
    return bool(ball.rad() <= abs(ball.mid()) * power_of_two(-DIGITS) or upper_bound(ball) <= NOTHING)


def _is_monotonic(quotients: Sequence[arb]) -> bool:
    steps = list(pairwise(quotients))
    return all(earlier < later for earlier, later in steps) or all(earlier > later for earlier, later in steps)


def _distances(quotients: Sequence[arb]) -> list[arb]:
    return [upper_bound(later - earlier) for earlier, later in pairwise(quotients)]
