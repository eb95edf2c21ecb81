"""`crossgrad semantics`."""

import click

from harness.checker.moving import changes
from harness.cli.conventions import data, markdown, text
from harness.cli.showcase import showcase
from harness.errors import UsageError
from harness.profiles.comparison import rows, side

FORMATS = {"text": text, "markdown": markdown, "json": data}
"""Each prints the three answers to stdout: `side_by_side`, `choices` and `moving`."""


@click.command()
@click.argument("names", nargs=-1, metavar="[FRAMEWORK] [OTHER]")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
def semantics(names: tuple[str, ...], form: str) -> None:
    """Compare the conventions of the frameworks.

    Without a name: all dimensions, and what each framework chooses. With one: its choices, each with a reference.
    With two: what changes for somebody who moves from the first to the second, what to do about it, and a case that
    shows it. A name is a framework's, or an environment's such as jax-x32.

    \b
    Examples:
      crossgrad semantics
      crossgrad semantics torch
      crossgrad semantics chainer torch
      crossgrad semantics tensorflow jax --format markdown
    """
    answer = FORMATS[form]
    match [side(name) for name in names]:
        case []:
            answer.side_by_side(rows())
        case [one]:
            answer.choices(one)
        case [before, after]:
            answer.moving(before, after, changes(before, after, showcase()))
        case _:
            raise UsageError("name one framework, or the two to compare: crossgrad semantics chainer torch")
