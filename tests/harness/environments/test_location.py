"""Where environments are kept, and what they compile."""

import subprocess
import sys

import pytest

from harness.environments import compilation_variables, root
from harness.worker_process import WorkerProcess


def test_what_is_compiled_is_kept_beside_the_environments(monkeypatch, tmp_path):
    monkeypatch.setenv("CROSSGRAD_ENVIRONMENTS", str(tmp_path))

    assert tmp_path == root()
    assert str(tmp_path / "compiled") == compilation_variables()["JAX_COMPILATION_CACHE_DIR"]


def test_the_user_s_own_folder_for_it_wins(monkeypatch):
    monkeypatch.setenv("JAX_COMPILATION_CACHE_DIR", "mine")
    seen = {}

    def refused(*_, env, **__):
        seen.update(env)
        raise OSError

    monkeypatch.setattr(subprocess, "Popen", refused)
    with pytest.raises(OSError):  # noqa: PT011  any will do: it is ours
        WorkerProcess(sys.executable, sys.stderr)

    assert "mine" == seen["JAX_COMPILATION_CACHE_DIR"]
