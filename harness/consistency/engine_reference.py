"""A reference that is written with the engine's own ops: it runs in the engine."""

import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

import numpy as np

from harness.arrays import Array
from harness.checker.enclosures import Enclosure, enclosure_of
from harness.checker.predict import Options
from harness.consistency import drivers
from harness.consistency.asked import Asked
from harness.consistency.expectations import REMEMBERED, Expected, Reference
from harness.consistency.functions import Answer, CallableFunction
from harness.results import Observation
from reference_engine import semantics
from reference_engine.enclosure import Enclosed, enclosed, enclosing


class EngineReference(Reference):
    """A function over the engine's variables."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._here = CallableFunction("reference", function)
        self._expected = lru_cache(REMEMBERED)(self._of)

    def answers(self, asks: Sequence[Asked]) -> list[Answer]:
        return self._here.answers(asks)

    def expected(self, ask: Asked) -> Expected:
        return self._expected(ask)

    def _of(self, ask: Asked) -> Expected:
        return _OfEngine(self._here, self._function, ask)


class _OfEngine(Expected):
    def __init__(self, here: CallableFunction, function: Callable[..., Any], ask: Asked) -> None:
        self._here = here
        self._function = function
        self._ask = ask
        self._answer = lru_cache(REMEMBERED)(self._run)
        self._enclosures = lru_cache(REMEMBERED)(self._enclose)

    def observe(self, options: Options = frozenset()) -> dict[str, Observation]:
        return self._answer(options)[0]

    def consulted(self, options: Options = frozenset()) -> frozenset[str]:
        return self._answer(options)[1]

    def enclosure(self, options: Options, point: str) -> Enclosure | None:
        return self._enclosures(options).get(point)

    def _run(self, options: Options) -> tuple[dict[str, Observation], frozenset[str]]:
        with semantics.using(**dict(options)), semantics.noting() as consulted:
            (answer,) = self._here.answers([self._ask])
        if answer.raised is not None:
            raised = Observation(case="", environment="reference", point="", outcome="raised", error=answer.raised)
            return dict.fromkeys(self._observe_by_default(), raised), frozenset(consulted)
        return answer.observations, frozenset(consulted)

    def _observe_by_default(self) -> dict[str, Observation]:
        (answer,) = self._here.answers([self._ask])
        return answer.observations

    def _enclose(self, options: Options) -> dict[str, Enclosure]:
        """The bounds by point; none of a function that has no answer for bounds, as where it branches on a number."""
        inputs = [
            (name, _host(array), array.dtype) for name, array in zip(self._ask.names, self._ask.inputs, strict=True)
        ]
        weights = None if self._ask.cotangents is None else [array.numpy() for array in self._ask.cotangents]
        with suppress(Exception), enclosing(**dict(options)), warnings.catch_warnings(action="ignore"):
            found = drivers.driver_of("reference").answer(self._function, inputs, weights)
            values = {point: getattr(value, "value", value) for point, value in found.items()}
            return {
                point: enclosure_of(bounds, bounds.dtype.name)
                for point, value in values.items()
                if (bounds := _bounds(value)) is not None
            }
        return {}


def _host(array: Array) -> Any:
    numbers = array.numpy()
    return enclosed(numbers, numbers.dtype) if numbers.dtype.kind in "fc" else numbers


def _bounds(value: Any) -> Enclosed | None:
    if isinstance(value, np.ndarray) and value.dtype.kind in "fc":
        return enclosed(value, value.dtype)
    return value if isinstance(value, Enclosed) else None
