"""Finding cases: the catalogue that comes with crossgrad, and files of cases that users write."""

import difflib
import importlib
import importlib.util
import pkgutil
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import cases
from harness import declaration
from harness.declaration import Case
from harness.errors import CaseError, CrossgradError, UsageError
from harness.ops import OPS


def catalogue() -> list[Case]:
    """The cases that come with crossgrad, by file: those written by hand, and those of every op."""
    return _unique([case for module in _modules() for case in (*_declared(module), *module.get("CASES", ()))])


def written() -> list[Case]:
    """The cases of the catalogue that were written by hand, each for something that engines do their own way."""
    return _unique([case for module in _modules() for case in _declared(module)])


def _modules() -> Iterator[dict[str, Any]]:
    for module in pkgutil.iter_modules(cases.__path__):
        yield vars(importlib.import_module(f"cases.{module.name}"))


def _declared(module: dict[str, Any]) -> Iterator[Case]:
    """The cases that have a name in a file; those that are derived are in its list `CASES`."""
    return (member for member in module.values() if isinstance(member, Case))


def load_file(path: Path) -> list[Case]:
    """The cases of a user's file. Raises `CaseError` if it is missing, raises, or declares none."""
    path = path.resolve()
    if not path.is_file():
        raise CaseError(f"there is no file of cases {path}")
    specification = importlib.util.spec_from_file_location(f"crossgrad_cases_{path.stem}", path)
    if specification is None or specification.loader is None:
        raise CaseError(f"{path} is no Python file; a file of cases ends in .py")
    module = importlib.util.module_from_spec(specification)
    before = len(declaration.declared)
    sys.path.insert(0, str(path.parent))
    try:
        # What a file prints is no data of the command's.
        with redirect_stdout(sys.stderr):
            specification.loader.exec_module(module)
        found = declaration.declared[before:]
    except (Exception, SystemExit) as error:
        raise CaseError(f"{path} cannot be loaded: {_where(error, path)}{type(error).__name__}: {error}") from error
    finally:
        sys.path.remove(str(path.parent))
        del declaration.declared[before:]
    if not found:
        raise CaseError(f'{path} declares no case; a case is a function under @case("topic/name", title="...")')
    return _unique(found)


def select(selectors: Sequence[str]) -> list[Case]:
    """The cases that the selectors name: an id, a topic, an op, a pattern such as `reductions/max*`, or a `FILE.py`.

    Without selectors: the catalogue. Raises `UsageError` for a selector that fits nothing, with the nearest names.
    """
    if not selectors:
        return catalogue()
    known = catalogue()
    chosen: list[Case] = []
    for selector in selectors:
        if selector.endswith(".py"):
            chosen += load_file(Path(selector))
            continue
        fitting = [
            c for c in known if selector in (c.id, c.topic) or fnmatchcase(c.id, selector) or _is_of(c, selector)
        ]
        if not fitting:
            raise UsageError(_no_such_case(selector, known))
        chosen += fitting
    return _unique(dict.fromkeys(chosen))


def _is_of(found: Case, op: str) -> bool:
    """Whether it is a case of an op, by its name or because its program applies it."""
    return op in OPS and any(step.op == op for step in found.program.applications.values())


def _no_such_case(selector: str, known: list[Case]) -> str:
    if Path(selector).is_dir():
        return f"{selector} is a folder; name the files of cases in it, or use pytest --crossgrad {selector}"
    names = [c.id for c in known] + list(dict.fromkeys(c.topic for c in known)) + list(OPS)
    near = difflib.get_close_matches(selector, names, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "`crossgrad list cases` shows all"
    return f"there is no case, topic, op or pattern {selector!r}; {hint}"


def _unique(cases: Iterable[Case]) -> list[Case]:
    """The cases as a list. Raises `CaseError` if two share an id."""
    by_id: dict[str, Case] = {}
    for found in cases:
        other = by_id.setdefault(found.id, found)
        if other is not found:
            raise CaseError(f"case {found.id!r} is declared twice: {other.place} and {found.place}; rename one")
    return list(by_id.values())


def _where(error: BaseException, path: Path) -> str:
    """The line of the user's file in which it happened."""
    if isinstance(error, SyntaxError):
        return f"line {error.lineno}: " if error.lineno else ""
    if isinstance(error, CrossgradError) and str(path) in str(error):
        return ""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return f"line {lines[-1]}: " if lines else ""
