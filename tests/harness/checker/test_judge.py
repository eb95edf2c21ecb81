"""Each status by the smallest set of observations that earns it, and its innocent twin."""

import msgspec
import numpy as np
import pytest

from harness import catalogue
from harness.arrays import Array
from harness.checker import Judge, judge
from harness.checker.predict import Predictor
from harness.profiles import Choice, Known, Profile
from harness.results import EnvironmentRecord, Error, Observation
from harness.trace import trace

ENVIRONMENT = EnvironmentRecord(name="somewhere", framework="somebody's", version="1.0")


def max_of_a_tie(g):
    x = g.input("x", [1.0, 1.0, 0.0])
    g.backward(g.max(x))
    g.observe("x.grad", x.grad)


def add_twice(g):
    x0 = g.input("x0", 1.0)
    y = x0 + x0
    g.backward(y)
    g.backward(y)
    g.observe("x0.grad", x0.grad, expected=4.0)


@pytest.fixture
def verdict(monkeypatch):
    """The verdict of a program whose points were observed as given, under a profile."""

    def judged(function, seen, choices=(), known=(), unsupported=None):
        chosen = Profile({choice.dimension: choice for choice in choices}, tuple(known))
        monkeypatch.setattr(judge, "profile", lambda *_: chosen)
        return Judge().verdict("topic/case", trace(function), ENVIRONMENT, seen, unsupported or {})

    return judged


def array(point, value, dtype="float64"):
    encoded = Array.of(value, dtype)
    return {
        point: Observation(
            case="topic/case", environment="somewhere", point=point, outcome="array",
            dtype=encoded.dtype, shape=encoded.shape, data=encoded.data,
        )
    }  # fmt: skip


def raised(point, category):
    error = Error("RuntimeError", "again?", category)
    return {point: Observation(case="topic/case", environment="somewhere", point=point, outcome="raised", error=error)}


def watched(g):
    x = g.input("x", 1.0)
    y = x * x
    g.backward(y)
    g.observe("x is watched", g.watched(x))
    g.observe("x.grad", x.grad)


ALL = Choice("max_ties", "all", "somewhere/somebody#1")
FIRST = Choice("max_ties", "first", "somewhere/somebody#2")
FREED = Choice("graph_after_backward", "freed", "somewhere/somebody#3")
STATELESS = Choice("accumulation", "stateless", "somewhere/somebody#4")


def test_agree_is_as_the_default(verdict):
    assert "agree" == verdict(max_of_a_tie, array("x.grad", [0.5, 0.5, 0.0])).status


def test_disagree_is_explained_by_nothing(verdict):
    found = verdict(max_of_a_tie, array("x.grad", [0.25, 0.75, 0.0]))
    assert "disagree" == found.status
    assert "[0.5, 0.5, 0. ] was expected, it is [0.25, 0.75, 0.  ]" in found.points["x.grad"].sentence


def test_convention_is_predicted_by_the_profile_and_names_the_dimension(verdict):
    found = verdict(max_of_a_tie, array("x.grad", [1.0, 1.0, 0.0]), [ALL])
    assert "convention" == found.status
    assert [("max_ties", "all", "somewhere/somebody#1")] == [
        (why.dimension, why.option, why.reference) for why in found.explained_by
    ]


def test_an_explanation_leaves_out_choices_that_play_no_part(verdict):
    found = verdict(max_of_a_tie, array("x.grad", [1.0, 1.0, 0.0]), [ALL, FREED, STATELESS])
    assert ["max_ties"] == [why.dimension for why in found.explained_by]


def test_a_difference_that_the_profile_does_not_predict_is_disagree(verdict):
    found = verdict(max_of_a_tie, array("x.grad", [1.0, 1.0, 0.0]), [FIRST])
    assert "disagree" == found.status
    assert "By the profile [1., 0., 0.] was expected" in found.points["x.grad"].sentence


def test_stale_is_a_prediction_that_does_not_come_true_any_more(verdict):
    found = verdict(max_of_a_tie, array("x.grad", [0.5, 0.5, 0.0]), [ALL])
    assert "stale" == found.status
    assert ["max_ties"] == [why.dimension for why in found.explained_by]


def test_an_exception_is_a_convention_when_its_kind_is_predicted(verdict):
    assert "convention" == verdict(add_twice, raised("x0.grad", "graph_freed"), [FREED]).status


def test_an_exception_of_another_kind_is_disagree(verdict):
    assert "disagree" == verdict(add_twice, raised("x0.grad", "seed_required"), [FREED]).status


