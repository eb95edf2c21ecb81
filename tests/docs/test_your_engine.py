"""The page on describing one's own engine: what it shows is what happens."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from harness.adapters.own.words import WORDS

PAGE = (Path(__file__).parents[2] / "docs" / "your_engine.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_its_steps_lead_where_it_says(tmp_path):
    blocks = re.findall(r"```python\n# (\S+\.py)(.*?)\n(.*?)```", PAGE, re.DOTALL)
    answers = re.findall(r"```console\n\$ crossgrad (check .*?)\n(.*?)\n```", PAGE, re.DOTALL)
    engine, description, correction = blocks
    for name, _, text in (engine, description):
        (tmp_path / name).write_text(text)
    assert answers[0][1] in said(tmp_path, answers[0][0])
    name, _, last_line = correction
    corrected = [*engine[2].splitlines(keepends=True)[:-1], last_line]
    (tmp_path / name).write_text("".join(corrected))
    assert answers[1][1] in said(tmp_path, answers[1][0])


def said(folder, arguments):
    """What the command prints there."""
    command = [sys.executable, "-c", "from harness.cli import main; main()", *arguments.split()]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout


def test_its_table_holds_every_name_as_it_is_declared():
    rows = [
        f"| `{word.name}` | {'required' if word.required else ''} | {word.meaning} | `{word.example}` |"
        for word in WORDS.values()
    ]
    assert rows == [line for line in PAGE.splitlines() if line.startswith("| `")]
