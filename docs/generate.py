"""Writes the pages of docs/ that are made from code: `python docs/generate.py`. A test fails when they are stale."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pages.adapters import adapters_page
from pages.command import command_page
from pages.coverage import coverage_page
from pages.faults import faults_page
from pages.findings import findings_page
from pages.semantics import dimension_page, index_page, names

DOCS = Path(__file__).parent

PAGES: dict[str, Callable[[], str]] = {
    "adapters.md": adapters_page,
    "command.md": command_page,
    "coverage.md": coverage_page,
    "faults.md": faults_page,
    "findings/README.md": findings_page,
    "semantics/README.md": index_page,
    **{f"semantics/{name}.md": partial(dimension_page, name) for name in names()},
}


def main() -> None:
    """Write every page, and remove those of dimensions that are no more."""
    for name, page in PAGES.items():
        file = DOCS / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(page(), encoding="utf-8")
        print(file, file=sys.stderr)
    for file in left_over():
        file.unlink()
        print(f"removed {file}", file=sys.stderr)


def left_over() -> list[Path]:
    """The files among the dimensions' pages that no page is written to."""
    return sorted({*(DOCS / "semantics").glob("*.md")} - {DOCS / name for name in PAGES})


if __name__ == "__main__":
    main()
