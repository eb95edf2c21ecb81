"""What generated programs are made of."""

from dataclasses import dataclass
from typing import Literal

from harness.errors import UsageError
from harness.places import PLACES

PLAINEST = ("multiply", "add", "sum", "subtract", "square", "reshape", "mean", "exp", "getitem", "max")
"""What stands first among the ops, and so is what programs shrink to."""

COMPANY = (
    *PLAINEST, "negative", "divide", "pow", "sin", "tanh", "log", "sqrt", "abs", "maximum", "minimum", "relu", "where",
    "matmul", "permute_dims", "broadcast_to", "expand_dims", "squeeze", "concat", "stack", "prod", "min", "softmax",
    "stop_gradient", "sigmoid", "clip",
)  # fmt: skip
"""Ops that every framework has. The one that a program is about is seen in their company, so that all can answer."""

Shapes = Literal["shared", "free"]


@dataclass(frozen=True)
class Grammar:
    """Every program is about one of `ops`, which `company` surrounds.

    `shapes`: "shared" takes them from a short list, and ten programs in a row have the same ops and shapes, so that a
    framework that compiles for each meets few; "free" takes any of up to three axes and up to four elements along each.
    """

    ops: tuple[str, ...] = ()
    """Empty: all."""
    company: tuple[str, ...] = COMPANY
    shapes: Shapes = "shared"
    most_before: int = 2
    """Ops before the one that the program is about."""
    most_after: int = 3

    def __post_init__(self) -> None:
        for op in (*self.ops, *self.company):
            if op not in PLACES:
                raise UsageError(f"programs cannot be made of {op!r}; `crossgrad list ops` shows all ops")

    @property
    def subjects(self) -> tuple[str, ...]:
        """The ops that a program may be about, the plainest first."""
        return tuple(sorted(self.ops or PLACES, key=_plainness))


def _plainness(op: str) -> int:
    return PLAINEST.index(op) if op in PLAINEST else len(PLAINEST)
