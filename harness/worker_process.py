"""The worker as a process: lines go in, lines come out, with a limit of time and of memory.

Two threads move the lines, so that neither a worker that does not read nor one that does not write can stop us.
"""

import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Literal

import msgspec
import psutil

from harness import hanging
from harness.environments import compilation_variables, interpreter_variables

WORKER = Path(__file__).with_name("worker.py")
GIBIBYTE = 2**30
_TICK = 0.1
"""Seconds between two looks at a worker that is silent."""
_SECONDS_TO_DIE = 5.0
"""For which a worker that hangs may write where."""
_FATAL = b"Fatal Python error"
"""With this faulthandler begins."""


class Stopped(Exception):
    """Whoever waits for a worker was told to stop."""


class Failure(msgspec.Struct, frozen=True):
    """Why a script has no observations."""

    kind: Literal["crash", "timeout"]
    reason: str


class WorkerProcess:
    """`worker.py`, run by an interpreter; `stderr` receives what it prints. Raises `OSError` if it cannot be run.

    Lines in which it hangs or dies are said by paths from `folders`.
    """

    def __init__(self, python: Path, stderr: IO[bytes], folders: Sequence[str] = ()) -> None:
        self._stderr = stderr
        self._folders = folders
        self._process = subprocess.Popen(
            [str(python), "-B", "-X", "faulthandler", str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env={**compilation_variables(), **interpreter_variables()},  # the user's own settings win
        )
        self._status = psutil.Process(self._process.pid)
        self._requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._threads = (
            threading.Thread(target=_write, args=(self._requests, self._process.stdin), daemon=True),
            threading.Thread(target=_read, args=(self._process.stdout, self._answers), daemon=True),
        )
        for thread in self._threads:
            thread.start()

    def send(self, request: object) -> None:
        """Send something as a line of JSON. If the worker is dead, `next_line` says so."""
        self._requests.put(msgspec.json.encode(request) + b"\n")

    def next_line(self, seconds: float, memory: int, stop: threading.Event) -> bytes | Failure:
        """The next line that the worker writes, or why there is none. Raises `Stopped` soon after `stop` is set."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                line = self._answers.get(timeout=_TICK)
            except queue.Empty:
                if stop.is_set():
                    raise Stopped from None
                used = self.memory()
                if used > memory:
                    said = f"stopped at {used / GIBIBYTE:.1f} GiB of memory; the limit is {memory / GIBIBYTE:.1f} GiB"
                    return Failure("crash", said)
                if time.monotonic() > deadline:
                    where = self._where_it_hangs()
                    return Failure(
                        "timeout", f"no answer within {seconds:g} s{f': it hangs in {where}' if where else ''}"
                    )
                continue
            return line or Failure("crash", self._last_words())

    def memory(self) -> int:
        """The resident memory in bytes; 0 if the process is gone."""
        try:
            resident: int = self._status.memory_info().rss
        except psutil.Error:
            return 0
        return resident

    def end(self) -> None:
        """Kill it: there is nothing in a worker that would have to be saved."""
        self._process.kill()
        self._process.wait()
        self._requests.put(b"")
        for thread in self._threads:
            # Only a process that the worker has forked can keep the pipes open; it is not waited for.
            thread.join(timeout=1.0)

    def printed(self) -> Iterator[bytes]:
        """The lines that it has printed. Only for a worker that has ended: reading moves the place where it writes."""
        self._stderr.seek(0)
        for line in self._stderr:
            if line.startswith(_FATAL):
                return
            yield line

    def _last_words(self) -> str:
        """How the worker ended, and the line of its stderr that says most."""
        code = self._process.wait()
        how = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
        written = self._written()
        lines = written.strip().splitlines()
        fatal = [line for line in lines if line.startswith(("Fatal Python error", "MemoryError"))]
        said = fatal[-1] if fatal else lines[-1] if lines else ""
        where = hanging.where(written, WORKER, self._folders)
        return f"the process ended ({how}){': ' + said if said else ''}{f', in {where}' if where else ''}"

    def _where_it_hangs(self) -> str:
        """The line, as faulthandler writes it when the process is aborted; an empty text where there are no signals."""
        if os.name != "posix":
            return ""
        self._process.send_signal(signal.SIGABRT)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_SECONDS_TO_DIE)
        return hanging.where(self._written(), WORKER, self._folders)

    def _written(self) -> str:
        self._stderr.seek(0)
        return self._stderr.read().decode(errors="replace")


def _write(lines: "queue.SimpleQueue[bytes]", pipe: IO[bytes]) -> None:
    """Move lines from the queue into the pipe until an empty one, or the reader's end; then close it."""
    with suppress(OSError), pipe:
        while line := lines.get():
            pipe.write(line)
            pipe.flush()


def _read(pipe: IO[bytes], lines: "queue.SimpleQueue[bytes]") -> None:
    """Move lines from the pipe into the queue; an empty one marks the end."""
    with pipe:
        for line in pipe:
            lines.put(line)
    lines.put(b"")
