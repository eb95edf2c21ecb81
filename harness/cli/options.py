"""Options that several commands share."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from harness.environments import Environment, Missing, resolve
from harness.errors import CrossgradError
from harness.results import compressed, pack
from harness.session import GIBIBYTE, Limits

LONGEST = 86_400.0
"""Seconds that `--timeout` may give: a day."""
LARGEST = 1024.0 * 1024.0
"""GiB that `--memory` may give."""

stderr = Console(stderr=True, highlight=False, soft_wrap=True)


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--env`, `-j`, `--timeout` and `--memory`: where and how to run."""
    for option in reversed(
        [
            click.option(
                "--env",
                "environments",
                multiple=True,
                metavar="NAME[=PYTHON]",
                help="An environment of the catalogue, created if missing; or any interpreter under a name of yours: "
                "the frameworks that it holds are found out, nothing is installed into it. Repeatable. "
                "[default: all of `crossgrad envs list` that are on by default]",
            ),
            click.option(
                "-j", "--jobs", type=click.IntRange(1), help="Environments at a time. [default: the number of cores]"
            ),
            click.option(
                "--timeout",
                type=click.FloatRange(0.1, LONGEST),
                default=60.0,
                show_default=True,
                help="Seconds for one case.",
            ),
            click.option(
                "--memory",
                type=click.FloatRange(0.1, LARGEST),
                default=4.0,
                show_default=True,
                help="GiB for one worker process.",
            ),
        ]
    ):
        command = option(command)
    return command


compress_option = click.option(
    "--compress", is_flag=True, help="Compress the results to results.jsonl.xz, which every command reads."
)


def settled(file: Path, compress: bool) -> Path:
    """A results file that was just written, now compressed if that is asked for.

    What an earlier command left under the other of the two names goes, for it says something else.
    """
    if compress:
        return pack(file)
    compressed(file).unlink(missing_ok=True)
    return file


def limits(timeout: float, memory: float) -> Limits:
    return Limits(seconds=timeout, memory=int(memory * GIBIBYTE), recycle=int(min(memory / 2, 2.0) * GIBIBYTE))


def resolved(requested: tuple[str, ...]) -> list[Environment | Missing]:
    """The environments, created where they are missing, with progress on stderr."""
    with stderr.status("looking for environments") as status:

        def report(step: str) -> None:
            status.update(step)
            if not stderr.is_terminal:
                stderr.print(step, markup=False)

        return resolve(list(requested), create_missing=True, report=report)


def folder(path: Path) -> Path:
    """The folder, created if need be."""
    path.mkdir(parents=True, exist_ok=True)
    return path


def write(file: Path, content: bytes) -> None:
    """Write a file. Raises `CrossgradError` that names it: a full disk's own error does not."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise CrossgradError(f"{file} cannot be written: {error.strerror}") from None


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Writing the report takes a second, which an impatient second Ctrl-C should not cost."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
