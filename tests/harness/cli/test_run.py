"""`crossgrad run`, `report` and `replay` in the reference environment: files, exit codes, messages."""

import json
import os
import resource
import shutil
import signal
from xml.etree import ElementTree

import pytest

from harness.errors import EnvironmentProblem
from harness.results import Results
from harness.runner import Runner
from harness.session import Session

pytestmark = pytest.mark.slow

MISFIT = """
from harness import case

@case("mine/misfit", title="Shapes that do not fit")
def misfit(g):
    x = g.input("x", [1.0, 2.0])
    y = g.input("y", [1.0, 2.0, 3.0])
    g.observe("sum", x + y)
"""


@pytest.fixture
def run(crossgrad, tmp_path):
    """Run in the reference environment into a fresh folder."""
    return lambda *arguments: crossgrad("run", "--env", "reference", "--out", tmp_path / "out", *arguments)


@pytest.fixture
def misfit(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(MISFIT)
    return file


def test_a_run_writes_results_and_a_report_and_ends_with_its_path(run, tmp_path):
    ended = run("double_use/add_chain")
    assert 0 == ended.code
    assert str(tmp_path / "out" / "index.html") == ended.out.strip()
    assert "2.0 2.0" not in ended.err
    results = Results.read([tmp_path / "out" / "results.jsonl"])
    observed = results.observations["double_use/add_chain", "reference"]
    assert {"x0.grad": "2.", "x1.grad": "1."} == {point: str(seen) for point, seen in observed.items()}
    assert "x0 reaches y twice" in (tmp_path / "out" / "index.html").read_text()


def test_the_article_s_wrong_answer_is_explained_by_its_mistake(run, tmp_path):
    run("double_use/add_chain")
    mistakes = Results.read([tmp_path / "out"]).cases["double_use/add_chain"].mistakes
    (mistake,) = [mistake for mistake in mistakes if "in_place_borrowed" == mistake.option]
    assert {"x0.grad": "2.", "x1.grad": "2."} == mistake.gives
    assert ("x1.grad",) == mistake.wrong


def test_the_summary_counts_by_environment_and_status(run):
    err = run("double_use/add_chain", "double_use/five_uses").err
    assert "reference" in err
    assert "2 cases x 1 environments: 2 cells, none failing" in err


def test_a_disagreement_exits_with_1_and_says_how_to_replay_it(run, misfit, tmp_path):
    ended = run(misfit)
    assert 1 == ended.code
    assert "disagree: mine/misfit in reference" in ended.err
    assert f"crossgrad replay {tmp_path / 'out' / 'results.jsonl'} mine/misfit --env reference" in ended.err


def test_json_prints_the_verdicts_and_nothing_else(run):
    out = run("double_use/add_chain", "--json").out
    (verdict,) = map(json.loads, out.splitlines())
    assert ("verdict", "agree", "exact") == (verdict["kind"], verdict["status"], verdict["mathematics"])


def test_junitxml_has_a_test_for_each_case_and_environment(run, misfit, tmp_path):
    run(misfit, "--junitxml", tmp_path / "junit" / "out.xml")
    suite = ElementTree.parse(tmp_path / "junit" / "out.xml").getroot()
    assert ("1", "1") == (suite.get("tests"), suite.get("failures"))
    assert ["mine/misfit"] == [test.get("name") for test in suite]


def test_ctrl_c_keeps_what_was_finished(run, monkeypatch, tmp_path):
    publish = Runner._publish

    def publish_one(self, environment, records):
        publish(self, environment, records)
        raise KeyboardInterrupt

    monkeypatch.setattr(Runner, "_publish", publish_one)
    ended = run("double_use")
    assert 130 == ended.code
    results = Results.read([tmp_path / "out" / "results.jsonl"])
    assert 1 == len(results.verdicts)
    assert "what was finished" in ended.err
    assert (tmp_path / "out" / "index.html").exists()


def test_a_second_ctrl_c_does_not_cost_the_report(run, monkeypatch, tmp_path):
    monkeypatch.setattr("harness.report.render", lambda results: os.kill(os.getpid(), signal.SIGINT) or "the report")
    assert 0 == run("double_use/add_chain").code
    assert "the report" == (tmp_path / "out" / "index.html").read_text()


def refuse(*_, **__):
    raise AssertionError("it ran")


def files(tmp_path):
    return [(tmp_path / "out" / name).read_bytes() for name in ("results.jsonl", "index.html")]


def test_a_run_in_which_nothing_has_changed_writes_the_same_files_and_runs_nothing(run, monkeypatch, tmp_path):
    first = run("double_use")
    written = files(tmp_path)
    shutil.rmtree(tmp_path / "out")
    monkeypatch.setattr("harness.cli.running.execute", refuse)
    second = run("double_use", "--json")
    assert (0, written) == (second.code, files(tmp_path))
    assert "nothing has changed since the run of 20" in second.err
    assert first.err.splitlines()[-1] in second.err  # the counts
    assert 1 < len(second.out.splitlines())


@pytest.mark.parametrize(
    "arguments", [["double_use", "--fresh"], ["double_use/add_chain"], ["double_use", "reductions/max"]]
)
def test_another_run_runs(run, monkeypatch, arguments):
    run("double_use")
    monkeypatch.setattr("harness.cli.running.execute", refuse)
    with pytest.raises(AssertionError, match="it ran"):
        run(*arguments)


def test_a_file_of_cases_runs_every_time(run, misfit, monkeypatch):
    run(misfit)
    misfit.write_text(MISFIT.replace("2.0, 3.0]", "2.0]"))
    assert 0 == run(misfit).code


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, EnvironmentProblem("it does not start")])
def test_a_run_that_did_not_get_its_answers_is_not_taken_for_a_whole_one(run, monkeypatch, tmp_path, trouble):
    def fails(self):
        raise trouble

    with monkeypatch.context() as patch:
        patch.setattr(Session, "_start_worker", fails)
        assert 0 != run("double_use/add_chain").code
    ended = run("double_use/add_chain")
    assert 0 == ended.code
    assert "nothing has changed" not in ended.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["doubel_use"], "there is no case, topic, op or pattern 'doubel_use'; did you mean double_use"),
        (["nowhere.py"], "there is no file of cases"),
        (["double_use", "--env", "torhc"], "there is no environment named 'torhc': did you mean torch"),
        (["double_use", "--env", "mine=/nowhere/python"], "/nowhere/python"),
        (["double_use", "--timeout", "-1"], "Invalid value for '--timeout'"),
    ],
)
def test_bad_usage_is_one_message_and_exit_code_2(crossgrad, tmp_path, arguments, message):
    ended = crossgrad("run", *arguments, "--out", tmp_path / "out")
    assert 2 == ended.code
    assert message in ended.err
    assert "Traceback" not in ended.err
    assert "" == ended.out
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_is_a_file_is_one_message(crossgrad, tmp_path):
    (tmp_path / "file").write_text("")
    ended = crossgrad("run", "double_use/add_chain", "--env", "reference", "--out", tmp_path / "file")
    assert 2 == ended.code
    assert "file" in ended.err


