"""Medians and ratios of a pytest-benchmark run, as Markdown tables.

python benchmarks/table.py benchmarks.json
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

Benchmark = dict[str, Any]

ENGINES = "| program | engine | median | per op | beside the first |\n|---|---|---:|---:|---:|"
SESSIONS = "| framework | plain loop | session | ratio | budget |\n|---|---:|---:|---:|---:|"


def tables(report: dict[str, Any]) -> str:
    """The tables of `report`, pytest-benchmark's JSON: one for engines, one for sessions, each if it has rows.

    What a benchmark timed stands in its `extra_info`.
    """
    engines = [one for one in report["benchmarks"] if "engine" in one["extra_info"]]
    sessions = [one for one in report["benchmarks"] if "session_us" in one["extra_info"]]
    parts = [(ENGINES, _engine_rows(engines)), (SESSIONS, _session_rows(sessions))]
    return "\n\n".join("\n".join([header, *rows]) for header, rows in parts if rows)


def _engine_rows(benchmarks: list[Benchmark]) -> list[str]:
    """An `engine` over a number of `ops`; ratios are to the first row of each group."""
    groups: dict[str, list[Benchmark]] = defaultdict(list)
    for benchmark in benchmarks:
        groups[benchmark["group"]].append(benchmark)
    rows = []
    for group, members in groups.items():
        first = members[0]["stats"]["median"]
        for member in members:
            median, info = member["stats"]["median"], member["extra_info"]
            per_op = f"{median / info['ops'] * 1e6:.2f} us"
            rows.append(_row(group, info["engine"], f"{median * 1e3:.3g} ms", per_op, f"{median / first:.2f}"))
    return rows


def _session_rows(benchmarks: list[Benchmark]) -> list[str]:
    """One program in a session and in a plain loop; the ratio is the median of pairs."""
    infos = [benchmark["extra_info"] for benchmark in benchmarks]
    return [
        _row(info["framework"], f"{info['loop_us']} us", f"{info['session_us']} us", info["ratio"], info["budget"])
        for info in infos
    ]


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python {sys.argv[0]} REPORT.json")
    print(tables(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
