"""What `crossgrad semantics` prints for people: tables that fit the terminal, and sentences."""

import re
from collections.abc import Sequence
from itertools import groupby
from textwrap import fill

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.checker.moving import Change
from harness.cli.conventions import words
from harness.profiles.comparison import Row, Side, rows, side, sides

DEFAULT, NOT_THERE = "·", "-"
GAP = 2
NARROWEST = 9
WIDEST_SENTENCE = 100


def side_by_side(shown: Sequence[Row]) -> None:
    """All dimensions by topic, a column for each framework; what is as the default is a dot."""
    console = _console()
    frameworks = list(dict.fromkeys(one.framework for one in sides()))
    header = ["dimension", "default", *frameworks]
    lines = [[row.dimension.name, row.dimension.default, *(_cell(row, one) for one in frameworks)] for row in shown]
    longest = [max(map(len, column)) for column in zip(header, *lines, strict=True)]
    widths = _widths(longest, console.width)
    table = _table(header=True)
    for name, width in zip(header, widths, strict=True):
        table.add_column(name, width=width, no_wrap=True, style="dim" if name == "default" else "")
    for topic, group in groupby(zip(shown, lines, strict=True), key=lambda pair: pair[0].topic):
        _add_heading(table, topic)
        for _, line in group:
            table.add_row(*(Text(_folded(text, width)) for text, width in zip(line, widths, strict=True)))
    console.print(table)
    console.print(f"\n{DEFAULT} the default   {NOT_THERE} does not arise there: `crossgrad semantics NAME` says why")


def choices(one: Side) -> None:
    """What one framework chooses, each with a reference; the defaults dimmed."""
    console = _console()
    console.print(f"What {one.title} chooses", style="bold")
    table = _table(header=False)
    for topic, group in groupby(rows(), key=lambda row: row.topic):
        _add_heading(table, topic)
        for row in group:
            dimension, option = row.dimension, one.option(row.dimension.name)
            if option is None:
                reason = one.profile.inapplicable[dimension.name].reason
                table.add_row(dimension.name, NOT_THERE, Text(reason, style="dim"))
                continue
            choice = one.profile.choices.get(dimension.name)
            style = "dim" if option == dimension.default else ""
            table.add_row(dimension.name, Text(option, style=style), Text(choice.reference if choice else ""))
    console.print(table)


def moving(before: Side, after: Side, found: Sequence[Change]) -> None:
    """What changes from one framework to another, dimension by dimension."""
    console = _console()
    width = min(console.width, WIDEST_SENTENCE)
    console.print(words.summary(before, after, len(found)), style="bold")
    for topic, group in groupby(found, key=lambda change: change.topic):
        console.print(f"\n{words.heading(topic)}", style="bold")
        for change in group:
            console.print(f"\n{change.dimension.name}", style="cyan", end="")
            console.print(f"  {change.dimension.title}")
            said = [f"In {title}: {sentence}" for title, sentence in words.answers(change, before, after)]
            for line in (*said, words.advice(change), words.shown(change, before, after)):
                if line:
                    console.print(fill(line, width, initial_indent="  ", subsequent_indent="    "))


def _console() -> Console:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = 240  # for grep and files: one row, one line
    return console


def _table(*, header: bool) -> Table:
    return Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), show_header=header)


def _add_heading(table: Table, topic: str) -> None:
    table.add_row()
    table.add_row(Text(words.heading(topic), style="bold"))


def _cell(row: Row, framework: str) -> str:
    """The option in a framework's first flavour, then those of the flavours that differ from it."""
    first = side(framework).name
    flavours = {one.flavour: row.options[one.name] for one in sides() if one.framework == framework}
    differing = [f"{name}: {option}" for name, option in flavours.items() if option not in (None, row.options[first])]
    return "; ".join((_short(row, row.options[first]), *differing))


def _short(row: Row, option: str | None) -> str:
    if option is None:
        return NOT_THERE
    return DEFAULT if option == row.dimension.default else option


def _widths(widths: list[int], available: int) -> list[int]:
    """The widths of the columns, the widest made narrower until all fit; the first, of names, stays as it is."""
    widths = list(widths)
    while sum(widths) + GAP * len(widths) > available and max(widths[1:]) > NARROWEST:
        widths[widths.index(max(widths[1:]), 1)] -= 1
    return widths


def _folded(text: str, width: int) -> str:
    """The text on lines of a width, broken after spaces and underscores."""
    lines = [""]
    for piece in re.findall(r"[^_ ]+[_ ]*", text):
        if lines[-1] and len(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)
