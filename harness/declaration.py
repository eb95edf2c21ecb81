"""A case: a few lines of Python, written once for every framework, with the sentence that says what it is about."""

import inspect
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from harness.errors import CaseError, CrossgradError
from harness.program import Program
from harness.trace import Tracer, trace

_ID = re.compile(r"[a-z0-9_]+(/[a-z0-9_]+)+")
_LINE = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]*")

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
            # What a case prints is no data of the command's.
            with redirect_stdout(sys.stderr):
                return trace(self.function)
        except CrossgradError as error:
            raise CaseError(f"case {self.id!r} ({self.place}): {error}") from None
        except (Exception, SystemExit) as error:
            raise CaseError(f"case {self.id!r} ({self.place}) raised {type(error).__name__}: {error}") from error


def case(id: str, /, *, title: str, source: str = "") -> Callable[[Callable[[Tracer], object]], Case]:  # noqa: A002
    """Declare a case. `id` is `topic/name`, `title` one sentence, `source` a link or the name of an article."""
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise CaseError(f"a case's id is topic/name in small letters, digits and underscores, not {id!r}")
    if not _is_line(title) or not title.strip():
        raise CaseError(f"case {id!r} needs a title: one sentence, on one line, that says what it shows")
    if not _is_line(source):
        raise CaseError(f"case {id!r}: its source is one line, a link or the name of an article, not {source!r}")

    def declare(function: Callable[[Tracer], object]) -> Case:
        if not inspect.isfunction(function) or inspect.iscoroutinefunction(function):
            raise CaseError(f"case {id!r} is declared on {function!r}; a case is a function, `def name(g): ...`")
        made = Case(id, title, source, function)
        declared.append(made)
        return made

    return declare


def _is_line(text: object) -> bool:
    """Whether it is one line of text that every terminal and every file can hold."""
    return isinstance(text, str) and _LINE.fullmatch(text) is not None
