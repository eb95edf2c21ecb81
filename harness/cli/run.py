"""`crossgrad run`."""

import shlex
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from harness import catalogue, junit
from harness.cli.options import compress_option, folder, limits, resolved, run_options, settled, stderr, write
from harness.cli.summary import summarize
from harness.environments import Environment, Missing
from harness.errors import CrossgradError
from harness.examination import Examinable
from harness.kept import Kept
from harness.report import render
from harness.results import AnyRecord, Results, encode
from harness.runner import Runner
from harness.session import Limits


@click.command()
@click.argument("selectors", nargs=-1, metavar="[SELECT]...")
@run_options
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("reports/latest"),
    show_default=True,
    help="The folder for results.jsonl and index.html.",
)
@click.option("--junitxml", type=click.Path(dir_okay=False, path_type=Path), help="Also write JUnit XML to this file.")
@click.option("--fresh", is_flag=True, help="Run and judge everything, also what is kept of earlier runs.")
@compress_option
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON lines on stdout.")
@click.pass_context
def run(
    context: click.Context,
    selectors: tuple[str, ...],
    environments: tuple[str, ...],
    jobs: int | None,
    timeout: float,
    memory: float,
    out: Path,
    junitxml: Path | None,
    fresh: bool,
    compress: bool,
    as_json: bool,
) -> None:
    """Run cases in environments, compare, and write a report.

    SELECT is a case's id, a topic, a pattern such as 'reductions/max*', or a file of cases FILE.py; without any,
    the whole catalogue runs. Exit code 0: everything is as expected. 1: a disagreement, a crash or a timeout.
    2: bad usage, or an environment that cannot be had. 130: interrupted; what was finished is in results.jsonl
    and in the report.

    What an environment that crossgrad made has answered is kept, and a second run reads it instead of asking again;
    so are the verdicts, as long as crossgrad itself does not change.

    \b
    Examples:
      crossgrad run
      crossgrad run double_use reductions/max --env torch --env chainer
      crossgrad run my_cases.py --env mine=/path/to/python
    """
    cases = catalogue.select(selectors)
    for case in cases:
        case.program  # noqa: B018  a case that cannot be traced is reported before anything runs
    found = resolved(environments)
    file = folder(out) / "results.jsonl"
    with Kept(fresh=fresh) as kept:
        results, interrupted = execute(cases, found, file, limits(timeout, memory), jobs, kept=kept)
    page = out / "index.html"
    with uninterrupted():
        write(page, render(results).encode())
        if junitxml is not None:
            folder(junitxml.parent)
            junit.write(results, junitxml)
        file = settled(file, compress)
    summarize(results, file, stderr)
    if kept.found:
        stderr.print(
            f"{kept.found:,} answers and verdicts are those of earlier runs; --fresh asks for all of them again"
        )
    if interrupted:
        stderr.print("interrupted: the report holds what was finished")
    if as_json:
        for verdict in results.verdicts.values():
            click.echo(msgspec.json.encode(verdict))
    else:
        click.echo(page.resolve())
    context.exit(130 if interrupted else 1 if results.failing else 0)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Writing the report takes a second, which an impatient second Ctrl-C should not cost."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


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
