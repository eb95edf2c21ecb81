"""What a run says at its end: counts by environment and status, then what fails, each with the line that replays it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from harness import junit
from harness.environments import catalogue
from harness.plain import plain
from harness.results import FAILING, Results, Status

SHOWN = 12
"""How many of the cases in which some gradient is wrong are named."""

_STYLES = {"agree": "green", "convention": "cyan", "known": "blue", "unsupported": "dim", "missing": "yellow"}


def summarize(results: Results, file: Path, console: Console) -> None:
    """Print the summary of a run whose records are in `file`."""
    counts = Counter((verdict.environment, verdict.status) for verdict in results.verdicts.values())
    shown = [status for status in get_args(Status) if any(key[1] == status for key in counts)]
    table = Table(box=None, pad_edge=False)
    table.add_column("environment")
    table.add_column("version")
    for status in shown:
        table.add_column(status, justify="right", style=_STYLES.get(status, "red"))
    for environment in results.environments.values():
        row = [str(counts[environment.name, status] or "") for status in shown]
        table.add_row(escape(environment.name), escape(environment.version or "-"), *row)
    console.print(table)
    for environment in results.environments.values():
        if environment.missing:
            console.print(plain(f"{environment.name} is missing: {environment.missing}"), style="yellow", markup=False)
    for line in _wrong(results):
        console.print(plain(f"wrong by mathematics: {line}"), markup=False)
    known = catalogue()
    for verdict in results.failing:
        console.print(
            plain(f"\n{verdict.status}: {verdict.case} in {verdict.environment}"), style="bold red", markup=False
        )
        console.print(plain(junit.explain(verdict)), markup=False)
        where = verdict.environment if verdict.environment in known else f"{verdict.environment}=PYTHON"
        console.print(plain(f"replay: crossgrad replay {file} {verdict.case} --env {where}"), markup=False)
    failing = sum(count for (_, status), count in counts.items() if status in FAILING)
    missing = sum(count for (_, status), count in counts.items() if status == "missing")
    console.print(
        f"{len(results.cases)} cases x {len(results.environments)} environments: {len(results.verdicts)} cells, "
        + (f"{failing} failing" if failing else "none failing")
        + (f", {missing} not run" if missing else "")
    )


def _wrong(results: Results) -> Iterator[str]:
    """The cases in which some gradient is wrong, first those in which most are; the report has all of them."""
    wrong: dict[str, list[str]] = {}
    for verdict in results.verdicts.values():
        if verdict.mathematics == "wrong":
            wrong.setdefault(verdict.case, []).append(verdict.environment)
    for case in sorted(wrong, key=lambda case: -len(wrong[case]))[:SHOWN]:
        yield f"{case} in {', '.join(wrong[case])}"
    if len(wrong) > SHOWN:
        yield f"{len(wrong) - SHOWN} cases more, which are in the report"
