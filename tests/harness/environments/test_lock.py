import subprocess
import sys
import threading
from pathlib import Path

import pytest

from harness.environments.lock import StoppedError, locked

HOLDER = """
import sys, threading
from pathlib import Path
from harness.environments.lock import locked
with locked(Path(sys.argv[1]), on_wait=lambda: None, stop=threading.Event()):
    print("held", flush=True)
    sys.stdin.readline()
"""


def not_waiting() -> None:
    raise AssertionError("nobody holds the lock")


def test_a_lock_is_free_again_after_use(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path / "folder" / "lock", on_wait=not_waiting, stop=threading.Event()):
            pass


def test_another_process_waits_until_the_holder_is_done(tmp_path: Path) -> None:
    waited = []
    command = [sys.executable, "-c", HOLDER, tmp_path / "lock"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdin
        assert holder.stdout
        assert "held\n" == holder.stdout.readline()

        def release() -> None:
            waited.append(True)
            holder.communicate("done\n")

        with locked(tmp_path / "lock", on_wait=release, stop=threading.Event()):
            assert 0 == holder.returncode
    assert [True] == waited


def test_waiting_can_be_stopped(tmp_path: Path) -> None:
    stop = threading.Event()
    with (
        locked(tmp_path / "lock", on_wait=not_waiting, stop=threading.Event()),
        pytest.raises(StoppedError),
        locked(tmp_path / "lock", on_wait=stop.set, stop=stop),
    ):
        raise AssertionError("two hold the lock")
