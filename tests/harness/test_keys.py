"""Whatever could change an answer, a verdict or a run gives it another key."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from harness import keys
from harness.adapters import adapter
from harness.catalogue import load_file, select
from harness.environments import Environment, Missing, resolve, root
from harness.keys import key_of_answers, key_of_mistakes, key_of_run, key_of_verdict
from harness.script import Script, Statement

LANGUAGE = adapter("reference").language
SCRIPT = Script((Statement("observe('y', 1)"),), ("y",))
CASES = select(["double_use/add_chain", "double_use/diamond"])
FILES = [
    "cases/double_use.py",
    "harness/adapters/torch_ops/elementary.py",
    "harness/checker/judge.py",
    "harness/environments/torch.txt",
    "harness/profiles/torch.toml",
    "harness/report/templates/report.html",
    "harness/worker.py",
    "reference_engine/ops/elementwise.py",
    "reference_engine/oracle/truth.py",
]


@pytest.fixture
def environment() -> Environment:
    (found,) = resolve(["reference"], create_missing=False, report=print)
    assert isinstance(found, Environment)
    return found


@pytest.fixture
def made(environment: Environment) -> Environment:
    """One that crossgrad made."""
    python = root() / "torch-py3.11.7-00000000" / "bin" / "python"
    return msgspec.structs.replace(environment, name="torch", framework="torch", python=python)


@pytest.fixture
def theirs(made: Environment, tmp_path: Path) -> Environment:
    """An interpreter that the user named."""
    return msgspec.structs.replace(made, python=tmp_path / "bin" / "python")


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of small packages in the place of ours, which may be changed; `changed` is to be called after."""
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("as it was")
    monkeypatch.setattr(keys, "_folder", lambda package: tmp_path / package)
    monkeypatch.setattr(keys, "is_of_catalogue", lambda case: True)
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    """The digests of the files, which a process takes but once."""
    for digest in (keys._judging, keys._everything, keys._worker):
        digest.cache_clear()


def test_the_same_question_has_the_same_key(environment: Environment, made: Environment) -> None:
    assert key_of_answers(SCRIPT, LANGUAGE, made) == key_of_answers(SCRIPT, LANGUAGE, made) is not None
    assert key_of_run(CASES, [environment, made]) == key_of_run(CASES, [environment, made]) is not None


def test_an_interpreter_that_the_user_named_is_asked_every_time(environment: Environment, theirs: Environment) -> None:
    assert key_of_answers(SCRIPT, LANGUAGE, theirs) is None
    assert key_of_run(CASES, [environment, theirs]) is None


def test_what_is_missing_is_looked_for_every_time(environment: Environment) -> None:
    missing = Missing(name="jax", framework="jax", flavour="x64", reason="no network")
    assert key_of_run(CASES, [environment, missing]) is None


def test_a_file_of_the_user_s_is_run_every_time(environment: Environment, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "from harness import case\n\n"
        "@case('mine/one', title='A case of mine')\n"
        "def one(g):\n    g.observe('x', g.input('x', 1.0))\n"
    )
    assert key_of_run([*CASES, *load_file(file)], [environment]) is None


def test_another_reader_of_answers_is_another_question(environment: Environment) -> None:
    other = msgspec.structs.replace(LANGUAGE, reader="def read(value):\n    return None")
    assert key_of_answers(SCRIPT, LANGUAGE, environment) != key_of_answers(SCRIPT, other, environment)


def test_other_cases_or_environments_are_another_run(environment: Environment, made: Environment) -> None:
    newer = msgspec.structs.replace(made, framework_version="9.9")
    runs = [
        key_of_run(CASES, [environment, made]),
        key_of_run(CASES[:1], [environment, made]),
        key_of_run(CASES, [environment]),
        key_of_run(CASES, [environment, newer]),
        key_of_run(CASES, [environment, msgspec.structs.replace(made, name="torch-again")]),
    ]
    assert len(runs) == len({*runs})


@pytest.mark.parametrize("file", FILES)
def test_a_run_is_another_one_when_any_file_of_ours_has_changed(
    packages: Path, environment: Environment, file: str
) -> None:
    before = key_of_run(CASES, [environment])
    (packages / file).write_text("as it is now")
    forget()
    assert before != key_of_run(CASES, [environment])


def test_a_file_that_was_renamed_has_changed(packages: Path, environment: Environment) -> None:
    before = key_of_run(CASES, [environment])
    (packages / FILES[0]).rename(packages / "cases" / "of_another_name.py")
    forget()
    assert before != key_of_run(CASES, [environment])


def test_what_python_compiled_does_not_count(packages: Path, environment: Environment) -> None:
    before = key_of_run(CASES, [environment])
    (packages / "cases" / "__pycache__").mkdir()
    (packages / "cases" / "__pycache__" / "double_use.cpython-311.pyc").write_bytes(b"compiled")
    forget()
    assert before == key_of_run(CASES, [environment])


@pytest.mark.parametrize(
    ("file", "judges"),
    [(file, not file.startswith(("cases", "harness/environments", "harness/report"))) for file in FILES],
)
def test_verdicts_outlive_changes_of_what_does_not_judge(
    packages: Path, environment: Environment, file: str, judges: bool
) -> None:
    program = CASES[0].program
    before = key_of_verdict("a/case", program, environment, ()), key_of_mistakes(program)
    (packages / file).write_text("as it is now")
    forget()
    after = key_of_verdict("a/case", program, environment, ()), key_of_mistakes(program)
    assert judges == (before[0] != after[0]) == (before[1] != after[1])


def test_another_release_of_what_the_judge_computes_with_judges_anew(
    packages: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key_of_mistakes(CASES[0].program)
    monkeypatch.setattr(keys, "version", lambda distribution: "99.0")
    forget()
    assert before != key_of_mistakes(CASES[0].program)


def test_the_source_that_judges_counts_wherever_it_is_installed(tmp_path: Path) -> None:
    package = tmp_path / "environments" / "harness"
    for file in ("checker/judge.py", "cli/run.py", "profiles/torch.toml"):
        (package / file).parent.mkdir(parents=True)
        (package / file).touch()

    assert ["checker/judge.py", "profiles/torch.toml"] == [
        str(file.relative_to(package)) for file in keys._judging_files(package)
    ]
