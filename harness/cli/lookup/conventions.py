"""The dimensions that decide what an op does, who chooses what in each, since when, and what to write instead."""

from collections.abc import Iterator
from textwrap import indent

from harness.catalogue import catalogue
from harness.checker.predict import Predictor
from harness.cli.lookup.words import since, wrapped
from harness.errors import Unsupported
from harness.ops import OPS, Op
from harness.profiles import written
from harness.profiles.comparison import Side, comparable, reasons, side, sides, users
from reference_engine.semantics import TOPICS, Dimension


def paragraphs(op: Op) -> Iterator[str]:
    """A paragraph for each dimension; those of dtypes, which many ops have in common, are only named."""
    found = dimensions(op)
    general = [dimension.name for dimension in found if dimension in TOPICS["values"]]
    yield from (_dimension(dimension) for dimension in found if dimension.name not in general)
    if general:
        yield wrapped(f"What it makes of dtypes, as many ops do: {', '.join(general)}", "  ", "    ")


def dimensions(op: Op) -> list[Dimension]:
    """The dimensions in which frameworks may differ about this op.

    Those that name it, and those of other ops that the reference engine consults when it runs the op's own cases: of
    the ops that it is made of. What every program depends on, such as the seed, does not count.
    """
    consulted = _consulted(op)
    return [
        dimension
        for group in comparable().values()
        for dimension in group
        if op.name in dimension.consulted_by or (dimension.name in consulted and _is_of_ops(dimension))
    ]


def _consulted(op: Op) -> frozenset[str]:
    """What the engine asks for when it runs the cases that are derived for the op."""
    predictor = Predictor()
    found: set[str] = set()
    for case in catalogue():
        if case.id.startswith(f"{op.family}/{op.name}/"):
            try:
                found |= predictor.predict(case.program).consulted
            except Unsupported:
                continue  # a dtype that NumPy lacks: what it would consult, the others consult as well
    return frozenset(found)


def _is_of_ops(dimension: Dimension) -> bool:
    return set(dimension.consulted_by) <= OPS.keys() and dimension not in TOPICS["values"]


def _dimension(dimension: Dimension) -> str:
    chosen = users(dimension)
    lines = [wrapped(f"{dimension.name}: {dimension.title}", "  ", "    ")]
    for name in dimension.acceptable:
        option = dimension.options[name]
        default = " (the reference engine)" if name == dimension.default else ""
        lines.append(wrapped(f"{name}{default}: {option.sentence}", "    ", "        "))
        lines.append(indent(option.formula, "          "))
        if chosen[name]:
            lines.append(wrapped(f"in {', '.join(_who(dimension, name, one) for one in chosen[name])}", *_DEEPER))
        if option.advice:
            lines.append(wrapped(f"to do: {option.advice}", *_DEEPER))
        lines += [f"{_DEEPER[0]}see {reference}" for reference in _references(dimension, chosen[name])]
    lines += [wrapped(before, "    ", "        ") for before in _other_releases(dimension)]
    for title, reason in reasons(dimension).items():
        lines.append(wrapped(f"It does not arise in {title}: {reason}", "    ", "        "))
    return "\n".join(line for line in lines if line.strip())


_DEEPER = ("        ", "          ")


def _who(dimension: Dimension, option: str, one: Side) -> str:
    choice = one.profile.choices.get(dimension.name)
    return since(one.title, choice.versions if choice else "")


def _references(dimension: Dimension, chosen: list[Side]) -> list[str]:
    """Where the choices are documented, each once."""
    choices = [one.profile.choices.get(dimension.name) for one in chosen]
    return list(dict.fromkeys(choice.reference for choice in choices if choice is not None))


def _other_releases(dimension: Dimension) -> Iterator[str]:
    """What releases choose that are not those of the environments."""
    shown = [one.profile.choices.get(dimension.name) for one in sides()]
    for framework in dict.fromkeys(one.framework for one in sides()):
        for choice in written(framework).choice:
            if choice.dimension == dimension.name and choice.versions and choice not in shown:
                yield f"{since(side(framework).title, choice.versions)}: {choice.option}, see {choice.reference}"
