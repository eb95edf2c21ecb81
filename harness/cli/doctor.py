"""`crossgrad doctor`: is everything there that a run needs, and if not, what to do."""

import click
import msgspec
from rich.console import Console

from harness.environments.checks import Check, checks

_STYLES = {"ok": "green", "note": "yellow", "problem": "bold red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON array instead of lines.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Check everything that a run needs.

    This Python, the other interpreters, the disk, pip and each environment: its framework is imported once, which takes
    some seconds. Exit code 2 on a problem.

    \b
    Example:
      crossgrad doctor
    """
    seen = []
    console = Console(soft_wrap=True, highlight=False)
    for check in checks():
        seen.append(check)
        if not as_json:
            _print(console, check)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(seen), indent=2).decode())
    if any(check.status == "problem" for check in seen):
        context.exit(2)


def _print(console: Console, check: Check) -> None:
    console.print(f"{check.status:<8}", style=_STYLES[check.status], end="")
    console.print(f"{check.subject}: {check.detail}", markup=False)
    if check.advice:
        console.print(f"        {check.advice}", markup=False)
