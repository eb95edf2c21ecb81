"""Runs a script of the reference engine's with enclosed arrays in the place of numbers."""

from collections.abc import Sequence
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np

import reference_engine as engine
from harness.script import AnyStatement, Attempt, Data, Script, Statement, With
from reference_engine.enclosure import Enclosed, Undeclared, enclosed


class EnclosedRun:
    """One run: `hosts` are the arrays that inputs are made from, by their names in the script."""

    def __init__(self, hosts: dict[str, Any]) -> None:
        self._hosts = hosts
        self._seen: dict[str, Enclosed] = {}
        self._namespace: dict[str, Any] = {
            "np": np,
            "engine": engine,
            "observe": self._observe,
            "warned": lambda: None,
            "shares_memory": lambda *_: None,
        }

    def observations(self, script: Script) -> dict[str, Enclosed]:
        """The bounds that the script showed, by point.

        What raises is an outcome, which the engine's prediction tells: whatever would have come then has no bounds.
        Raises `Undeclared` for what nobody has declared bounds of.
        """
        try:
            self._execute(script.statements)
        except Undeclared:
            raise
        except Exception:
            return self._seen
        return self._seen

    def _execute(self, statements: Sequence[AnyStatement]) -> None:
        for statement in statements:
            match statement:
                case Data(name=name):
                    self._namespace[name] = self._hosts[name]
                case Statement(text=text):
                    exec(_compiled(text), self._namespace)
                case With(context=context, body=body):
                    with eval(context, self._namespace):
                        self._execute(body)
                case Attempt(body=body):
                    try:
                        self._execute(body)
                    except Undeclared:
                        raise
                    except Exception:
                        continue

    def _observe(self, point: str, value: Any) -> None:
        value = value.value if isinstance(value, engine.Variable) else value
        if isinstance(value, np.ndarray) and value.dtype.kind in "fc":
            value = enclosed(value, value.dtype)
        if isinstance(value, Enclosed):
            self._seen[point] = value.copy()


@lru_cache(maxsize=4096)
def _compiled(text: str) -> CodeType:
    return compile(text, "<script>", "exec")
