import pytest

from harness.environments.pip_steps import failure, step


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Collecting torch==2.13.0", "collecting torch==2.13.0"),
        ("Collecting numpy>=2,<3 (from -r torch.txt (line 5))", "collecting numpy>=2,<3"),
        ("  Downloading numpy-2.4.6-cp311-cp311-linux_x86_64.whl (16.6 MB)", "downloading numpy-2.4.6 (16.6 MB)"),
        ("  Downloading https://host/a/chainer-7.8.1.tar.gz (1.0 MB)", "downloading chainer-7.8.1 (1.0 MB)"),
        ("  Using cached six-1.17.0-py2.py3-none-any.whl (11 kB)", "taking six-1.17.0 (11 kB) from pip's cache"),
        ("Processing /wheels/six-1.17.0-py2.py3-none-any.whl", "taking six-1.17.0"),
        ("Building wheels for collected packages: chainer", "building chainer"),
        ("Installing collected packages: six, numpy, chainer", "installing six, numpy, chainer"),
    ],
)
def test_what_pip_does_is_said_in_short(line: str, expected: str) -> None:
    assert expected == step(line)


@pytest.mark.parametrize("line", ["", "Looking in links: /wheels", "Requirement already satisfied: six", "  error: x"])
def test_other_lines_are_no_steps(line: str) -> None:
    assert step(line) is None


def test_the_last_error_is_what_went_wrong() -> None:
    output = """
Collecting jax==77.0
ERROR: Could not find a version that satisfies the requirement jax==77.0 (from versions: none)
ERROR: No matching distribution found for jax==77.0
[notice] A new release of pip is available
"""
    assert "ERROR: No matching distribution found for jax==77.0" == failure(output)


def test_a_full_disk_is_what_went_wrong() -> None:
    said = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
    assert said == failure(f"Installing collected packages: torch\n{said}\n\n")


def test_a_missing_connection_is_mentioned() -> None:
    output = "WARNING: Retrying (Retry(total=0)) after connection broken\nERROR: No matching distribution found for jax"
    expected = (
        "ERROR: No matching distribution found for jax (pip could not reach an index: see its warnings in the log)"
    )
    assert expected == failure(output)


def test_without_an_error_line_the_last_line_counts() -> None:
    assert "Killed" == failure("Collecting torch\nKilled\n")


def test_silence_is_said() -> None:
    assert "no output" == failure("")
