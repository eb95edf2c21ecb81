"""The kill table: which cases of the catalogue catch which mistake.

A case catches a mistake if the reference engine answers otherwise with it than without. Every mistake is to be caught
by some case, or nobody who makes it would be told.
"""

from collections import Counter
from collections.abc import Iterable

import msgspec

from harness.checker.judge import Judge
from harness.declaration import Case
from reference_engine import semantics


class Kill(msgspec.Struct, frozen=True):
    """One mistake, and the cases that catch it, the smallest first."""

    dimension: str
    fault: str
    cases: tuple[str, ...]

    @property
    def of(self) -> semantics.Fault:
        """The mistake's declaration."""
        return next(one for one in semantics.DIMENSIONS[self.dimension].faults if one.name == self.fault)

    @property
    def topics(self) -> dict[str, int]:
        """How many cases of each topic catch it; without those of which none does."""
        return dict(Counter(case.partition("/")[0] for case in self.cases))


def kills(cases: Iterable[Case]) -> list[Kill]:
    """Every mistake that the reference engine can make, in the order of the dimensions, with those of `cases`."""
    caught: dict[tuple[str, str], list[str]] = {
        (dimension.name, fault.name): [] for dimension in semantics.DIMENSIONS.values() for fault in dimension.faults
    }
    judge = Judge()
    for case in sorted(cases, key=lambda case: (len(case.program.steps), case.id)):
        for mistake in judge.mistakes(case.program):
            caught[mistake.dimension, mistake.option].append(case.id)
    return [Kill(dimension, fault, tuple(found)) for (dimension, fault), found in caught.items()]
