"""`crossgrad list`."""

from typing import Any

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

# What a list is made of is imported where it is made: ops need no checker.


@click.command("list")
@click.argument("what", type=click.Choice(["cases", "ops", "environments", "dimensions", "faults"]))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(what: str, as_json: bool) -> None:
    """List cases, ops, environments, dimensions, or faults: mistakes that are known by the numbers they give.

    \b
    Examples:
      crossgrad list cases
      crossgrad list ops --json
      crossgrad list faults
    """
    lists = {
        "cases": _cases, "ops": _ops, "environments": _environments, "dimensions": _dimensions, "faults": _faults,
    }  # fmt: skip
    rows = lists[what]()
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(rows)))
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 400  # for grep and files: one row, one line
    table = Table(box=None, pad_edge=False)
    for name in rows[0]:
        table.add_column(name, overflow="fold", no_wrap=name == next(iter(rows[0])))
    for row in rows:
        table.add_row(*map(_cell, row.values()))
    console.print(table)


def _cell(value: Any) -> Text:
    """The value as it stands: `gy[x <= 0]` is no markup."""
    return Text(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def _cases() -> list[dict[str, Any]]:
    from harness.catalogue import catalogue

    return [{"case": case.id, "title": case.title, "source": case.source} for case in catalogue()]


def _ops() -> list[dict[str, Any]]:
    from harness.adapters import ADAPTERS
    from harness.ops import OPS

    return [
        {
            "op": op.name,
            "family": op.family,
            "operands": list(op.operands),
            "parameters": list(op.parameters),
            "meaning": op.summary,
            "lacking in": [name for name, adapter in ADAPTERS.items() if op.name in adapter.lacks],
        }
        for op in OPS.values()
    ]


def _environments() -> list[dict[str, Any]]:
    from harness.environments import catalogue as environments

    return [
        {
            "environment": one.name,
            "framework": one.framework,
            "flavour": one.flavour,
            "python": one.python,
            "description": one.description,
        }
        for one in environments().values()
    ]


def _dimensions() -> list[dict[str, Any]]:
    from reference_engine import semantics

    return [
        {"dimension": one.name, "title": one.title, "options": list(one.options), "default": one.default}
        for one in semantics.DIMENSIONS.values()
    ]


def _faults() -> list[dict[str, Any]]:
    from harness.cli.showcase import killed

    return [
        {"fault": one.fault, "dimension": one.dimension, "cases": len(one.cases), "an engine that": one.of.does}
        for one in killed()
    ]
