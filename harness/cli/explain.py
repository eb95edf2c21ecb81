"""`crossgrad explain`."""

import difflib
from typing import get_args

import click

from harness import catalogue
from harness.declaration import Case
from harness.errors import UsageError
from harness.profiles import FOLDER, profile
from harness.results import Mathematics, Status
from reference_engine import semantics

STATUSES: dict[str, str] = {
    "agree": "The observation is what the reference engine gives with its default conventions.",
    "convention": "It differs from the default, and the framework's profile predicts it exactly, by a named dimension.",
    "known": "It differs, no dimension models it, and a documented entry with a reference says so.",
    "disagree": "It differs, and nothing explains it. Somebody should look.",
    "stale": "The profile or a documented entry predicts a difference that is gone. The table should change.",
    "unsupported": "The framework has no way to say or to observe this; the reason is given.",
    "missing": "It was not run, because the environment could not be had. Never counted as a pass.",
    "error": "crossgrad could not run it: the environment did not start.",
    "crash": "The process died, or outgrew its memory, while it ran this case.",
    "timeout": "There was no answer in time.",
}
MATHEMATICS: dict[str, str] = {
    "exact": "The number is the derivative, up to rounding.",
    "subgradient": "There is no derivative, and the number is one of the values that lie between the one-sided ones.",
    "wrong": "The derivative exists, or the one-sided ones do, and the number is none of them.",
    "no derivative": "There is no number that would be right.",
    "undecided": "It was not decided whether the number is right: the case gives no closed form.",
    "not applicable": "There is no number to judge: None, an exception, or an observation that is no gradient.",
}


@click.command()
@click.argument("what", metavar="DIMENSION|STATUS|CASE")
def explain(what: str) -> None:
    """Explain a dimension, a status or a case.

    \b
    Examples:
      crossgrad explain accumulation
      crossgrad explain convention
      crossgrad explain double_use/add_chain
    """
    if what in semantics.DIMENSIONS:
        _dimension(semantics.DIMENSIONS[what])
        return
    words = STATUSES | MATHEMATICS
    if what in words:
        click.echo(f"{what}: {words[what]}")
        return
    cases = {case.id: case for case in catalogue.catalogue()}
    if what in cases:
        _case(cases[what])
        return
    near = difflib.get_close_matches(what, [*semantics.DIMENSIONS, *words, *cases], n=3, cutoff=0.5)
    hint = (
        f"did you mean {' or '.join(near)}?" if near else "see `crossgrad list dimensions` and `crossgrad list cases`"
    )
    raise UsageError(f"there is no dimension, status or case {what!r}; {hint}")


def _dimension(dimension: semantics.Dimension) -> None:
    click.echo(f"{dimension.name}: {dimension.title}\n")
    users: dict[str, list[str]] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        choice = profile(file.stem).choices.get(dimension.name)
        users.setdefault(choice.option if choice else dimension.default, []).append(file.stem)
    for option in dimension.options.values():
        mark = " (default)" if option.name == dimension.default else ""
        seen = f"\n      {', '.join(users[option.name])}" if option.name in users else ""
        click.echo(f"  {option.name}{mark}: {option.sentence}{seen}")
    for reference in dimension.references:
        click.echo(f"  see {reference}")


def _case(case: Case) -> None:
    click.echo(f"{case.id}: {case.title}")
    if case.source:
        click.echo(f"source: {case.source}")
    click.echo(f"declared in {case.place}")
    click.echo(f"observes: {', '.join(case.program.points)}")
    click.echo(f"\n  crossgrad show {case.id} --framework torch\n  crossgrad run {case.id}")


assert set(STATUSES) == set(get_args(Status))
assert set(MATHEMATICS) == set(get_args(Mathematics))
