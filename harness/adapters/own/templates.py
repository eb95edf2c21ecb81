"""Whether a template holds the placeholders that it may and must hold, and gives Python once they are filled in."""

import ast
import difflib
from collections.abc import Collection
from string import Formatter

from harness.adapters.own.words import Word
from harness.ops import OPS, REQUIRED


def placeholders(template: str) -> set[str]:
    """The names between braces. Raises `ValueError` with a sentence if the braces mean nothing."""
    try:
        parsed = list(Formatter().parse(template))
    except ValueError as error:
        raise ValueError(f"its braces do not match ({error}); a brace that is to stay is written twice") from None
    found = set()
    for _, name, form, conversion in parsed:
        if name is None:
            continue
        if form or conversion or not (name == "*" or name.isidentifier() or name.isdecimal()):
            said = f"{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}"
            raise ValueError(f"{{{said}}} is no name of a placeholder")
        found.add(name)
    return found


def check(template: str, word: Word) -> None:
    """Raise `ValueError` with a sentence unless `template` is one for `word`."""
    _check(template, word.placeholders, word.needs, statement=word.statement)


def check_op(template: str, name: str) -> None:
    """Raise `ValueError` with a sentence unless `template` is one for the op of this name."""
    if name not in OPS:
        near = difflib.get_close_matches(name, OPS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "`crossgrad list ops` shows all"
        raise ValueError(f"there is no op {name!r}; {hint}")
    op = OPS[name]
    operands = ("*",) if op.variadic else tuple(str(position) for position in range(len(op.operands)))
    asked = [parameter for parameter, declared in op.parameters.items() if declared.default is REQUIRED]
    needs = tuple((each,) for each in (*operands, *asked))
    _check(template, (*operands, *op.parameters), needs, statement=False)


def _check(template: str, known: Collection[str], needs: tuple[tuple[str, ...], ...], *, statement: bool) -> None:
    if not template.strip():
        raise ValueError("it is empty")
    found = placeholders(template)
    for name in sorted(found - set(known)):
        raise ValueError(f"there is no {{{name}}} here{', but ' + _listed(known) if known else ''}")
    for group in needs:
        if found.isdisjoint(group):
            raise ValueError(f"it does not use {' or '.join(f'{{{name}}}' for name in group)}")
    try:
        ast.parse(filled(template, dict.fromkeys(found, "_")).strip(), mode="exec" if statement else "eval")
    except SyntaxError as error:
        kind = "statement" if statement else "expression"
        raise ValueError(f"it is no Python {kind} ({error.msg})") from None


def filled(template: str, texts: dict[str, str]) -> str:
    """The template with texts in place of its placeholders, which may be numbers and `*`."""
    parts = []
    for literal, name, _, _ in Formatter().parse(template):
        parts += [literal, "" if name is None else texts[name]]
    return "".join(parts)


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
