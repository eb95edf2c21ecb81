"""`crossgrad explain`."""

import difflib

import click

from harness import catalogue
from harness.declaration import Case
from harness.errors import UsageError
from harness.profiles import FOLDER, profile
from harness.report.marks import MATHEMATICS, STATUSES
from reference_engine import semantics


@click.command()
@click.argument("what", metavar="DIMENSION|STATUS|CASE")
def explain(what: str) -> None:
    """Explain a dimension, a status or a case.

    \b
    Examples:
      crossgrad explain accumulation
      crossgrad explain convention
      crossgrad explain double_use/add_chain
    """
    if what in semantics.DIMENSIONS:
        _dimension(semantics.DIMENSIONS[what])
        return
    marks = {mark.word: mark for mark in (*STATUSES.values(), *MATHEMATICS.values())}
    if what in marks:
        click.echo(f"{what}: {marks[what].meaning}")
        return
    cases = {case.id: case for case in catalogue.catalogue()}
    if what in cases:
        _case(cases[what])
        return
    near = difflib.get_close_matches(what, [*semantics.DIMENSIONS, *marks, *cases], n=3, cutoff=0.5)
    hint = (
        f"did you mean {' or '.join(near)}?" if near else "see `crossgrad list dimensions` and `crossgrad list cases`"
    )
    raise UsageError(f"there is no dimension, status or case {what!r}; {hint}")


def _dimension(dimension: semantics.Dimension) -> None:
    click.echo(f"{dimension.name}: {dimension.title}\n")
    users: dict[str, list[str]] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        choice = profile(file.stem).choices.get(dimension.name)
        users.setdefault(choice.option if choice else dimension.default, []).append(file.stem)
    for option in dimension.options.values():
        mark = " (default)" if option.name == dimension.default else ""
        seen = f"\n      {', '.join(users[option.name])}" if option.name in users else ""
        click.echo(f"  {option.name}{mark}: {option.sentence}{seen}")
    for reference in dimension.references:
        click.echo(f"  see {reference}")


def _case(case: Case) -> None:
    click.echo(f"{case.id}: {case.title}")
    if case.source:
        click.echo(f"source: {case.source}")
    click.echo(f"declared in {case.place}")
    click.echo(f"observes: {', '.join(case.program.points)}")
    click.echo(f"\n  crossgrad show {case.id} --framework torch\n  crossgrad run {case.id}")
