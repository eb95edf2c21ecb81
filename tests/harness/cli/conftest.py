"""Running the command in this process."""

from typing import NamedTuple

import pytest

from harness import kept
from harness.cli import main


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def crossgrad(monkeypatch, capsys, tmp_path):
    """`crossgrad("list", "cases")` runs that command line, as if nobody had ever run anything before this test."""
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "kept"))

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["crossgrad", *map(str, arguments)])
        with pytest.raises(SystemExit) as exit_:
            main()
        out, err = capsys.readouterr()
        return Ended(exit_.value.code or 0, out, err)

    return run
