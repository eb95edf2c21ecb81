"""Scripts as highlighted HTML: Pygments reads, and only what the style sheet colours gets an element.

Numbers do not: long arrays would be half of the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass

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
    parts = []
    for token, value in _lexer.get_tokens(text.strip("\n")):
        style = next((style for parent, style in _CLASSES if is_token_subtype(token, parent)), "")
        parts.append(Markup('<span class="{}">{}</span>').format(style, value) if style else escape(value))
    return Markup("").join(parts)
