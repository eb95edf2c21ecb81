"""Whether two observations are the same: first what kind of answer it is, then dtype and shape, then the numbers.

None, zero and an exception are three different answers. Numbers are the same if they are equal, or if they lie within
the bounds of what a correct implementation may return, derived op by op (`enclosures`). Where these bounds are too wide
to tell, only equal numbers are the same. -0.0 and 0.0 are the same gradient.
"""

import math
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from harness import arrays
from harness.checker.enclosures import Enclosure
from harness.results import Observation


class Comparison(msgspec.Struct, frozen=True):
    """The outcome of one comparison."""

    same: bool
    sentence: str = ""
    """What differs first."""
    ulps: float | None = None
    """For arrays of the same dtype and shape: the largest distance, in units in the last place of the largest one."""
    undecided: float | None = None
    """Where numbers are not equal and bounds too wide to tell: their width in units in the last place."""


def compare(predicted: Observation, observed: Observation, bounds: Callable[[], Enclosure | None]) -> Comparison:
    """Compare what was observed with what was predicted.

    `bounds` gives what encloses correct answers beside the predicted one, None if nothing is known. It is asked only
    for numbers that are not equal.
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
    return _compare_numbers(predicted, observed, bounds)


def _compare_numbers(
    predicted: Observation, observed: Observation, bounds: Callable[[], Enclosure | None]
) -> Comparison:
    reference, values = predicted.array.numpy(), observed.array.numpy()
    if np.array_equal(reference, values, equal_nan=True):
        return Comparison(True, ulps=0.0)
    expected = f"{arrays.text(reference)} was expected, it is {observed}"
    if values.dtype.kind not in "fc":
        return Comparison(False, expected)
    wide = np.complex128 if values.dtype.kind == "c" else np.float64
    distance = _distance(reference.astype(wide), values.astype(wide), observed)
    enclosure = bounds()
    if enclosure is None:
        return Comparison(False, f"{expected}: of rounding no bounds are known here", distance)
    outside = enclosure.ulps(observed)
    if outside == math.inf:
        return Comparison(False, f"{expected}: NaN or infinity stand elsewhere", distance)
    if outside:
        return Comparison(False, f"{expected}: {outside:.3g} ULP outside of what rounding explains", distance)
    if not enclosure.is_undecided:
        return Comparison(True, ulps=distance)
    width = enclosure.ulps_wide
    return Comparison(False, f"{expected}: rounding could explain {width:.3g} ULP", distance, undecided=width)


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
