"""The one thing that a generator asks for: a whole number below a bound.

So the same grammar is drawn from by a plain pseudo-random generator, thousands of programs a second, and by Hypothesis,
which shrinks: what one of them chose is a list of numbers that the other can start from. 0 is always the simplest
choice, and what comes first in a list the plainest.
"""

import random
from collections.abc import Sequence
from typing import Protocol, TypeVar

Option = TypeVar("Option")


class Choices(Protocol):
    """Whoever decides."""

    @property
    def numbers(self) -> "Choices":
        """Whoever decides about the elements of inputs."""
        ...

    def below(self, bound: int) -> int:
        """A number in 0, ..., bound - 1. The bound is 2 or more."""
        ...


class Drawn:
    """Choices of a pseudo-random generator: the same for the same seeds, on every machine.

    With a seed of their own for numbers there are programs of the same ops and shapes that differ in their numbers.
    """

    def __init__(self, seed: str, numbers: str | None = None) -> None:
        self._random = random.Random(seed)
        self.made: list[int] = []
        """All of them so far, those about numbers among them."""
        self.numbers = self
        if numbers is not None:
            self.numbers = Drawn(numbers)
            self.numbers.made = self.made

    def below(self, bound: int) -> int:
        chosen = int(self._random.random() * bound)
        self.made.append(chosen)
        return chosen


def pick(choices: Choices, options: Sequence[Option]) -> Option:
    """One of several; the first is the simplest."""
    return options[choices.below(len(options))] if len(options) > 1 else options[0]


def rarely(choices: Choices, one_in: int) -> bool:
    """True once in so many times."""
    return choices.below(one_in) == one_in - 1
