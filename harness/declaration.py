"""A case: a few lines of Python, written once for every framework, with the sentence that says what it is about."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from harness.errors import CaseError, CrossgradError
from harness.program import Program
from harness.trace import Tracer, trace

_ID = re.compile(r"[a-z0-9_]+(/[a-z0-9_]+)+")

declared: list["Case"] = []
"""Every case that was declared since the process started, in order; `harness.catalogue` reads it."""


@dataclass(frozen=True)
class Case:
    """A function over the tracer, and what a reader should know about it."""

    id: str
    """`topic/name`."""
    title: str
    """One sentence."""
    source: str
    """Where it comes from: a link, or the article's name."""
    function: Callable[[Tracer], object]

    @property
    def topic(self) -> str:
        return self.id.split("/", 1)[0]

    @property
    def file(self) -> Path:
        return Path(self.function.__code__.co_filename)

    @property
    def place(self) -> str:
        return f"{self.file}:{self.function.__code__.co_firstlineno}"

    @cached_property
    def program(self) -> Program:
        """Runs the function once, with the tracer. Raises `CaseError` that says which case and where."""
        try:
            return trace(self.function)
        except CrossgradError as error:
            raise CaseError(f"case {self.id!r} ({self.place}): {error}") from None
        except Exception as error:
            raise CaseError(f"case {self.id!r} ({self.place}) raised {type(error).__name__}: {error}") from error


def case(id: str, /, *, title: str, source: str = "") -> Callable[[Callable[[Tracer], object]], Case]:  # noqa: A002
    """Declare a case. `id` is `topic/name`, `title` one sentence, `source` a link or the name of an article."""
    if not _ID.fullmatch(id):
        raise CaseError(f"a case's id is topic/name in small letters, digits and underscores, not {id!r}")
    if not title.strip():
        raise CaseError(f"case {id!r} needs a title: one sentence that says what it shows")

    def declare(function: Callable[[Tracer], object]) -> Case:
        made = Case(id, title, source, function)
        declared.append(made)
        return made

    return declare
