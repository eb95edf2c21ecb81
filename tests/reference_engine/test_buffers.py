"""Which gradients and seeds are the same memory, under each option."""

import numpy as np
import pytest
from numpy.typing import NDArray

from reference_engine import Variable, grad, permute_dims, reshape, semantics


def shares(one: NDArray[np.float64] | None, other: NDArray[np.float64] | None) -> bool:
    assert one is not None
    assert other is not None
    return np.shares_memory(one, other)


@pytest.mark.parametrize(
    ("option", "expected"),
    [("private", False), ("views", False), ("handed_on", True), ("shared", True), ("shared_if_contiguous", True)],
)
def test_the_addends_of_a_seeded_sum(option: str, expected: bool) -> None:
    with semantics.using(gradient_buffers=option):
        a, b, seed = Variable([1.0, 2.0]), Variable([3.0, 4.0]), np.ones(2)
        (a + b).backward(seed)
    assert (expected, expected) == (a.grad is b.grad, a.grad is seed)


@pytest.mark.parametrize(
    ("option", "reshaped", "transposed"),
    [
        ("private", False, False),
        ("views", True, False),
        ("handed_on", False, False),
        ("shared", True, True),
        ("shared_if_contiguous", True, False),
    ],
)
def test_views_of_the_seed(option: str, reshaped: bool, transposed: bool) -> None:
    with semantics.using(gradient_buffers=option):
        x, seed = Variable(np.ones(4)), np.ones((2, 2))
        reshape(x, shape=(2, 2)).backward(seed)
        assert reshaped == shares(x.grad, seed)
        z, seed = Variable(np.ones((2, 2))), np.ones((2, 2))
        permute_dims(z, axes=(1, 0)).backward(seed)
        assert transposed == shares(z.grad, seed)


def test_a_view_belongs_to_the_last_leaf_that_gets_it() -> None:
    with semantics.using(gradient_buffers="views"):
        x, w, seed = Variable(np.ones((2, 2))), Variable(np.ones((2, 2))), np.ones(4)
        reshape(x + w, shape=(4,)).backward(seed)
        assert (False, True) == (shares(x.grad, seed), shares(w.grad, seed))


def test_views_that_leaves_have_made_each_are_views_of_one_seed() -> None:
    with semantics.using(gradient_buffers="views"):
        x, w, seed = Variable(np.ones(4)), Variable(np.ones(4)), np.ones((2, 2))
        (reshape(x, shape=(2, 2)) + reshape(w, shape=(2, 2))).backward(seed)
        assert (True, True) == (shares(x.grad, seed), shares(x.grad, w.grad))


def test_what_is_kept_of_a_computed_variable_is_a_copy_where_only_views_are_stored() -> None:
    with semantics.using(gradient_buffers="views"):
        x, seed = Variable(np.ones(4)), np.ones((4, 1))
        y = reshape(x, shape=(2, 2))
        z = reshape(y, shape=(4, 1))
        z.backward(seed)
        assert (False, False, True) == (shares(z.grad, seed), shares(y.grad, seed), shares(x.grad, seed))


@pytest.mark.parametrize(("seed", "expected"), [(None, False), (np.ones(()), True)])
def test_each_computed_variable_has_a_call_of_its_own_and_its_own_seed_if_none_was_given(
    seed: NDArray[np.float64] | None, expected: bool
) -> None:
    with semantics.using(gradient_buffers="handed_on"):
        x0, x1 = Variable(1.0), Variable(1.0)
        t = x0 + x1
        y = x0 + t
        y.backward(seed)
        assert expected == shares(x1.grad, t.grad)


@pytest.mark.parametrize(("option", "expected"), [("as_backward", False), ("shared", True)])
def test_the_results_of_grad_can_share_what_stored_gradients_do_not(option: str, expected: bool) -> None:
    with semantics.using(returned_buffers=option):
        a, b, seed = Variable([1.0, 2.0]), Variable([3.0, 4.0]), np.ones(2)
        y = a + b
        ga, gb = grad(y, [a, b], [seed])
        y.backward(seed)
        assert (expected, expected, False) == (ga is gb, ga is seed, shares(a.grad, b.grad))


@pytest.mark.parametrize(("option", "expected"), [("as_backward", False), ("shared", True)])
def test_what_grad_returns_is_copied_where_backward_copies_what_it_stores(option: str, expected: bool) -> None:
    with semantics.using(gradient_buffers="views", returned_buffers=option):
        x, seed = Variable(np.ones((2, 3))), np.ones((3, 2))
        (gx,) = grad(x.mT, [x], [seed])
        assert expected is shares(gx, seed)
