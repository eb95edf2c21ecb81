"""`crossgrad show`."""

from pathlib import Path

import click

from harness import catalogue
from harness.adapters import ADAPTERS, Adapter, adapter
from harness.adapters.own import OwnEngine, read
from harness.declaration import Case
from harness.errors import CrossgradError, Unsupported, UsageError
from harness.script import standalone


@click.command()
@click.argument("case", metavar="CASE")
@click.option("--framework", "-f", help=f"One of {', '.join(ADAPTERS)}.")
@click.option("--flavour", default=None, help="A flavour of the framework, such as 'function' or 'x32'.")
@click.option(
    "--engine",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Your own engine instead of a framework, described as for `crossgrad check FILE`.",
)
@click.option("--file", help="The file of cases in which CASE stands, if it is not in the catalogue.")
def show(case: str, framework: str | None, flavour: str | None, engine: Path | None, file: str | None) -> None:
    """Print a case as a script of one framework, or of your own engine. It runs alone, with nothing else installed.

    \b
    Examples:
      crossgrad show double_use/add_chain --framework torch
      crossgrad show double_use/add_chain --framework jax --flavour x32 | python -
      crossgrad show double_use/add_chain --engine examples/check_book.py | python -
    """
    chosen = _case(case, file)
    speaks = _speaks(framework, flavour, engine)
    try:
        script = speaks.script(chosen.program)
    except Unsupported as problem:
        raise CrossgradError(f"{case} cannot be said in {speaks.framework}: {problem}") from None
    title = f"{chosen.id}: {chosen.title}"
    for point, reason in script.unsupported.items():
        title += f"\nnot observed in {speaks.framework}: {point}: {reason}"
    click.echo(standalone(script, speaks.language, title=title), nl=False)


def _speaks(framework: str | None, flavour: str | None, engine: Path | None) -> Adapter:
    if (framework is None) == (engine is None):
        raise UsageError("in which framework? Give --framework NAME, or --engine FILE for your own")
    return OwnEngine(read(engine)) if engine is not None else adapter(str(framework), flavour)


def _case(identifier: str, file: str | None) -> Case:
    found = catalogue.select([file] if file else [identifier])
    fitting = [case for case in found if case.id == identifier]
    if not fitting:
        raise UsageError(f"there is no case {identifier!r}; there are {', '.join(case.id for case in found)}")
    return fitting[0]
