"""A run: environments side by side, every record handed out once, in an order that can be read back."""

import threading
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from harness.declaration import Case
from harness.environments import Environment, Missing
from harness.results import AnyRecord, CaseRecord, EnvironmentRecord, Results, Run, Verdict, iterate
from harness.runner import Runner
from tests.harness.test_examination import REFERENCE, add_chain, declared, in_bfloat16

CASES = [declared(add_chain), declared(in_bfloat16)]
MISSING = Missing(name="jax", framework="jax", flavour="", reason="not created")


def named(name: str, **changes: Any) -> Environment:
    return msgspec.structs.replace(REFERENCE, name=name, **changes)


def run(environments: list[Environment | Missing], cases: list[Case] = CASES, **options: Any) -> list[AnyRecord]:
    records: list[AnyRecord] = []
    Runner(cases, environments, emit=records.append, **options).run()
    return records


@pytest.mark.parametrize("jobs", [1, 3])
def test_every_case_gets_a_verdict_in_every_environment(jobs: int) -> None:
    results = Results.of(run([named("one"), named("two"), named("three"), MISSING], jobs=jobs))
    expected = {"test/add_chain": "agree", "test/in_bfloat16": "unsupported"}
    for name in ("one", "two", "three"):
        assert expected == {case: v.status for (case, where), v in results.verdicts.items() if where == name}
    assert "missing" == results.verdicts["test/add_chain", "jax"].status
    assert "not created" == results.verdicts["test/add_chain", "jax"].reason


def test_the_records_can_be_read_back_in_the_order_in_which_they_come() -> None:
    records = run([named("one"), named("two")], command="crossgrad run")
    assert [Run, EnvironmentRecord, EnvironmentRecord, CaseRecord, CaseRecord] == [type(each) for each in records[:5]]
    assert isinstance(records[0], Run)
    assert "crossgrad run" == records[0].command
    results = Results.of(records)
    assert len(records) == len(list(iterate(results)))


def test_finished_is_called_after_each_case() -> None:
    finished: list[str] = []
    run([named("one"), named("two"), MISSING], finished=finished.append)
    assert ["jax", "jax", "one", "one", "two", "two"] == sorted(finished)


def test_calls_never_overlap() -> None:
    inside = threading.Lock()

    def emit(record: AnyRecord) -> None:
        assert inside.acquire(blocking=False)
        time.sleep(0.001)  # long enough for another thread to come in, if it could
        inside.release()

    Runner(CASES, [named(str(i)) for i in range(4)], emit=emit, jobs=4).run()


def test_one_environment_that_does_not_start_does_not_stop_the_others(tmp_path: Path) -> None:
    results = Results.of(run([named("broken", python=tmp_path / "python"), named("one")]))
    assert "error" == results.verdicts["test/add_chain", "broken"].status
    assert "agree" == results.verdicts["test/add_chain", "one"].status


def test_an_interrupt_ends_the_workers_and_is_passed_on() -> None:
    emitted: list[AnyRecord] = []

    def emit(record: AnyRecord) -> None:
        emitted.append(record)
        if isinstance(record, Verdict):
            raise KeyboardInterrupt

    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        Runner(CASES, [named("one"), named("two")], emit=emit).run()
    assert before == threading.active_count()
    assert any(isinstance(record, Verdict) for record in emitted)


def test_an_error_of_ours_is_passed_on_and_not_lost_in_a_thread() -> None:
    def emit(record: AnyRecord) -> None:
        if isinstance(record, Verdict):
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        Runner(CASES, [named("one"), named("two")], emit=emit, jobs=1).run()
