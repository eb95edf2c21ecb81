"""A campaign: shards go to an executor until the time is up, reports come back, alarms are merged by their cause."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import count

import msgspec

from harness.fuzz.journal import Journal
from harness.fuzz.shards import Report, Shard, run_shard
from harness.fuzz.tally import Tally

SIZE = 100
"""Programs of a shard."""


def run(
    executor: Executor,
    shard: Shard,
    journal: Journal,
    *,
    jobs: int,
    seconds: float,
    programs: int | None,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Run shards like this one, `jobs` at a time, until the seconds or the programs are over.

    What the journal holds is not run again. KeyboardInterrupt is passed on; what was finished is in the journal.
    """
    tally = journal.tally
    progress(tally)
    until = time.monotonic() + seconds
    waiting = _shards(shard, journal, programs)
    under_way: set[Future[Report]] = set()
    try:
        while True:
            while len(under_way) < jobs + 1 and time.monotonic() < until and (following := next(waiting, None)):
                under_way.add(executor.submit(run_shard, following))
            if not under_way:
                return tally
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                report = future.result()
                journal.add(report)
                tally.add(report)
                progress(tally)
    finally:
        for future in under_way:
            future.cancel()


def _shards(shard: Shard, journal: Journal, programs: int | None) -> Iterator[Shard]:
    """Those that are still to be run, in order."""
    for first in count(0, SIZE):
        if programs is not None and first >= programs:
            return
        if first not in journal.reports:
            size = SIZE if programs is None else min(SIZE, programs - first)
            yield msgspec.structs.replace(shard, first=first, count=size)
