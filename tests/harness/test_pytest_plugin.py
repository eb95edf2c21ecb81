"""`pytest --crossgrad`: collection, selection, failure messages, JUnit properties, xdist."""

from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

# Before pytester notes which modules are loaded, and unloads the others after each test: NumPy cannot be loaded twice.
import harness.catalogue
import harness.examination
from harness.environments import resolve

pytestmark = pytest.mark.slow

TWO_CASES = """
from harness import case

@case("mine/square", title="The derivative of a square")
def square(g):
    x = g.input("x", 3.0)
    g.backward(x * x)
    g.observe("x.grad", x.grad, expected=6.0)

@case("mine/sum", title="The derivative of a sum")
def sum(g):
    x = g.input("x", [1.0, 2.0])
    g.backward(g.sum(x))
    g.observe("x.grad", x.grad, expected=[1.0, 1.0])
"""
MISFIT = """
from harness import case

@case("mine/misfit", title="Shapes that do not fit")
def misfit(g):
    x = g.input("x", [1.0, 2.0])
    y = g.input("y", [1.0, 2.0, 3.0])
    g.observe("sum", x + y)
"""


@pytest.fixture
def run(pytester):
    """Run pytest over a file of cases in the reference environment."""

    def run(text, *arguments, name="my_cases.py"):
        file = pytester.path / name
        file.write_text(text)
        return pytester.runpytest_inprocess("--crossgrad", "--crossgrad-env", "reference", *arguments)

    return run


def test_one_item_for_each_case_and_environment(run, monkeypatch):
    (reference,) = resolve(["reference"], create_missing=False, report=print)
    twin = msgspec.structs.replace(reference, name="twin")
    monkeypatch.setattr("harness.environments.resolve", lambda *_, **__: [reference, twin])
    result = run(TWO_CASES, "--collect-only", "-q", "my_cases.py")
    ids = [f"my_cases.py::mine/{name}[{env}]" for name in ("square", "sum") for env in ("reference", "twin")]
    assert ids == [line for line in result.outlines if line.startswith("my_cases.py::")]


def test_cases_run_and_pass(run):
    run(TWO_CASES, "my_cases.py").assert_outcomes(passed=2)


def test_an_item_is_selected_by_its_id(run):
    run(TWO_CASES, "my_cases.py::mine/sum[reference]").assert_outcomes(passed=1)


def test_a_file_of_any_name_is_collected_when_it_is_named(run):
    run(TWO_CASES, "gradients.py", name="gradients.py").assert_outcomes(passed=2)


def test_a_folder_is_searched_by_the_patterns_of_crossgrad_files(run, pytester):
    pytester.makeini("[pytest]\ncrossgrad_files = grad_*.py")
    run(TWO_CASES, str(pytester.path), name="grad_one.py").assert_outcomes(passed=2)


def test_a_failure_says_what_was_observed_and_how_to_replay_it(run):
    result = run(MISFIT, "my_cases.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*disagree: mine/misfit in reference",
            "*Shapes that do not fit",
            "*sum: *shapes do not fit*",
            "*replay: crossgrad run *",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_verdicts_are_properties_in_junit(run, pytester):
    run(TWO_CASES, "my_cases.py", "--junitxml=out.xml")
    properties = ElementTree.parse(pytester.path / "out.xml").iter("property")
    assert {("status", "agree"), ("mathematics", "exact")} == {
        (one.get("name"), one.get("value")) for one in properties
    }


def test_cases_run_under_xdist(run):
    run(TWO_CASES, "my_cases.py", "-n", "2").assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 / 0", "line 1: ZeroDivisionError"),
        ("x = 1", "declares no case"),
        (TWO_CASES.replace("mine/sum", "mine/square"), "declared twice"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_clear_error(run, text, message):
    result = run(text, "my_cases.py", name="my_cases.py")
    result.assert_outcomes(errors=1)
    assert message in result.stdout.str()


def test_an_unknown_environment_is_one_clear_error(pytester):
    (pytester.path / "my_cases.py").write_text(TWO_CASES)
    result = pytester.runpytest_inprocess("--crossgrad", "--crossgrad-env", "torhc", "my_cases.py")
    assert "there is no environment named 'torhc': did you mean torch" in result.stdout.str()


def test_without_the_option_nothing_is_collected(pytester):
    (pytester.path / "my_cases.py").write_text(TWO_CASES)
    pytester.runpytest_inprocess("my_cases.py").assert_outcomes()


def test_without_a_file_the_catalogue_runs(pytester):
    result = pytester.runpytest_inprocess("--crossgrad", "--crossgrad-env", "reference", "-k", "double_use/add_chain")
    result.assert_outcomes(passed=1, deselected=result.parseoutcomes()["deselected"])


# Somebody's own engine

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def run_engine(pytester):
    """Run pytest over cases that the catalogue has too, in the engine of an example."""

    def run(example, *arguments):
        description = EXAMPLES / f"{example}.py"
        chosen = [f"{harness.catalogue.cases.__path__[0]}/double_use.py", "-k", "add_chain or add_to_itself"]
        return pytester.runpytest_inprocess("--crossgrad", "--crossgrad-engine", str(description), *chosen, *arguments)

    return run


def test_an_item_that_fails_in_an_own_engine_explains_the_mistake(run_engine):
    result = run_engine("check_book_with_the_bug")
    assert {"passed": 1, "failed": 1} == {name: result.parseoutcomes()[name] for name in ("passed", "failed")}
    result.stdout.fnmatch_lines(
        [
            "*disagree: double_use/add_chain in check_book_with_the_bug",
            "*This is what an engine gives that adds in place into a borrowed buffer*",
            "*What to write instead: `x.grad = x.grad + gx`*",
            "*replay: crossgrad check *check_book_with_the_bug.py double_use/add_chain",
        ]
    )


def test_the_summary_holds_the_diagnosis(run_engine):
    run_engine("check_book").stdout.fnmatch_lines(["*crossgrad*", "No mistake found in book_engine: all 2 cases*"])


def test_the_summary_holds_the_diagnosis_once_under_xdist(run_engine):
    result = run_engine("check_book_with_the_bug", "-n", "2")
    result.assert_outcomes(passed=1, failed=1)
    assert 1 == result.stdout.str().count("The gradients of book_engine_with_the_bug are those of an engine that")


def test_an_engine_without_the_option_that_runs_cases_is_refused(pytester):
    result = pytester.runpytest_subprocess("--crossgrad-engine", "check_mine.py")
    assert pytest.ExitCode.USAGE_ERROR == result.ret
    result.stderr.fnmatch_lines(["*give --crossgrad as well*"])


def test_a_description_that_cannot_be_used_is_one_message(pytester):
    file = pytester.path / "check_mine.py"
    file.write_text("variable = 1\n")
    result = pytester.runpytest_inprocess("--crossgrad", "--crossgrad-engine", str(file))
    result.stdout.fnmatch_lines(["*check_mine.py, line *"])
    assert "Traceback" not in result.stdout.str()
