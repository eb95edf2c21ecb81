"""Orders of visits that are no topological order. What they give is in tests/meta/test_real_mistakes.py."""

import pytest

from reference_engine import TooManyVisits, Variable, grad, semantics


def test_a_pass_that_visits_every_path_is_given_up() -> None:
    t = Variable(1.0)
    for _ in range(60):
        t = t + t
    with semantics.using(visiting_order="once_per_path"), pytest.raises(TooManyVisits):
        t.backward()


@pytest.mark.parametrize("order", ["depth_first_once", "breadth_first_once", "once_per_path"])
def test_on_a_chain_these_orders_are_right(order: str) -> None:
    x = Variable(3.0)
    with semantics.using(visiting_order=order):
        (2.0 * (x**2) + 1.0).backward()
    assert x.grad == 12.0


def test_several_outputs_start_together() -> None:
    x = Variable(3.0)
    y = x**2
    with semantics.using(visiting_order="breadth_first_once"):
        (first,) = grad([y, 5.0 * y], x)
    assert first == 6.0  # y hands on its seed before 5 * y has added to it


def test_one_op_has_no_order() -> None:
    with semantics.noting() as consulted:
        (Variable(3.0) ** 2).backward()
    assert "visiting_order" not in consulted


def test_what_an_earlier_pass_left_is_no_place_to_start_from() -> None:
    """Two mistakes at once: t is reached from y in the second pass too, and hands on what both passes gave it."""
    x = Variable(3.0)
    t = x**2
    y = 5.0 * t
    with semantics.using(visiting_order="once_per_path", second_pass="continues"):
        y.backward()
        y.backward()
    assert (10.0, 30.0 + 60.0) == (t.grad, x.grad)
