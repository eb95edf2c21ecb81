"""The call that users make, and the workers that live from one call to the next."""

import atexit
import difflib
import inspect
import sys
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from harness.consistency import drivers
from harness.consistency.asked import asked
from harness.consistency.conventions import check_accepted
from harness.consistency.engine_reference import EngineReference
from harness.consistency.expectations import Reference
from harness.consistency.functions import CallableFunction, Function, ImportedFunction, language_of
from harness.consistency.import_paths import folder_of, function_here
from harness.consistency.inquiry import Inquiry
from harness.consistency.telling import message
from harness.consistency.traced_reference import TracedReference
from harness.environments import Environment, resolve
from harness.errors import CrossgradError, UsageError
from harness.session import Limits, Session

Given = Callable[..., Any] | str
"""A function, or the import path of one, `package.module:function`."""


class Consistency:
    """Compares functions. Use it as a context manager: it holds a worker for each environment that was asked."""

    def __init__(self, limits: Limits = Limits()) -> None:  # noqa: B008  frozen
        self._limits = limits
        self._environments: dict[str, Environment] = {}
        self._sessions: dict[tuple[Path, str, str, str], Session] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers. They start again if somebody asks."""
        while self._sessions:
            _, session = self._sessions.popitem()
            session.__exit__(None, None, None)

    def assert_consistent(
        self,
        functions: Mapping[str, Given],
        inputs: Any,
        *,
        cotangents: Any = None,
        accept: Collection[str] = (),
        environments: Mapping[str, str] | None = None,
    ) -> None:
        """See `harness.consistency.assert_consistent`."""
        __tracebackhide__ = True
        try:
            said = self._said(functions, inputs, cotangents, accept, dict(environments or {}))
        except CrossgradError as error:
            raise error.with_traceback(None) from None
        if said:
            raise AssertionError(said)

    def _said(
        self,
        functions: Mapping[str, Given],
        inputs: Any,
        cotangents: Any,
        accept: Collection[str],
        environments: dict[str, str],
    ) -> str:
        _check(functions, environments)
        check_accepted(accept, "reference" in functions)
        asks = asked(inputs, cotangents)
        askable = [
            self._function(name, given, environments) for name, given in functions.items() if name != "reference"
        ]
        right = _reference(functions["reference"]) if "reference" in functions else None
        for number, ask in enumerate(asks):
            said = message(Inquiry(askable, right, ask, accept), number if len(asks) > 1 else None)
            if said:
                return said
        return ""

    def _function(self, name: str, given: Given, environments: Mapping[str, str]) -> Function:
        if not isinstance(given, str):
            return CallableFunction(name, given)
        folder = folder_of(name, given)
        request = f"{name}={environments[name]}" if name in environments else name
        environment = self._environment(request)
        return ImportedFunction(name, given, environment, self._session(environment, folder))

    def _environment(self, request: str) -> Environment:
        if request not in self._environments:
            (found,) = resolve([request], create_missing=True, report=lambda step: print(step, file=sys.stderr))
            assert isinstance(found, Environment)
            self._environments[request] = found
        return self._environments[request]

    def _session(self, environment: Environment, folder: str) -> Session:
        key = environment.python, environment.framework, environment.flavour, folder
        if key not in self._sessions:
            self._sessions[key] = Session(environment, language_of(environment, folder), self._limits)
        return self._sessions[key]


def assert_consistent(
    functions: Mapping[str, Given],
    inputs: Any,
    *,
    cotangents: Any = None,
    accept: Collection[str] = (),
    environments: Mapping[str, str] | None = None,
) -> None:
    """Assert that functions in several frameworks give the same outputs and gradients.

    `functions` are by framework: `torch`, `tensorflow`, `chainer`, `jax`, `reference`. A function that is given as an
    object runs in this process; an import path, `"package.module:function"`, is imported in an environment of the
    framework: crossgrad's own, or the interpreter that `environments` names for it. A function takes arrays of its
    framework and returns one, or a tuple or a dict of them. That of the reference is written with `reference_engine`'s
    ops, or like a case, with `g` for its first parameter.

    `inputs` are NumPy arrays: a list, a dict by keyword, or a list of several such sets. `cotangents`, one of the
    shape of each output, weigh the outputs; by default each element gets another weight. `accept` names dimensions in
    which the frameworks may follow conventions of their own.

    Raises `AssertionError` that says who disagrees, where, by how much and why, `UsageError` for a call that means
    nothing, `EnvironmentProblem` if a framework cannot be had. Workers stay for the next call, until the process ends.
    """
    __tracebackhide__ = True
    try:
        _shared().assert_consistent(functions, inputs, cotangents=cotangents, accept=accept, environments=environments)
    except (AssertionError, CrossgradError) as error:
        raise error.with_traceback(None) from None


@cache
def _shared() -> Consistency:
    shared = Consistency()
    atexit.register(shared.close)
    return shared


def _check(functions: Mapping[str, Given], environments: Mapping[str, str]) -> None:
    """Raise `UsageError` for functions of which nothing can be asked."""
    if not isinstance(functions, Mapping) or len(functions) < 2:
        raise UsageError("give two functions or more, by framework, as in {'torch': f, 'jax': g}")
    for name, given in functions.items():
        if name not in drivers.DRIVERS:
            near = difflib.get_close_matches(str(name), drivers.DRIVERS, n=1)
            known = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(drivers.DRIVERS)}"
            raise UsageError(f"{name!r} is no framework that can be asked; {known}")
        if not callable(given) and not isinstance(given, str):
            raise UsageError(f"the function of {name} is {given!r}; give a function, or 'package.module:function'")
    for name in environments:
        if not isinstance(functions.get(name), str):
            raise UsageError(f"environments names {name!r}, whose function is not given as 'package.module:function'")


def _reference(given: Given) -> Reference:
    """The kind of reference that a function is: one like a case has a first parameter `g`."""
    function = function_here("reference", given) if isinstance(given, str) else given
    try:
        parameters = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):  # of what is not written in Python
        parameters = []
    return TracedReference(function) if parameters[:1] == ["g"] else EngineReference(function)
