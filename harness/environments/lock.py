"""A lock between processes (and threads), held on an open file: it goes when its holder goes, however that ends."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_TICK = 0.2
"""Seconds between two attempts to get a lock that somebody else holds."""

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class StoppedError(Exception):
    """What was going on was stopped on request."""


@contextmanager
def locked(path: Path, *, on_wait: Callable[[], None], stop: threading.Event) -> Iterator[None]:
    """Hold the lock; if somebody else does, call `on_wait` once and wait.

    Raises `StoppedError` soon after `stop` is set. The empty file stays: to remove it would be a race.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        if not _try_lock(file):
            on_wait()
            while not _try_lock(file):
                if stop.wait(_TICK):
                    raise StoppedError
        yield


def _try_lock(file: IO[bytes]) -> bool:
    try:
        _lock(file)
    except (BlockingIOError, PermissionError):
        return False
    return True
