"""What `crossgrad semantics --format markdown` prints, and the tables that the documentation has from it."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

import click

from harness.checker.moving import Change
from harness.cli.conventions import words
from harness.profiles.comparison import Row, Side, rows, sides

NOT_THERE = "-"


def side_by_side(shown: Sequence[Row]) -> None:
    """A table for each topic; what differs from the default is bold."""
    click.echo("\n\n".join(tables(shown)))


def choices(one: Side) -> None:
    """A table of what one framework chooses."""
    lines = []
    for row in rows():
        option, name = one.option(row.dimension.name), row.dimension.name
        choice = one.profile.choices.get(name)
        reason = one.profile.inapplicable[name].reason if option is None else choice.reference if choice else ""
        lines.append((f"`{name}`", _option(row, option), reason))
    click.echo(f"# What {one.title} chooses\n\n{table(('dimension', 'option', 'reference'), lines)}")


def moving(before: Side, after: Side, found: Sequence[Change]) -> None:
    """What changes from one framework to another, a section for each dimension."""
    click.echo(f"# {before.title} to {after.title}\n\n{words.summary(before, after, len(found))}")
    for topic, group in groupby(found, key=lambda change: change.topic):
        click.echo(f"\n## {words.heading(topic)}")
        for change in group:
            click.echo(f"\n### `{change.dimension.name}`\n\n{change.dimension.title}\n")
            for title, sentence in words.answers(change, before, after):
                click.echo(f"- In {title}: {sentence}")
            for line in (words.advice(change), words.shown(change, before, after)):
                if line:
                    click.echo(f"\n{line}")


def tables(shown: Sequence[Row], link: Callable[[str], str] = "`{}`".format) -> Iterable[str]:
    """A heading and a table for each topic; `link` writes the name of a dimension."""
    names = [one.name for one in sides()]
    for topic, group in groupby(shown, key=lambda row: row.topic):
        lines = (
            (link(row.dimension.name), row.dimension.default, *(_option(row, row.options[name]) for name in names))
            for row in group
        )
        yield f"## {words.heading(topic)}\n\n{table(('dimension', 'default', *names), lines)}"


def table(header: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """A table of cells in which a `|` and new lines may stand."""
    header = list(header)
    rule = ["---"] * len(header)
    return "\n".join(f"| {' | '.join(map(_escaped, line))} |" for line in (header, rule, *lines))


def _option(row: Row, option: str | None) -> str:
    if option is None:
        return NOT_THERE
    return option if option == row.dimension.default else f"**{option}**"


def _escaped(cell: str) -> str:
    return cell.replace("|", r"\|").replace("\n", "<br>")
