"""A campaign in the reference engine and PyTorch: counts, journal, going on, findings."""

import json
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from harness.cli import cli
from harness.errors import UsageError
from harness.fuzz.campaign import SIZE, run
from harness.fuzz.journal import Journal
from harness.fuzz.shards import Shard
from harness.generation import Grammar

pytestmark = pytest.mark.frameworks

SHARD = Shard(7, 0, 0, ("reference",))


def _run(executor: Executor, journal: Journal, programs: int) -> int:
    return run(executor, SHARD, journal, jobs=1, seconds=600, programs=programs).programs


@pytest.fixture
def one_thread() -> Executor:
    return ThreadPoolExecutor(1)


def test_the_reference_engine_raises_no_alarm_against_itself(one_thread: Executor, tmp_path: Path) -> None:
    journal = Journal(tmp_path, SHARD)
    tally = run(one_thread, SHARD, journal, jobs=1, seconds=600, programs=SIZE + 50)
    assert SIZE + 50 == tally.programs
    assert SIZE + 50 == sum(tally.counts["reference"].values())
    assert "alarm" not in tally.counts["reference"]


def test_what_is_in_the_journal_is_not_run_again(one_thread: Executor, tmp_path: Path) -> None:
    assert SIZE == _run(one_thread, Journal(tmp_path, SHARD), SIZE)
    lines = (tmp_path / "fuzz.jsonl").read_bytes()
    assert 2 * SIZE == _run(one_thread, Journal(tmp_path, SHARD), 2 * SIZE)
    assert (tmp_path / "fuzz.jsonl").read_bytes().startswith(lines)
    assert [0, SIZE] == [json.loads(line)["first"] for line in (tmp_path / "fuzz.jsonl").read_bytes().splitlines()[1:]]


def test_a_line_that_was_cut_off_is_done_again(one_thread: Executor, tmp_path: Path) -> None:
    _run(one_thread, Journal(tmp_path, SHARD), SIZE)
    whole = (tmp_path / "fuzz.jsonl").read_bytes()
    (tmp_path / "fuzz.jsonl").write_bytes(whole[:-30])
    journal = Journal(tmp_path, SHARD)
    assert {} == journal.reports
    assert SIZE == _run(one_thread, journal, SIZE)


def test_another_campaign_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    Journal(tmp_path, SHARD)
    with pytest.raises(UsageError, match="--out"):
        Journal(tmp_path, Shard(8, 0, 0, ("reference",)))


def test_ops_that_there_are_not_are_one_clear_message(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="frobnicate"):
        Grammar(ops=("frobnicate",))
    for wrong in (["--budget", "soon"], ["--budget", "0s"], ["--ops", ","]):
        ended = CliRunner().invoke(cli, ["fuzz", *wrong, "--out", str(tmp_path)])
        assert ended.exit_code != 0
        assert "Traceback" not in ended.output
