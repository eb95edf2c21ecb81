"""`crossgrad show`."""

import click

from harness import catalogue
from harness.adapters import ADAPTERS, adapter
from harness.declaration import Case
from harness.errors import CrossgradError, Unsupported, UsageError
from harness.script import standalone


@click.command()
@click.argument("case", metavar="CASE")
@click.option("--framework", "-f", required=True, help=f"One of {', '.join(ADAPTERS)}.")
@click.option("--flavour", default=None, help="A flavour of the framework, such as 'function' or 'x32'.")
@click.option("--file", help="The file of cases in which CASE stands, if it is not in the catalogue.")
def show(case: str, framework: str, flavour: str | None, file: str | None) -> None:
    """Print a case as a script of one framework. It runs alone, with only that framework installed.

    \b
    Examples:
      crossgrad show double_use/add_chain --framework torch
      crossgrad show double_use/add_chain --framework jax --flavour x32 | python -
    """
    chosen = _case(case, file)
    speaks = adapter(framework, flavour)
    try:
        script = speaks.script(chosen.program)
    except Unsupported as problem:
        raise CrossgradError(f"{case} cannot be said in {framework}: {problem}") from None
    title = f"{chosen.id}: {chosen.title}"
    for point, reason in script.unsupported.items():
        title += f"\nnot observed in {framework}: {point}: {reason}"
    click.echo(standalone(script, speaks.language, title=title), nl=False)


def _case(identifier: str, file: str | None) -> Case:
    found = catalogue.select([file] if file else [identifier])
    fitting = [case for case in found if case.id == identifier]
    if not fitting:
        raise UsageError(f"there is no case {identifier!r}; there are {', '.join(case.id for case in found)}")
    return fitting[0]
