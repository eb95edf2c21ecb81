"""`crossgrad check FILE`: whatever an engine does is said in one message with the line, and costs one case."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from harness.cli import cli
from harness.errors import CrossgradError
from harness.results import Results

pytestmark = pytest.mark.slow

ENGINE = """\
import numpy as np


class Tensor:
    def __init__(self, data, parents=(), rule=None):
        self.data, self.parents, self.rule, self.grad = np.asarray(data), parents, rule, None

    def __add__(self, other):
        return Tensor(self.data + getattr(other, "data", other), (self, other), lambda g: (g, g))

    def __mul__(self, other):
        factor = getattr(other, "data", other)
        return Tensor(self.data * factor, (self, other), lambda g: (g * factor, g * self.data))

    __rmul__ = __mul__

    def exp(self):
        value = np.exp(self.data)
        return Tensor(value, (self,), self.rule_of_exp(value))

    def rule_of_exp(self, value):
        return lambda g: (g * value,)

    def backward(self):
        order = []

        def visit(tensor):
            if isinstance(tensor, Tensor) and tensor not in order:
                for parent in tensor.parents:
                    visit(parent)
                order.append(tensor)

        visit(self)
        gradients = {self: np.ones_like(self.data)}
        for tensor in reversed(order):
            if not tensor.parents:
                tensor.grad = gradients[tensor] if tensor.grad is None else tensor.grad + gradients[tensor]
                continue
            for parent, g in zip(tensor.parents, tensor.rule(gradients[tensor])):
                gradients[parent] = gradients[parent] + g if parent in gradients else g
"""
DESCRIPTION = """\
from my_engine import Tensor