def documented(observed):
    return Known("topic/*", "x.grad", observed, "It is a known fault.", "somewhere/somebody#5")


def test_known_is_a_documented_observation(verdict):
    found = verdict(max_of_a_tie, array("x.grad", [9.0, 0.0, 0.0]), known=[documented("[9., 0., 0.]")])
    assert "known" == found.status
    assert "somewhere/somebody#5" == found.explained_by[0].reference


def test_a_documented_observation_that_changed_is_stale(verdict):
    found = verdict(max_of_a_tie, array("x.grad", [8.0, 0.0, 0.0]), known=[documented("[9., 0., 0.]")])
    assert "stale" == found.status


def test_a_documented_difference_that_is_gone_is_stale(verdict):
    found = verdict(max_of_a_tie, array("x.grad", [0.5, 0.5, 0.0]), known=[documented("[9., 0., 0.]")])
    assert "stale" == found.status


def test_a_program_that_is_in_no_catalogue_hears_what_is_documented_of_its_ops(verdict):
    known = Known("reductions/max/ties", "x.grad", "[9., 0., 0.]", "It gives nine.", "somewhere/somebody#5")
    found = verdict(max_of_a_tie, array("x.grad", [9.0, 0.0, 0.0]), known=[known])
    assert "disagree" == found.status
    assert found.points["x.grad"].sentence.endswith(" Documented of max: It gives nine.")


LIMIT = Known("reductions/max/second_order", "x.slope", "raised RuntimeError: again?", "Once is enough.", "s/s#6")


@pytest.mark.parametrize("known", [LIMIT, msgspec.structs.replace(LIMIT, case="a/b", of=("max",))])
def test_an_exception_that_is_documented_of_an_op_is_known_in_every_program_that_has_the_op(verdict, known):
    found = verdict(max_of_a_tie, raised("x.grad", "other"), known=[known])
    assert "known" == found.status
    assert "Documented of max: Once is enough." == found.points["x.grad"].sentence
    assert [(known.case, "s/s#6")] == [(one.option, one.reference) for one in found.explained_by]


@pytest.mark.parametrize(
    "known",
    [
        msgspec.structs.replace(LIMIT, observed="raised RuntimeError: no"),
        msgspec.structs.replace(LIMIT, observed="raised TypeError: again?"),
        msgspec.structs.replace(LIMIT, case="reductions/min/second_order"),
        msgspec.structs.replace(LIMIT, case="reductions/max"),
    ],
    ids=["another message", "another type", "another op", "of no op"],
)
def test_another_exception_than_the_documented_one_is_disagree(verdict, known):
    assert "disagree" == verdict(max_of_a_tie, raised("x.grad", "other"), known=[known]).status


def test_gradients_that_a_documented_exception_left_undone_are_known_and_values_are_not(verdict):
    def attempted(g):
        x = g.input("x", [1.0, 1.0, 0.0])
        y = g.max(x)
        with g.attempt("pass"):
            g.backward(y)
        g.observe("x.grad", x.grad)
        g.observe("y", y)

    nothing = Observation(case="topic/case", environment="somewhere", point="x.grad", outcome="none")
    seen = {"x.grad": nothing, **raised("pass", "other"), **array("y", 2.0)}
    found = {point: judged.status for point, judged in verdict(attempted, seen, known=[LIMIT]).points.items()}
    assert {"pass": "known", "x.grad": "known", "y": "disagree"} == found
    unknown = {point: judged.status for point, judged in verdict(attempted, seen).points.items()}
    assert {"pass": "disagree", "x.grad": "disagree", "y": "disagree"} == unknown


def test_an_exception_that_is_expected_is_not_explained_by_what_is_documented(verdict):
    found = verdict(add_twice, raised("x0.grad", "graph_freed"), [FREED], [msgspec.structs.replace(LIMIT, of=("add",))])
    assert "convention" == found.status


def test_a_point_that_cannot_be_observed_does_not_hide_the_others(verdict):
    def two_points(g):
        x = g.input("x", 1.0)
        g.backward(x * x)
        g.observe("x.grad", x.grad, expected=2.0)
        g.observe("is_leaf", x.is_leaf)

    found = verdict(two_points, array("x.grad", 3.0), unsupported={"is_leaf": "no such notion"})
    assert "disagree" == found.status
    assert "unsupported" == found.points["is_leaf"].status
    assert "agree" == verdict(two_points, array("x.grad", 2.0), unsupported={"is_leaf": "no such notion"}).status


