"""What the reference engine gives for a Program under a set of conventions."""

import threading
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

from harness.adapters import adapter
from harness.checker.compare import Comparison, compare
from harness.checker.enclosures import Enclosure, enclosures
from harness.errors import Unsupported, UsageError
from harness.program import Program
from harness.recorded import recorded
from harness.results import Observation
from harness.worker import Executor
from reference_engine import semantics

Found = TypeVar("Found")

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
        self._known = lru_cache(maxsize=4096)(_Known[Prediction])
        self._enclosed = lru_cache(maxsize=4096)(_Known[dict[str, Enclosure]])

    def unsupported(self, program: Program) -> dict[str, str]:
        """The points that the reference engine has no way to observe, with the reason."""
        return self._script(program).unsupported

    def predict(self, program: Program, options: Options = frozenset()) -> Prediction:
        """The program's prediction, in its own dtypes."""
        with self._lock:
            known = self._known(program)
            chosen = dict(options)
            found = known.find(chosen)
            if found is None:
                found = self._run(program, chosen)
                known.add(chosen, found.consulted, found)
            return found

    def observe(self, program: Program, options: Options = frozenset()) -> dict[str, Observation]:
        """The predicted observations by point."""
        return self.predict(program, options).observations

    def enclosure(self, program: Program, options: Options, point: str) -> Enclosure | None:
        """What a correct implementation with these options may return at a point; None where there are no bounds."""
        with self._lock:
            known = self._enclosed(program)
            chosen = dict(options)
            found = known.find(chosen)
            if found is None:
                with semantics.noting() as consulted:
                    found = _bounds(program, options)
                known.add(chosen, consulted, found)
            return found.get(point)

    def compare(self, program: Program, options: Options, point: str, seen: Observation) -> Comparison:
        """Compare what was observed at a point with what the options predict."""
        predicted = self.observe(program, options)[point]
        return compare(predicted, seen, lambda: self.enclosure(program, options, point))

    def _run(self, program: Program, chosen: Mapping[str, str]) -> Prediction:
        script = self._script(program)
        with semantics.using(**chosen), semantics.noting() as consulted:
            seen = self._executor.run(msgspec.to_builtins(script.statements), script.points)
        for raw in seen:
            if raw["outcome"] == "raised" and "MemoryError" in raw["error"]["type"]:
                raise Unsupported(f"it is too large for the reference engine: {raw['error']['message']}")
        observations = {raw["point"]: recorded(raw, self._adapter, case="", environment="reference") for raw in seen}
        return Prediction(observations, frozenset(consulted))


def _bounds(program: Program, options: Options) -> dict[str, Enclosure]:
    """The enclosures by point; none for dtypes that NumPy cannot stand for."""
    try:
        return enclosures(program, options)
    except Unsupported:
        return {}


class _Known(Generic[Found]):
    """What was found out about one program, by the options that it depended on."""

    def __init__(self, program: Program) -> None:
        self._by_consulted: dict[tuple[str, ...], dict[tuple[str | None, ...], Found]] = {}

    def find(self, chosen: Mapping[str, str]) -> Found | None:
        for consulted, by_options in self._by_consulted.items():
            found = by_options.get(tuple(map(chosen.get, consulted)))
            if found is not None:
                return found
        return None

    def add(self, chosen: Mapping[str, str], consulted: Iterable[str], found: Found) -> Found:
        names = tuple(sorted(consulted))
        self._by_consulted.setdefault(names, {})[tuple(map(chosen.get, names))] = found
        return found
