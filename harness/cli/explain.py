"""`crossgrad explain`."""

import difflib
from collections.abc import Iterator
from itertools import islice
from textwrap import indent

import click

from harness import catalogue
from harness.checker.inference import Witness
from harness.cli.lookup import text
from harness.cli.showcase import showcase
from harness.declaration import Case
from harness.errors import UsageError
from harness.ops import OPS
from harness.profiles.comparison import reasons, users
from harness.report.marks import MATHEMATICS, STATUSES
from reference_engine import semantics
from reference_engine.semantics import Dimension, Fault, Option

SHOWN = 3
"""How many of the cases that show something are named."""


@click.command()
@click.argument("what", metavar="OP|DIMENSION|OPTION|STATUS|CASE")
def explain(what: str) -> None:
    """Explain an op, a dimension, a mistake, a status or a case.

    An op is explained with its formula, what frameworks choose in it, since when, and what to write instead, and with
    the places where it is looked at: what each framework answers there and whether it is right, by the published atlas.

    A dimension is explained with its options: what happens, what is computed, what to do about it, who chooses it and
    which cases show it. One of its options alone is DIMENSION=OPTION; for a mistake its name is enough.

    \b
    Examples:
      crossgrad explain clip
      crossgrad explain accumulation
      crossgrad explain max_ties=all
      crossgrad explain in_place_borrowed
      crossgrad explain convention
      crossgrad explain double_use/add_chain
    """
    explanations = list(_explanations(what))
    if not explanations:
        raise UsageError(_unknown(what))
    click.echo("\n\n".join(explanations))


def _explanations(what: str) -> Iterator[str]:
    """Everything that the word means: a mistake may be called like a status."""
    marks = {mark.word: mark for mark in (*STATUSES.values(), *MATHEMATICS.values())}
    cases = {case.id: case for case in catalogue.catalogue()}
    if what in semantics.DIMENSIONS:
        yield _dimension(semantics.DIMENSIONS[what])
    if what in OPS:
        yield text.explained(what)
    if what in marks:
        yield f"{what}: {marks[what].meaning}"
    if what in cases:
        yield _case(cases[what])
    for dimension in semantics.DIMENSIONS.values():
        for option in dimension.options.values():
            if what == f"{dimension.name}={option.name}" or (what == option.name and not option.acceptable):
                yield _alone(dimension, option)


def _dimension(dimension: Dimension) -> str:
    """The question, its answers, and where they are seen."""
    chosen = [_option(dimension, dimension.options[name]) for name in dimension.acceptable]
    mistakes = [f"  {fault.name}, a mistake: {fault.sentence}" for fault in dimension.faults]
    absent = [f"  It does not arise in {title}: {reason}" for title, reason in reasons(dimension).items()]
    facts = [
        f"  The default is {dimension.default}: {dimension.reason}.",
        *absent,
        f"  consulted by {', '.join(dimension.consulted_by)}",
        *(f"  see {reference}" for reference in dimension.references),
    ]
    return "\n\n".join([f"{dimension.name}: {dimension.title}", *chosen, *mistakes, "\n".join(facts)])


def _option(dimension: Dimension, option: Option) -> str:
    """An option's part of its dimension's explanation."""
    is_default = option.name == dimension.default
    parts = [
        f"  {option.name}{' (default)' if is_default else ''}: {option.sentence}",
        indent(option.formula, "      "),
    ]
    titles = [one.title for one in users(dimension)[option.name]]
    if titles:
        parts.append(f"    in {', '.join(titles)}")
    if option.advice:
        parts.append(f"    to do: {option.advice}")
    if not is_default:
        parts.append(f"    {_shown(showcase().of_option(dimension.name, option.name))}")
    return "\n".join(parts)


def _alone(dimension: Dimension, option: Option) -> str:
    """One option, or one mistake."""
    if not isinstance(option, Fault):
        return f"{dimension.name}: {dimension.title}\n\n{_option(dimension, option)}"
    right = dimension.options[dimension.default]
    return "\n".join(
        [
            f"{dimension.name}={option.name}, a mistake: an engine with it {option.does}.",
            f"\n  What it computes:\n{indent(option.formula, '      ')}",
            f"  What to write instead: {option.instead}",
            f"  Right is {right.name}: {right.sentence}",
            f"  {_shown(showcase().of_option(dimension.name, option.name))}",
        ]
    )


def _shown(witnesses: list[Witness]) -> str:
    if not witnesses:
        return "no case of the catalogue shows it"
    named = ", ".join(witness.case for witness in islice(witnesses, SHOWN))
    more = len(witnesses) - SHOWN
    return f"shown by {named}" + (f" and {more} more" if more > 0 else "")


def _case(case: Case) -> str:
    """What a case is about, and how to see it."""
    lines = [f"{case.id}: {case.title}"]
    if case.source:
        lines.append(f"source: {case.source}")
    lines += [f"declared in {case.place}", f"observes: {', '.join(case.program.points)}"]
    lines.append(f"\n  crossgrad show {case.id} --framework torch\n  crossgrad run {case.id}")
    return "\n".join(lines)


def _unknown(what: str) -> str:
    """The message for a word that means nothing, with the nearest ones that do."""
    marks = [mark.word for mark in (*STATUSES.values(), *MATHEMATICS.values())]
    options = [
        f"{dimension.name}={option}" for dimension in semantics.DIMENSIONS.values() for option in dimension.options
    ]
    exact = [option for option in options if option.endswith(f"={what}")]
    faults = [fault.name for dimension in semantics.DIMENSIONS.values() for fault in dimension.faults]
    cases = [case.id for case in catalogue.catalogue()]
    known = dict.fromkeys(
        [*OPS, *semantics.DIMENSIONS, *marks, *cases, *faults, *options]
    )  # some mistakes share a name
    near = exact or difflib.get_close_matches(what, known, n=3, cutoff=0.5)
    lists = "`crossgrad list` shows ops, dimensions and cases"
    hint = f"did you mean {' or '.join(near)}?" if near else lists
    return f"there is no op, dimension, mistake, status or case {what!r}; {hint}"
