"""A second run reads what the first one heard, and nothing else is taken for that."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from harness import kept
from harness.adapters import adapter
from harness.catalogue import select
from harness.environments import Environment, resolve
from harness.errors import EnvironmentProblem
from harness.kept import MOST_WAITING, Kept, key_of_answers
from harness.results import AnyRecord, Observation, Run, Verdict
from harness.runner import Runner
from harness.script import Script, Statement
from harness.session import Session

LANGUAGE = adapter("reference").language
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


def test_an_interpreter_that_the_user_named_is_asked_every_time(environment: Environment, tmp_path: Path) -> None:
    script = Script((Statement("observe('y', 1)"),), ("y",))
    theirs = Environment(
        name="mine",
        framework="torch",
        flavour="",
        python=tmp_path / "bin" / "python",
        framework_version="2.13.0",
        python_version="3.11.7",
        numpy_version="2.0.0",
        platform="linux",
    )

    assert key_of_answers(script, LANGUAGE, theirs) is None
    assert key_of_answers(script, LANGUAGE, environment) is not None


def test_much_that_is_new_outlives_a_process_that_is_killed(tmp_path: Path) -> None:
    with Kept(tmp_path) as killed:
        for number in range(MOST_WAITING):
            killed.keep(str(number).encode(), b"value")
        with Kept(tmp_path) as later:
            assert later.find(b"0") == b"value"


def test_another_reader_of_answers_is_another_question(environment: Environment) -> None:
    script = Script((Statement("observe('y', 1)"),), ("y",))
    other = msgspec.structs.replace(LANGUAGE, reader="def read(value):\n    return None")

    assert key_of_answers(script, LANGUAGE, environment) != key_of_answers(script, other, environment)


def test_the_source_that_judges_counts_wherever_it_is_installed(tmp_path: Path) -> None:
    package = tmp_path / "environments" / "harness"
    for file in ("checker/judge.py", "cli/run.py", "profiles/torch.toml"):
        (package / file).parent.mkdir(parents=True)
        (package / file).touch()

    assert ["checker/judge.py", "profiles/torch.toml"] == [
        str(file.relative_to(package)) for file in kept._files(str(package))
    ]
