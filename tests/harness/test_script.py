"""A Script prints as what a person would type, and what is printed runs."""

import subprocess
import sys

import msgspec
import pytest

from harness.arrays import Array
from harness.script import Attempt, Data, Language, Script, Statement, With, standalone

NUMPY = Language(
    framework="numpy",
    title="NumPy",
    imports="import contextlib\nimport numpy as np",
    reader="def read(value):\n    return value\n",
    environment={"CROSSGRAD_TEST": "set before the import"},
)
SCRIPT = Script(
    (
        Data("x_np", Array.of([1.0, 2.0])),
        Statement("y = x_np * 2"),
        With(
            "contextlib.suppress(KeyError)",
            (Statement("observe('y', y)"), With("np.errstate()", (Statement("z = 1"),), "w")),
        ),
        Attempt("again", (Statement("{}['missing']"),)),
        Attempt("fine", (Statement("def twice(x):\n    return 2 * x"),)),
        Statement("observe('nothing', None)"),
    ),
    ("y", "again", "fine", "nothing"),
)

TEXT = """\
x_np = np.array([1.0, 2.0])
y = x_np * 2
with contextlib.suppress(KeyError):
    observe('y', y)
    with np.errstate() as w:
        z = 1
try:
    {}['missing']
except Exception as error:
    observe("again", error)
else:
    observe("again", None)
try:
    def twice(x):
        return 2 * x
except Exception as error:
    observe("fine", error)
else:
    observe("fine", None)
observe('nothing', None)"""


def test_a_script_reads_as_a_person_would_write_it() -> None:
    assert TEXT == str(SCRIPT)


def test_the_standalone_script_runs_alone_and_prints_what_it_observes() -> None:
    text = standalone(SCRIPT, NUMPY, title="a/b\nA title")
    ran = subprocess.run([sys.executable, "-"], input=text, capture_output=True, text=True, check=True)
    expected = ["y = [2., 4.] float64 (2,)", "again raised KeyError: 'missing'", "fine = None", "nothing = None"]
    assert expected == ran.stdout.splitlines()


def test_the_standalone_script_says_what_it_is_and_sets_its_environment_first() -> None:
    lines = standalone(SCRIPT, NUMPY, title="a/b\nA title").splitlines()
    assert ["# a/b", "# A title"] == lines[:2]
    assert lines.index('os.environ["CROSSGRAD_TEST"] = "set before the import"') < lines.index("import numpy as np")


def test_without_settings_nothing_is_set() -> None:
    assert "os" not in standalone(SCRIPT, msgspec.structs.replace(NUMPY, environment={}), title="t").split()


def test_a_script_survives_json() -> None:
    assert SCRIPT == msgspec.json.decode(msgspec.json.encode(SCRIPT), type=Script)


@pytest.mark.parametrize("point", ["it's", 'say "so"', "back\\slash", "a') or evil('"])
def test_a_point_is_quoted(point: str) -> None:
    seen = []
    exec(str(Attempt(point, (Statement("pass"),))), {"observe": lambda name, value: seen.append(name)})
    assert [point] == seen
