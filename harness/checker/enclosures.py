"""What a correct implementation may return for a Program under a set of conventions: bounds, derived op by op.

The reference engine runs the program's script with enclosed arrays for inputs (`reference_engine.enclosure`), in the
program's own dtypes and under the same options as for a prediction, so every number that it shows comes with bounds.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from harness.adapters import adapter
from harness.adapters.base import host_name
from harness.arrays import Array
from harness.checker.enclosed_run import EnclosedRun
from harness.errors import Unsupported
from harness.program import Apply, Input, Program
from harness.results import Observation
from harness.script import Script
from reference_engine.enclosure import (
    Enclosed,
    Format,
    Interval,
    Undeclared,
    bfloat16_as_float16,
    enclosed,
    enclosing,
    scale,
)

DECIDING_WIDTH = 1 / 8
"""The widest bounds that decide, as a part of the scale: of the numbers that the largest element was added up from.

Wider ones are `undecided`. The slightest of the usual mistakes lose or repeat one of two equal contributions, which
changes the number by half of its scale. Bounds of an eighth leave no doubt about that.
"""


class Enclosure(msgspec.Struct, frozen=True):
    """The bounds at one observation point: an interval for each element, or for both its parts.

    NaN as both bounds is NaN and nothing else; from -inf to inf is anything, NaN too.
    """

    dtype: str
    parts: tuple[Interval, ...]
    """The real part and, for complex numbers, the imaginary one, in the observation's shape."""
    format: Format
    scale: float
    """The largest number that went into an element by addition: larger than the element where others cancel it."""

    @property
    def lower(self) -> NDArray[Any]:
        return self._together([part.lower for part in self.parts])

    @property
    def upper(self) -> NDArray[Any]:
        return self._together([part.upper for part in self.parts])

    @property
    def width(self) -> NDArray[Any]:
        """Of each element, in ulps of the largest finite one: infinite where nothing is known, 0 for NaN alone."""
        spreads = [_spread(part) for part in self.parts]
        return np.asarray(np.maximum.reduce(spreads) / self._ulp, np.float64)

    @property
    def ulps_wide(self) -> float:
        """The width of the widest element."""
        return float(np.max(self.width, initial=0.0))

    @property
    def is_undecided(self) -> bool:
        """Whether some element's bounds are too wide to tell right from wrong: see `DECIDING_WIDTH`."""
        widest = max(np.max(_spread(part), initial=0.0) for part in self.parts)
        return bool(widest > DECIDING_WIDTH * np.maximum(self.scale, self.format.smallest_normal))

    def contains(self, observed: Observation) -> bool:
        """Whether every element is within its bounds; `observed` is an array."""
        return self.ulps(observed) == 0

    def holds(self, values: NDArray[Any]) -> bool:
        """Whether numbers of any precision are within their bounds."""
        return self._ulps(values) == 0

    def ulps(self, observed: Observation) -> float:
        """How far outside the furthest element is, in ulps of the largest one; infinite for NaN among numbers."""
        return self._ulps(observed.array.numpy())

    def _ulps(self, values: NDArray[Any]) -> float:
        if values.shape != self.parts[0].lower.shape:
            return np.inf
        pieces = (values.real, values.imag) if len(self.parts) == 2 else (values,)
        distances = [_outside(part, np.asarray(piece, np.longdouble)) for part, piece in zip(self.parts, pieces)]  # noqa: B905
        return float(np.max([np.max(distance, initial=0.0) for distance in distances]) / self._ulp)

    @property
    def _ulp(self) -> Any:
        """One unit in the last place of the largest finite element, and of the smallest normal number at least."""
        bounds = np.concatenate([np.abs(bound).ravel() for part in self.parts for bound in part])
        largest = np.max(bounds[np.isfinite(bounds)], initial=0.0)
        return self.format.ulp(np.asarray(largest, np.longdouble))

    def _together(self, bounds: Sequence[NDArray[Any]]) -> NDArray[Any]:
        return bounds[0] if len(bounds) == 1 else bounds[0] + 1j * bounds[1]


