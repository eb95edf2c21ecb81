"""Whatever a script does to its process costs that script alone."""

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from harness.arrays import Array
from harness.environments import Environment
from harness.errors import EnvironmentProblem
from harness.script import Attempt, Data, Language, Script, Statement, With
from harness.session import BATCH, Failure, Limits, Raw, Session, Stopped

pytestmark = pytest.mark.slow

NUMPY = Language(
    framework="numpy",
    title="NumPy",
    imports="import contextlib, ctypes, os, sys, threading, time, warnings\nimport numpy as np",
    reader="def read(value):\n    return value",
)
HERE = Environment(
    name="here",
    framework="numpy",
    flavour="",
    python=Path(sys.executable),
    framework_version="",
    python_version="",
    numpy_version="",
    platform="",
)
MEBIBYTE = 2**20
QUICK = Limits(seconds=0.5, memory=300 * MEBIBYTE)


def script(text: str, point: str = "p") -> Script:
    return Script((Statement(text),), (point,))


def number(i: int) -> Script:
    return script(f"observe('p', {i}.0)")


def value(answer: Raw | Failure) -> float:
    assert not isinstance(answer, Failure), answer
    (seen,) = answer
    return float(msgspec.convert(seen["array"], Array).numpy())


@pytest.fixture
def session() -> Iterator[Session]:
    with Session(HERE, NUMPY, QUICK) as made:
        yield made


@pytest.mark.parametrize("count", [0, 1, BATCH, BATCH + 1, 10 * BATCH + 7])
def test_answers_come_in_the_order_of_the_scripts(session: Session, count: int) -> None:
    assert list(map(float, range(count))) == [value(answer) for answer in session.run(map(number, range(count)))]
    assert 0 == session.restarts


def test_a_session_runs_again_and_again_in_one_process(session: Session) -> None:
    pids = {value(answer) for _ in range(3) for answer in session.run([script("observe('p', os.getpid())")] * 2)}
    assert 1 == len(pids)


def test_every_kind_of_statement_reaches_the_worker(session: Session) -> None:
    everything = Script(
        (
            Data("x_np", Array.of([1.0, -0.0])),
            With("contextlib.suppress(KeyError)", (Statement("observe('x', x_np)"), Statement("{}['k']"))),
            Attempt("bad", (Statement("1 / 0"),)),
            Statement("warnings.warn('careful')"),
            Statement("observe('w', warned())"),
        ),
        ("x", "bad", "w"),
    )
    (answer,) = session.run([everything])
    assert not isinstance(answer, Failure)
    assert Array.of([1.0, -0.0]) == msgspec.convert(answer[0]["array"], Array)
    assert {"type": "ZeroDivisionError", "message": "division by zero"} == answer[1]["error"]
    assert "UserWarning" == answer[2]["value"]


def test_large_batches_do_not_block_either_side(session: Session) -> None:
    data = Data("x", Array.of([1.0] * 100_000))
    large = Script((data, Statement("observe('p', x)")), ("p",))
    answers = list(session.run([large] * 8))
    assert 8 == sum(not isinstance(answer, Failure) for answer in answers)


# Guilty and innocent

DEADLY = {
    "a segmentation fault": ("ctypes.string_at(0)", "crash", "Fatal Python error: Segmentation fault"),
    "an abort": ("os.abort()", "crash", "Fatal Python error: Aborted"),
    "leaving at once": ("os._exit(7)", "crash", "exit code 7"),
    "a loop without end": ("while True: pass", "timeout", "no answer within 0.5 s"),
    "a long sleep in native code": ("time.sleep(100)", "timeout", "no answer within 0.5 s"),
    "a point that is never observed": ("pass", "crash", "KeyError: 'p'"),
    "writing into the answers": (
        "for fd in range(3, 20):\n    with contextlib.suppress(OSError):\n        os.write(fd, b'nonsense\\n')",
        "crash",
        "the process broke the protocol",
    ),
}


@pytest.mark.parametrize(("text", "kind", "reason"), DEADLY.values(), ids=DEADLY)
def test_a_deadly_script_costs_only_itself(session: Session, text: str, kind: str, reason: str) -> None:
    answers = list(session.run([number(0), number(1), script(text), number(3), number(4)]))
    guilty = answers.pop(2)
    assert isinstance(guilty, Failure)
    assert kind == guilty.kind
    assert reason in guilty.reason
    assert [0.0, 1.0, 3.0, 4.0] == [value(answer) for answer in answers]


LEAVING = {
    "leaving": ("sys.exit('goodbye')", {"type": "SystemExit", "message": "goodbye"}),
    "an interrupt": ("raise KeyboardInterrupt", {"type": "KeyboardInterrupt", "message": ""}),
}


