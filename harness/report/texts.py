"""Arrays and messages as text that a page can hold: abbreviated when they are long, and saying so."""

from functools import lru_cache

import numpy as np

from harness.arrays import Array

LONGEST_MESSAGE = 1_500
MOST_ELEMENTS = 200
ONE_LINE = 100_000
"""Characters: a row of an array is one line, and the browser breaks it where the page ends."""


@lru_cache(maxsize=16_384)
def array_text(array: Array) -> str:
    """The shortest digits that tell the elements apart; of a large array only the two ends of each axis."""
    return np.array2string(
        array.numpy(), separator=", ", threshold=MOST_ELEMENTS, edgeitems=3, max_line_width=ONE_LINE, floatmode="unique"
    )


def type_text(dtype: str, shape: tuple[int, ...]) -> str:
    """`float32 scalar`, `float64 (17,)`."""
    return f"{dtype} {shape if shape else 'scalar'}"


def message_text(message: str) -> str:
    """A framework's message, cut where it would fill pages."""
    if len(message) <= LONGEST_MESSAGE:
        return message
    return f"{message[:LONGEST_MESSAGE]} … ({len(message):,} characters in all)"