def test_whether_passes_add_up_is_a_convention_and_the_sum_and_the_last_one_are_both_right(verdict):
    assert "exact" == verdict(add_twice, array("x0.grad", 4.0)).mathematics
    assert "exact" == verdict(add_twice, array("x0.grad", 2.0), [STATELESS]).mathematics
    assert "wrong" == verdict(add_twice, array("x0.grad", 3.0), [STATELESS]).mathematics


def test_mathematics_does_not_apply_to_an_exception(verdict):
    assert "not applicable" == verdict(add_twice, raised("x0.grad", "graph_freed"), [FREED]).mathematics


def test_a_subgradient_and_a_witness_against_what_is_none(verdict):
    assert "subgradient" == verdict(max_of_a_tie, array("x.grad", [0.5, 0.5, 0.0])).mathematics
    found = verdict(max_of_a_tie, array("x.grad", [1.0, 1.0, 0.0]), [ALL]).points["x.grad"]
    assert ("convention", "wrong", "[0 to 1, 0 to 1, 0]") == (found.status, found.mathematics, found.truth)
    assert "A step along (1, 1, 0) changes f by 1 per unit; the reported gradient says 2." == found.reasoning


def of_float32(g):
    x = g.input("x", [0.5, 1.5], dtype="float32")
    g.backward(g.sum(g.tanh(x) * g.exp(x)))
    g.observe("x.grad", x.grad)


def test_rounding_is_exact_and_its_error_is_counted(verdict):
    right = Predictor().observe(trace(of_float32))["x.grad"].array.numpy()
    near = np.nextafter(right, np.float32(9))
    found = verdict(of_float32, array("x.grad", near, "float32")).points["x.grad"]
    assert ("agree", "exact", 1.0) == (found.status, found.mathematics, found.ulps)
    assert 0.0 < found.error_ulps < 2.0
    off = verdict(of_float32, array("x.grad", right * np.float32(1 + 2**-12), "float32")).points["x.grad"]
    assert ("disagree", "wrong") == (off.status, off.mathematics)


def written(g):
    x = g.input("x", 3.0)
    y = x * 2
    g.write(x, 5.0)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=2.0)


@pytest.mark.parametrize(("value", "mathematics"), [(2.0, "exact"), (2.5, "wrong")])
def test_where_the_oracle_has_no_answer_the_closed_form_decides(verdict, value, mathematics):
    assert mathematics == verdict(written, array("x.grad", value)).mathematics


def test_a_point_that_the_reference_cannot_observe_is_not_judged(verdict):
    seen = Observation(case="topic/case", environment="somewhere", point="x is watched", outcome="value", value=True)
    found = verdict(watched, {"x is watched": seen, **array("x.grad", 2.0)})
    assert "unsupported" == found.points["x is watched"].status
    assert "nothing to compare with" in found.points["x is watched"].sentence
    assert "agree" == found.status


def test_the_mistake_of_the_article_is_known_by_the_numbers_that_it_gives():
    by_id = {case.id: case.program for case in catalogue.written()}
    chain = {mistake.option: mistake.gives for mistake in Judge().mistakes(by_id["double_use/add_chain"])}
    five = {mistake.option: mistake.gives for mistake in Judge().mistakes(by_id["double_use/five_uses"])}
    assert {"x0.grad": "2.", "x1.grad": "2."} == chain["in_place_borrowed"]
    assert {"x0.grad": "16.", "x1.grad": "16."} == five["in_place_borrowed"]


def test_shapes_that_do_not_fit_in_the_reference_either_are_no_agreement(verdict):
    def misfit(g):
        x = g.input("x", [1.0, 2.0])
        y = g.input("y", [1.0, 2.0, 3.0])
        g.observe("sum", x + y)

    found = verdict(misfit, raised("sum", "shape_mismatch"))
    assert "disagree" == found.status
    assert "nothing to compare" in found.points["sum"].sentence


def test_a_result_of_grad_is_a_gradient_too(verdict):
    def functional(g):
        x = g.input("x", [1.0, 1.0])
        gx = g.grad(g.max(x), x)
        g.observe("gx", gx)
        g.observe("x", x)

    seen = array("gx", [0.5, 0.5]) | array("x", [1.0, 1.0])
    found = verdict(functional, seen).points
    assert ["subgradient", "not applicable"] == [found[point].mathematics for point in ("gx", "x")]
