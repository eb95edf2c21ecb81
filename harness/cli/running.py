"""Running cases for a command: with progress on stderr, each record in the file as soon as it is known."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from harness.cli.options import stderr
from harness.environments import Environment, Missing
from harness.errors import CrossgradError
from harness.examination import Examinable
from harness.results import AnyRecord, Results, encode
from harness.runner import Runner
from harness.session import Limits


def execute(
    cases: Sequence[Examinable],
    environments: list[Environment | Missing],
    file: Path,
    limits: Limits,
    jobs: int | None,
    **further: Any,
) -> tuple[Results, bool]:
    """Run with progress on stderr, appending each record to `file`; also says whether it was interrupted.

    `further` arguments are the runner's.
    """
    results = Results()
    interrupted = False
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with file.open("wb", buffering=0) as lines, Progress(*columns, console=stderr) as progress:
        tasks = {one.name: progress.add_task(one.name, total=len(cases)) for one in environments}

        def emit(record: AnyRecord) -> None:
            results.add(record)
            line, whole = encode(record) + b"\n", lines.tell()
            try:
                while line:
                    line = line[lines.write(line) :]
            except OSError:
                # A full disk may take half a line, which nobody could read.
                lines.truncate(whole)
                raise

        runner = Runner(
            cases,
            environments,
            emit=emit,
            finished=lambda name: progress.advance(tasks[name]),
            limits=limits,
            jobs=jobs,
            command=shlex.join(["crossgrad", *sys.argv[1:]]),
            **further,
        )
        try:
            runner.run()
        except KeyboardInterrupt:
            interrupted = True
        except OSError as error:
            raise CrossgradError(
                f"{file} cannot be written: {error.strerror}. "
                "What it holds so far is good: `crossgrad report` renders it"
            ) from None
    return results, interrupted
