"""A second run reads what the first one heard, and nothing else is taken for that."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from harness import kept
from harness.catalogue import select
from harness.environments import Environment, resolve
from harness.errors import EnvironmentProblem
from harness.kept import MOST_WAITING, UNUSED, Kept, WholeRun
from harness.results import AnyRecord, Observation, Run, Verdict
from harness.runner import Runner
from harness.session import Session

CASES = select(["double_use/add_chain", "double_use/diamond"])


@pytest.fixture
def environment() -> Environment:
    (found,) = resolve(["reference"], create_missing=False, report=print)
    assert isinstance(found, Environment)
    return found


def run(environment: Environment, kept: Kept) -> list[AnyRecord]:
    """The records of a run, without that of the run itself."""
    records: list[AnyRecord] = []
    with kept:
        Runner(CASES, [environment], emit=records.append, kept=kept).run()
    return [record for record in records if not isinstance(record, Run)]


def refuse(*_: Any) -> None:
    raise EnvironmentProblem("nothing should be started")


def test_a_second_run_starts_nothing_and_records_the_same(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(environment, Kept(tmp_path))
    monkeypatch.setattr(Session, "_start_worker", refuse)
    again = Kept(tmp_path)

    assert first == run(environment, again)
    assert 3 * len(CASES) == again.found  # the mistakes of each case, its answer, its verdict


def test_a_fresh_run_asks_again(environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(environment, Kept(tmp_path))
    monkeypatch.setattr(Session, "_start_worker", refuse)

    records = run(environment, Kept(tmp_path, fresh=True))

    assert {"error"} == {record.status for record in records if isinstance(record, Verdict)}


def test_what_did_not_start_is_not_kept(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Session, "_start_worker", refuse)
        run(environment, Kept(tmp_path))

    records = run(environment, Kept(tmp_path))

    assert {"agree"} == {record.status for record in records if isinstance(record, Verdict)}


def test_a_file_that_is_no_store_counts_as_none(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "kept.sqlite").write_bytes(b"no store" * 1000)

    kept = Kept(tmp_path)

    assert any(isinstance(record, Observation) for record in run(environment, kept))
    assert 0 == kept.found


def test_a_folder_that_cannot_be_written_to_is_done_without(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert any(isinstance(record, Observation) for record in run(environment, Kept(tmp_path / "file" / "below")))


def test_much_that_is_new_outlives_a_process_that_is_killed(tmp_path: Path) -> None:
    with Kept(tmp_path) as killed:
        for number in range(MOST_WAITING):
            killed.keep(str(number).encode(), b"value")
        with Kept(tmp_path) as later:
            assert later.find(b"0") == b"value"


def test_a_whole_run_is_found_as_it_was(tmp_path: Path) -> None:
    run = WholeRun(b'{"kind":"run"}\n' * 1000, "<p>naïve</p>".encode())
    with Kept(tmp_path) as first:
        first.keep_run(b"key", run)

    with Kept(tmp_path) as later:
        assert run == later.find_run(b"key")
        assert later.find_run(b"another key") is None
    with Kept(tmp_path, fresh=True) as fresh:
        assert fresh.find_run(b"key") is None


def keep_on(day: int, folder: Path, *keys: bytes) -> None:
    store = Kept(folder)
    store._today = day
    with store:
        for key in keys:
            store.keep(key, b"value" * 10_000)


def found_on(day: int, folder: Path, keys: Iterable[bytes]) -> list[bytes]:
    store = Kept(folder)
    store._today = day
    with store:
        return [key for key in keys if store.find(key)]


def test_what_nobody_asked_for_in_two_months_goes(tmp_path: Path) -> None:
    keep_on(100, tmp_path, b"left alone", b"asked for")
    assert [b"asked for"] == found_on(130, tmp_path, [b"asked for"])

    assert [b"asked for"] == found_on(101 + UNUSED, tmp_path, [b"left alone", b"asked for"])


def test_if_it_is_too_much_the_earliest_days_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = {100: b"first", 101: b"second", 102: b"third"}
    for day, key in days.items():
        keep_on(day, tmp_path, key)
    monkeypatch.setattr(kept, "MOST_BYTES", 150_000)  # and each value has 50,000

    assert [b"second", b"third"] == found_on(102, tmp_path, days.values())


def test_a_store_that_is_too_small_for_anything_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_on(100, tmp_path, b"key")
    monkeypatch.setattr(kept, "MOST_BYTES", 1)

    assert [] == found_on(100, tmp_path, [b"key"])
