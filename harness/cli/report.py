"""`crossgrad report`."""

from pathlib import Path

import click

from harness.cli.options import compress_option, folder, settled, stderr, write
from harness.cli.summary import summarize
from harness.report import render
from harness.results import Results, encode, iterate


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE...")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("reports/latest"),
    show_default=True,
    help="The folder for index.html and the merged results.jsonl.",
)
@compress_option
@click.pass_context
def report(context: click.Context, paths: tuple[Path, ...], out: Path, compress: bool) -> None:
    """Render results files again, anywhere; several are merged, a folder stands for the results.jsonl files below it.

    \b
    Examples:
      crossgrad report reports/latest/results.jsonl --out shared-report
      crossgrad report recorded-on-linux/ recorded-on-mac/
    """
    results = Results.read(paths)
    page = folder(out) / "index.html"
    write(page, render(results).encode())
    merged = b"".join(encode(record) + b"\n" for record in iterate(results))
    write(out / "results.jsonl", merged)
    summarize(results, settled(out / "results.jsonl", compress), stderr)
    click.echo(page.resolve())
    context.exit(1 if results.failing else 0)