def test_report_renders_results_again_and_merges(run, crossgrad, tmp_path):
    run("double_use/add_chain")
    (tmp_path / "out").rename(tmp_path / "first")
    run("double_use/five_uses")
    ended = crossgrad("report", tmp_path / "first", tmp_path / "out", "--out", tmp_path / "merged")
    assert 0 == ended.code
    merged = Results.read([tmp_path / "merged" / "results.jsonl"])
    assert {"double_use/add_chain", "double_use/five_uses"} == set(merged.cases)
    assert str(tmp_path / "merged" / "index.html") == ended.out.strip()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda text: text[:-20], "the file ends in the middle of this line"),
        (lambda text: text.replace('"kind":"run"', '"kind":"ruin"'), "line 1: "),
        (lambda text: text.replace('"op":"add"', '"op":"__import__"'), "there is no op '__import__'"),
        (lambda text: text.replace('"name":"x0"', '"name":"x0;import os"'), "line "),
    ],
)
def test_a_damaged_results_file_is_one_message_with_its_line(run, crossgrad, tmp_path, damage, message):
    run("double_use/add_chain")
    file = tmp_path / "out" / "results.jsonl"
    file.write_text(damage(file.read_text()))
    ended = crossgrad("report", file, "--out", tmp_path / "again")
    assert 2 == ended.code
    assert message in ended.err
    assert str(file) in ended.err


