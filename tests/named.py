"""Tests that look at many things: what fails says at which."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def named(thing: object) -> Iterator[None]:
    """Whatever fails meanwhile says so, in a line below its own message."""
    try:
        yield
    except Exception as error:
        error.add_note(f"This was {thing}.")
        raise
