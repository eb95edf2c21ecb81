"""The page on comparing one's own functions: what it shows is what happens."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "consistency.md").read_text(encoding="utf-8")


@pytest.mark.frameworks
def test_its_example_fails_as_it_says_and_passes_when_it_is_corrected(tmp_path, framework_environment):
    for name in ("torch", "jax"):
        framework_environment(name)
    for name, text in re.findall(r"```python\n# (\S+\.py)\n(.*?)```", PAGE, re.DOTALL):
        (tmp_path / name).write_text(text)
    ((arguments, shown),) = re.findall(r"```console\n\$ pytest (.*?)\n(.*?)```", PAGE, re.DOTALL)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", ".", *arguments.split()]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout
    told = [line.removeprefix("E").strip().removeprefix("AssertionError: ") for line in said.splitlines()]
    assert [] == [line for line in map(str.strip, shown.splitlines()) if line not in told]

    new = tmp_path / "new_model.py"
    new.write_text(new.read_text().replace("gelu(x @ w)", "gelu(x @ w, approximate=False)"))
    assert 0 == subprocess.run(command, cwd=tmp_path, capture_output=True).returncode
