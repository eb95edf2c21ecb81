"""What the shards of a campaign come to: counts, and alarms merged by their cause."""

from collections import Counter

import msgspec

from harness.fuzz.alarms import Alarm, Signature
from harness.fuzz.shards import Report


class Cause(msgspec.Struct):
    """Alarms of one signature."""

    simplest: Alarm
    count: int = 1


class Tally:
    """The sum of the reports."""

    def __init__(self) -> None:
        self.programs = 0
        self.seconds = 0.0
        """Of all processes together."""
        self.counts: dict[str, Counter[str]] = {}
        """By environment and kind of answer."""
        self.known: Counter[str] = Counter()
        self.causes: dict[Signature, Cause] = {}

    def add(self, report: Report) -> None:
        self.programs += report.count
        self.seconds += report.seconds
        self.known.update(report.known)
        for environment, kinds in report.counts.items():
            self.counts.setdefault(environment, Counter()).update(kinds)
        for alarm in report.alarms:
            cause = self.causes.setdefault(alarm.signature, Cause(alarm, 0))
            cause.count += 1
            if alarm.size < cause.simplest.size:
                cause.simplest = alarm
