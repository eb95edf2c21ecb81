"""`crossgrad run`."""

from pathlib import Path

import click
import msgspec

from harness import catalogue, junit
from harness.cli.options import (
    compress_option,
    folder,
    limits,
    resolved,
    run_options,
    settled,
    stderr,
    uninterrupted,
    write,
)
from harness.cli.summary import summarize
from harness.kept import Kept, WholeRun
from harness.keys import is_of_catalogue, key_of_run
from harness.results import Results


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
    so are the verdicts, as long as crossgrad itself does not change. Where nothing at all has changed since a run of
    the same cases of the catalogue, the files of that run are written again.

    \b
    Examples:
      crossgrad run
      crossgrad run double_use reductions/max --env torch --env chainer
      crossgrad run my_cases.py --env mine=/path/to/python
    """
    cases = catalogue.select(selectors)
    for case in cases:
        if not is_of_catalogue(case):
            case.program  # noqa: B018  a case that cannot be traced is reported before anything runs
    found = resolved(environments)
    file, page = folder(out) / "results.jsonl", out / "index.html"
    with Kept(fresh=fresh) as kept:
        key = key_of_run(cases, found)
        earlier = None if key is None else kept.find_run(key)
        if earlier is not None:
            write(file, earlier.records)
            write(page, earlier.page)
            results, interrupted = Results.read([file]), False
        else:
            # What runs, judges and renders takes a while to import.
            from harness.cli.running import execute
            from harness.report import render

            results, interrupted = execute(cases, found, file, limits(timeout, memory), jobs, kept=kept)
            with uninterrupted():
                report = render(results).encode()
                write(page, report)
                if key is not None and not interrupted and results.are_lasting:
                    kept.keep_run(key, WholeRun(file.read_bytes(), report))
    with uninterrupted():
        if junitxml is not None:
            folder(junitxml.parent)
            junit.write(results, junitxml)
        file = settled(file, compress)
    summarize(results, file, stderr)
    if earlier is not None:
        stderr.print(f"nothing has changed since the run of {results.runs[0].started}; --fresh runs everything again")
    elif kept.found:
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
