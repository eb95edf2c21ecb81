from harness.report.observed import judgement, points
from harness.results import Error, Explanation, Observation, PointVerdict, Results
from tests.harness.report.conftest import program, square


def test_environments_that_saw_the_same_share_a_row(results: Results) -> None:
    attempt, y, gradient = points("topic/square", program(square), ["torch", "reference"], results)
    assert ["torch, reference"] == [row.who for row in y.rows]
    assert ["reference", "torch"] == [row.who for row in gradient.rows]
    assert "did not raise" == attempt.rows[0].value


def test_an_environment_without_this_point_says_so_if_it_was_judged(results: Results) -> None:
    del results.observations["topic/square", "torch"]["xgrad"]
    *_, gradient = points("topic/square", program(square), ["torch", "reference"], results)
    assert [("reference", "array"), ("torch", "nothing")] == [(row.who, row.outcome) for row in gradient.rows]
    assert not gradient.rows[1].value_differs


def test_what_differs_from_the_first_row_is_marked(results: Results) -> None:
    *_, gradient = points("topic/square", program(square), ["torch", "reference"], results)
    assert [(False, False), (True, True)] == [(row.value_differs, row.type_differs) for row in gradient.rows]


def test_zero_none_and_an_exception_are_three_rows(results: Results) -> None:
    case = "topic/square"
    results.verdicts.clear()
    results.add(Observation(case=case, environment="jax", point="xgrad", outcome="none"))
    *_, gradient = points(case, program(square), ["torch", "reference", "jax"], results)
    assert ["reference", "torch", "jax"] == [row.who for row in gradient.rows]


def test_exceptions_of_one_category_do_not_differ(results: Results) -> None:
    for name, error in (
        ("reference", Error("GraphFreed", "the graph was freed", "graph_freed")),
        ("torch", Error("RuntimeError", "backward a second time", "graph_freed")),
        ("jax", Error("RuntimeError", "something else")),
    ):
        results.add(Observation(case="topic/square", environment=name, point="backward", outcome="raised", error=error))
    results.verdicts.clear()
    attempt, *_ = points("topic/square", program(square), ["reference", "torch", "jax"], results)
    assert [
        ("raised GraphFreed (graph freed)", False),
        ("raised RuntimeError (graph freed)", False),
        ("raised RuntimeError", True),
    ] == [(row.value, row.value_differs) for row in attempt.rows]


def test_a_sentence_does_not_say_again_what_its_explanation_says() -> None:
    explained = (Explanation("ties", "first", "The first gets all."),)
    assert "" == judgement(PointVerdict("convention", explained_by=explained, sentence="The first gets all.")).sentence
    assert "2 came." == judgement(PointVerdict("known", explained_by=explained, sentence="2 came.")).sentence
