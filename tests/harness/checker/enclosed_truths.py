"""The judge against itself: the engine's numbers and the oracle's truths beside the derived enclosures."""

from dataclasses import dataclass, field

import numpy as np
from flint import arb

from harness.checker.claims import claim
from harness.checker.enclosures import Enclosure, enclosures
from harness.checker.predict import Predictor
from harness.errors import Unsupported
from harness.program import Program
from harness.results import Observation
from reference_engine.enclosure import balls
from reference_engine.oracle import Truth


@dataclass
class Tally:
    """How many numbers were looked at, and which points have one outside."""

    engine: int = 0
    truths: int = 0
    unknown: int = 0
    """Elements of a gradient that the oracle has no derivative for, or that anything may stand for."""
    outside: list[str] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)


def add(program: Program, name: str, tally: Tally, asked: Program | None = None) -> None:
    """Look at every point of a program, which `name` says; `asked` is one that the oracle is asked about instead."""
    predictions = _predictions(program)
    for point, enclosure in enclosures(program).items():
        tally.widths.append(enclosure.ulps_wide)
        if point in predictions:
            tally.engine += enclosure.lower.size
            if not enclosure.contains(predictions[point]):
                tally.outside.append(f"{name} {point}: the engine's number")
        if point.endswith(".grad") and not _holds_truth(asked or program, point, enclosure, tally):
            tally.outside.append(f"{name} {point}: the truth")


def _predictions(program: Program) -> dict[str, Observation]:
    """None in bfloat16, which NumPy lacks."""
    try:
        return Predictor().observe(program)
    except Unsupported:
        return {}


def _holds_truth(program: Program, point: str, enclosure: Enclosure, tally: Tally) -> bool:
    """Whether the oracle's slopes along each axis, ahead and behind, are within the bounds."""
    holds = True
    ends = zip(enclosure.lower.ravel(), enclosure.upper.ravel(), strict=True)
    for (lower, upper), sides in zip(ends, Truth(claim(program, point, {})).partials, strict=True):
        if not sides.are_finite or not np.isfinite([lower, upper]).all():
            tally.unknown += 1
            continue
        tally.truths += 1
        holds &= _overlap(lower, upper, sides.ahead.number) and _overlap(lower, upper, sides.behind.number)
    return holds


def _overlap(lower: np.longdouble, upper: np.longdouble, slope: arb) -> bool:
    """Whether the ball of a slope, which is known to 25 digits, may be between two numbers."""
    with balls.computing():
        return bool(balls.ball(lower, upper).overlaps(slope))