dtypes = ["float64"]
variable = "Tensor({array})"
value = "{x}.data"
backward = "{y}.backward()"
gradient = "{x}.grad"
ops = {
    "add": "{0} + {1}",
    "multiply": "{0} * {1}",
    "exp": "{0}.exp()",
}
"""
FEW = ("double_use/add_chain", "double_use/add_to_itself", "rules/exp", "double_use/diamond")
"""Two cases that add, one with exp, and one that the engine cannot be asked."""


class Checked:
    """What the command said, and what it left."""

    def __init__(self, result: Result, out: Path) -> None:
        self.code, self.text, self.error = result.exit_code, result.stdout, result.stderr
        self.exception = result.exception
        self._out = out

    @property
    def statuses(self) -> dict[str, str]:
        return {verdict.case: verdict.status for verdict in Results.read([self._out]).verdicts.values()}


Check = Callable[..., Checked]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """`check(engine=..., description=...)` runs the command on a few cases."""

    def run(*arguments: str, engine: str = ENGINE, description: str = DESCRIPTION) -> Checked:
        (tmp_path / "my_engine.py").write_text(engine)
        (tmp_path / "check_mine.py").write_text(description)
        out = tmp_path / "out"
        file = str(tmp_path / "check_mine.py")
        return Checked(
            CliRunner().invoke(cli, ["check", file, *(arguments or FEW), "--timeout", "2", "--out", str(out)]), out
        )

    return run


def test_an_innocent_engine_raises_no_alarm(check: Check) -> None:
    checked = check()
    assert 0 == checked.code
    assert "No mistake found in mine: all 3 cases that could be compared are right." in checked.text
    assert "mine has no pow" in checked.text
    assert checked.text.endswith("index.html\n")


def with_exp(line: str) -> str:
    """The engine with a line that the derivative of exp goes through."""
    function = f"\n\ndef wrong(g, value):\n    {line}\n"
    return ENGINE.replace("lambda g: (g * value,)", "lambda g: (wrong(g, value),)") + function


BAD = {
    "raises": ("return g * value.valeu", "has no attribute 'valeu'"),
    "exits": ("raise SystemExit('enough')", "SystemExit: enough"),
    "is interrupted": ("raise KeyboardInterrupt", "KeyboardInterrupt: "),
    "hangs": ("while True: pass", "no answer within 2 s: it hangs in"),
}


@pytest.mark.parametrize(("line", "said"), BAD.values(), ids=BAD)
def test_what_the_engine_does_is_said_with_its_line_and_the_rest_still_runs(check: Check, line: str, said: str) -> None:
    checked = check(engine=with_exp(line))
    assert 1 == checked.code
    assert said in checked.text
    number = with_exp(line).splitlines().index(f"    {line}") + 1
    assert f"my_engine.py, line {number}, in wrong" in checked.text
    assert ["agree", "agree"] == [checked.statuses[case] for case in FEW[:2]]


def test_a_process_that_ends_costs_its_case(check: Check) -> None:
    checked = check(engine=with_exp("__import__('os')._exit(7)"))
    assert "the process ended (exit code 7)" in checked.text
    assert {"crash"} == {checked.statuses["rules/exp"]}
    assert "agree" == checked.statuses["double_use/add_chain"]


def test_prints_break_nothing_and_are_said_once(check: Check) -> None:
    checked = check(engine="print('hello')\n" + with_exp("print('exp'); return g * value"))
    assert 0 == checked.code
    assert "mine printed" in checked.text
    assert "the first: hello" in checked.text


def test_a_list_is_refused_with_the_line_that_reads_it(check: Check) -> None:
    checked = check(description=DESCRIPTION.replace('"{x}.grad"', '"[{x}.grad]"'))
    assert 1 == checked.code
    said = "check_mine.py, line 7: NotAnArray: a NumPy array or a number is needed here, and this is a list"
    assert said in checked.text
    assert 1 == checked.text.count("this is a list")


def test_another_shape_is_said_once_with_the_line_that_reads_it(check: Check) -> None:
    checked = check(description=DESCRIPTION.replace('"{x}.grad"', '"{x}.grad[None]"'))
    assert 1 == checked.code
    assert "another shape than is right; gradients are read by check_mine.py, line 7" in checked.text


def test_a_template_that_does_not_work_is_said_with_its_line(check: Check) -> None:
    checked = check(description=DESCRIPTION.replace("{0}.exp()", "exponential({0})"))
    assert "check_mine.py, line 11: NameError: name 'exponential' is not defined" in checked.text
    assert "agree" == checked.statuses["double_use/add_chain"]


def test_an_operator_that_is_missing_is_no_mistake(check: Check) -> None:
    checked = check(engine=ENGINE.replace("__rmul__", "times"))
    assert 0 == checked.code
    assert "unsupported operand type(s) for *: 'int' and 'Tensor'; is `__rmul__` missing?" in checked.text


def test_an_exception_comes_with_the_way_to_say_that_it_is_on_purpose(check: Check) -> None:
    engine = ENGINE.replace("value = np.exp(self.data)", "assert False, 'no exp yet'")
    said = check("rules/exp*", engine=engine)
    assert (1, True) == (said.code, 'errors = {"words of the message": "unsupported"}' in said.text)

    description = DESCRIPTION + "errors = {'no exp yet': 'unsupported'}\n"
    assert 0 == check("rules/exp*", engine=engine, description=description).code


def test_a_case_that_observes_warnings_alone_is_diagnosed_like_any_other(check: Check) -> None:
    checked = check("dtype_casts/default_dtype")
    assert (0, None) == (checked.code, checked.exception)


def test_of_an_engine_without_any_gradient_no_mistake_is_guessed(check: Check) -> None:
    engine = ENGINE.replace("def backward(self):", "def backward(self):\n        return")
    checked = check("double_use", "complex_numbers", "dtype_casts", engine=engine)
    assert 1 == checked.code
    assert "None where a number is right; gradients are read by check_mine.py, line 7" in checked.text
    assert "are those of an engine that" not in checked.text


UNUSABLE = {
    "no module": (DESCRIPTION.replace("my_engine", "your_engine"), "line 1: ModuleNotFoundError: No module named"),
    "an exit": (DESCRIPTION + "raise SystemExit(3)\n", "line 13: SystemExit: 3"),
    "an exception": (DESCRIPTION + "def f():\n    1 / 0\nf()\n", "line 14, in f: ZeroDivisionError"),
    "no Python": (DESCRIPTION + "x = = 1\n", "line 13: this is no Python"),
    "a dimension that is none": (
        DESCRIPTION + "claims = {'max_tie': 'split'}\n",
        "line 13: `claims` names 'max_tie', which is",
    ),
    "an option that is none": (DESCRIPTION + "claims = {'max_ties': 'splitt'}\n", "did you mean 'split'?"),
}


@pytest.mark.parametrize(("description", "said"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_file_that_cannot_be_used_is_one_message(check: Check, description: str, said: str) -> None:
    checked = check(description=description)
    assert isinstance(checked.exception, CrossgradError)
    assert "check_mine.py" in str(checked.exception)
    assert said in str(checked.exception)
    assert "" == checked.text


def test_an_engine_that_is_no_python_is_said_with_its_line(check: Check) -> None:
    checked = check(engine=ENGINE + "x = = 1\n")
    assert f"my_engine.py, line {ENGINE.count(chr(10)) + 1}: SyntaxError" in str(checked.exception)


def test_a_slip_is_a_warning(check: Check) -> None:
    checked = check(description=DESCRIPTION + "retian = 'pass'\n")
    assert 0 == checked.code
    assert "`retian` means nothing here; is it `retain`?" in checked.error.replace("\n", " ")


def test_a_name_of_a_framework_is_refused(check: Check, tmp_path: Path) -> None:
    (tmp_path / "torch.py").write_text(DESCRIPTION)
    result = CliRunner().invoke(cli, ["check", str(tmp_path / "torch.py")])
    assert "is the name of a framework that crossgrad knows itself" in str(result.exception)


def test_a_claim_that_is_not_kept_is_a_mistake(check: Check) -> None:
    description = f'{DESCRIPTION}clear = "{{x}}.grad = None"\nclaims = {{"accumulation": "overwrites"}}\n'
    checked = check("repeated_backward", description=description)
    assert 1 == checked.code
    assert "mine claims accumulation = overwrites, and does otherwise." in checked.text


def test_json_holds_the_diagnosis(check: Check) -> None:
    said: dict[str, Any] = json.loads(
        check(*FEW, "--json", engine=ENGINE.replace("gradients[parent] + g if parent in gradients else g", "g")).text
    )
    assert ["contributions"] == [mistake["dimension"] for mistake in said["mistakes"]]
    options = {said["mistakes"][0]["option"], *(other["option"] for other in said["mistakes"][0]["alternatives"])}
    assert {"first_kept", "last_kept"} <= options, "nothing in these cases tells the two apart"
