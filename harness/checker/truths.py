"""What the oracle found out, kept between runs.

A file for each question, named by the question's digest, in a folder for each version of the oracle: its own source
decides, so a changed oracle asks everything anew. A file that cannot be read counts as none. A process that has
something new to keep first makes room: what another version has not used for a month goes, and the oldest files where
there are too many.
"""

import hashlib
import os
import shutil
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from flint import arb

import reference_engine.oracle
from harness import __version__, caches
from reference_engine.oracle import Slope

VARIABLE = "CROSSGRAD_TRUTHS"
"""Another folder than the one in the user's cache."""

MOST_FILES = 20_000
"""A version keeps no more when the next process starts to save: some 100 MB."""
UNUSED = 30 * 24 * 3600
"""Seconds after which what another version keeps is of no use."""


class _Enclosure(msgspec.Struct, array_like=True, frozen=True):
    """Midpoint and radius, each an integer times a power of two."""

    middle: str
    middle_exponent: str
    radius: str
    radius_exponent: str


class _Stored(msgspec.Struct, frozen=True, omit_defaults=True):
    kind: Literal["finite", "infinite", "undefined", "oscillating", "undecided"]
    value: _Enclosure | None = None
    positive: bool = False
    """Of an infinite one."""
    reason: str = ""


_decoder = msgspec.json.Decoder(dict[str, _Stored])


class Truths:
    """A store of slopes in a folder: by default in the user's cache folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = (folder or caches.folder("truths", VARIABLE)) / f"{__version__}-{_revision()}"
        self._has_room = False

    def load(self, digest: str) -> dict[str, Slope]:
        """What is known about a question, by the slopes' keys; nothing if nothing readable is there."""
        try:
            stored = _decoder.decode(self._file(digest).read_bytes())
            return {key: _slope(one) for key, one in stored.items()}
        except (OSError, msgspec.DecodeError, ValueError):
            return {}

    def save(self, digest: str, known: dict[str, Slope]) -> None:
        """Keep it; where the folder cannot be written to, do without."""
        file = self._file(digest)
        written = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._make_room()
            written.write_bytes(msgspec.json.encode({key: _stored(slope) for key, slope in known.items()}))
            written.replace(file)
        except OSError:
            with suppress(OSError):
                written.unlink(missing_ok=True)

    def _make_room(self) -> None:
        """Once for each process; another one may be doing the same."""
        if self._has_room:
            return
        self._has_room = True
        os.utime(self._folder)
        for other in self._folder.parent.iterdir():
            if other != self._folder and time.time() - other.stat().st_mtime > UNUSED:
                shutil.rmtree(other, ignore_errors=True)
        files = list(self._folder.glob("*/*"))
        if len(files) > MOST_FILES:
            for file in sorted(files, key=lambda one: one.stat().st_mtime)[: -MOST_FILES // 2]:
                file.unlink(missing_ok=True)

    def _file(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}.json"


@cache
def _revision() -> str:
    """A digest of the oracle's source."""
    found = hashlib.sha256()
    (folder,) = reference_engine.oracle.__path__
    for file in sorted(Path(folder).rglob("*.py")):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]


def _stored(slope: Slope) -> _Stored:
    if slope.kind == "finite":
        middle, radius = slope.number.mid().man_exp(), slope.number.rad().man_exp()
        return _Stored("finite", _Enclosure(*(hex(int(part)) for part in (*middle, *radius))))
    return _Stored(slope.kind, positive=slope.value is not None and bool(slope.value > 0), reason=slope.reason)


def _slope(stored: _Stored) -> Slope:
    match stored:
        case _Stored("finite", _Enclosure(middle, middle_exponent, radius, radius_exponent)):
            center = arb((int(middle, 16), int(middle_exponent, 16)))
            return Slope("finite", arb(center, arb((int(radius, 16), int(radius_exponent, 16)))))
        case _Stored("finite"):
            raise ValueError("a finite slope has a value")
        case _Stored("infinite"):
            return Slope("infinite", arb("inf") if stored.positive else arb("-inf"))
    return Slope(stored.kind, reason=stored.reason)
