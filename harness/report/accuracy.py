"""How accurate the gradients of a run are: their distances from the derivative, in units in the last place (ULP).

Only gradients that are right count, by their worst elements: a wrong one is no matter of accuracy, and where there is
no derivative there is no distance. Both are counted apart. So is a gradient that comes through a cast to a narrower
dtype: what the cast rounds is what the program asks for.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Literal

from harness.ops import DTYPES
from harness.report.attribution import Way, way
from harness.results import PointVerdict, Results

CORRECTLY_ROUNDED = 0.5
"""ULP. No number of the dtype is nearer."""
ENOUGH_FOR_A_PERCENTILE = 20

Reason = Literal["wrong", "without a derivative", "undecided", "through a narrower dtype"]
"""Why a gradient is left out."""

_SIGNIFICANT_BITS = {
    "bfloat16": 8, "float16": 11, "float32": 24, "complex64": 24, "float64": 53, "complex128": 53,
}  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """One right gradient."""

    environment: str
    dtype: str
    case: str
    point: str
    op: str | None
    """The op whose derivative decides it; None if there are several, or none."""
    ulps: float
    """The worst element's distance from the derivative."""

    @property
    def place(self) -> tuple[str, str]:
        return self.case, self.point


@dataclass(frozen=True)
class LeftOut:
    """One gradient that is no matter of accuracy."""

    environment: str
    dtype: str
    reason: Reason


@dataclass(frozen=True)
class Spread:
    """The distances of some gradients, of one at least."""

    count: int
    correctly_rounded: int
    median: float
    high: float | None
    """95 % are no larger; None of fewer than 20."""
    worst: Measured

    @classmethod
    def of(cls, measured: Iterable[Measured]) -> "Spread":
        ordered = sorted(measured, key=lambda one: one.ulps)
        distances = [one.ulps for one in ordered]
        return cls(
            count=len(ordered),
            correctly_rounded=sum(ulps <= CORRECTLY_ROUNDED for ulps in distances),
            median=median(distances),
            high=distances[(95 * len(ordered) - 1) // 100] if len(ordered) >= ENOUGH_FOR_A_PERCENTILE else None,
            worst=ordered[-1],
        )


@dataclass(frozen=True)
class InEnvironment:
    """The gradients of one dtype in one environment."""

    environment: str
    dtype: str
    all: Spread | None
    """None if every gradient was left out."""
    common: Spread | None
    """Of the points that every environment with right gradients of this dtype answers rightly."""
    left_out: dict[Reason, int]


@dataclass(frozen=True)
class ByOp:
    """The gradients of one dtype by the op that decides them."""

    dtype: str
    environments: tuple[str, ...]
    """Those with a gradient of an op that is not exact."""
    inexact: dict[str, dict[str, Spread]]
    """By op and environment, the op with the largest distance first. Only ops of which one gradient is not exact."""
    exact: tuple[str, ...]
    """The ops whose gradients are exact to the last bit in every environment."""
    of_no_op: int
    """How many gradients have no such op."""


@dataclass(frozen=True)
class Accuracy:
    """The dtype with the most gradients first, and of each the most accurate environment first."""

    environments: tuple[InEnvironment, ...]
    ops: tuple[ByOp, ...]


def accuracy(results: Results) -> Accuracy:
    """What the results say about accuracy: nothing if no gradient has a derivative to be compared with."""
    measured: dict[str, list[Measured]] = {}
    left_out: dict[tuple[str, str], Counter[Reason]] = defaultdict(Counter)
    for one in _gradients(results):
        right = measured.setdefault(one.dtype, [])
        if isinstance(one, Measured):
            right.append(one)
        else:
            left_out[one.environment, one.dtype][one.reason] += 1
    dtypes = sorted(measured, key=lambda dtype: (-len(measured[dtype]), DTYPES.index(dtype)))
    rows = (row for dtype in dtypes for row in _ranked(dtype, results.environments, measured[dtype], left_out))
    tables = (_by_op(dtype, results.environments, measured[dtype]) for dtype in dtypes if measured[dtype])
    return Accuracy(tuple(rows), tuple(tables))


def _gradients(results: Results) -> Iterator[Measured | LeftOut]:
    ways = {
        (case.id, point): found
        for case in results.cases.values()
        for point in case.program.points
        if (found := way(case.program, point)) is not None
    }
    for (case, environment), verdict in results.verdicts.items():
        seen = results.observations.get((case, environment), {})
        for point, judged in verdict.points.items():
            if (case, point) in ways and point in seen and (dtype := seen[point].dtype) in _SIGNIFICANT_BITS:
                found = ways[case, point]
                reason = _reason(judged, dtype, found)
                if reason is not None:
                    yield LeftOut(environment, dtype, reason)
                elif judged.mathematics == "exact" and judged.error_ulps is not None:
                    yield Measured(environment, dtype, case, point, found.op, judged.error_ulps)


def _reason(judged: PointVerdict, dtype: str, found: Way) -> Reason | None:
    match judged.mathematics:
        case "wrong" | "undecided":
            return judged.mathematics
        case "subgradient" | "no derivative":
            return "without a derivative"
        case "exact" if any(_SIGNIFICANT_BITS.get(cast, 64) < _SIGNIFICANT_BITS[dtype] for cast in found.casts):
            return "through a narrower dtype"
    return None


def _ranked(
    dtype: str,
    environments: Iterable[str],
    measured: list[Measured],
    left_out: dict[tuple[str, str], Counter[Reason]],
) -> list[InEnvironment]:
    """The rows of one dtype, the most accurate environment first."""
    by_environment: dict[str, list[Measured]] = defaultdict(list)
    for one in measured:
        by_environment[one.environment].append(one)
    answered = [{one.place for one in answers} for answers in by_environment.values()]
    common = set.intersection(*answered) if answered else set()
    rows = [
        InEnvironment(
            environment=name,
            dtype=dtype,
            all=_spread(by_environment[name]),
            common=_spread(one for one in by_environment[name] if one.place in common),
            left_out=dict(left_out.get((name, dtype), {})),
        )
        for name in environments
        if name in by_environment or (name, dtype) in left_out
    ]
    return sorted(rows, key=_rank)


def _rank(row: InEnvironment) -> tuple[float, float]:
    """By the share that is correctly rounded at common points, then by the largest distance there."""
    if row.common is None:
        return 1.0, math.inf
    return -row.common.correctly_rounded / row.common.count, row.common.worst.ulps


def _spread(measured: Iterable[Measured]) -> Spread | None:
    found = list(measured)
    return Spread.of(found) if found else None


def _by_op(dtype: str, environments: Iterable[str], measured: list[Measured]) -> ByOp:
    cells: dict[str, dict[str, list[Measured]]] = defaultdict(lambda: defaultdict(list))
    for one in measured:
        if one.op is not None:
            cells[one.op][one.environment].append(one)
    spreads = {
        op: {environment: Spread.of(group) for environment, group in of_op.items()} for op, of_op in cells.items()
    }
    largest = {op: max(spread.worst.ulps for spread in of_op.values()) for op, of_op in spreads.items()}
    ordered = sorted(spreads, key=lambda op: (-largest[op], op))
    inexact = {op: spreads[op] for op in ordered if largest[op]}
    return ByOp(
        dtype=dtype,
        environments=tuple(name for name in environments if any(name in of_op for of_op in inexact.values())),
        inexact=inexact,
        exact=tuple(op for op in ordered if not largest[op]),
        of_no_op=sum(one.op is None for one in measured),
    )
