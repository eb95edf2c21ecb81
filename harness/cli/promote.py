"""`crossgrad promote`."""

from pathlib import Path

import click

from harness.fuzz.findings import read
from harness.fuzz.markdown import title
from harness.fuzz.promotion import promote as append


@click.command()
@click.argument("finding", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--as", "identifier", metavar="TOPIC/NAME", help="What the case is called. [default: found/FOLDER]")
@click.option(
    "--to",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("cases/found.py"),
    show_default=True,
    help="The file of cases that it is appended to.",
)
def promote(finding: Path, identifier: str | None, file: Path) -> None:
    """Make a finding of `crossgrad fuzz` a case: its program is written down in Python, in a file of cases.

    \b
    Examples:
      crossgrad promote reports/fuzz/findings/clip_gradient_other_numbers_jax
      crossgrad promote reports/fuzz/findings/clip_gradient_other_numbers_jax --as kinks/clip_of_clip --to my_cases.py
    """
    found = read(finding)
    append(found.program, identifier or f"found/{finding.name}", title(found), file)
    click.echo(file)
