"""How far apart rounding alone may put two functions, measured where no bounds are derived.

Both functions run again, with inputs and cotangents at points of a line that leads from those given towards zero. Two
functions that are one function of mathematics differ there by their roundings alone, which are others at each point;
two that are not differ by something smooth as well. So of the differences along the line a quintic is taken off, and
what is left is noise: the idea of difference tables (R. W. Hamming, Introduction to Applied Numerical Analysis, 1971;
J. J. Moré and S. M. Wild, Estimating computational noise, SIAM Journal on Scientific Computing 33, 2011). As in the
CESTAC method (J. Vignes, A stochastic arithmetic for reliable scientific computation, Mathematics and Computers in
Simulation 35, 1993), Student's t decides whether a number may be of that noise.

Noise is not all that rounding does: functions of a library are off by their own smooth errors. What such an error may
become on its way is known by how the functions follow their inputs: nobody can expect more of them than the right
answer for inputs that are off by one unit in the last place (N. J. Higham, Accuracy and Stability of Numerical
Algorithms, section 1.5). So that much is added.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.arrays import Array
from harness.checker.enclosures import DECIDING_WIDTH
from harness.consistency.asked import FLOATING, Asked
from reference_engine.enclosure.formats import BFLOAT16, FLOAT16, FLOAT32, FLOAT64, WIDE, Format

RUNS = 16
"""The points of the line."""
STEP = 2.0**-8
"""Each number of the inputs moves by up to so much of itself from one point to the next."""
COEFFICIENTS = 6
"""Those of a quintic. On so short a line it follows a smooth function closely."""
STUDENT = 10.5165
"""So many standard deviations Student's t with `RUNS` - `COEFFICIENTS` degrees of freedom exceeds, on either side, once
in a million times."""

_FORMATS = {
    "float16": FLOAT16,
    "bfloat16": BFLOAT16,
    "float32": FLOAT32,
    "float64": FLOAT64,
    "complex64": FLOAT32,
    "complex128": FLOAT64,
}
_LINE = np.arange(1, RUNS + 1) - 0.5

Numbers = NDArray[Any]
"""Of `WIDE`, whose squares neither overflow nor vanish where that is wider than float64."""


def moved(ask: Asked, cotangents: Sequence[Array], run: int) -> Asked:
    """The inputs and cotangents at a point of the line: each number its own part nearer to zero.

    So zeros stay, of which most are meant, and so does what is between -1 and 1, or positive.
    """
    draw = np.random.default_rng(0)  # one line for all runs
    inputs = tuple(_moved(array, draw, run) for array in ask.inputs)
    return replace(ask, inputs=inputs, cotangents=tuple(_moved(array, draw, run) for array in cotangents))


def _moved(array: Array, draw: np.random.Generator, run: int) -> Array:
    if not array.dtype.startswith(FLOATING):
        return array
    numbers = array.numpy()
    part = draw.random(numbers.shape) * (_LINE[run] * STEP)
    return Array.of(numbers - numbers * part.astype(numbers.real.dtype), array.dtype)


@dataclass(frozen=True)
class Measured:
    """What rounding explains between two arrays, by element; a complex one is two elements, along a last axis."""

    difference: Numbers
    """Infinite where NaN or infinity stand in one array alone."""
    explained: Numbers
    near_by: Numbers
    """The median of the differences on the line; infinite where nothing is known."""
    largest: float
    """The largest number that counts: see `measured`."""
    half: float
    """Half of the digits of the dtype, as a part of a number."""

    @property
    def allowed(self) -> Numbers:
        """What is explained, and at most the part of the largest number from which on differences have a meaning.

        What has more noise has lost all its digits, or jumps, and then its noise would excuse any mistake.
        """
        return np.minimum(self.explained, DECIDING_WIDTH * self.largest)

    @property
    def is_outside(self) -> NDArray[np.bool_]:
        """Which elements rounding does not explain.

        They differ too much, and not here alone: one bit that flips may change much, now and then. Only what concerns
        the first half of the digits is no such accident; it is a tie, a kink or a singular point.
        """
        is_much = self.difference > self.allowed
        return np.asarray(is_much & ((self.near_by > self.allowed) | (self.difference > self.half * self.largest)))

    @property
    def is_here_alone(self) -> NDArray[np.bool_]:
        """Which of them agree near by."""
        return np.asarray(self.is_outside & (self.near_by <= self.allowed))

    @property
    def is_undecided(self) -> bool:
        """Whether something unequal passes where the noise is too much to tell."""
        passes = (self.difference > 0) & ~self.is_outside
        return bool(np.any(passes & (self.explained > self.allowed)))

    @property
    def is_meaningful(self) -> bool:
        """Whether some difference is too large to be a matter of digits."""
        return bool(np.any(self.difference > DECIDING_WIDTH * self.largest))


def measured(one: Array, other: Array, runs: Sequence[tuple[Array, Array] | None], largest: float) -> Measured:
    """Compare two floating arrays of one dtype and shape by what both functions gave at the points of the line.

    None stands for a point at which one of them gave something else. `largest` is the largest number of all gradients
    and cotangents, or of all outputs and inputs, by which one knows what is nothing but noise.
    """
    a, b = parts(one), parts(other)
    places = [place for place, pair in enumerate(runs) if pair is not None]
    with np.errstate(invalid="ignore"):
        is_equal = (a == b) | (np.isnan(a) & np.isnan(b))
        difference = np.where(is_equal, 0, np.abs(a - b))
    near_by, variance = np.full_like(a, math.inf), np.zeros_like(a)
    if len(places) > COEFFICIENTS:
        first, second = (np.array([parts(pair[side]) for pair in runs if pair is not None]) for side in (0, 1))
        near_by, variance = _noise(first, second, places)
        input_ulp = 2.0 ** (1 - _FORMATS[one.dtype].precision) / (STEP / 2)
        variance = variance + (_slope(first, places) ** 2 + _slope(second, places) ** 2) * input_ulp**2
    # What is rounded to the nearest number is off by up to half a unit, with a variance of 1/12 (B. Widrow, 1956).
    variance = variance + (ulp(a, one.dtype) ** 2 + ulp(b, other.dtype) ** 2) / 12
    return Measured(
        difference=np.where(np.isnan(difference), math.inf, difference),
        explained=STUDENT * np.sqrt(variance),
        near_by=near_by,
        largest=largest,
        half=2.0 ** (-_FORMATS[one.dtype].precision / 2),
    )


def _noise(first: Numbers, second: Numbers, places: Sequence[int]) -> tuple[Numbers, Numbers]:
    """The median of the differences, and the variance that a quintic leaves of them; 0 where some is not finite."""
    with np.errstate(invalid="ignore"):
        apart = first - second
    is_finite = np.isfinite(apart)
    known = is_finite.any(axis=0)
    near_by = np.ma.median(np.ma.masked_array(np.abs(apart), ~is_finite), axis=0)
    apart = np.where(is_finite.all(axis=0), apart, 0)
    basis, _ = np.linalg.qr(np.vander(_LINE[list(places)], COEFFICIENTS))
    smooth = np.tensordot(basis @ basis.T, apart, axes=1)
    variance = ((apart - smooth) ** 2).sum(axis=0) / (len(places) - COEFFICIENTS)
    return np.where(known, np.ma.filled(near_by, 0), math.inf), np.asarray(variance)


def _slope(values: Numbers, places: Sequence[int]) -> Numbers:
    """By how much values follow the inputs from one point of the line to the next, on average."""
    with np.errstate(invalid="ignore"):
        risen = (values[-1] - values[0]) / (_LINE[places[-1]] - _LINE[places[0]])
    return np.where(np.isfinite(risen), risen, 0)


def parts(array: Array) -> Numbers:
    """The numbers; of complex ones both parts, along a last axis."""
    numbers = array.numpy()
    if np.iscomplexobj(numbers):
        numbers = np.stack([numbers.real, numbers.imag], axis=-1)
    return numbers.astype(WIDE)


def ulp(values: Numbers, dtype: str) -> Numbers:
    """One unit in the last place at each value; 0 where that is not finite."""
    target: Format = _FORMATS[dtype]
    finite = np.isfinite(values)
    return np.where(finite, target.ulp(np.where(finite, values, 0)), 0)


def largest(arrays: Sequence[Array]) -> float:
    """The largest finite number of some arrays."""
    sizes = [np.abs(parts(array)).ravel() for array in arrays]
    numbers = np.concatenate([*sizes, np.zeros(1, WIDE)])
    return float(np.max(numbers[np.isfinite(numbers)]))
