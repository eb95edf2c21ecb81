"""The page of coverage has no holes."""

from pathlib import Path

from pages.coverage import COLUMNS, kinds

from harness.ops import OPS
from harness.places import PLACES

PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"


def test_every_op_has_a_row_in_which_no_cell_is_empty():
    rows = [line.split("|")[1:-1] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert {f"`{op}`" for op in OPS} == {row[0].strip() for row in rows}
    assert [] == [row for row in rows if not all(cell.strip() for cell in row)]


def test_every_derived_case_is_in_one_column():
    for op, columns in kinds().items():
        named = [case.id for column in COLUMNS for case in columns[column]]
        assert len(set(named)) == len(named)
        assert f"{OPS[op].family}/{op}/{PLACES[op].ordinary.name}" in named
