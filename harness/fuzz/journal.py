"""What a campaign has done so far, in a file that is appended to: nothing is lost, and it can be gone on with."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

import harness
from harness.errors import UsageError
from harness.fuzz.shards import Report, Shard
from harness.fuzz.tally import Tally

NAME = "fuzz.jsonl"


class Asked(msgspec.Struct, frozen=True):
    """The first line: what the campaign is about. Another one in the same folder is another campaign."""

    crossgrad: str
    shard: Shard


class Journal:
    """The reports of the shards that are done, each written down at once."""

    def __init__(self, folder: Path, shard: Shard) -> None:
        """`shard` is any one of the campaign. Raises `UsageError` if the folder holds another campaign."""
        self.file = folder / NAME
        self.reports: dict[int, Report] = {}
        """By the number of the first program."""
        asked = Asked(harness.__version__, msgspec.structs.replace(shard, first=0, count=0))
        folder.mkdir(parents=True, exist_ok=True)
        if self.file.exists():
            self._read(asked)
        else:
            self.file.write_bytes(msgspec.json.encode(asked) + b"\n")

    @property
    def tally(self) -> Tally:
        """The sum of all reports."""
        tally = Tally()
        for report in self.reports.values():
            tally.add(report)
        return tally

    def add(self, report: Report) -> None:
        """Write a report down. One that is there already is not counted twice."""
        if report.first not in self.reports:
            self.reports[report.first] = report
            with self.file.open("ab") as lines:
                lines.write(msgspec.json.encode(report) + b"\n")

    def _read(self, asked: Asked) -> None:
        lines = list(self._lines())
        before = msgspec.json.decode(lines[0], type=Asked) if lines else None
        if before != asked:
            raise UsageError(
                f"{self.file} holds another campaign, of another seed, other options or another version; "
                "choose another folder with --out"
            )
        for line in lines[1:]:
            report = msgspec.json.decode(line, type=Report)
            self.reports[report.first] = report

    def _lines(self) -> Iterator[bytes]:
        """The whole lines; what an interruption cut off is done again."""
        content = self.file.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            self.file.write_bytes(whole)
        return iter(whole.splitlines())
