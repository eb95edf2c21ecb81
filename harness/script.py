"""A Script: a Program in a framework's own idiom, as its users would type it.

The worker executes exactly these statements and `crossgrad show` prints exactly these statements, so what a report
shows is what ran. Statements are separate so that a worker compiles each distinct text once.
"""

import re
from collections.abc import Iterator
from textwrap import indent
from typing import Any

import msgspec

from harness import arrays
from harness.arrays import Array
from harness.literals import quoted


class Data(msgspec.Struct, frozen=True, tag="data"):
    """`name = np.array(...)`: shown as a literal, handed to the worker as raw bytes."""

    name: str
    array: Array

    def __str__(self) -> str:
        return f"{self.name} = {arrays.source(self.array)}"


class Statement(msgspec.Struct, frozen=True, tag="run", omit_defaults=True):
    """Python text: one statement, or a whole `def`."""

    text: str
    line: int = 0
    """The line of the language's `file` from which it was made; 0 if there is none."""

    def __str__(self) -> str:
        return self.text


class With(msgspec.Struct, frozen=True, tag="with"):
    """`with CONTEXT as NAME:` over a body."""

    context: str
    body: "tuple[Data | Statement | With | Attempt, ...]"
    name: str | None = None

    def __str__(self) -> str:
        header = f"with {self.context}:" if self.name is None else f"with {self.context} as {self.name}:"
        return f"{header}\n{_block(self.body)}"


class Attempt(msgspec.Struct, frozen=True, tag="attempt"):
    """A body that may raise; whether it did is recorded under `point`."""

    point: str
    body: "tuple[Data | Statement | With | Attempt, ...]"

    def __str__(self) -> str:
        point = quoted(self.point)
        return (
            f"try:\n{_block(self.body)}\n"
            f"except Exception as error:\n    observe({point}, error)\n"
            f"else:\n    observe({point}, None)"
        )


AnyStatement = Data | Statement | With | Attempt


class Script(msgspec.Struct, frozen=True):
    """What a worker needs in order to run a Program in one framework."""

    statements: tuple[AnyStatement, ...]
    points: tuple[str, ...]
    """The observation points that the statements record, in order."""
    unsupported: dict[str, str] = {}
    """The points that this framework has no way to observe, with the reason."""

    def __str__(self) -> str:
        return "\n".join(map(str, self.statements))


class Language(msgspec.Struct, frozen=True):
    """What all scripts of one framework and flavour have in common."""

    framework: str
    title: str
    """The framework's own spelling of its name."""
    imports: str
    """The import statements and settings at the top of a script."""
    reader: str
    """The source of `read(value)`: whatever the framework yields, as None, bool, str, or a NumPy array."""
    environment: dict[str, str] = {}
    """Variables that must be set before the framework is imported."""
    file: str = ""
    """The file from which `imports` comes, if it does; errors are then recorded with the line that raised them."""
    path: tuple[str, ...] = ()
    """Folders in which modules are looked for first."""


_OBSERVE = '''
def observe(point, value):
    """Print what was observed at a point."""
    value = value if isinstance(value, Exception) else read(value)
    if isinstance(value, Exception):
        print(point, "raised", type(value).__name__ + ":", value)
    elif isinstance(value, np.ndarray):
        digits = np.array2string(value, separator=", ", threshold=2**31, max_line_width=112, floatmode="unique")
        print(point, "=", digits, value.dtype, value.shape)
    else:
        print(point, "=", value)
'''

_SHARES_MEMORY = '''
def shares_memory(a, b):
    """Whether two values live in the same memory; None where one of them is missing."""
    a, b = read(a), read(b)
    return None if a is None or b is None else bool(np.shares_memory(a, b))
'''

_WARNED = '''
seen = []
warnings.simplefilter("always")
warnings.showwarning = lambda message, category, *_: seen.append(category.__name__)


def warned():
    """The categories of the warnings since the last observation of them."""
    categories = sorted(set(seen))
    del seen[:]
    return ", ".join(categories) or None
'''


def standalone(script: Script, language: Language, *, title: str) -> str:
    """The whole script as a file that runs with only the framework installed, and prints what it observes."""
    body = str(script)
    modules = ["os"] * bool(language.environment) + ["warnings"] * ("warned()" in body) + ["sys"] * bool(language.path)
    parts = [
        "".join(f"# {line}\n" for line in title.splitlines()),
        "".join(f"import {module}\n" for module in modules),
        "".join(f"os.environ[{quoted(name)}] = {quoted(value)}\n" for name, value in language.environment.items()),
        *_imports(language),
        language.reader.strip() + "\n\n",
        _OBSERVE.strip() + "\n\n",
        _SHARES_MEMORY.strip() + "\n\n" if "shares_memory(" in body else "",
        _WARNED.strip() + "\n\n" if "warned()" in body else "",
        body + "\n",
    ]
    return "\n".join(part for part in parts if part)


def _imports(language: Language) -> Iterator[str]:
    """What a script begins with. Of a file that describes an engine, what is not blank; it need not import NumPy."""
    if language.path:
        yield f"sys.path[:0] = [{', '.join(map(quoted, language.path))}]\n"
    if language.file:
        yield "import numpy as np\n"
    yield re.sub(r"\n{4,}", "\n\n\n", language.imports).rstrip() + "\n\n"


def _block(body: tuple[Any, ...]) -> str:
    return indent("\n".join(map(str, body)), "    ")
