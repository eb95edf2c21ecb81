"""Run a long command: its output goes to a log file, line by line to a listener, and it can be stopped."""

import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from harness.environments.lock import StoppedError
from harness.environments.probing import interpreter_variables

# `user = true` in somebody's pip configuration would make pip refuse to install into a virtual environment.
_VARIABLES = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", "PIP_USER": "0"}
_TICK = 0.1
"""Seconds between two looks at the log and at the wish to stop."""


def run_logged(
    command: Sequence[str | Path], log: Path, *, on_line: Callable[[str], None], stop: threading.Event
) -> int:
    """Run the command to its end and return its exit code; its output is appended to `log`.

    If `stop` is set, or the caller is interrupted, the command and its children are killed. Raises `StoppedError` for
    the former.
    """
    with log.open("ab") as output, log.open("rb") as written:
        output.write(f"$ {' '.join(map(str, command))}\n".encode())
        output.flush()
        written.seek(output.tell())
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=interpreter_variables() | _VARIABLES,
        )
        try:
            rest = ""
            while True:
                code = _wait(process)
                *lines, rest = (rest + written.read().decode("utf-8", "replace")).split("\n")
                for line in lines:
                    on_line(line)
                if code is not None:
                    return code
                if stop.is_set():
                    raise StoppedError
        finally:
            _kill(process)


def _wait(process: subprocess.Popen[bytes]) -> int | None:
    try:
        return process.wait(_TICK)
    except subprocess.TimeoutExpired:
        return None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, with its children: pip builds in processes of its own."""
    if process.poll() is not None:
        return
    for child in psutil.Process(process.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            child.kill()
    process.kill()
    process.wait()
