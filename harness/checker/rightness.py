"""Whether an observed number is right: by the oracle, and by a case's closed form where the oracle has no answer.

A number that is the nearest to the truth is right in any case. Any other one is right if the bounds that are derived
for a correct implementation hold it, and the truth; where these are too wide to tell, it is `undecided`.
"""

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.checker.enclosures import Enclosure
from harness.checker.mathematics import Answer, Mathematician
from harness.checker.predict import Options, Predictor
from harness.checker.truths import Truths
from harness.program import Observe, Program
from harness.results import Observation
from reference_engine.oracle import Tolerance

NEAREST = Tolerance(ulps=0.5)


class Rightness:
    """Answers from several threads, one at a time."""

    def __init__(self, predictor: Predictor, truths: Truths | None = None) -> None:
        """`truths` is where the oracle's findings are kept between runs: by default in the user's cache folder."""
        self._predictor = predictor
        self._mathematician = Mathematician(truths or Truths())
        self._lock = threading.Lock()

    def answer(self, program: Program, step: Observe, observations: dict[str, Observation], options: Options) -> Answer:
        """Judge what was observed at a step; `options` are those by which the answers are predicted."""
        found = self._by_the_oracle(program, step.point, observations, options)
        seen = observations[step.point]
        if found.mathematics != "not applicable" or step.expected is None or seen.outcome != "array":
            return found
        return _by_closed_form(step.expected.numpy(), seen, self._predictor.enclosure(program, options, step.point))

    def _by_the_oracle(
        self, program: Program, point: str, observations: dict[str, Observation], options: Options
    ) -> Answer:
        found = self._asked(program, point, observations, options, NEAREST)
        if found.mathematics != "wrong":
            return found
        seen, enclosure = observations[point], self._predictor.enclosure(program, options, point)
        if enclosure is None or (enclosure.dtype, enclosure.lower.shape) != (seen.dtype, seen.shape):
            return found
        found = self._asked(program, point, observations, options, _tolerance(enclosure))
        if found.mathematics == "wrong" or not enclosure.is_undecided:
            return found
        narrower = self._by_default(program, point, observations, options)
        if narrower is None:
            return _undecided(enclosure, found)
        return self._asked(program, point, observations, options, narrower)

    def _by_default(
        self, program: Program, point: str, observations: dict[str, Observation], options: Options
    ) -> Tolerance | None:
        """The bounds by the default options, where they decide and hold what mathematics asks for.

        It asks the same of all, and under other options the engine may know less about rounding.
        """
        enclosure = self._predictor.enclosure(program, frozenset(), point)
        right, seen = self._predictor.observe(program)[point], observations[point]
        if enclosure is None or enclosure.is_undecided or (right.dtype, right.shape) != (seen.dtype, seen.shape):
            return None
        tolerance = _tolerance(enclosure)
        answer = self._asked(program, point, {**observations, point: right}, options, tolerance)
        return tolerance if answer.mathematics == "exact" else None

    def _asked(
        self,
        program: Program,
        point: str,
        observations: dict[str, Observation],
        options: Options,
        tolerance: Tolerance,
    ) -> Answer:
        with self._lock:
            return self._mathematician.answer(program, point, observations, dict(options), tolerance)


def _by_closed_form(expected: NDArray[Any], seen: Observation, enclosure: Enclosure | None) -> Answer:
    """Right is what the closed form is in the observed dtype, or what lies within the same bounds as it does."""
    values = seen.array.numpy()
    if values.shape != expected.shape:
        return Answer("wrong", f"It has shape {values.shape}, and in closed form {expected.shape}.")
    if np.array_equal(values, expected.astype(values.dtype), equal_nan=True):
        return Answer("exact")
    if enclosure is not None and enclosure.dtype == seen.dtype and enclosure.holds(expected):
        if enclosure.is_undecided and enclosure.contains(seen):
            return _undecided(enclosure, Answer("undecided"))
        if enclosure.contains(seen):
            return Answer("exact")
    return Answer("wrong", "It is not what the case gives in closed form.")


def _undecided(enclosure: Enclosure, found: Answer) -> Answer:
    sentence = f"The bounds of what a correct implementation may return are too wide to tell: {enclosure.ulps_wide:.3g}"
    return Answer("undecided", f"{sentence} ULP.", found.truth, found.ulps)


def _tolerance(enclosure: Enclosure) -> Tolerance:
    lower, upper = zip(*((_double(part.lower, -np.inf), _double(part.upper, np.inf)) for part in enclosure.parts))  # noqa: B905
    return Tolerance(NEAREST.ulps, _together(*lower), _together(*upper))


def _double(bound: NDArray[Any], outward: float) -> NDArray[np.float64]:
    """The bounds as float64, none further in than it was."""
    with np.errstate(over="ignore"):
        rounded = bound.astype(np.float64)
    is_inside = rounded > bound if outward < 0 else rounded < bound
    return np.asarray(np.where(is_inside, np.nextafter(rounded, outward), rounded))


def _together(real: NDArray[Any], imaginary: NDArray[Any] | None = None) -> NDArray[Any]:
    if imaginary is None:
        return real
    result = np.empty(real.shape, np.complex128)
    result.real, result.imag = real, imaginary
    return result
