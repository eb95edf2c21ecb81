"""`crossgrad profile`."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from harness import catalogue
from harness.checker.derived import Derived, Row, derive
from harness.checker.predict import Predictor
from harness.cli.options import limits, resolved, run_options, stderr
from harness.cli.running import execute
from harness.errors import UsageError
from harness.plain import plain
from harness.results import Results


@click.command()
@run_options
@click.option(
    "--recorded",
    type=click.Path(exists=True, path_type=Path),
    help="Run nothing: take the observations from this results file, or from those below this folder.",
)
@click.option("--format", "form", type=click.Choice(["text", "toml", "json"]), default="text", show_default=True)
@click.pass_context
def profile(
    context: click.Context,
    environments: tuple[str, ...],
    jobs: int | None,
    timeout: float,
    memory: float,
    recorded: Path | None,
    form: str,
) -> None:
    """Work out which conventions an engine follows, from what it answers to the whole catalogue.

    For each dimension it says which option explains the observations, which case rules out the others, and what no
    case decides. Exit code 1: the stored profile of that framework and version says something else.

    \b
    Examples:
      crossgrad profile --env torch
      crossgrad profile --env old=/path/to/python --format toml
      crossgrad profile --recorded reports/latest/results.jsonl --env chainer
    """
    if recorded is None:
        if not environments:
            raise UsageError("which environment? Name one or more: crossgrad profile --env torch")
        results = _observed(environments, jobs, timeout, memory)
    else:
        results = Results.read([recorded])
    derived = _derived(results, _names(results, environments))
    match form:
        case "json":
            click.echo(msgspec.json.format(msgspec.json.encode(derived)))
        case "toml":
            click.echo("\n".join(map(_toml, derived)), nl=False)
        case _:
            for one in derived:
                _print(one)
    context.exit(1 if any(one.contradictions for one in derived) else 0)


def _observed(environments: tuple[str, ...], jobs: int | None, timeout: float, memory: float) -> Results:
    found = resolved(environments)
    with TemporaryDirectory() as folder:
        results, interrupted = execute(
            catalogue.written(), found, Path(folder) / "results.jsonl", limits(timeout, memory), jobs
        )
    if interrupted:
        raise KeyboardInterrupt
    return results


def _names(results: Results, environments: tuple[str, ...]) -> list[str]:
    """Those of the environments that are asked for and have observations."""
    asked = [text.split("=")[0] for text in environments] or list(results.environments)
    # One interpreter may hold several frameworks: its environments have a name that begins with the given one.
    names = [
        name for name in results.environments
        if any(name == one or name.startswith(f"{one}-") for one in asked) or not environments
    ]  # fmt: skip
    observed = {environment for _, environment in results.observations}
    for name in asked:
        if name not in names:
            raise UsageError(f"nothing was recorded of {name!r}; there is {', '.join(results.environments)}")
    for name in set(names) - observed:
        described = results.environments[name]
        raise UsageError(f"{name} answered nothing: {described.missing or 'see `crossgrad run --env ' + name + '`'}")
    return names


def _derived(results: Results, names: Iterable[str]) -> list[Derived]:
    predictor = Predictor()
    with stderr.status("what explains the observations?") as status:

        def derived(name: str) -> Derived:
            return derive(results, name, predictor, lambda step: status.update(f"{name}: {step}"))

        return [derived(name) for name in names]


def _print(derived: Derived) -> None:
    console = Console(highlight=False, file=sys.stdout)
    if not console.is_terminal:
        console.width = 200
    flavour = f", {derived.flavour}" if derived.flavour else ""
    console.print(f"[bold]{escape(derived.environment)}[/]: {derived.framework} {escape(derived.version)}{flavour}\n")
    table = Table(box=None, pad_edge=False)
    for column in ("dimension", "option", "decided by"):
        table.add_column(column, overflow="fold")
    for row in derived.rows:
        if not row.undecided:
            option = f"[red]{row.option}[/] (stored: {row.stored})" if row.contradicts else row.option
            table.add_row(row.dimension, option, _deciding(row))
    console.print(table)
    _print_undecided(derived, console)
    if derived.unexplained:
        console.print("\nNo options explain:")
        for one in derived.unexplained:
            console.print(plain(f"  {one.case}, {one.point}: {one.observed}"), markup=False)
    console.print(f"\n{plain(_conclusion(derived))}\n", markup=False)


def _deciding(row: Row) -> str:
    return ", ".join(dict.fromkeys(row.decided_by.values())) or "-"


def _print_undecided(derived: Derived, console: Console) -> None:
    undecided = [row for row in derived.rows if row.undecided]
    if not undecided:
        return
    console.print("\nNot decided:")
    table = Table(box=None, pad_edge=False, show_header=False)
    for row in undecided:
        why = "the cases give the same by each" if row.asked else "no case that ran depends on it"
        table.add_row(f"  {row.dimension}", " or ".join((row.option, *row.undecided)), f"[dim]{why}[/]")
    console.print(table)


def _conclusion(derived: Derived) -> str:
    stored = f"the stored profile of {derived.framework}"
    if all(row.stored is None for row in derived.rows):
        return f"There is no stored profile of {derived.framework}: --format toml prints one."
    if not derived.contradictions:
        return f"As {stored} says."
    found = "; ".join(f"{row.dimension} is {row.option}, not {row.stored}" for row in derived.contradictions)
    return f"Not as {stored} says: {found}."


def _toml(derived: Derived) -> str:
    """The decided dimensions as a file of harness/profiles."""
    return "\n".join((f"# {derived.framework} {derived.version}, worked out from observations.", *_choices(derived)))


def _choices(derived: Derived) -> Iterator[str]:
    for row in derived.rows:
        if not row.undecided:
            yield f'\n[[choice]]\ndimension = "{row.dimension}"\noption = "{row.option}"'
            yield f'reference = "{next(iter(row.decided_by.values()), "")}"'
    yield ""
