"""Paragraphs of a terminal's width."""

from textwrap import fill

WIDTH = 80


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """A paragraph in lines of the width, indented; a long word, such as an address, keeps its line."""
    return fill(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def since(title: str, versions: str) -> str:
    """A framework, with the releases for which something holds of it."""
    return f"{title} {versions}" if versions else title
