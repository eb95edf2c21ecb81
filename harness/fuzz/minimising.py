"""From an alarm to a finding: the work of one process, as a shard is."""

import msgspec

from harness.adapters import adapter
from harness.environments import Environment
from harness.errors import Unsupported
from harness.fuzz.alarms import Alarm
from harness.fuzz.bench import ORACLE, Bench, alarms
from harness.fuzz.findings import REPEATED, Finding, case_id
from harness.fuzz.shards import Shard, bench_of
from harness.fuzz.shrinking import simplest
from harness.program import Program
from harness.results import AnyRecord, CaseRecord, Run
from harness.runner import Runner
from harness.script import standalone

TRIES = 400
"""Programs that may be run on the way to the simplest."""


class Task(msgspec.Struct, frozen=True):
    """An alarm, and the shard's environments and grammar."""

    alarm: Alarm
    count: int
    """Programs with this signature."""
    shard: Shard
    tries: int = TRIES


def minimise(task: Task) -> Finding:
    """The finding that an alarm leads to."""
    bench, alarm = bench_of(task.shard), task.alarm
    found = simplest(
        alarm.seed, alarm.number, task.shard.grammar, lambda program: is_alike(bench, alarm, program), tries=task.tries
    )
    reproduced = sum(is_alike(bench, alarm, found) for _ in range(REPEATED))
    case = CaseRecord(id=case_id(alarm), title=str(alarm.signature), topic="fuzz", program=found)
    records: list[AnyRecord] = []
    Runner([case], bench.environments, emit=records.append, limits=task.shard.limits, jobs=1).run()
    scripts = {one.name: text for one in bench.environments if (text := _script(one, case))}
    # The run's own line has a date, by which equal findings would differ.
    records = [one for one in records if not isinstance(one, Run)]
    return Finding(alarm.signature, alarm.seed, alarm.number, task.count, reproduced, tuple(records), scripts)


def is_alike(bench: Bench, alarm: Alarm, program: Program) -> bool:
    """Whether a program goes wrong at the same op, in the same way, in the same environments."""
    if alarm.signature.what == ORACLE:
        return bench.mistaken(program) is not None
    (dissents,) = bench.dissents([program], {})
    return any(one.signature == alarm.signature for one in alarms(0, 0, program, dissents))


def _script(environment: Environment, case: CaseRecord) -> str:
    speaks = adapter(environment.framework, environment.flavour)
    try:
        return standalone(speaks.script(case.program), speaks.language, title=case.title)
    except Unsupported:
        return ""
