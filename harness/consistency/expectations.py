"""What can be asked of a reference, and not of other functions: other conventions, and what rounding allows."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from harness.checker.compare import Comparison, compare
from harness.checker.enclosures import Enclosure
from harness.checker.mathematics import Answer as Truth
from harness.checker.predict import Options
from harness.consistency.asked import Asked
from harness.consistency.functions import Answer
from harness.results import Observation

REMEMBERED = 64
"""Sets of inputs of which is remembered what was found out."""


class Expected(ABC):
    """What the reference says of one set of inputs, by point and under any options."""

    @abstractmethod
    def observe(self, options: Options = frozenset()) -> dict[str, Observation]: ...

    @abstractmethod
    def consulted(self, options: Options = frozenset()) -> frozenset[str]:
        """The dimensions on which that depends."""

    @abstractmethod
    def enclosure(self, options: Options, point: str) -> Enclosure | None:
        """What a correct implementation may return; None where nobody has declared bounds."""

    def truth(self, point: str, seen: dict[str, Observation], options: Options) -> Truth | None:
        """What mathematics says of a gradient; None where the oracle cannot be asked."""
        return None

    def compare(self, options: Options, point: str, seen: Observation) -> Comparison:
        """What was observed beside what the options predict."""
        return compare(self.observe(options)[point], seen, lambda: self.enclosure(options, point))


class Reference(ABC):
    """A function of the reference engine."""

    name = "reference"

    @abstractmethod
    def answers(self, asks: Sequence[Asked]) -> list[Answer]: ...

    @abstractmethod
    def expected(self, ask: Asked) -> Expected: ...
