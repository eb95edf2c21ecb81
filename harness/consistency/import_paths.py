"""Functions by import path, `package.module:function`."""

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness.consistency import drivers
from harness.errors import UsageError

_PATH = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")


def folder_of(name: str, path: str) -> str:
    """The folder in which Python finds the module of an import path here; empty for an installed package.

    What is installed here has to be installed in the framework's environment too: this Python's packages in front of
    those there would break it. Raises `UsageError` if there is no such module, or if it reads as no import path.
    """
    if not _PATH.fullmatch(path):
        raise UsageError(f"the function of {name} is {path!r}; an import path is written 'package.module:function'")
    top = path.partition(":")[0].partition(".")[0]
    try:
        found = importlib.util.find_spec(top)
    except ValueError:  # of what has been made by hand
        found = None
    if found is None or not (found.has_location or found.submodule_search_locations):
        raise UsageError(f"the function of {name} is {path!r}, and there is no module {top!r} on sys.path")
    folder = Path([*(found.submodule_search_locations or ()), str(found.origin)][0]).parent
    return "" if folder.name in ("site-packages", "dist-packages") else str(folder)


def function_here(name: str, path: str) -> Callable[..., Any]:
    """The function that an import path names, imported in this process. Raises `UsageError`."""
    folder_of(name, path)
    module, _, function = path.partition(":")
    try:
        found: Callable[..., Any] = drivers.function_at(module, function)
    except drivers.Refused as error:
        raise UsageError(f"the function of {name}: {error}") from None
    return found
