"""Where a worker hung or died, from the stacks that faulthandler has written."""

import re
from collections.abc import Sequence
from pathlib import Path

_FRAME = re.compile(r'  File "(?P<file>.+)", line (?P<line>\d+) in (?P<function>.+)')
_LIBRARY = re.compile(r"/lib(64)?/python3\.\d+/(?!.*-packages/)|-packages/numpy/|^<")
"""Files of the standard library and of NumPy, and what is no file."""


def where(written: str, worker: Path, folders: Sequence[str]) -> str:
    """`my_engine.py, line 12, in backward`: the innermost line of the thread that runs `worker` which is neither
    NumPy's nor the standard library's; an empty text if there is none. Paths are shortened by `folders`.
    """
    for thread in re.split(r"^(?:Current thread|Thread) ", written, flags=re.MULTILINE)[1:]:
        frames = [match.groupdict() for match in _FRAME.finditer(thread)]
        if any(Path(frame["file"]) == worker for frame in frames):
            for frame in frames:
                if Path(frame["file"]) != worker and not _LIBRARY.search(frame["file"]):
                    function = "" if frame["function"] == "<module>" else f", in {frame['function']}"
                    return f"{_short(frame['file'], folders)}, line {frame['line']}{function}"
    return ""


def _short(file: str, folders: Sequence[str]) -> str:
    for folder in folders:
        if Path(file).is_relative_to(folder):
            return str(Path(file).relative_to(folder))
    return file.rpartition("-packages/")[2]
