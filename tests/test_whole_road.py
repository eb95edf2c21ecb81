"""The whole road in the real frameworks: nothing disagrees, the articles' facts hold, the scripts run alone."""

import json
import subprocess
from pathlib import Path

import pytest

from harness.adapters import adapter
from harness.arrays import text
from harness.catalogue import catalogue, written
from harness.environments import catalogue as environments
from harness.results import FAILING
from harness.script import standalone
from tests.cases.test_catalogue import MISSED
from tests.conftest import WHOLE_CATALOGUE

pytestmark = pytest.mark.frameworks

FRAMEWORKS = [name for name, one in environments().items() if one.framework != "reference"]
"""Every environment of the catalogue, also those that run only when they are named."""


def test_every_case_has_a_verdict_in_every_environment(results):
    expected = {(case.id, name) for case in catalogue() for name in WHOLE_CATALOGUE}
    expected |= {(case.id, name) for case in written() for name in environments()}
    assert expected == set(results.verdicts)


def test_no_cell_fails_and_none_is_missing(results):
    unwanted = FAILING | {"missing"}
    assert [] == [(v.case, v.environment, v.status) for v in results.verdicts.values() if v.status in unwanted]


def test_every_convention_names_its_dimension_with_a_reference(results):
    for verdict in results.verdicts.values():
        if verdict.status == "convention":
            assert verdict.explained_by, (verdict.case, verdict.environment)
            assert all(why.reference for why in verdict.explained_by), (verdict.case, verdict.environment)


def test_of_what_was_written_the_reference_is_wrong_where_reverse_mode_is(written_results):
    wrong = [
        v.case for v in written_results.verdicts.values() if v.environment == "reference" and v.mathematics == "wrong"
    ]
    assert sorted(MISSED) == sorted(wrong)


SCRIPT_RUNNER = """
import contextlib, io, json, pathlib, runpy, sys
printed = {}
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.py")):
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        try:
            runpy.run_path(str(file))
        except Exception as error:
            print("ended by", type(error).__name__)
    printed[file.stem] = text.getvalue()
sys.stderr.write("printed:" + json.dumps(printed))
"""


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_the_scripts_that_show_prints_run_alone_and_print_what_the_report_says(
    name, results, framework_python, tmp_path
):
    specification = environments()[name]
    speaks = adapter(specification.framework, specification.flavour)
    wanted = {}
    for number, case in enumerate(catalogue()):
        if (case.id, name) in results.scripts and case.source:
            script = speaks.script(case.program)
            file = tmp_path / f"{number:03}.py"
            file.write_text(standalone(script, speaks.language, title=case.title))
            wanted[file.stem] = case.id
    ran = subprocess.run(
        [str(framework_python(name)), "-c", SCRIPT_RUNNER, str(tmp_path)], capture_output=True, text=True, check=True
    )
    printed = json.loads(ran.stderr.split("printed:")[1])
    for stem, case in wanted.items():
        seen = results.observations[case, name].values()
        printed_lines = lines(printed[stem])
        # In a tf.function some points are printed while it is traced, before those that stand before them.
        assert set(printed_lines) <= set(map(line, seen)), (case, name)
        # What comes after the exception that ended a script has it for its outcome, and is not printed.
        assert {"raised"} >= {one.outcome for one in seen if line(one) not in printed_lines}, (case, name)


def lines(printed):
    """What a script printed, an exception by its type alone, without the exception that ended it."""
    kept = []
    for one in printed.split("\n"):
        if " raised " in one:
            kept.append(one.split(":")[0])
        elif " = " in one:
            kept.append(one)
        elif kept and one and not one.startswith("ended by"):
            kept[-1] += "\n" + one
    return kept


def line(observation):
    """The line that a script prints for an observation, an exception by its type alone."""
    match observation.outcome:
        case "array":
            array = observation.array
            return f"{observation.point} = {text(array.numpy())} {array.dtype} {array.shape}"
        case "raised":
            return f"{observation.point} raised {observation.error.type}"
    return f"{observation.point} = {observation}"


def test_one_script_runs_as_a_file_of_its_own(framework_python, tmp_path):
    case = next(case for case in catalogue() if case.id == "double_use/add_chain")
    for name in FRAMEWORKS:
        specification = environments()[name]
        speaks = adapter(specification.framework, specification.flavour)
        file = tmp_path / f"in_{name}.py"
        file.write_text(standalone(speaks.script(case.program), speaks.language, title=case.title))
        ran = subprocess.run([str(framework_python(name)), str(file)], capture_output=True, text=True, check=True)
        assert ["x0.grad = 2.", "x1.grad = 1."] == [one.split(" float")[0] for one in ran.stdout.splitlines()]


SEEDS = Path(__file__).with_name("seeds.json")


@pytest.mark.parametrize(
    "fact", json.loads(SEEDS.read_text()), ids=lambda fact: " ".join(map(str, fact.values()))[:100]
)
def test_what_the_articles_found_holds(fact, results):
    observed = results.observations[fact["case"], fact["environment"]][fact["point"]]
    if "raises" in fact:
        assert ("raised", fact["raises"]) == (observed.outcome, observed.error.type)
        assert fact["message"] in observed.error.message
    else:
        assert fact["observed"] == str(observed)
