"""Medians and ratios of a pytest-benchmark run, as a Markdown table.

python benchmarks/table.py benchmarks.json
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

HEADER = "| program | engine | median | per op | beside the first |\n|---|---|---:|---:|---:|"


def table(report: dict[str, Any]) -> str:
    """One row for each benchmark of `report`, pytest-benchmark's JSON; ratios are to the first row of each group.

    A benchmark says in its `extra_info` which `engine` it timed and over how many `ops`.
    """
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for benchmark in report["benchmarks"]:
        groups[benchmark["group"]].append(benchmark)
    rows = [HEADER]
    for group, benchmarks in groups.items():
        first = benchmarks[0]["stats"]["median"]
        for benchmark in benchmarks:
            median, info = benchmark["stats"]["median"], benchmark["extra_info"]
            cells = (
                group,
                info["engine"],
                f"{median * 1e3:.3g} ms",
                f"{median / info['ops'] * 1e6:.2f} us",
                f"{median / first:.2f}",
            )
            rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python {sys.argv[0]} REPORT.json")
    print(table(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
