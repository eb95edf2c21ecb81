"""A finding: an alarm in its simplest program, run everywhere, with everything that a maintainer asks for.

It is a folder: `program.json`, `results.jsonl` as a run of one case writes it (so that `crossgrad report` and
`crossgrad replay` read it), a script for each framework that runs alone, and `finding.md`, an issue ready to file.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from harness.errors import UsageError
from harness.fuzz.alarms import Alarm, Signature
from harness.program import Program
from harness.results import AnyRecord, Results, encode

REPEATED = 5
"""How often the simplest program is run again."""


class Finding(msgspec.Struct, frozen=True):
    """What is known about one cause."""

    signature: Signature
    seed: int
    number: int
    """The program that it was found in, by the seed."""
    count: int
    """Programs with this signature."""
    reproduced: int
    """Of so many runs as `REPEATED` says."""
    records: tuple[AnyRecord, ...]
    """The run of the simplest program in all environments."""
    scripts: dict[str, str]
    """By environment: a script that runs alone."""

    @property
    def name(self) -> str:
        """As its folder is called."""
        signature = self.signature
        said = f"{signature.op} {signature.what} {signature.symptom} {' '.join(signature.environments)}"
        return re.sub(r"[^a-z0-9]+", "_", said.lower()).strip("_")[:100]

    @property
    def results(self) -> Results:
        return Results.of(self.records)

    @property
    def program(self) -> Program:
        (case,) = self.results.cases.values()
        return case.program


def write(findings: Iterable[Finding], folder: Path, markdown: dict[str, str]) -> None:
    """A folder for each finding, below `folder`; `markdown` has the text of each by its name."""
    for finding in findings:
        place = folder / finding.name
        place.mkdir(parents=True, exist_ok=True)
        (place / "finding.json").write_bytes(msgspec.json.encode(finding))
        (place / "program.json").write_bytes(finding.program.to_json())
        (place / "results.jsonl").write_bytes(b"".join(encode(record) + b"\n" for record in finding.records))
        (place / "finding.md").write_text(markdown[finding.name], encoding="utf-8")
        for environment, script in finding.scripts.items():
            (place / f"{environment}.py").write_text(script, encoding="utf-8")


def read(folder: Path) -> Finding:
    """The finding of a folder. Raises `UsageError` if it holds none."""
    file = folder / "finding.json"
    try:
        return msgspec.json.decode(file.read_bytes(), type=Finding)
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"{folder} holds no finding: {error}") from None


def case_id(alarm: Alarm) -> str:
    """What the program of an alarm is called in its results."""
    return f"fuzz/{alarm.seed}/{alarm.number}"
