"""`crossgrad semantics`."""

import json
import re
import shlex

import pytest

from harness.cli.conventions import text
from harness.profiles.comparison import rows, sides

NAMES = [row.dimension.name for row in rows()]


def first_words(lines):
    return [line.split()[0] for line in lines if line.strip()]


def test_the_table_has_a_line_for_every_dimension_that_can_be_searched_for(crossgrad):
    ended = crossgrad("semantics")

    assert 0 == ended.code
    lines = ended.out.splitlines()
    assert NAMES == [word for word in first_words(lines) if word in NAMES]
    (line,) = [line.split() for line in lines if line.startswith("optimizer_without_gradient ")]
    assert ["skips", text.DEFAULT, "raises_if_all_missing", "fills_with_zeros", "raises"] == line[1:6]


def test_the_table_says_where_a_flavour_differs_and_what_does_not_arise(crossgrad):
    lines = {line.split()[0]: line for line in crossgrad("semantics").out.splitlines() if line.strip()}
    assert f"{text.DEFAULT}; x32: float32" in lines["default_float"]
    assert f" {text.NOT_THERE} " in lines["complex_gradient"]


@pytest.mark.parametrize("columns", [100, 140, 200])
def test_the_table_fits_a_terminal(columns, capsys, monkeypatch):
    monkeypatch.setattr("harness.cli.conventions.text._console", lambda: text.Console(width=columns, highlight=False))

    text.side_by_side(rows())

    out = capsys.readouterr().out
    assert columns >= max(len(line.rstrip()) for line in out.splitlines()[:-1])
    assert [] == [name for name in NAMES if name not in out]


@pytest.mark.parametrize(
    ("width", "folded"),
    [
        (21, "raises_if_all_missing"),
        (20, "raises_if_all_\nmissing"),
        (12, "raises_if_\nall_missing"),
        (3, "raises_\nif_\nall_\nmissing"),
    ],
)
def test_an_option_is_broken_after_its_underscores(width, folded):
    assert folded == text._folded("raises_if_all_missing", width)


@pytest.mark.parametrize("name", [one.name for one in sides()])
def test_one_name_gives_its_choices_with_references(crossgrad, name):
    ended = crossgrad("semantics", name)

    assert 0 == ended.code
    lines = {line.split()[0]: line.split() for line in ended.out.splitlines() if line.strip()}
    assert [] == [dimension for dimension in NAMES if len(lines[dimension]) < 3]


def test_two_names_give_advice_in_sentences(crossgrad):
    out = " ".join(crossgrad("semantics", "chainer", "torch").out.split())

    assert "In Chainer: Each gets the whole cotangent" in out
    assert "In PyTorch: All of them, evenly" in out
    assert 'reductions/min_with_ties --framework torch` at "x.grad": [0., 1., 1.] in Chainer' in out
    assert "In Chainer: This does not arise. Chainer has no complex numbers." in out


@pytest.mark.parametrize("names", [("chainer", "torch"), ("jax", "jax-x32"), ("torch", "tensorflow-function")])
def test_the_commands_that_it_names_work(crossgrad, names):
    out = " ".join(crossgrad("semantics", *names, "--format", "markdown").out.split())
    commands = re.findall(r"`crossgrad (show [^`]*)`", out)
    assert commands
    assert [] == [command for command in commands if crossgrad(*shlex.split(command)).code]


def test_equals_have_nothing_to_say(crossgrad):
    out = crossgrad("semantics", "torch", "torch").out
    assert "PyTorch and PyTorch choose the same in every dimension.\n" == out


def test_the_table_in_markdown_has_a_cell_for_every_environment(crossgrad):
    lines = [line for line in crossgrad("semantics", "--format", "markdown").out.splitlines() if line.startswith("| `")]
    assert NAMES == [line.split("`")[1] for line in lines]
    assert {len(sides()) + 4} == {len(line.split(" | ")) + 2 for line in lines}
    assert "**stateless**" in lines[0]


def test_the_table_as_json_holds_options_texts_and_references(crossgrad):
    listed = json.loads(crossgrad("semantics", "--format", "json").out)
    assert NAMES == [one["dimension"] for one in listed]
    accumulation = listed[0]["chosen"]["jax"]
    assert "stateless" == accumulation["option"]
    assert all(accumulation[key] for key in ("sentence", "formula", "advice", "reference"))


def test_one_profile_as_json_says_what_does_not_arise(crossgrad):
    listed = {one["dimension"]: one for one in json.loads(crossgrad("semantics", "chainer", "--format", "json").out)}
    assert {"option": None, "reason": "Chainer has no complex numbers."}.items() <= listed["complex_gradient"].items()


def test_a_move_as_json_holds_both_sides_and_the_case(crossgrad):
    answer = json.loads(crossgrad("semantics", "chainer", "torch", "--format", "json").out)
    assert ("chainer", "torch") == (answer["before"], answer["after"])
    (ties,) = [change for change in answer["changes"] if change["dimension"] == "max_ties"]
    assert ("all", "split") == (ties["before"]["option"], ties["after"]["option"])
    assert "reductions/min_with_ties" == ties["shown"]["case"]


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_what_is_piped_has_no_colours(crossgrad, form):
    assert "\x1b" not in crossgrad("semantics", "chainer", "torch", "--format", form).out


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["torhc"], "did you mean torch"),
        (["torch", "chainr"], "did you mean chainer"),
        (["torch", "jax", "chainer"], "name one framework, or the two to compare"),
    ],
)
def test_wrong_names_are_one_message(crossgrad, names, message):
    ended = crossgrad("semantics", *names)
    assert (2, "") == (ended.code, ended.out)
    assert message in ended.err


def test_a_flavour_in_which_a_question_does_not_arise_is_no_difference(crossgrad):
    assert "None" not in crossgrad("semantics").out
