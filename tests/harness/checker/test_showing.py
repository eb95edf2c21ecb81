"""Which cases tell options apart, by cases that are made for it."""

from harness.checker.showing import Showcase
from harness.declaration import Case


def max_of_a_tie(g):
    x = g.input("x", [1.0, 1.0, 0.0])
    y = g.max(x)
    g.backward(y)
    g.observe("y", y)
    g.observe("x.grad", x.grad)


def twice_the_max_of_a_tie(g):
    x = g.input("x", [1.0, 1.0, 0.0])
    g.backward(2 * g.max(x))
    g.observe("x.grad", x.grad)


def max_of_different_numbers(g):
    x = g.input("x", [3.0, 2.0, 1.0])
    g.backward(g.max(x))
    g.observe("x.grad", x.grad)


def in_bfloat16(g):
    x = g.input("x", [1.0, 1.0], dtype="bfloat16")
    g.backward(g.max(x))
    g.observe("x.grad", x.grad)


def retained_twice(g):
    x = g.input("x", 1.0)
    t = 2 * x
    g.retain_grad(t)
    g.backward(t * t, keep_graph=True)
    g.backward(t * t)
    g.observe("t.grad", t.grad)


def chain_of_sums(g):
    x0 = g.input("x0", 1.0)
    x1 = g.input("x1", 1.0)
    t = x0 + x1
    g.backward(x0 + t)
    g.observe("x1.grad", x1.grad)


def grad_of_two(g):
    x = g.input("x", [1.0, 2.0])
    with g.attempt("grad"):
        g.grad(x * x, x)


def showcase(*functions):
    return Showcase([Case(f"topic/{one.__name__}", "A title of a case", "", one) for one in functions])


def cases(witnesses):
    return [witness.case for witness in witnesses]


def test_the_smallest_case_comes_first_and_what_is_the_same_not_at_all():
    shown = showcase(twice_the_max_of_a_tie, max_of_different_numbers, max_of_a_tie, retained_twice)

    found = cases(shown.witnesses("max_ties", ("split", "all"), {}))

    assert ["topic/twice_the_max_of_a_tie", "topic/max_of_a_tie"] == sorted(found, reverse=True)
    sizes = {case.id: len(case.program.steps) for case in shown.cases}
    assert sorted(sizes[case] for case in found) == [sizes[case] for case in found]


def test_the_points_are_those_that_differ():
    (witness,) = showcase(max_of_a_tie).witnesses("max_ties", ("split", "all"), {})
    assert ("x.grad",) == witness.points


def test_what_the_reference_engine_cannot_run_shows_nothing():
    assert [] == list(showcase(in_bfloat16).witnesses("max_ties", ("split", "all"), {}))


def test_the_other_choices_may_hide_a_difference():
    shown = showcase(retained_twice)
    options = ("adds", "overwrites")
    assert ["topic/retained_twice"] == cases(shown.witnesses("retained_gradients", options, {}))
    assert [] == cases(shown.witnesses("retained_gradients", options, {"accumulation": "stateless"}))


def test_an_option_is_shown_by_what_differs_from_the_default():
    assert ["topic/max_of_a_tie"] == cases(showcase(max_of_a_tie, retained_twice).of_option("max_ties", "last"))


def test_a_mistake_is_shown_like_any_option():
    found = showcase(max_of_a_tie, chain_of_sums).of_option("accumulation_write", "in_place_borrowed")
    assert ["topic/chain_of_sums"] == cases(found)


def test_an_option_that_the_defaults_hide_is_shown_under_the_choices_of_a_framework():
    """By default backward asks for a seed, and grad as backward: it is all the same if grad asks by itself."""
    shown = showcase(grad_of_two)
    assert [] == cases(shown.witnesses("unseeded_grad", ("as_backward", "raises"), {}))
    assert ["topic/grad_of_two"] == cases(shown.of_option("unseeded_grad", "raises"))


def test_an_answer_of_another_dtype_is_another_answer():
    def float32_doubled(g):
        x = g.input("x", [1.0, 2.0], dtype="float32")
        g.observe("y", 2.0 * x)

    assert ["topic/float32_doubled"] == cases(showcase(float32_doubled).of_option("python_numbers", "strong"))
