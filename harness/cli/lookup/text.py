"""Everything that is known of one op, in lines of a terminal's width."""

from collections.abc import Iterator
from inspect import cleandoc
from itertools import chain

import reference_engine
from harness.adapters import ADAPTERS
from harness.cli.lookup import conventions, documented, places
from harness.cli.lookup.words import wrapped
from harness.literals import source
from harness.ops import OPS, REQUIRED, Op


def explained(name: str) -> str:
    """The explanation of an op: meaning, formula, conventions, places, documented differences, findings, commands."""
    op = OPS[name]
    parts = [
        _head(op),
        *_section("What frameworks may choose here", conventions.paragraphs(op)),
        *_section("Where it is looked at, and what the published atlas says", places.paragraphs(op)),
        *_section("Documented differences that are no choice", documented.differences(op)),
        *_section("Findings", documented.findings(op)),
        _commands(op),
    ]
    return "\n\n".join(parts)


def _head(op: Op) -> str:
    """What it computes, how a case calls it, and who lacks it."""
    lines = [
        wrapped(f"{op.name}: {op.summary}", "", "  "),
        wrapped(f"g.{op.name}({', '.join((*op.operands, *_parameters(op)))})", "  ", "      "),
        *(wrapped(" ".join(paragraph.split()), "  ", "  ") for paragraph in _formula(op).split("\n\n")),
    ]
    for adapter in ADAPTERS.values():
        if op.name in adapter.lacks:
            lines.append(wrapped(f"{adapter().language.title} lacks it: {adapter.lacks[op.name]}", "  ", "    "))
    return "\n".join(lines)


def _formula(op: Op) -> str:
    """The reference engine's own words."""
    return cleandoc(getattr(reference_engine, op.name).__doc__ or "")


def _parameters(op: Op) -> Iterator[str]:
    for name, parameter in op.parameters.items():
        yield name if parameter.default is REQUIRED else f"{name}={source(parameter.default)}"


def _section(title: str, paragraphs: Iterator[str]) -> Iterator[str]:
    """A title and paragraphs; nothing where there are none."""
    first = next(paragraphs, None)
    if first is not None:
        yield title
        yield from chain([first], paragraphs)


def _commands(op: Op) -> str:
    lines = [f"crossgrad run {op.name}"]
    case = places.most_telling(op)
    if case is not None:
        lines.append(f"crossgrad show {case} --framework torch")
    return "To see more\n\n" + "\n".join(f"  {line}" for line in lines)
