"""A FILE that describes an engine is read without running it, and each complaint has its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.adapters.own import Description, read
from harness.adapters.own.words import WORDS
from harness.errors import UsageError

GOOD = """\
from my_engine import Tensor, exp  # what templates use

variable = "Tensor({array})"
value = "{x}.data"
backward = "{y}.backward()"
gradient = "{x}.grad"
ops = {
    "add": "{0} + {1}",
    "sum": "{0}.sum(axis={axis}, keepdims={keepdims})",
}
"""


@pytest.fixture
def described(tmp_path: Path) -> Callable[[str], Description]:
    def read_text(text: str) -> Description:
        file = tmp_path / "check_it.py"
        file.write_text(text)
        return read(file)

    return read_text


def refusal(described: Callable[[str], Description], text: str) -> str:
    with pytest.raises(UsageError) as raised:
        described(text)
    return str(raised.value)


def test_templates_have_their_lines(described: Callable[[str], Description]) -> None:
    one = described(GOOD)
    assert ("Tensor({array})", 3) == (one.templates["variable"].text, one.templates["variable"].line)
    assert ("{0} + {1}", 8) == (one.ops["add"].text, one.ops["add"].line)
    assert {"0", "axis", "keepdims"} == one.ops["sum"].placeholders


def test_names_and_title_come_from_the_file_unless_it_says_otherwise(described: Callable[[str], Description]) -> None:
    assert ("check_it", "it") == (described(GOOD).name, described(GOOD).title)
    assert "Mine" == described(f"{GOOD}title = 'Mine'\n").title


def test_the_file_is_not_executed(described: Callable[[str], Description], tmp_path: Path) -> None:
    described(f"{GOOD}open({str(tmp_path / 'trace')!r}, 'w')\n1 / 0\n")
    assert not (tmp_path / "trace").exists()


def test_scripts_begin_with_the_rest_of_the_file_and_its_lines_keep_their_numbers(
    described: Callable[[str], Description],
) -> None:
    prelude = described(f"{GOOD}print('line 11')\n").prelude
    assert "from my_engine import Tensor, exp  # what templates use" == prelude.splitlines()[0]
    assert "print('line 11')" == prelude.splitlines()[10]
    assert "ops" not in prelude


def test_an_assignment_that_shares_its_line_stays(described: Callable[[str], Description]) -> None:
    assert "title = 'x'; y = 1" in described(f"{GOOD}title = 'x'; y = 1\n").prelude


def test_the_encoding_is_the_one_that_the_file_names(tmp_path: Path) -> None:
    file = tmp_path / "latin.py"
    file.write_bytes(b"# coding: latin-1\ntitle = 'M\xfcller'\n" + GOOD.encode())
    assert "Müller" == read(file).title


COMPLAINTS = {
    "no Python": (GOOD + "def f(:\n", "line 11: this is no Python"),
    "a name is missing": (GOOD.replace("backward =", "backwards =", 1), "line 5: `backwards` is assigned, `backward`"),
    "a name is missing altogether": (GOOD.replace("gradient =", "g =", 1), "`gradient` is missing; write gradient ="),
    "no literal": (GOOD.replace('"{x}.data"', "str(1)"), "line 4: `value` has to be a text, and `str(1)` is"),
    "no literal inside": (GOOD.replace('"{0} + {1}"', "f()"), "line 8: `ops` has to be a dict of texts, and `f()`"),
    "a number": (GOOD.replace('"{x}.data"', "3"), "line 4: `value` has to be a text, and `3` is no literal"),
    "changed later": (GOOD + 'ops["exp"] = "exp({0})"\n', "line 11: `ops` is read without running the file"),
    "added to": (GOOD + 'value += "x"\n', "line 11: `value` is read without running the file"),
    "an unknown placeholder": (GOOD.replace("{x}.data", "{v}.data"), "line 4: `value` is '{v}.data': there is no {v}"),
    "an attribute inside": (GOOD.replace("{x}.data", "{x.data}"), "{x.data} is no name of a placeholder"),
    "a lone brace": (GOOD.replace("{x}.data", "{x}.data}"), "its braces do not match"),
    "an operand that is not used": (GOOD.replace("{0} + {1}", "{0} + 1"), "op 'add' is '{0} + 1': it does not use {1}"),
    "an unknown op": (GOOD.replace('"add"', '"ad"'), "line 8: the op 'ad' is '{0} + {1}': there is no op 'ad'; did"),
    "a needed parameter": (GOOD.replace('"add": "{0} + {1}"', '"reshape": "{0}.ravel()"'), "it does not use {shape}"),
    "no expression": (GOOD.replace("{0} + {1}", "{0} + + = {1}"), "it is no Python expression"),
    "nothing": (GOOD.replace("{x}.grad", " "), "line 6: `gradient` is ' ': it is empty"),
    "no op at all": (GOOD[: GOOD.index("ops")] + "ops = {}\n", "line 7: `ops` is empty"),
    "an unknown dtype": (GOOD + 'dtypes = ["float63"]\n', "line 11: there is no dtype 'float63'"),
    "an unknown kind": (GOOD + 'errors = {"freed": "graph_fred"}\n', "line 11: there is no kind of exception"),
    "a name of ours": (GOOD + "def f(): pass\nobserve = f\n", "line 12: the scripts use the name `observe` themselves"),
    "numbers and arrays": (GOOD.replace("Tensor({array})", "Tensor({array}, {number})"), "uses {array} and {number}"),
    "itself": (GOOD.replace("my_engine", "check_it"), "line 1: this file is itself called check_it"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), COMPLAINTS.values(), ids=COMPLAINTS)
def test_what_is_wrong_is_said_with_the_line(described: Callable[[str], Description], text: str, said: str) -> None:
    message = refusal(described, text)
    assert "check_it.py, line " in message
    assert said in message


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.py cannot be read: No such file"):
        read(tmp_path / "nowhere.py")
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        read(tmp_path)


def test_what_is_probably_a_slip_is_a_warning(described: Callable[[str], Description]) -> None:
    (warning,) = described(f"{GOOD}contant = 'Tensor({{array}})'\n").warnings
    assert "line 11: `contant` means nothing here; is it `constant`?" in warning
    assert () == described(f"{GOOD}learning_rate = 0.1\n").warnings


@pytest.mark.parametrize("name", WORDS)
def test_the_example_of_each_name_can_be_read(described: Callable[[str], Description], name: str) -> None:
    described(f"{GOOD}{name} = {WORDS[name].example}\n")
