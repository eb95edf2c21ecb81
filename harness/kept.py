"""What environments answered in earlier runs, and how it was judged, so that a second run only reads.

Kept in one SQLite file in the user's cache folder, or in the folder that `CROSSGRAD_KEPT` names. What was not asked for
in two months goes. A file that cannot be read, or written, counts as none.
"""

import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

import harness
import reference_engine
from harness import caches
from harness.environments import Environment, root
from harness.program import Program
from harness.results import Observation
from harness.script import Language, Script

Made = TypeVar("Made")

VARIABLE = "CROSSGRAD_KEPT"
"""Another folder than the one in the user's cache."""

UNUSED = 60
"""Days after which what nobody asked for goes."""

MOST_WAITING = 1_000
"""What is new is written when there is so much of it, for a process that is killed writes nothing more."""


class Kept:
    """What is kept, for the threads of one run. A context manager: at its end everything new is written."""

    def __init__(self, folder: Path | None = None, *, fresh: bool = False) -> None:
        """`fresh` finds nothing, and replaces what is there."""
        self._file = (folder or caches.folder("kept", VARIABLE)) / "kept.sqlite"
        self._fresh = fresh
        self._today = int(time.time() // 86400)
        self._lock = threading.Lock()
        self._new: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()
        self._connection: sqlite3.Connection | None = None
        self.found = 0
        """How often something was found."""

    def __enter__(self) -> Self:
        with suppress(OSError, sqlite3.Error):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._file, timeout=10, check_same_thread=False)
            with self._connection as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB, day INTEGER)")
                connection.execute("DELETE FROM kept WHERE day < ?", (self._today - UNUSED,))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """After an interruption too: what was finished is finished."""
        if self._connection is None:
            return
        with self._lock:
            self._write(self._connection)
        self._connection.close()

    def find(self, key: bytes) -> bytes | None:
        """What was kept under a key, if anything was."""
        if self._fresh or self._connection is None:
            return None
        with self._lock, suppress(sqlite3.Error):
            for value, day in self._connection.execute("SELECT value, day FROM kept WHERE key = ?", (key,)):
                if day != self._today:
                    self._used.add(key)
                self.found += 1
                return bytes(value)
        return None

    def once(self, key: bytes, kind: type[Made], make: Callable[[], Made]) -> Made:
        """What was kept under a key, as the type that it is; else what `make` gives, which is kept."""
        found = self.find(key)
        if found is not None:
            return msgspec.json.decode(found, type=kind)
        made = make()
        self.keep(key, msgspec.json.encode(made))
        return made

    def keep(self, key: bytes, value: bytes) -> None:
        """Keep a value for the runs to come."""
        with self._lock:
            self._new[key] = value
            if self._connection is not None and len(self._new) >= MOST_WAITING:
                self._write(self._connection)

    def _write(self, connection: sqlite3.Connection) -> None:
        """Write what is new and what was used; what cannot be written is let go."""
        with suppress(sqlite3.Error), connection:
            new = [(key, value, self._today) for key, value in self._new.items()]
            connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", new)
            used = [(self._today, key) for key in self._used]
            connection.executemany("UPDATE kept SET day = ? WHERE key = ?", used)
        self._new.clear()
        self._used.clear()


def key_of_answers(script: Script, language: Language, environment: Environment) -> bytes | None:
    """The key of what an environment answers to a script; None where the answer cannot be relied on another day.

    It can in environments that crossgrad made, in which nobody changes anything, and in the reference engine, whose
    source is a part of the key. An interpreter that a user names may hold something else tomorrow.
    """
    if environment.framework == "reference":
        return _digest("answers", environment, language, script, _source())
    if root() in environment.python.parents:
        return _digest("answers", environment, language, script, _worker())
    return None


def key_of_verdict(case: str, program: Program, environment: Environment, seen: tuple[Observation, ...]) -> bytes:
    """The key of a verdict: what was judged, and the source that judges, profiles included."""
    return _digest("verdict", case, program.digest, environment, seen, _source())


def key_of_mistakes(program: Program) -> bytes:
    """The key of the mistakes that a program brings to light."""
    return _digest("mistakes", program.digest, _source())


def _digest(*parts: Any) -> bytes:
    return hashlib.sha256(msgspec.json.encode(parts, enc_hook=str)).digest()


@cache
def _source() -> str:
    """A digest of the source that answers and judges: adapters, engine, oracle, checker, profiles."""
    return _digest_of_files(file for package in (harness, reference_engine) for file in _files(package.__path__[0]))


@cache
def _worker() -> str:
    return _digest_of_files(iter([Path(harness.__path__[0]) / "worker.py"]))


def _files(folder: str) -> Iterator[Path]:
    """The sources of a package, without those that only read verdicts or make environments."""
    for file in sorted(Path(folder).rglob("*")):
        is_judging = file.relative_to(folder).parts[0] not in ("cli", "report", "environments")
        if file.suffix in (".py", ".toml") and is_judging:
            yield file


def _digest_of_files(files: Iterator[Path]) -> str:
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()