@pytest.mark.parametrize(("text", "error"), LEAVING.values(), ids=LEAVING)
def test_a_script_that_leaves_python_is_answered_like_one_that_raises(
    session: Session, text: str, error: dict[str, str]
) -> None:
    before, left, after = session.run([number(0), script(text), number(2)])
    assert [{"point": "p", "outcome": "raised", "error": error}] == left
    assert [0.0, 2.0] == [value(before), value(after)]
    assert 0 == session.restarts


def test_several_deadly_scripts_among_many(session: Session) -> None:
    scripts = [number(i) for i in range(3 * BATCH)]
    for i in (0, BATCH, 3 * BATCH - 1):
        scripts[i] = script("os._exit(1)")
    answers = list(session.run(scripts))
    assert [0, BATCH, 3 * BATCH - 1] == [i for i, answer in enumerate(answers) if isinstance(answer, Failure)]
    assert [float(i) for i in range(3 * BATCH) if i not in (0, BATCH, 3 * BATCH - 1)] == [
        value(answer) for answer in answers if not isinstance(answer, Failure)
    ]


def test_allocating_without_end_costs_only_itself() -> None:
    text = "kept = []\nwhile True:\n    kept.append(np.ones(2 ** 19))\n    time.sleep(0.002)"
    with Session(HERE, NUMPY, Limits(seconds=20, memory=300 * MEBIBYTE)) as session:
        before, guilty, after = session.run([number(0), script(text), number(2)])
    assert isinstance(guilty, Failure)
    assert "crash" == guilty.kind
    assert "the limit is 0.3 GiB" in guilty.reason
    assert (0.0, 2.0) == (value(before), value(after))


def test_what_strikes_later_is_not_blamed_on_the_next_script(session: Session) -> None:
    assert 1 == len(list(session.run([script("threading.Timer(0.2, os._exit, [1]).start()\nobserve('p', 0.0)")])))
    assert [1.0] == [value(answer) for answer in session.run([script("time.sleep(0.4)\nobserve('p', 1.0)")])]
    assert 1 == session.restarts


# Where, and what was printed


def own(tmp_path: Path, text: str) -> Language:
    (tmp_path / "my_engine.py").write_text(text)
    imports = "import os, sys, my_engine"
    return msgspec.structs.replace(NUMPY, imports=imports, file=str(tmp_path / "check_mine.py"), path=(str(tmp_path),))


@pytest.mark.skipif(os.name != "posix", reason="a process is asked for its stack by a signal")
def test_a_hang_has_its_line(tmp_path: Path) -> None:
    language = own(tmp_path, "def spin():\n    while True:\n        pass\n")
    with Session(HERE, language, QUICK) as session:
        (hung, after) = session.run([script("my_engine.spin()"), number(1)])
    assert isinstance(hung, Failure)
    assert hung.reason.startswith("no answer within 0.5 s: it hangs in my_engine.py, line ")
    assert hung.reason.endswith(", in spin")
    assert 1.0 == value(after)


def test_what_was_printed_is_counted_over_all_workers(tmp_path: Path) -> None:
    with Session(HERE, own(tmp_path, "print('hello')\n"), QUICK) as session:
        list(session.run([script("print('a')\nobserve('p', 0.0)"), script("while True: pass"), number(0)]))
    assert "hello" == session.printed.first
    assert session.printed.lines >= 3
    assert "Fatal" not in session.printed.first


def test_a_file_that_does_not_run_is_named_with_its_line(tmp_path: Path) -> None:
    with Session(HERE, own(tmp_path, "\n1 / 0\n"), QUICK) as session:
        with pytest.raises(EnvironmentProblem) as raised:
            session.start()
        said = f"{tmp_path}/check_mine.py does not run: my_engine.py, line 2: ZeroDivisionError: division by zero"
        assert said == str(raised.value)


@pytest.mark.skipif(os.name != "posix", reason="a process is asked for its stack by a signal")
def test_a_file_that_hangs_is_not_waited_for_longer_than_allowed(tmp_path: Path) -> None:
    language = own(tmp_path, "while True:\n    pass\n")
    said = r"within 1 s: it hangs in my_engine\.py, line"
    with Session(HERE, language, Limits(start=1.0)) as session, pytest.raises(EnvironmentProblem, match=said):
        session.start()


