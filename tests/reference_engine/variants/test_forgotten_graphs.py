"""A backward pass after which the graph is forgotten, by the option `forgotten` of `graph_after_backward`."""

from collections.abc import Iterator

import pytest

from reference_engine import GraphFreed, Variable, grad, not_recording, reshape, semantics


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    with semantics.using(graph_after_backward="forgotten"):
        yield


def test_what_was_computed_is_a_leaf_afterwards_and_keeps_its_gradient() -> None:
    x = Variable(3.0)
    t = x * x
    y = 5 * t
    y.backward()
    assert t.is_leaf
    assert y.is_leaf
    assert (30.0, 5.0, 1.0) == (x.grad, t.grad, y.grad)


def test_a_second_pass_from_the_same_output_reaches_nothing_else() -> None:
    x = Variable(3.0)
    y = 2 * x
    y.backward()
    y.backward()
    assert (2.0, 2.0) == (x.grad, y.grad)


def test_a_pass_through_what_another_one_forgot_raises() -> None:
    x = Variable(3.0)
    t = x * x
    first, second = 2 * t, 3 * t
    first.backward()
    with pytest.raises(GraphFreed, match="compute anew"):
        second.backward()
    assert 12.0 == x.grad


def test_so_does_one_that_was_computed_from_the_same_leaf_before() -> None:
    x = Variable(3.0)
    first, second = 2 * x, 3 * x
    first.backward()
    with pytest.raises(GraphFreed):
        second.backward()
    (4 * x).backward()
    assert 6.0 == x.grad


def test_gradients_that_a_pass_would_overwrite_are_cleared_before_it_raises() -> None:
    x = Variable(3.0)
    first, second = 2 * x, 3 * x
    with semantics.using(accumulation="overwrites"):
        first.backward()
        with pytest.raises(GraphFreed):
            second.backward()
    assert x.grad is None


def test_the_graph_is_kept_on_request_and_to_be_differentiated_again() -> None:
    x = Variable(3.0)
    y = x * x
    y.backward(keep_graph=True)
    (gx,) = grad(y, x, create_graph=True)
    (ggx,) = grad(gx, x, keep_graph=True)
    assert (6.0, 6.0, 2.0) == (x.grad, gx.value, ggx)
    assert [6.0] == grad(y, x)
    with pytest.raises(GraphFreed):
        (gx * 1.0).backward()


def test_a_new_use_can_clear_a_gradient() -> None:
    x = Variable([1.0, 2.0])
    with semantics.using(gradient_after_use="cleared"):
        (3 * x).backward([1.0, 1.0])
        reshape(x, shape=(2, 1))
        with not_recording():
            2 * x
        assert x.grad is not None
        assert [3.0, 3.0] == x.grad.tolist()
        2 * x
        assert x.grad is None
