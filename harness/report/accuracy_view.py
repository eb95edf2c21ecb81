"""The accuracy of a run's gradients as the page shows it: numbers as texts, each largest error with its case."""

from dataclasses import dataclass

from harness.report.accuracy import Accuracy, ByOp, InEnvironment, Measured, Spread, accuracy
from harness.report.links import case_anchor
from harness.results import Results


@dataclass(frozen=True)
class WorstView:
    """The largest error of some gradients, and where it is."""

    ulps: str
    case: str
    point: str
    anchor: str


@dataclass(frozen=True)
class RowView:
    """The gradients of one dtype in one environment. Texts are empty where there is nothing to say."""

    environment: str
    count: int
    rounded: str
    """The share that is correctly rounded."""
    common: str
    """The same, of the points that all environments answer rightly."""
    median: str
    high: str
    worst: WorstView | None
    left_out: str


@dataclass(frozen=True)
class CellView:
    """The gradients that one op decides in one environment."""

    count: int
    median: str
    worst: WorstView


@dataclass(frozen=True)
class OpsView:
    """The table by op: each row has a cell, or None, for each environment."""

    environments: tuple[str, ...]
    rows: tuple[tuple[str, tuple[CellView | None, ...]], ...]
    exact: str
    of_no_op: int


@dataclass(frozen=True)
class DtypeView:
    """The tables of one dtype."""

    dtype: str
    common: int
    """At how many points all environments can be compared."""
    rows: tuple[RowView, ...]
    ops: OpsView | None


def views(results: Results) -> tuple[DtypeView, ...]:
    """One for each dtype of which some gradient is right; none if there is no such gradient."""
    found = accuracy(results)
    return tuple(_dtype(table, found) for table in found.ops)


def _dtype(table: ByOp, found: Accuracy) -> DtypeView:
    rows = [row for row in found.environments if row.dtype == table.dtype]
    return DtypeView(
        dtype=table.dtype,
        common=max((row.common.count for row in rows if row.common is not None), default=0),
        rows=tuple(map(_row, rows)),
        ops=_ops(table) if table.inexact else None,
    )


def _row(row: InEnvironment) -> RowView:
    left_out = ", ".join(f"{count} {reason}" for reason, count in sorted(row.left_out.items()))
    if row.all is None:
        return RowView(row.environment, 0, "", "", "", "", None, left_out)
    return RowView(
        environment=row.environment,
        count=row.all.count,
        rounded=_share(row.all),
        common="" if row.common is None else _share(row.common),
        median=_ulps(row.all.median),
        high="" if row.all.high is None else _ulps(row.all.high),
        worst=_worst(row.all.worst),
        left_out=left_out,
    )


def _ops(table: ByOp) -> OpsView:
    return OpsView(
        environments=table.environments,
        rows=tuple(
            (op, tuple(_cell(of_op[name]) if name in of_op else None for name in table.environments))
            for op, of_op in table.inexact.items()
        ),
        exact=", ".join(table.exact),
        of_no_op=table.of_no_op,
    )


def _cell(spread: Spread) -> CellView:
    return CellView(spread.count, _ulps(spread.median), _worst(spread.worst))


def _worst(measured: Measured) -> WorstView:
    return WorstView(_ulps(measured.ulps), measured.case, measured.point, case_anchor(measured.case))


def _ulps(ulps: float) -> str:
    """Two digits after the point tell the usual ones apart; a small error is never shown as none."""
    return f"{ulps:.2f}" if ulps == 0 or 0.005 <= ulps < 1000 else f"{ulps:.2g}"


def _share(spread: Spread) -> str:
    """Rounded down, so that 100 % are all."""
    return f"{1000 * spread.correctly_rounded // spread.count / 10:.1f} %"
