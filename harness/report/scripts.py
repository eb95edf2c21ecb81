"""Scripts as highlighted HTML: Pygments reads, and only what the style sheet colours gets an element.

Numbers do not: long arrays would be half of the page. Each line is read by itself, for no statement of a script goes
on in the next one but by its indentation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from markupsafe import Markup, escape
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Operator, String, _TokenType, is_token_subtype

_CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "c"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (Name.Builtin, "b"),
    (String, "s"),
)
_lexer = PythonLexer()


@dataclass(frozen=True)
class ScriptView:
    """One text, and every environment in which it ran."""

    environments: tuple[str, ...]
    code: Markup


def views(scripts: Iterable[tuple[str, str]]) -> tuple[ScriptView, ...]:
    """Scripts by environment; the same text in two environments is shown once."""
    environments: dict[str, list[str]] = {}
    for environment, text in scripts:
        environments.setdefault(text, []).append(environment)
    return tuple(ScriptView(tuple(names), highlight(text)) for text, names in environments.items())


def highlight(text: str) -> Markup:
    """Python source as HTML in which every character of `text` is escaped."""
    return Markup("").join(map(_line, text.strip("\n").split("\n")))


@lru_cache(maxsize=65_536)
def _line(line: str) -> Markup:
    """One line, with its end. Scripts have their statements in common, so few lines are read anew."""
    parts = []
    for token, value in _lexer.get_tokens(line):
        style = _style(token)
        parts.append(Markup('<span class="{}">{}</span>').format(style, value) if style else escape(value))
    return Markup("").join(parts)


@cache
def _style(token: _TokenType) -> str:
    return next((style for parent, style in _CLASSES if is_token_subtype(token, parent)), "")
