from harness.report import model
from harness.results import PointVerdict, Results, Run, Verdict, iterate


def test_a_case_that_nobody_judged_is_missing(results: Results) -> None:
    unjudged = Results.of(record for record in iterate(results) if not isinstance(record, Verdict))
    (topic,) = model.report(unjudged).topics
    (case,) = topic.cases
    assert {"missing"} == {cell.status.word for cell in case.cells}
    assert ["the results hold no verdict", "the results hold no verdict", "there is no interpreter with jax"] == [
        cell.reason for cell in case.cells
    ]


def test_the_reference_engine_comes_first(results: Results) -> None:
    assert ["reference", "torch", "jax"] == [each.record.name for each in model.report(results).environments]


def test_counts_come_worst_first(results: Results) -> None:
    summary = model.report(results).summary
    assert [("disagree", 1), ("missing", 1), ("agree", 1)] == [(mark.word, count) for mark, count in summary.counts]
    assert 1 == summary.wrong


def test_environments_that_fail_alike_are_replayed_by_one_command(results: Results) -> None:
    for environment in ("torch", "jax"):
        results.add(Verdict(case="topic/square", environment=environment, status="crash", reason="signal 11"))
    (failure,) = model.report(results).topics[0].cases[0].failures
    assert ("torch", "jax") == failure.environments
    assert "crossgrad replay results.jsonl topic/square --env=torch --env=jax" == failure.replay


def test_a_start_time_that_is_none_is_shown_as_it_is() -> None:
    results = Results.of(
        [Run(crossgrad="0.1.0", started="yesterday"), Run(crossgrad="0.1.0", started="2026-01-31T12:00Z")]
    )
    assert ["yesterday", "2026-01-31 12:00 UTC"] == [run.started for run in model.report(results).runs]


def _judged(results: Results, **mathematics: str) -> tuple[model.ConsensusError, ...]:
    """The consensus errors where these environments' gradients were judged so."""
    (point, *_) = results.cases["topic/square"].program.points
    for environment, answer in mathematics.items():
        judged = PointVerdict("agree", answer, reasoning="A step along x changes f by 1 per unit.")  # type: ignore[arg-type]
        results.add(Verdict(case="topic/square", environment=environment, status="agree", points={point: judged}))
    return model.report(results).summary.consensus


def test_where_all_frameworks_that_answer_are_wrong_it_is_said_first_with_the_reason(results: Results) -> None:
    (found,) = _judged(results, reference="exact", torch="wrong", jax="wrong")
    assert ("topic/square", 2) == (found.case, found.environments)
    assert "A step along x changes f by 1 per unit." == found.reasoning


def test_one_that_is_right_or_one_framework_alone_is_no_consensus_error(results: Results) -> None:
    assert () == _judged(results, torch="wrong", jax="exact")
    assert () == _judged(results, torch="wrong", jax="not applicable")
