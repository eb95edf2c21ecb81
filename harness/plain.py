"""Texts from programs and results files, made safe for places where control characters do harm."""


def plain(text: str) -> str:
    """Without what XML cannot hold and a terminal would obey: control characters, but for new lines and tabs."""
    return "".join(character for character in text if character.isprintable() or character in "\n\t")
