"""Somebody's functions: what each answers, in this process or in a worker in its framework's environment."""

import ast
import importlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from harness.adapters import Adapter, adapter
from harness.adapters.tensorflow import READ
from harness.consistency import drivers
from harness.consistency.asked import Asked
from harness.environments import Environment
from harness.errors import EnvironmentProblem, UsageError
from harness.recorded import recorded
from harness.results import Error, Observation
from harness.script import Data, Language, Script, Statement
from harness.session import Failure, Raw, Session
from harness.worker import Executor

_IMPORTS = {
    "reference": "import reference_engine as engine",
    "torch": "import torch",
    "tensorflow": "import tensorflow as tf",
    "chainer": "import chainer",
    "jax": "import jax",
}
"""By framework: what its reader needs. In somebody's process nothing else is imported, and nothing is set."""


@dataclass(frozen=True)
class Answer:
    """What a function answered: its outputs and gradients by point, `output 0`, `gradient 0`, ... in order."""

    keys: tuple[Any, ...] | None
    """Of the outputs: positions of a tuple, keys of a dict, None for an array that stands alone."""
    observations: dict[str, Observation]
    raised: Error | None = None
    """Why there is nothing else."""


class Function(ABC):
    """A function of one framework."""

    def __init__(self, name: str, speaks: Adapter) -> None:
        self.name = name
        self.adapter = speaks
        self._count = 1
        """How many outputs the function had the last time."""

    @property
    @abstractmethod
    def version(self) -> str:
        """The framework's."""

    def answers(self, asks: Sequence[Asked]) -> list[Answer]:
        """Ask it all of these. Raises `UsageError` for a function that is none, or returns no arrays."""
        while True:
            answers = [self._understood(raw) for raw in self.run([self._script(each) for each in asks])]
            counts = {len(answer.keys) if answer.keys is not None else 1 for answer in answers if not answer.raised}
            if counts <= {self._count}:
                return answers
            self._count = max(counts)

    @property
    @abstractmethod
    def finding(self) -> tuple[Statement, ...]:
        """The statements that define `function`."""

    @abstractmethod
    def run(self, scripts: Sequence[Script]) -> Iterable[Raw | Failure]: ...

    def _script(self, ask: Asked) -> Script:
        hosts = [Data(f"input{place}", array) for place, array in enumerate(ask.inputs)]
        inputs = ", ".join(
            f"({name!r}, input{place}, {array.dtype!r})"
            for place, (name, array) in enumerate(zip(ask.names, ask.inputs, strict=True))
        )
        weights = ask.cotangents or ()
        hosts += [Data(f"weight{place}", array) for place, array in enumerate(weights)]
        given = (
            "None" if ask.cotangents is None else f"[{', '.join(f'weight{place}' for place in range(len(weights)))}]"
        )
        outputs = [f"{kind} {place}" for kind in ("output", "cotangent") for place in range(self._count)]
        points = ("structure", *outputs, *(f"gradient {place}" for place in ask.moving))
        called = Statement(f"found = driver.answer(function, [{inputs}], {given})")
        observed = [Statement(f"observe({point!r}, found.get({point!r}))") for point in points]
        return Script((*self.finding, *hosts, called, *observed), points)

    def _understood(self, raw: Raw | Failure) -> Answer:
        if isinstance(raw, Failure):
            return Answer(None, {}, Error(raw.kind, raw.reason, raw.kind))
        structure, *seen = (recorded(one, self.adapter, case="", environment=self.name) for one in raw)
        if structure.error is not None:
            if structure.error.type == drivers.Refused.__name__:
                raise UsageError(f"the function of {self.name}: {structure.error.message}")
            return Answer(None, {}, structure.error)
        keys = ast.literal_eval(str(structure.value))
        return Answer(None if keys is None else tuple(keys), {one.point: one for one in seen})


class CallableFunction(Function):
    """A function in this process."""

    def __init__(self, name: str, function: Callable[..., Any]) -> None:
        try:
            module = importlib.import_module(drivers.DRIVERS[name][0])
        except ImportError as error:
            raise EnvironmentProblem(
                f"the function of {name} is given as an object, and this Python cannot import {name} ({error}): "
                "give it as 'package.module:function', which runs in the environment of the framework"
            ) from None
        self._module = module
        super().__init__(name, adapter(name, self._flavour()))
        language = {
            "imports": f"import numpy as np\n{_IMPORTS[name]}",
            "reader": READ if name == "tensorflow" else self.adapter.language.reader,
        }
        self._executor = Executor(language, given={"driver": drivers.driver_of(name), "function": function})

    def _flavour(self) -> str | None:
        if self._module.__name__ != "jax":
            return None
        return "x64" if self._module.config.jax_enable_x64 else "x32"

    @property
    def version(self) -> str:
        return str(getattr(self._module, "__version__", ""))

    @property
    def finding(self) -> tuple[Statement, ...]:
        return ()

    def run(self, scripts: Sequence[Script]) -> Iterable[Raw | Failure]:
        for script in scripts:
            yield self._executor.run(msgspec.to_builtins(script.statements), script.points)


class ImportedFunction(Function):
    """A function that an import path names, in an environment."""

    def __init__(self, name: str, path: str, environment: Environment, session: Session) -> None:
        super().__init__(name, adapter(environment.framework, environment.flavour))
        self._path = path
        self._environment = environment
        self._session = session

    @property
    def version(self) -> str:
        return self._environment.framework_version

    @cached_property
    def finding(self) -> tuple[Statement, ...]:
        module, _, function = self._path.partition(":")
        return (Statement(f"function = function_at({module!r}, {function!r})"),)

    def run(self, scripts: Sequence[Script]) -> Iterable[Raw | Failure]:
        return self._session.run(scripts)


def language_of(environment: Environment, folder: str) -> Language:
    """What a worker speaks that asks functions: the framework's language, and this package's driver."""
    spoken = adapter(environment.framework, environment.flavour).language
    source = Path(drivers.__file__).read_text(encoding="utf-8")
    driver = f"\n\ndriver = driver_of({environment.framework!r})\n"
    path = (folder,) if folder else ()
    return msgspec.structs.replace(spoken, imports=f"{spoken.imports}\n\n{source}{driver}", path=path)
