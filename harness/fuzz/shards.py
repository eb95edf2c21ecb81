"""A shard: some programs of a seed, the work of one process at a time; and what came of it.

`run_shard` is all that an executor has to run, here or on another machine. Its process keeps the workers of the
environments for the shards to come.
"""

import atexit
import time
from collections import Counter
from functools import cache

import msgspec

from harness.environments import Missing, resolve
from harness.errors import EnvironmentProblem
from harness.fuzz.alarms import Alarm
from harness.fuzz.bench import Bench, alarms, by_environment
from harness.generation import Grammar, program_of
from harness.session import Limits

JUDGED = 10
"""One program in so many is judged by the oracle, which takes longer than everything else together."""


class Shard(msgspec.Struct, frozen=True):
    """The programs `first`, ..., `first + count - 1` of a seed."""

    seed: int
    first: int
    count: int
    environments: tuple[str, ...]
    """Each a name of the catalogue, or NAME=PYTHON."""
    grammar: Grammar = Grammar()
    limits: Limits = Limits()
    exclude_known: bool = True
    """What is documented of an op raises no alarm."""


class Report(msgspec.Struct, frozen=True):
    """What came of a shard."""

    first: int
    count: int
    seconds: float
    counts: dict[str, dict[str, int]]
    """By environment: how many programs got an answer of which kind."""
    known: dict[str, int]
    """How often what is documented of an op came up, by `environment: op`."""
    alarms: tuple[Alarm, ...]


def run_shard(shard: Shard) -> Report:
    """Run the programs in the environments. Raises `EnvironmentProblem` where one cannot be had."""
    bench = bench_of(shard)
    since = time.monotonic()
    numbers = range(shard.first, shard.first + shard.count)
    programs = [program_of(shard.seed, number, shard.grammar) for number in numbers]
    counts: dict[str, Counter[str]] = {}
    known: Counter[str] = Counter()
    found: list[Alarm] = []
    for number, program, dissents in zip(numbers, programs, bench.dissents(programs, counts), strict=True):
        if number % JUDGED == 0 and (mistake := bench.mistaken(program)):
            dissents.append(mistake)
        known.update(f"{one.environment}: {one.place.op}" for one in dissents if one.known)
        unexplained = [one for one in dissents if not (one.known and shard.exclude_known)]
        found += alarms(shard.seed, number, program, unexplained)
    seconds = time.monotonic() - since
    return Report(shard.first, shard.count, seconds, by_environment(counts), dict(known), tuple(found))


def bench_of(shard: Shard) -> Bench:
    """The shard's environments, kept running in this process."""
    return _bench(shard.environments, shard.limits)


@cache
def _bench(names: tuple[str, ...], limits: Limits) -> Bench:
    """The environments of this process, open until it ends."""
    environments = []
    for one in resolve(list(names), create_missing=True, report=lambda step: None):
        if isinstance(one, Missing):
            raise EnvironmentProblem(f"environment {one.name}: {one.reason}")
        environments.append(one)
    bench = Bench(environments, limits).__enter__()
    atexit.register(bench.__exit__, None, None, None)
    return bench