def _spread(part: Interval) -> NDArray[Any]:
    same = part.is_point | part.is_nan
    with np.errstate(invalid="ignore"):
        return np.where(same, 0, part.upper - part.lower)


def _outside(part: Interval, values: NDArray[Any]) -> NDArray[Any]:
    with np.errstate(invalid="ignore"):
        beyond = np.maximum(np.maximum(part.lower - values, values - part.upper), 0)
        beyond = np.where((values >= part.lower) & (values <= part.upper), 0, beyond)
    beyond = np.where(np.isnan(values) | part.is_nan, np.inf, beyond)
    beyond = np.where(np.isnan(values) & part.is_nan, 0, beyond)
    return np.where(part.is_anything, 0, beyond)


def enclosures(program: Program, options: Iterable[tuple[str, str]] = ()) -> dict[str, Enclosure]:
    """The enclosure at each point that shows floats or complex numbers; other points, and what raises, have none.

    `options` are (dimension, option). Not for several threads at a time.

    Raises `Unsupported` for a program that the reference engine cannot run, or an op of which no bounds are declared.
    """
    has_bfloat16 = "bfloat16" in _dtypes(program)
    if not has_bfloat16:
        return _enclosures(program, program, options, {})
    if "float16" in _dtypes(program):
        raise Unsupported("bfloat16 beside float16: no dtype of NumPy's is left to stand for either")
    with bfloat16_as_float16():
        return _enclosures(program, _with_float16(program), options, {"float16": "bfloat16"})


def _enclosures(
    program: Program, said: Program, options: Iterable[tuple[str, str]], names: Mapping[str, str]
) -> dict[str, Enclosure]:
    """`said` is what the engine is told, which lacks bfloat16; the inputs' numbers are those of `program`."""
    hosts = {host_name(name): step.array for name, step in program.inputs.items()}
    dtypes = {host_name(name): step.array.dtype for name, step in said.inputs.items()}
    run = EnclosedRun({name: _host(array, dtypes[name]) for name, array in hosts.items()})
    with enclosing(**dict(options)), warnings.catch_warnings(action="ignore"):
        seen = _observations(run, _script(said))
    return {
        point: enclosure_of(value, names.get(value.dtype.name, value.dtype.name))
        for point, value in seen.items()
        if value.dtype.kind in "fc"
    }


def _observations(run: EnclosedRun, script: Script) -> dict[str, Enclosed]:
    try:
        return run.observations(script)
    except Undeclared as error:
        raise Unsupported(str(error)) from error


def enclosure_of(value: Enclosed, dtype: str) -> Enclosure:
    """The enclosure of floats or complex numbers that are observed in `dtype`."""
    return Enclosure(dtype, value.parts, value.format, _largest_scale(value))


def _largest_scale(value: Enclosed) -> float:
    scales = scale(value)
    return float(np.max(scales[np.isfinite(scales)], initial=0.0))


def _host(array: Array, dtype: str) -> Any:
    numbers = array.numpy()
    return enclosed(numbers, np.dtype(dtype)) if numbers.dtype.kind in "fc" else numbers


@lru_cache(maxsize=4096)
def _script(program: Program) -> Script:
    return adapter("reference").script(program)


def _dtypes(program: Program) -> set[str]:
    """The dtypes that inputs and casts name."""
    inputs = {step.array.dtype for step in program.inputs.values()}
    return inputs | {str(step.parameters["dtype"]) for step in program.applications.values() if step.op == "astype"}


@lru_cache(maxsize=4096)
def _with_float16(program: Program) -> Program:
    """The program with float16 for bfloat16."""
    return Program(tuple(_steps_with_float16(program)))


def _steps_with_float16(program: Program) -> Iterator[Any]:
    for step in program.steps:
        match step:
            case Input() if step.array.dtype == "bfloat16":
                yield msgspec.structs.replace(step, array=Array.of(step.array.numpy(), "float16"))
            case Apply(op="astype") if step.parameters["dtype"] == "bfloat16":
                yield msgspec.structs.replace(step, parameters={**step.parameters, "dtype": "float16"})
            case _:
                yield step
