"""`crossgrad list`, `show`, `explain` and `schema`."""

import json
import subprocess
import sys
from typing import get_args

import pytest

from harness.catalogue import catalogue
from harness.checker.kills import kills
from harness.checker.showing import Showcase
from harness.ops import OPS
from harness.results import Mathematics, Status
from reference_engine import semantics


@pytest.mark.parametrize(
    ("what", "key", "names"),
    [
        ("cases", "case", [case.id for case in catalogue()]),
        ("ops", "op", list(OPS)),
        ("dimensions", "dimension", list(semantics.DIMENSIONS)),
        ("faults", "fault", [fault.name for one in semantics.DIMENSIONS.values() for fault in one.faults]),
    ],
)
def test_list_shows_everything_as_a_table_and_as_json(crossgrad, what, key, names, monkeypatch):
    monkeypatch.setattr("harness.cli.showcase.killed", lambda: kills([]))  # finding cases takes longer than the rest
    assert names == [row[key] for row in json.loads(crossgrad("list", what, "--json").out)]
    lines = crossgrad("list", what).out.splitlines()
    assert names == [line.split()[0] for line in lines[1:]]


def test_list_environments_names_the_frameworks(crossgrad):
    rows = json.loads(crossgrad("list", "environments", "--json").out)
    assert {"reference", "torch", "tensorflow", "chainer", "jax"} <= {row["framework"] for row in rows}


def test_show_prints_a_script_that_runs_alone(crossgrad):
    ended = crossgrad("show", "double_use/add_chain", "--framework", "reference")
    assert 0 == ended.code
    ran = subprocess.run([sys.executable, "-c", ended.out], capture_output=True, text=True, check=True)
    assert ["x0.grad = 2. float64 ()", "x1.grad = 1. float64 ()"] == ran.stdout.splitlines()


def test_show_takes_a_flavour(crossgrad):
    assert "x64" in crossgrad("show", "double_use/add_chain", "--framework", "jax").out
    assert "x64" not in crossgrad("show", "double_use/add_chain", "--framework", "jax", "--flavour", "x32").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["double_use/add_chian", "--framework", "torch"], "did you mean double_use/add_chain"),
        (["double_use/add_chain", "--framework", "troch"], "did you mean torch?"),
        (
            ["double_use/add_chain", "--framework", "jax", "--flavour", "x16"],
            "jax has no flavour 'x16'; it has 'x64', 'x32'",
        ),
        (["double_use", "--framework", "torch"], "there is no case 'double_use'"),
    ],
)
def test_show_refuses_what_is_not_there(crossgrad, arguments, message):
    ended = crossgrad("show", *arguments)
    assert 2 == ended.code
    assert message in ended.err


@pytest.mark.parametrize("word", [*get_args(Status), *get_args(Mathematics)])
def test_explain_knows_every_status(crossgrad, word):
    assert crossgrad("explain", word).out.startswith(f"{word}: ")


@pytest.mark.parametrize("name", semantics.DIMENSIONS)
def test_explain_tells_a_dimension_s_options_and_who_takes_them(crossgrad, name, monkeypatch):
    monkeypatch.setattr("harness.cli.explain.showcase", lambda: Showcase([]))
    out = crossgrad("explain", name).out
    for option in semantics.DIMENSIONS[name].options:
        assert f"  {option}" in out


def test_explain_tells_about_a_case(crossgrad):
    out = crossgrad("explain", "double_use/add_chain").out
    assert "x0 reaches y twice" in out
    assert "observes: x0.grad, x1.grad" in out


def test_explain_suggests_the_nearest_word(crossgrad):
    ended = crossgrad("explain", "agre")
    assert 2 == ended.code
    assert "did you mean agree" in ended.err


def test_schema_is_json_schema_with_every_kind_of_record(crossgrad):
    text = crossgrad("schema").out
    json.loads(text)
    for kind in ("run", "environment", "case", "script", "observation", "verdict"):
        assert f'"{kind}"' in text
