"""JUnit XML says what CI should show, and stays XML whatever a result holds."""

from pathlib import Path
from xml.etree import ElementTree

from harness import junit
from harness.arrays import Array
from harness.program import Input, Observe, Program, Quantity
from harness.results import CaseRecord, EnvironmentRecord, Explanation, PointVerdict, Results, Status, Verdict

HOSTILE = "<b>&\x1b[2J\x00\ud800\"'"


def results(*verdicts: Verdict) -> Results:
    program = Program((Input("x", Array.of(1.0)), Observe("x", "content", (Quantity("x"),))))
    environments = [EnvironmentRecord(name=name, framework="torch") for name in {v.environment for v in verdicts}]
    cases = [CaseRecord(id=name, title="t", topic="a", program=program) for name in {v.case for v in verdicts}]
    return Results.of([*environments, *cases, *verdicts])


def verdict(status: Status, case: str = "a/b", environment: str = "torch", reason: str = "") -> Verdict:
    points = {"p": PointVerdict(status, sentence="expected 1, got 2")}
    return Verdict(case=case, environment=environment, status=status, reason=reason, points=points)


def written(tmp_path: Path, *verdicts: Verdict) -> ElementTree.Element:
    file = tmp_path / "junit.xml"
    junit.write(results(*verdicts), file)
    return ElementTree.parse(file).getroot()


def test_every_verdict_is_a_test_case_and_the_counts_are_right(tmp_path: Path) -> None:
    statuses: list[Status] = ["agree", "convention", "disagree", "missing", "unsupported"]
    suite = written(tmp_path, *(verdict(status, case=f"a/{status}") for status in statuses))
    assert ("5", "1", "2") == (suite.get("tests"), suite.get("failures"), suite.get("skipped"))
    assert [f"a/{status}" for status in statuses] == [test.get("name") for test in suite]
    assert {"torch"} == {test.get("classname") for test in suite}


def test_a_failure_says_why(tmp_path: Path) -> None:
    (test,) = written(tmp_path, verdict("disagree"))
    failure = test.find("failure")
    assert failure is not None
    assert ("disagree", "p: expected 1, got 2") == (failure.get("message"), failure.text)


def test_a_skip_says_why(tmp_path: Path) -> None:
    (test,) = written(tmp_path, verdict("missing", reason="no interpreter"))
    skipped = test.find("skipped")
    assert skipped is not None
    assert "no interpreter" == skipped.get("message")


def test_agreement_neither_fails_nor_skips(tmp_path: Path) -> None:
    (test,) = written(tmp_path, verdict("agree"))
    assert ["properties"] == [child.tag for child in test]


def test_properties_keep_the_verdict() -> None:
    explained = Verdict(
        case="a/b",
        environment="torch",
        status="convention",
        mathematics="subgradient",
        explained_by=(Explanation("ties", "first"),),
    )
    expected = [("status", "convention"), ("mathematics", "subgradient"), ("explained_by", "ties=first")]
    assert expected == junit.user_properties(explained)


def test_hostile_texts_are_still_xml(tmp_path: Path) -> None:
    failing = verdict("crash", case=HOSTILE, environment=HOSTILE, reason=HOSTILE)
    (test,) = written(tmp_path, failing)
    assert "<b>&[2J\"'" == test.get("name") == test.get("classname")
