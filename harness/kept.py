"""What environments answered in earlier runs, and how it was judged, so that a second run only reads.

Kept in one SQLite file in the user's cache folder, or in the folder that `CROSSGRAD_KEPT` names, under the keys that
`harness/keys.py` makes. What was not asked for in two months goes; if it is too much, so does what was asked for on the
earliest days. A file that cannot be read, or written, counts as none.
"""

import sqlite3
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from harness import caches

Made = TypeVar("Made")

VARIABLE = "CROSSGRAD_KEPT"
"""Another folder than the one in the user's cache."""

UNUSED = 60
"""Days after which what nobody asked for goes."""

MOST_BYTES = 2**30
"""Of everything that is kept, when a run begins."""

MOST_WAITING = 1_000
"""What is new is written when there is so much of it, for a process that is killed writes nothing more."""


class WholeRun(msgspec.Struct, frozen=True):
    """The files that a run wrote, when nothing in it could come out otherwise another day."""

    records: bytes
    page: bytes


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
                connection.execute("CREATE INDEX IF NOT EXISTS by_day ON kept (day)")
                connection.execute("DELETE FROM kept WHERE day < ?", (self._today - UNUSED,))
                while _bytes(connection) > MOST_BYTES and _forget_a_day(connection):
                    pass
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

    def find_run(self, key: bytes) -> WholeRun | None:
        """The whole run that was kept under a key, if there was one."""
        found = self.find(key)
        if found is None:
            return None
        packed = msgspec.msgpack.decode(found, type=WholeRun)
        return WholeRun(zlib.decompress(packed.records), zlib.decompress(packed.page))

    def keep_run(self, key: bytes, run: WholeRun) -> None:
        """Keep a whole run for the runs to come; compressed, which takes less time than it saves in writing."""
        packed = WholeRun(zlib.compress(run.records, level=1), zlib.compress(run.page, level=1))
        self.keep(key, msgspec.msgpack.encode(packed))

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


def _bytes(connection: sqlite3.Connection) -> int:
    """How much of the file is in use; SQLite fills what is free before the file grows."""
    tables = "pragma_page_count, pragma_freelist_count, pragma_page_size"
    (used,) = connection.execute(f"SELECT (page_count - freelist_count) * page_size FROM {tables}").fetchone()
    return int(used)


def _forget_a_day(connection: sqlite3.Connection) -> bool:
    """Let go what was asked for on the earliest day and never since. Says whether there was anything."""
    return connection.execute("DELETE FROM kept WHERE day = (SELECT MIN(day) FROM kept)").rowcount > 0