HARMLESS = {
    "printing": "print('noise')",
    "writing to descriptor 1": "os.write(1, b'noise\\n')",
    "printing very much": "print('noise ' * 100_000)",
    "closing stdin": "sys.stdin.close()",
    "closing descriptor 0": "os.close(0)",
    "closing stdout": "os.close(1)",
    "reading stdin": "assert sys.stdin.read() == ''",
    "changing the folder": "os.chdir('/')",
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_a_script_does_to_its_streams_does_not_matter(session: Session, text: str) -> None:
    answers = list(session.run([script(f"{text}\nobserve('p', 0.0)"), *map(number, range(1, 2 * BATCH))]))
    assert list(map(float, range(2 * BATCH))) == [value(answer) for answer in answers]
    assert 0 == session.restarts


def test_a_worker_that_has_grown_is_replaced_between_batches() -> None:
    grow = "import builtins\nbuiltins.kept = np.ones(2 ** 24)\nobserve('p', os.getpid())"
    with Session(HERE, NUMPY, Limits(recycle=120 * MEBIBYTE)) as session:
        (first,) = session.run([script(grow)])
        (second,) = session.run([script("observe('p', os.getpid())")])
    assert value(first) != value(second)
    assert 0 == session.restarts


def test_a_run_that_is_left_does_not_answer_the_next_one(session: Session) -> None:
    answers = session.run(map(number, range(100, 200)))
    assert 100.0 == value(next(answers))
    answers.close()  # type: ignore[attr-defined]
    assert [0.0, 1.0] == [value(answer) for answer in session.run(map(number, range(2)))]


def test_slow_scripts_are_answered_before_their_batch_is_through() -> None:
    slow = script("time.sleep(0.15)\nobserve('p', 0.0)")
    with Session(HERE, NUMPY, Limits(seconds=0.6)) as session:
        answers = list(session.run([slow] * 5))  # longer together than the limit for one
        assert 0 == session.restarts
    assert [0.0] * 5 == [value(answer) for answer in answers]


# Starting


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ({"imports": "import no_such_framework"}, "here: numpy does not start: ModuleNotFoundError"),
        ({"imports": "import os\nos._exit(3)"}, "does not start: the process ended (exit code 3)"),
        ({"reader": "def read(value: return"}, "does not start: SyntaxError"),
    ],
)
def test_a_framework_that_does_not_start_is_a_problem_of_the_environment(
    language: dict[str, str], message: str
) -> None:
    with Session(HERE, msgspec.structs.replace(NUMPY, **language), QUICK) as session:
        with pytest.raises(EnvironmentProblem) as raised:
            list(session.run([number(0)]))
        assert message in str(raised.value)


def test_an_interpreter_that_is_none_is_named(tmp_path: Path) -> None:
    nowhere = msgspec.structs.replace(HERE, python=tmp_path / "python")
    with Session(nowhere, NUMPY) as session, pytest.raises(EnvironmentProblem, match=r"here: .*python cannot be run"):
        list(session.run([number(0)]))


def test_nothing_is_started_for_nothing(tmp_path: Path) -> None:
    with Session(msgspec.structs.replace(HERE, python=tmp_path / "python"), NUMPY) as session:
        assert [] == list(session.run([]))


def test_variables_are_set_before_the_imports() -> None:
    language = msgspec.structs.replace(
        NUMPY, imports="import os\nSEEN = os.environ['CROSSGRAD_TEST']", environment={"CROSSGRAD_TEST": "yes"}
    )
    with Session(HERE, language) as session:
        (answer,) = session.run([script("observe('p', SEEN)")])
    assert not isinstance(answer, Failure)
    assert "yes" == answer[0]["value"]


def test_nothing_of_ours_can_be_imported_by_accident() -> None:
    with Session(HERE, NUMPY) as session:
        text = "observe('p', any(os.path.isfile(os.path.join(entry, 'session.py')) for entry in sys.path))"
        (answer,) = session.run([script(text)])
    assert not isinstance(answer, Failure)
    assert False is answer[0]["value"]


# Stopping


def test_stopping_ends_a_run_that_hangs() -> None:
    stop = threading.Event()
    with Session(HERE, NUMPY, Limits(seconds=60), stop=stop) as session:
        answers = session.run([number(0), script("time.sleep(100)")])
        threading.Timer(0.5, stop.set).start()
        start = time.monotonic()
        with pytest.raises(Stopped):
            list(answers)
        assert time.monotonic() - start < 10


def test_an_interrupt_from_the_keyboard_is_not_for_the_worker(session: Session) -> None:
    answers = [*session.run([script("os.kill(os.getpid(), 2)\nobserve('p', 0.0)")]), *session.run([number(1)])]
    assert [0.0, 1.0] == [value(answer) for answer in answers]
    assert 0 == session.restarts


def test_leaving_ends_the_worker_and_its_threads_and_leaks_nothing() -> None:
    before = threading.active_count()
    with Session(HERE, NUMPY) as session:
        (answer,) = session.run([script("observe('p', os.getpid())")])
    gc.collect()  # an open pipe or file would warn, and warnings are errors here
    assert before == threading.active_count()
    with pytest.raises(ProcessLookupError):
        os.kill(int(value(answer)), 0)


def test_a_session_leaks_no_resource_under_error_warnings(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from tests.harness.test_session import *\n"
        "with Session(HERE, NUMPY, QUICK) as session:\n"
        "    print([type(a).__name__ for a in session.run([number(0), script('os._exit(1)'), number(2)])])\n"
        "del session\n"
        "gc.collect()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert ("['list', 'Failure', 'list']\n", "") == (ran.stdout, ran.stderr)
