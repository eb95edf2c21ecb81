"""`crossgrad envs`: list, create and remove the environments that crossgrad keeps."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import click
import msgspec
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from harness import __version__
from harness.environments import Installed, Specification, catalogue, create_all, installed, specification
from harness.environments import remove as remove_environment
from harness.environments.interpreter_search import running_version
from harness.errors import EnvironmentProblem

State = Literal["built in", "created", "not created", "no longer used", "incomplete"]


class Listed(msgspec.Struct, frozen=True):
    """One line of `crossgrad envs list`."""

    name: str
    framework: str
    flavour: str
    version: str
    """The framework's; the pin, as in `==2.13.0`, where nothing is created."""
    python: str
    size: int | None
    """Bytes on disk; several names may share one virtual environment."""
    path: str
    state: State


@click.group()
def envs() -> None:
    """The environments that hold the frameworks.

    Each is a virtual environment of its own, in your cache folder or where CROSSGRAD_ENVIRONMENTS says.

    \b
    Example:
      crossgrad envs create torch jax
    """


@envs.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array instead of a table.")
def list_environments(as_json: bool) -> None:
    """List every environment that has a name, and what is left on disk of former pins.

    \b
    Example:
      crossgrad envs list
    """
    there = installed()
    known = catalogue().values()
    rows = [_listed(each, there) for each in known]
    rows += [_left_over(each) for each in there if not any(each.serves(one) for one in known)]
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return
    header = ("NAME", "FRAMEWORK", "VERSION", "PYTHON", "SIZE", "PATH")
    table = [header, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(header))]
    for line in table:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


@envs.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
def create(names: tuple[str, ...]) -> None:
    """Create environments; without a name, all default ones. What exists already is kept.

    \b
    Example:
      crossgrad envs create chainer
    """
    chosen = [specification(name) for name in names] or [each for each in catalogue().values() if each.default]
    with creation_progress() as report:
        created = create_all(chosen, report)
    problems = []
    for name, python in created.items():
        if isinstance(python, EnvironmentProblem):
            problems.append(str(python))
        else:
            click.echo(f"{name}  {python}")
    if problems:
        raise EnvironmentProblem("\n".join(dict.fromkeys(problems)))


@envs.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "everything", is_flag=True, help="Every environment on disk.")
def remove(names: tuple[str, ...], everything: bool) -> None:
    """Delete environments, by their names or by the names of their folders.

    \b
    Example:
      crossgrad envs remove jax
    """
    if everything == bool(names):
        raise click.UsageError("give the names of environments, or --all")
    for name in names or tuple(each.name for each in installed()):
        for folder in remove_environment(name):
            click.echo(f"removed {folder}")


@contextmanager
def creation_progress() -> Iterator[Callable[[str, str], None]]:
    """What `create_all` reports, on stderr: a line for each environment that is rewritten, or plain lines in a file."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda name, step: click.echo(f"{name}: {step}", err=True)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[name]}"),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, redirect_stdout=False) as progress:

        def report(name: str, step: str) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task("", total=1, name=name)
            progress.update(tasks[name], description=step, completed=int(step == "ready"))

        yield report


def _listed(known: Specification, there: list[Installed]) -> Listed:
    if known.requirements is None:
        python = sys.executable
        return Listed(
            known.name, known.framework, known.flavour, __version__, running_version(), None, python, "built in"
        )
    found = next((each for each in there if each.serves(known)), None)
    if found is None:
        return Listed(known.name, known.framework, known.flavour, str(known.pin()), "", None, "", "not created")
    return _on_disk(found, known.name, known.framework, known.flavour, "created")


def _on_disk(found: Installed, name: str, framework: str, flavour: str, state: State) -> Listed:
    probed = found.marker.probe if found.marker else None
    return Listed(
        name,
        framework,
        flavour,
        probed.frameworks.get(framework, "") if probed else "",
        probed.python_version if probed else "",
        found.size(),
        str(found.folder),
        state,
    )


def _left_over(found: Installed) -> Listed:
    framework = next(iter(found.marker.probe.frameworks), "") if found.marker else ""
    return _on_disk(found, found.name, framework, "", "no longer used" if found.marker else "incomplete")


def _cells(row: Listed) -> tuple[str, ...]:
    framework = f"{row.framework} ({row.flavour})" if row.flavour else row.framework
    size = "" if row.size is None else f"{row.size / 1e6:.0f} MB"
    place = row.path if row.state in ("created", "built in") else f"{row.state} {row.path}".rstrip()
    return row.name, framework, row.version, row.python, size, place
