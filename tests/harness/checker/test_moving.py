"""What changes between two frameworks, by profiles and cases that are made for it."""

import pytest

from harness.checker.moving import changes
from harness.checker.showing import Showcase
from harness.declaration import Case
from harness.profiles import Choice, Inapplicable, Known, Profile
from harness.profiles.comparison import Side


def side(framework, known=(), inapplicable=(), **chosen):
    profile = Profile(
        {name: Choice(name, option, "somewhere/somebody#1") for name, option in chosen.items()},
        tuple(known),
        {name: Inapplicable(name, "It has none.") for name in inapplicable},
    )
    return Side(framework, framework, "", framework.title(), profile)


def max_of_a_tie(g):
    x = g.input("x", [1.0, 1.0, 0.0])
    g.backward(g.max(x))
    g.observe("x.grad", x.grad)


def max_of_a_longer_tie(g):
    x = g.input("x", [1.0, 1.0, 0.0])
    g.backward(g.max(2 * x + 1))
    g.observe("x.grad", x.grad)


def max_beside_what_chainer_lacks(g):
    x = g.input("x", [1.0, 1.0])
    g.backward(g.max(g.asinh(x)))
    g.observe("x.grad", x.grad)


def leaf_after_backward(g):
    x = g.input("x", [1.0, 1.0])
    y = g.max(x)
    g.backward(y)
    g.observe("x.grad is watched", g.watched(x))


def backward_of_two(g):
    x = g.input("x", [1.0, 2.0])
    with g.attempt("backward"):
        g.backward(x * x)


def between(before, after, *functions):
    cases = [Case(f"topic/{one.__name__}", "A title of a case", "", one) for one in functions]
    return changes(before, after, Showcase(cases))


def test_nothing_changes_between_equals():
    assert [] == between(side("torch", max_ties="all"), side("chainer", max_ties="all"), max_of_a_tie)


def test_a_change_has_the_smallest_case_and_what_both_answer():
    (change,) = between(side("chainer", max_ties="all"), side("torch"), max_of_a_longer_tie, max_of_a_tie)

    assert ("max_ties", "ties", "all", "split") == (
        change.dimension.name, change.topic, change.before, change.after
    )  # fmt: skip
    assert ("topic/max_of_a_tie", "x.grad") == (change.shown.case, change.shown.point)
    assert ("[1., 1., 0.]", "[0.5, 0.5, 0.]") == (change.shown.before, change.shown.after)


@pytest.mark.parametrize("function", [max_beside_what_chainer_lacks, leaf_after_backward])
def test_a_case_that_one_of_them_cannot_say_or_observe_shows_nothing(function):
    (change,) = between(side("chainer", max_ties="all"), side("torch"), function)
    assert change.shown is None


def test_a_case_that_is_known_to_be_answered_otherwise_shows_nothing():
    known = Known("topic/*", "x.grad", "2.", "It is so.", "somewhere/somebody#2")
    (change,) = between(side("chainer", known=[known], max_ties="all"), side("torch"), max_of_a_tie)
    assert change.shown is None


def test_a_difference_that_another_dimension_hides_is_not_shown():
    """The first raises, the second asks for no seed; only then does it matter which seed that is."""
    before = side("torch", unseeded_non_scalar="ones", unseeded_grad="raises")
    after = side("chainer", unseeded_non_scalar="raises", unseeded_grad="as_backward")

    def grad_of_two(g):
        x = g.input("x", [1.0, 2.0])
        with g.attempt("grad"):
            gx = g.grad(x * x, x)
        g.observe("gx", gx)

    by_name = {change.dimension.name: change for change in between(before, after, grad_of_two)}

    assert {"unseeded_non_scalar", "unseeded_grad"} == by_name.keys()
    assert by_name["unseeded_grad"].shown is None


def test_that_something_raises_is_said_in_words():
    (change,) = between(side("tensorflow", unseeded_non_scalar="ones"), side("torch"), backward_of_two)
    assert ("no exception", "an exception") == (change.shown.before, change.shown.after)


def test_what_arises_in_one_of_them_alone_is_a_change_that_no_case_shows():
    (change,) = between(side("chainer", inapplicable=["max_ties"]), side("torch"), max_of_a_tie)
    assert (None, "split", None) == (change.before, change.after, change.shown)


def test_what_arises_in_neither_is_no_change():
    assert [] == between(side("chainer", inapplicable=["max_ties"]), side("jax", inapplicable=["max_ties"]))


def test_arrays_of_other_dtypes_are_told_apart_and_long_ones_abbreviated():
    def many_floats(g):
        x = g.input("x", [1.0] * 20, dtype="float32")
        g.observe("y", 2.0 * x)

    (change,) = between(side("torch"), side("mygrad", python_numbers="strong"), many_floats)

    assert "[2., 2., ..., 2., 2.] (float32, shape (20,))" == change.shown.before
    assert "[2., 2., ..., 2., 2.] (float64, shape (20,))" == change.shown.after
