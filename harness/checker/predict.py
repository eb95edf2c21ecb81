"""What the reference engine gives for a Program under a set of conventions."""

import threading
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
import numpy.typing as npt

from harness.adapters import adapter
from harness.arrays import Array
from harness.checker.compare import Comparison, bound, compare
from harness.errors import Unsupported, UsageError
from harness.program import Apply, Input, Program
from harness.recorded import recorded
from harness.results import Observation
from harness.worker import Executor
from reference_engine import semantics

_WIDER = {"float16": "float64", "bfloat16": "float64", "float32": "float64", "complex64": "complex128"}

Options = frozenset[tuple[str, str]]
"""Choices that differ from the default, as (dimension, option)."""


def differing(options: Mapping[str, str]) -> Options:
    """Only the choices that differ from the reference engine's defaults.

    Raises `UsageError` for a dimension or an option that there is not.
    """
    for dimension, option in options.items():
        if option not in getattr(semantics.DIMENSIONS.get(dimension), "options", ()):
            raise UsageError(f"a profile chooses {dimension} = {option}, which the reference engine does not have")
    return frozenset(
        (dimension, option)
        for dimension, option in options.items()
        if option != semantics.DIMENSIONS[dimension].default
    )


class Prediction(msgspec.Struct, frozen=True):
    """What the reference engine gave for one program, and what of the options it depended on."""

    observations: dict[str, Observation]
    """By point."""
    consulted: frozenset[str]
    """The dimensions that were asked for: any other option in any other dimension predicts the same."""


class Predictor:
    """The reference engine in this process. Remembers what it ran; may be called from several threads."""

    def __init__(self) -> None:
        self._adapter = adapter("reference")
        self._executor = Executor(msgspec.to_builtins(self._adapter.language))
        self._lock = threading.Lock()
        self._script = lru_cache(maxsize=4096)(self._adapter.script)
        self._known = lru_cache(maxsize=4096)(_Known)

    def unsupported(self, program: Program) -> dict[str, str]:
        """The points that the reference engine has no way to observe, with the reason."""
        return self._script(program).unsupported

    def predict(self, program: Program, options: Options = frozenset()) -> Prediction:
        """The program's prediction, in its own dtypes."""
        with self._lock:
            known = self._known(program)
            chosen = dict(options)
            return known.find(chosen) or known.add(chosen, self._run(program, chosen))

    def observe(self, program: Program, options: Options = frozenset()) -> dict[str, Observation]:
        """The predicted observations by point."""
        return self.predict(program, options).observations

    def numbers(self, program: Program, point: str, options: Options = frozenset()) -> npt.NDArray[Any] | None:
        """The array at a point, if there is one, computed in float64; in the program's own dtypes if it has several.

        Where a program casts from one dtype to another, rounding is a part of what it says.
        """
        seen = self.observe(widened(program), options)[point]
        return seen.array.numpy() if seen.outcome == "array" else None

    def compare(self, program: Program, options: Options, point: str, seen: Observation) -> Comparison:
        """Compare what was observed at a point with what the options predict."""
        predicted = self.observe(program, options)[point]
        return compare(predicted, self.numbers(program, point, options), seen, bound(program))

    def _run(self, program: Program, chosen: Mapping[str, str]) -> Prediction:
        script = self._script(program)
        with semantics.using(**chosen), semantics.noting() as consulted:
            seen = self._executor.run(msgspec.to_builtins(script.statements), script.points)
        for raw in seen:
            if raw["outcome"] == "raised" and "MemoryError" in raw["error"]["type"]:
                raise Unsupported(f"it is too large for the reference engine: {raw['error']['message']}")
        observations = {raw["point"]: recorded(raw, self._adapter, case="", environment="reference") for raw in seen}
        return Prediction(observations, frozenset(consulted))


class _Known:
    """The predictions for one program, found by the options that they depended on."""

    def __init__(self, program: Program) -> None:
        self._by_consulted: dict[tuple[str, ...], dict[tuple[str | None, ...], Prediction]] = {}

    def find(self, chosen: Mapping[str, str]) -> Prediction | None:
        for consulted, predictions in self._by_consulted.items():
            found = predictions.get(tuple(map(chosen.get, consulted)))
            if found is not None:
                return found
        return None

    def add(self, chosen: Mapping[str, str], prediction: Prediction) -> Prediction:
        consulted = tuple(sorted(prediction.consulted))
        self._by_consulted.setdefault(consulted, {})[tuple(map(chosen.get, consulted))] = prediction
        return prediction


def _float_dtypes(program: Program) -> set[str]:
    """The dtypes of floats that inputs and casts name."""
    named = {step.array.dtype for step in program.inputs.values()} | {
        str(step.parameters["dtype"]) for step in program.applications.values() if step.op == "astype"
    }
    return {dtype for dtype in named if dtype.startswith(("float", "bfloat", "complex"))}


@lru_cache(maxsize=4096)
def widened(program: Program) -> Program:
    """The same program with its float or complex dtype at its widest; the program itself if it has several."""
    if len(_float_dtypes(program)) != 1:
        return program
    steps = []
    for step in program.steps:
        match step:
            case Input() if step.array.dtype in _WIDER:
                array = Array.of(step.array.numpy(), _WIDER[step.array.dtype])
                step = msgspec.structs.replace(step, array=array)
            case Apply(op="astype") if step.parameters["dtype"] in _WIDER:
                step = msgspec.structs.replace(step, parameters={"dtype": _WIDER[str(step.parameters["dtype"])]})
        steps.append(step)
    return Program(tuple(steps))
