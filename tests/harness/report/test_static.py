from pathlib import Path

import pytest

import harness.report
from harness.report.marks import MATHEMATICS, STATUSES
from harness.report.plot import MARKERS, STYLES

STATIC = Path(harness.report.__file__).parent / "static"


@pytest.mark.parametrize("name", ["report.css", "report.js", "graph.js", "vendor/dagre.min.js", "vendor/dagre.LICENSE"])
def test_no_asset_can_end_the_element_that_it_is_inlined_in(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8").lower()
    assert [] == [end for end in ("</script", "</style", "<!--", "\r") if end in text]


def test_every_line_of_a_plot_has_its_style_and_its_marker() -> None:
    style = (STATIC / "report.css").read_text(encoding="utf-8")
    assert [True] * STYLES == [
        f".curve-{number} {{ color: var(--curve-{number}); }}" in style for number in range(STYLES)
    ]
    assert STYLES == len(set(MARKERS))


def test_every_mark_has_its_own_glyph_and_word() -> None:
    marks = [*STATUSES.values(), *MATHEMATICS.values()]
    assert len(marks) == len({mark.word for mark in marks}) == len({mark.glyph for mark in marks})