def test_replay_prints_what_each_point_yields_now(run, crossgrad, tmp_path):
    run("double_use/add_chain")
    ended = crossgrad("replay", tmp_path / "out" / "results.jsonl", "double_use/add_chain", "--env", "reference")
    assert 0 == ended.code
    assert ["double_use/add_chain in reference: agree", "  x0.grad = 2.", "  x1.grad = 1."] == ended.out.splitlines()


def test_replay_says_what_changed(run, crossgrad, tmp_path):
    run("double_use/add_chain")
    file = tmp_path / "out" / "results.jsonl"
    lines = file.read_text().splitlines()
    three, two = '"data":"AAAAAAAACEA="', '"data":"AAAAAAAAAEA="'
    file.write_text(
        "\n".join(line.replace(two, three) if '"kind":"observation"' in line else line for line in lines) + "\n"
    )
    ended = crossgrad("replay", file, "--env", "reference")
    assert 1 == ended.code
    assert "    it was 3." in ended.out.splitlines()


def test_replay_runs_a_program_saved_as_json(run, crossgrad, tmp_path):
    run("double_use/add_chain")
    lines = (tmp_path / "out" / "results.jsonl").read_text().splitlines()
    case = json.loads(next(line for line in lines if '"kind":"case"' in line))
    (tmp_path / "program.json").write_text(json.dumps(case["program"]))
    assert "  x0.grad = 2." in crossgrad("replay", tmp_path / "program.json", "--env", "reference").out


def test_replay_of_an_unknown_case_names_those_there_are(run, crossgrad, tmp_path):
    run("double_use/add_chain")
    ended = crossgrad("replay", tmp_path / "out" / "results.jsonl", "double_use/none", "--env", "reference")
    assert 2 == ended.code
    assert "it holds double_use/add_chain" in ended.err


def test_a_hostile_program_is_refused_before_anything_runs(crossgrad, tmp_path):
    evil = tmp_path / "program.json"
    evil.write_text('{"steps":[{"step":"apply","name":"y","op":"exp","operands":["__import__(\'os\')"]}]}')
    ended = crossgrad("replay", evil, "--env", "reference")
    assert 2 == ended.code
    assert "not a program" in ended.err


LARGE = """
import numpy as np
from harness import case

@case("mine/large", title="Too large to observe")
def large(g):
    x = g.input("x", np.zeros((4000, 1)))
    y = g.input("y", np.zeros((1, 4000)))
    g.observe("product", x * y)
"""


def test_an_observation_that_is_too_large_costs_its_case_alone(run, tmp_path):
    file = tmp_path / "large.py"
    file.write_text(LARGE)
    run(file, "double_use/add_chain")
    verdicts = Results.read([tmp_path / "out"]).verdicts
    assert "unsupported" == verdicts["mine/large", "reference"].status
    assert "128,000,000 bytes is too large" in verdicts["mine/large", "reference"].reason
    assert "agree" == verdicts["double_use/add_chain", "reference"].status


@pytest.mark.parametrize("option", ["--memory", "--timeout"])
def test_a_limit_is_finite(run, option):
    ended = run("double_use", option, "inf")
    assert 2 == ended.code
    assert "inf is not in the range" in ended.err


def test_a_full_disk_leaves_whole_lines(run, tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        ended = run("double_use")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert 2 == ended.code
    assert "results.jsonl cannot be written" in ended.err
    assert 0 < len(Results.read([tmp_path / "out"]).environments)


def test_compressed_results_stand_in_the_place_of_the_others_and_read_like_them(run, crossgrad, tmp_path):
    out = tmp_path / "out"
    run("double_use/add_chain")
    plain = Results.read([out]).verdicts
    run("double_use/add_chain", "--compress")
    assert ["index.html", "results.jsonl.xz"] == sorted(file.name for file in out.iterdir())
    assert plain == Results.read([out]).verdicts
    assert 0 == crossgrad("replay", out / "results.jsonl.xz", "--env", "reference").code
    assert 0 == crossgrad("report", out, "--out", out).code
    assert ["index.html", "results.jsonl"] == sorted(file.name for file in out.iterdir())
