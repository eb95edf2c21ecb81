"""pip's output, reduced to what a person who waits wants to read, and to the line that says what went wrong."""

import re

_STEPS = (
    (re.compile(r"Collecting (\S+)"), "collecting {}"),
    (re.compile(r"Downloading (?:\S*/)?(\S+?)(?:-py|-cp|\.tar|\.zip|\.metadata)\S* \((.+)\)"), "downloading {} ({})"),
    (re.compile(r"Using cached (?:\S*/)?(\S+?)(?:-py|-cp|\.tar|\.zip)\S* \((.+)\)"), "taking {} ({}) from pip's cache"),
    (re.compile(r"Processing (?:\S*/)?(\S+?)(?:-py|-cp|\.tar|\.zip)"), "taking {}"),
    (re.compile(r"Building wheels for collected packages: (.+)"), "building {}"),
    (re.compile(r"Installing collected packages: (.+)"), "installing {}"),
)
_FAILURE = re.compile(r"(?:ERROR: |error: |OSError|\S*No space left)")
_NO_CONNECTION = re.compile(r"(?:WARNING: Retrying|WARNING: Could not fetch URL|Could not fetch URL)")


def step(line: str) -> str | None:
    """A short step such as `downloading numpy-2.4.6 (16.6 MB)`, or None for a line that is none."""
    for pattern, text in _STEPS:
        match = pattern.match(line.strip())
        if match:
            return text.format(*match.groups())
    return None


def failure(output: str) -> str:
    """The last line that says what went wrong; with a remark if pip could not reach an index before that."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    said = next((line for line in reversed(lines) if _FAILURE.match(line)), lines[-1] if lines else "no output")
    if any(_NO_CONNECTION.match(line) for line in lines):
        return f"{said} (pip could not reach an index: see its warnings in the log)"
    return said
