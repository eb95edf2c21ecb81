"""Programs in the words of a description."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.own import OwnEngine, read
from harness.errors import Unsupported
from harness.script import Script, Statement
from harness.trace import trace
from tests.harness.adapters.own.test_description import GOOD

Say = Callable[..., Script]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """`say(function, "further lines")`: the script of a case by a description with these lines at its end."""

    def script(function: Callable[[Any], None], *lines: str, base: str = GOOD) -> Script:
        file = tmp_path / "check_it.py"
        file.write_text(base + "".join(f"{line}\n" for line in lines))
        return OwnEngine(read(file)).script(trace(function))

    return script


def add_and_sum(g: Any) -> None:
    x = g.input("x", [1.0, 2.0])
    y = g.sum(x + 1.0, axis=0)
    g.backward(y)
    g.observe("x.grad", x.grad)


def test_a_case_in_the_engines_own_words(say: Say) -> None:
    assert [
        "x_np = np.array([1.0, 2.0])",
        "x = Tensor(x_np)",
        "v1 = x + 1.0",
        "y = v1.sum(axis=0, keepdims=False)",
        "y.backward()",
        'observe("x.grad", x.grad)',
    ] == str(say(add_and_sum)).splitlines()


def test_each_statement_has_the_line_of_its_template(say: Say) -> None:
    lines = [statement.line for statement in say(add_and_sum).statements if isinstance(statement, Statement)]
    assert [3, 8, 9, 5, 6] == lines


def seeded(g: Any) -> None:
    x, seed = g.input("x", [1.0]), g.input("seed", [2.0], requires_grad=False)
    y = x + x
    g.retain_grad(y)
    g.backward(y, seed, keep_graph=True)
    g.clear_grad(x)
    g.observe("y.grad", y.grad)
    g.observe("x is a leaf", x.is_leaf)


ALL = (
    'constant = "Tensor({array}, False)"',
    'seeded_backward = "{y}.backward({seed}, keep={keep_graph})"',
    'retain = "{x}.keep()"',
    'clear = "{x}.grad = None"',
    'is_leaf = "{x}.leaf"',
)


def test_verbs_that_are_described_are_said(say: Say) -> None:
    text = str(say(seeded, *ALL))
    for said in (
        "seed = Tensor(seed_np, False)",
        "y.keep()",
        "y.backward(seed, keep=True)",
        "x.grad = None",
        'observe("x is a leaf", x.leaf)',
    ):
        assert said in text


@pytest.mark.parametrize(
    ("left_out", "reason"),
    [
        (1, "does not assign `seeded_backward`"),
        (2, "does not assign `retain`"),
        (3, "does not assign `clear`"),
    ],
)
def test_a_verb_that_is_not_described_is_a_reason(say: Say, left_out: int, reason: str) -> None:
    with pytest.raises(Unsupported, match=reason):
        say(seeded, *(line for number, line in enumerate(ALL) if number != left_out))


def test_a_point_that_cannot_be_asked_costs_itself_alone(say: Say) -> None:
    assert {"x is a leaf": "check_it.py does not assign `is_leaf`"} == say(seeded, *ALL[:4]).unsupported


def from_a_constant(g: Any) -> None:
    x = g.input("x", 1.0, requires_grad=False)
    y = x + x
    g.backward(y)
    g.observe("x.grad", x.grad)


def of_a_constant(g: Any) -> None:
    a, b = g.input("a", 1.0, requires_grad=False), g.input("b", 1.0)
    g.backward(a + b)
    g.observe("a.grad", a.grad)
    g.observe("b.grad", b.grad)


def test_without_constants_nothing_is_asked_that_depends_on_them(say: Say) -> None:
    with pytest.raises(Unsupported, match="does not assign `constant`"):
        say(from_a_constant)
    assert ("b.grad",) == say(of_a_constant).points
    assert ("a.grad", "b.grad") == say(of_a_constant, ALL[0]).points


def along_an_axis(g: Any) -> None:
    x = g.input("x", [[1.0]])
    g.observe("y", g.sum(x, axis=1))


def exponential(g: Any) -> None:
    g.observe("y", g.exp(g.input("x", 1.0)))


def test_a_partial_table_of_ops_leaves_the_others_out(say: Say) -> None:
    with pytest.raises(Unsupported, match="it has no op exp"):
        say(exponential)


def test_a_parameter_that_is_left_out_is_one_that_the_op_does_not_have(say: Say) -> None:
    without_axis = GOOD.replace("axis={axis}, keepdims={keepdims}", "")
    with pytest.raises(Unsupported, match="it has sum without the parameter axis"):
        say(along_an_axis, base=without_axis)
    assert "v1.sum()" in str(say(lambda g: g.observe("y", g.sum(g.input("x", [1.0]) + 1.0)), base=without_axis))


def test_dtypes_that_the_file_leaves_out_are_not_asked_for(say: Say) -> None:
    with pytest.raises(Unsupported, match="leaves float64 out of `dtypes`"):
        say(add_and_sum, 'dtypes = ["float32"]')


NUMBERS = GOOD.replace("Tensor({array})", "Value({number})")


def doubled(g: Any) -> None:
    x = g.input("x", 3.0)
    g.backward(x + x)
    g.observe("x.grad", x.grad)
    g.observe("x.grad.dtype", x.grad.dtype)


def test_an_engine_of_numbers_gets_numbers_and_has_no_dtypes(say: Say) -> None:
    script = say(doubled, base=NUMBERS)
    assert "x = Value(float(x_np))" in str(script)
    assert ("x.grad",) == script.points
    with pytest.raises(Unsupported, match="computes with single Python floats, and an input is an array"):
        say(add_and_sum, base=NUMBERS)


def named_like_the_engine(g: Any) -> None:
    e = g.input("e", 1.0)
    g.backward(e + e)
    g.observe("e.grad", e.grad)


def test_a_case_gives_way_to_the_names_of_the_templates(say: Say) -> None:
    text = str(say(named_like_the_engine, base=GOOD.replace("Tensor(", "e.Tensor(")))
    assert "e_ = e.Tensor(e__np)" in text
    assert 'observe("e.grad", e_.grad)' in text


def taken(g: Any) -> None:
    x = g.input("x", [1.0, 2.0, 3.0])
    g.observe("y", x[1:])


def test_an_index_stands_between_the_brackets(say: Say) -> None:
    assert "v1 = x[1:]" in str(say(taken, base=GOOD.replace('"add": "{0} + {1}"', '"getitem": "{0}[{index}]"')))


@pytest.mark.parametrize(
    ("error", "category"),
    [
        (("RuntimeError", "already freed"), "graph_freed"),
        (("NotImplementedError", ""), "unsupported"),
        (("ValueError", "operands could not be broadcast together with shapes (2,) (3,)"), "shape_mismatch"),
        (("NotAnArray", "a list"), "not_an_array"),
        (("ValueError", "something else"), "other"),
    ],
)
def test_exceptions_have_kinds(tmp_path: Path, error: tuple[str, str], category: str) -> None:
    file = tmp_path / "check_it.py"
    file.write_text(f'{GOOD}errors = {{"freed": "graph_freed"}}\n')
    assert category == OwnEngine(read(file)).category(*error)
