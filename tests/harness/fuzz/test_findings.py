"""From an alarm to a finding: shrunk, reproduced, written down, read again, run again, and made a case.

The reference engine runs as if it were a framework whose profile says that the gradient of max goes to the first of
equal elements: so it raises alarms, and the op to blame is known.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from harness.catalogue import select
from harness.cli import cli
from harness.errors import UsageError
from harness.fuzz import bench, shards
from harness.fuzz.campaign import run
from harness.fuzz.findings import REPEATED, Finding, read, write
from harness.fuzz.journal import Journal
from harness.fuzz.markdown import markdown, title
from harness.fuzz.minimising import Task, minimise
from harness.fuzz.shards import Shard
from harness.generation import Grammar
from harness.profiles import Choice, Profile
from harness.results import Results

SHARD = Shard(3, 0, 0, ("reference",), Grammar(ops=("max",)))
WRONG = Profile({"max_ties": Choice("max_ties", "first", "nowhere")})


@pytest.fixture(scope="module")
def finding(tmp_path_factory: pytest.TempPathFactory) -> Finding:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench, "profile", lambda *names: WRONG)
        shards._bench.cache_clear()
        journal = Journal(tmp_path_factory.mktemp("fuzz"), SHARD)
        tally = run(ThreadPoolExecutor(1), SHARD, journal, jobs=1, seconds=600, programs=200)
        (cause, *_) = sorted(tally.causes.values(), key=lambda cause: -cause.count)
        yield minimise(Task(cause.simplest, cause.count, SHARD))
        shards._bench.cache_clear()


def test_the_op_is_named_and_the_program_is_small(finding: Finding) -> None:
    signature = finding.signature
    assert ("max", "gradient", "other numbers", ("reference",)) == (
        signature.op, signature.what, signature.symptom, signature.environments,
    )  # fmt: skip
    assert len(finding.program.applications) <= 2
    assert REPEATED == finding.reproduced
    assert finding.count > 1


def test_its_script_runs_alone(finding: Finding) -> None:
    script = finding.scripts["reference"]
    seen: list[object] = []
    exec(compile(script, "reference", "exec"), {"print": lambda *said: seen.append(said)})
    assert len(finding.program.points) == len(seen)


def test_what_is_written_is_read_again(finding: Finding, tmp_path: Path) -> None:
    write([finding], tmp_path, {finding.name: markdown(finding)})
    folder = tmp_path / finding.name
    assert finding == read(folder)
    assert finding.program == next(iter(Results.read([folder]).cases.values())).program
    assert title(finding) in (folder / "finding.md").read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="holds no finding"):
        read(tmp_path)


def test_the_issue_says_what_a_maintainer_asks_for(finding: Finding) -> None:
    text = markdown(finding)
    for part in ("```python", "## Environments", "crossgrad replay", f"seed {SHARD.seed}", "NumPy"):
        assert part in text


def test_it_is_promoted_by_one_command(finding: Finding, tmp_path: Path) -> None:
    write([finding], tmp_path, {finding.name: markdown(finding)})
    file = tmp_path / "found.py"
    ended = CliRunner().invoke(
        cli, ["promote", str(tmp_path / finding.name), "--as", "kinks/max_of_equal_ones", "--to", str(file)]
    )
    assert (0, f"{file}\n") == (ended.exit_code, ended.output)
    (case,) = select([str(file)])
    assert ("kinks/max_of_equal_ones", finding.program) == (case.id, case.program)


def test_a_mistake_of_our_own_costs_one_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: object) -> None:
        raise OverflowError("too many digits")

    monkeypatch.setattr(bench, "surprises", fails)
    shards._bench.cache_clear()
    report = shards.run_shard(Shard(3, 0, 5, ("reference",), Grammar(ops=("max",))))
    shards._bench.cache_clear()
    assert 5 == report.counts["reference"]["alarm"]
    assert {"OverflowError"} == {alarm.signature.symptom for alarm in report.alarms}
