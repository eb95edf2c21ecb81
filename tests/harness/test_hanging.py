"""The line in which a worker hung is read from what faulthandler wrote."""

from pathlib import Path

from harness.hanging import where

WORKER = Path("/opt/crossgrad/harness/worker.py")
DUMP = """\
my engine says hello
Fatal Python error: Aborted

Thread 0x00007f01 (most recent call first):
  File "/usr/lib/python3.11/threading.py", line 320 in wait
  File "/home/me/other.py", line 3 in run

Current thread 0x00007f02 (most recent call first):
  File "/usr/lib/python3.11/random.py", line 4 in choice
  File "/venv/lib/python3.11/site-packages/numpy/_core/fromnumeric.py", line 57 in _wrapfunc
  File "{engine}", line 12 in backward
  File "/home/me/check_it.py", line 6 in <module>
  File "/opt/crossgrad/harness/worker.py", line 95 in _execute
"""


def test_it_is_the_innermost_line_that_somebody_wrote() -> None:
    dump = DUMP.format(engine="/home/me/my_engine.py")
    assert "my_engine.py, line 12, in backward" == where(dump, WORKER, ["/home/me"])
    assert "/home/me/my_engine.py, line 12, in backward" == where(dump, WORKER, ["/elsewhere"]).replace("//", "/")


def test_a_package_is_named_from_the_folder_of_packages() -> None:
    dump = DUMP.format(engine="/venv/lib/python3.11/site-packages/dezero/core.py")
    assert "dezero/core.py, line 12, in backward" == where(dump, WORKER, ["/home/me"])


def test_a_line_outside_of_functions_has_no_name() -> None:
    lines = [line for line in DUMP.splitlines(keepends=True) if "{engine}" not in line]
    assert "check_it.py, line 6" == where("".join(lines), WORKER, ["/home/me"])


def test_nothing_is_said_where_nothing_was_written() -> None:
    assert "" == where("", WORKER, [])
    assert "" == where('Thread 0x1 (most recent call first):\n  File "<string>", line 1 in <module>\n', WORKER, [])
