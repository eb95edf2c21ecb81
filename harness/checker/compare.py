"""Whether two observations are the same: first what kind of answer it is, then dtype and shape, then the numbers.

None, zero and an exception are three different answers. Numbers are compared in units in the last place (ULP) of the
observed dtype: NaN and infinities must stand at the same places, and no element may be further from the reference than
`bound(program)` ULPs of the largest element. -0.0 and 0.0 are the same gradient.
"""

import math
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from harness import arrays
from harness.program import Apply, Program
from harness.results import Observation


class Comparison(msgspec.Struct, frozen=True):
    """The outcome of one comparison."""

    same: bool
    sentence: str = ""
    """What differs first."""
    ulps: float | None = None
    """For arrays of the same dtype and shape: the largest distance."""


def bound(program: Program) -> float:
    """How many ULPs of the largest element a correct implementation may be away: 8, and 2 for each op applied.

    Each op and its derivative round a few times; the constant covers libraries whose exp and tanh are off by some ULPs.
    """
    return 8.0 + 2.0 * sum(isinstance(step, Apply) for step in program.steps)


def compare(predicted: Observation, exact: npt.NDArray[Any] | None, observed: Observation, ulps: float) -> Comparison:
    """Compare what was observed with what was predicted.

    `predicted` is the reference in the program's own dtypes: its kind, dtype, shape, NaN and infinities count. `exact`
    holds its finite numbers from a run in float64 (None: those of `predicted`), `ulps` is the bound.
    """
    if predicted.outcome != observed.outcome:
        return _different(predicted, observed)
    match observed.outcome:
        case "none":
            return Comparison(True)
        case "value":
            return Comparison(True) if predicted.value == observed.value else _different(predicted, observed)
        case "raised":
            assert predicted.error is not None
            assert observed.error is not None
            kind = predicted.error.category
            if kind != observed.error.category:
                return Comparison(False, f"an exception of the kind {kind} was expected, it {observed}")
            if kind == "other":
                return Comparison(False, f"it {observed}, and the reference fails too: there is nothing to compare")
            return Comparison(True)
    if predicted.dtype != observed.dtype:
        return Comparison(False, f"dtype {predicted.dtype} was expected, it is {observed.dtype}")
    if predicted.shape != observed.shape:
        return Comparison(False, f"shape {predicted.shape} was expected, it is {observed.shape}")
    reference = predicted.array.numpy()
    if exact is not None:
        reference = np.where(np.isfinite(reference), exact, reference)
    return compare_numbers(reference, observed, ulps)


def compare_numbers(reference: npt.NDArray[Any], observed: Observation, ulps: float) -> Comparison:
    """Compare an observed array with numbers of the same shape in any precision."""
    values = observed.array.numpy()
    if values.dtype.kind not in "fc":
        if np.array_equal(values, reference):
            return Comparison(True, ulps=0.0)
        return Comparison(False, f"{arrays.text(reference)} was expected, it is {observed}")
    wide = np.complex128 if values.dtype.kind == "c" or np.iscomplexobj(reference) else np.float64
    distance = _distance(reference.astype(wide), values.astype(wide), observed)
    if distance is not None and distance <= ulps:
        return Comparison(True, ulps=distance)
    expected = arrays.text(reference)
    if distance is None:
        return Comparison(False, f"{expected} was expected, it is {observed}: NaN or infinity stand elsewhere")
    away = f"{distance:.3g} ULP away where {ulps:g} are allowed"
    return Comparison(False, f"{expected} was expected, it is {observed}: {away}", distance)


def _different(predicted: Observation, observed: Observation) -> Comparison:
    return Comparison(False, f"{predicted} was expected, it is {observed}")


def _distance(reference: npt.NDArray[Any], values: npt.NDArray[Any], observed: Observation) -> float | None:
    """The largest distance in ULPs of the largest finite element; None where the elements are of different kinds."""
    if np.iscomplexobj(reference):
        reference = np.stack([reference.real, reference.imag])
        values = np.stack([values.real, values.imag])
    finite = np.isfinite(reference)
    special_agree = np.array_equal(reference[~finite], values[~finite], equal_nan=True)
    if not special_agree or not np.array_equal(finite, np.isfinite(values)):
        return None
    if not finite.any():
        return 0.0
    difference = float(np.max(np.abs(reference[finite] - values[finite])))
    return difference / _unit(float(np.max(np.abs(reference[finite]))), observed) if difference else 0.0


def _unit(magnitude: float, observed: Observation) -> float:
    """One ULP of the observed dtype at a magnitude; below the normal numbers it is the smallest subnormal."""
    if observed.dtype == "bfloat16":
        epsilon, smallest = 2.0**-7, 2.0**-133
    else:
        limits = np.finfo(np.dtype(str(observed.dtype)))
        epsilon, smallest = float(limits.eps), float(limits.smallest_subnormal)
    return max(epsilon * 2.0 ** math.floor(math.log2(magnitude)), smallest) if magnitude else smallest
