"""A campaign on a cluster of two worker processes, one of which is killed midway: no shard is lost or counted twice."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.fuzz.campaign import SIZE, run
from harness.fuzz.executors import on_cluster
from harness.fuzz.journal import Journal
from harness.fuzz.shards import Shard
from harness.fuzz.tally import Tally
from harness.generation import Grammar

pytestmark = [pytest.mark.frameworks, pytest.mark.slow]

SHARD = Shard(11, 0, 0, ("reference",), Grammar(ops=("multiply",), company=("add", "sum")))
SHARDS = 8


class Cluster:
    """A scheduler and two workers on the loopback interface."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes = ExitStack()
        file = folder / "scheduler.json"
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        until = time.monotonic() + 60
        while not file.exists() and time.monotonic() < until:
            time.sleep(0.1)
        self.address = json.loads(file.read_text())["address"]
        self.workers = [self._worker(name) for name in ("one", "two")]

    def close(self) -> None:
        self._processes.close()

    def _worker(self, name: str) -> subprocess.Popen[bytes]:
        local = str(self._folder / name)
        return self._start(
            "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", local
        )

    def _start(self, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = self._processes.enter_context((self._folder / f"{len(arguments)}{arguments[-1][-3:]}.log").open("wb"))
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
        process = self._processes.enter_context(subprocess.Popen(command, stdout=log, stderr=log))
        self._processes.callback(process.kill)
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.close()


@pytest.mark.filterwarnings("ignore")
def test_a_lost_worker_costs_nothing(cluster: Cluster, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_one(tally: Tally) -> None:
        if tally.programs and not killed:
            cluster.workers[0].kill()
            killed.append(cluster.workers[0].wait())

    journal = Journal(tmp_path / "out", SHARD)
    with on_cluster(cluster.address) as executor:
        tally = run(executor, SHARD, journal, jobs=2, seconds=600, programs=SHARDS * SIZE, progress=kill_one)
    assert killed
    assert SHARDS * SIZE == tally.programs
    assert SHARDS * SIZE == sum(tally.counts["reference"].values())
    lines = (tmp_path / "out" / "fuzz.jsonl").read_bytes().splitlines()[1:]
    assert [SIZE * number for number in range(SHARDS)] == sorted(json.loads(line)["first"] for line in lines)


@pytest.mark.filterwarnings("ignore")
def test_no_scheduler_is_one_clear_message() -> None:
    with pytest.raises(UsageError, match=r"no scheduler answers at 127\.0\.0\.1:9"), on_cluster("127.0.0.1:9"):
        pass
