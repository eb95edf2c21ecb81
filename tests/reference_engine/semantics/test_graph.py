"""When a backward pass may start, and what is left of the graph, under each option."""

from collections.abc import Callable

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import (
    GraphFreed,
    MissingCotangent,
    MixedDtypes,
    NothingRecorded,
    SavedValueWritten,
    SeedMismatch,
    SeedRequired,
    Variable,
    broadcast_to,
    grad,
    reshape,
    semantics,
    sum,  # noqa: A004
)


def test_a_graph_that_is_kept_answers_again() -> None:
    x = Variable(1.0)
    y = 2 * x
    y.backward()
    y.backward()
    assert 4.0 == x.grad


@pytest.mark.parametrize("option", ["freed", "freed_if_saved"])
def test_a_graph_that_was_freed_does_not(option: str) -> None:
    with semantics.using(graph_after_backward=option):
        x = Variable(1.0)
        y = 2 * x
        y.backward(keep_graph=True)
        y.backward()
        with pytest.raises(GraphFreed, match=r"multiply.*keep_graph"):
            y.backward()
    assert 4.0 == x.grad


def test_an_op_that_saved_nothing_can_be_passed_again() -> None:
    """As torch: `x + 1` twice is fine, and so is what only needs shapes."""
    x = Variable([1.0, 2.0])
    y = sum(reshape(x, shape=(2, 1)) + 1)
    with semantics.using(graph_after_backward="freed_if_saved"):
        y.backward()
        y.backward()
    assert x.grad is not None
    assert [2.0, 2.0] == x.grad.tolist()
    with semantics.using(graph_after_backward="freed"):
        y.backward()
        with pytest.raises(GraphFreed):
            y.backward()


def test_places_that_follow_from_the_shape_are_not_saved() -> None:
    image = Variable(np.ones((1, 1, 2, 2)))
    y = sum(engine.upsample_bilinear(engine.unfold(image, size=(1, 2))[..., None], scale=(1, 1)))
    with semantics.using(graph_after_backward="freed_if_saved"):
        y.backward()
        y.backward()
    assert image.grad is not None
    assert [[[[2.0, 2.0], [2.0, 2.0]]]] == image.grad.tolist()


@pytest.mark.parametrize(
    "function",
    [
        lambda x: engine.take_along_axis(x, np.array([1, 0])),
        lambda x: engine.gather_nd(x, np.array([[1], [0]])),
        lambda x: engine.boolean_mask(x, np.array([True, False])),
        lambda x: engine.nll_loss(x[None], np.array([1])),
        lambda x: engine.segment_sum(x, np.array([0, 0]), num_segments=1),
        lambda x: engine.index_add(np.zeros(2), np.array([1, 1]), x),
    ],
)
def test_indices_that_are_given_are_saved(function: Callable[[Variable], Variable]) -> None:
    y = sum(function(Variable([1.0, 2.0])))
    with semantics.using(graph_after_backward="freed_if_saved"):
        y.backward()
        with pytest.raises(GraphFreed):
            y.backward()


def test_grad_frees_too_unless_the_derivative_is_recorded() -> None:
    with semantics.using(graph_after_backward="freed_if_saved"):
        x = Variable(3.0)
        y = x * x
        (first,) = grad(y, x, create_graph=True)
        assert [6.0] == grad(y, x, keep_graph=True)
        assert [2.0] == grad(first, x)
        grad(y, x)
        with pytest.raises(GraphFreed):
            grad(y, x)


def test_backward_from_a_constant() -> None:
    x = Variable(1.0)
    constant = Variable(1.0, requires_grad=False) * 2
    with pytest.raises(NothingRecorded):
        constant.backward()
    with semantics.using(backward_without_graph="none"):
        constant.backward()
        assert (None, [None]) == (x.grad, grad(constant, x))
    with semantics.using(backward_without_graph="none", unconnected_input="zeros"):
        constant.backward()
        assert (0.0, [0.0]) == (x.grad, grad(constant, x))


def test_backward_from_several_elements_without_a_seed() -> None:
    x = Variable([1.0, 2.0])
    y = x * x
    with pytest.raises(SeedRequired):
        y.backward()
    with semantics.using(unseeded_non_scalar="nothing"):
        y.backward()
        assert x.grad is None
    with semantics.using(unseeded_non_scalar="ones"):
        y.backward()
        assert x.grad is not None
        assert [2.0, 4.0] == x.grad.tolist()


def test_none_is_passed_on_by_an_op_that_does_not_look_at_it() -> None:
    """As Chainer: for `2 * x**2 + 2` nothing happens, for `2 * x` there is a TypeError."""
    x = Variable([1.0, 2.0])
    with semantics.using(unseeded_non_scalar="passed_on_as_none"):
        (2 * x**2 + 2).backward()
        x.backward()
        assert x.grad is None
        computing = (2 * x, x + x, -x, x - x, sum(x[None], axis=0), broadcast_to(x, shape=(3, 2)), x.astype("float32"))
        for y in computing:
            with pytest.raises(MissingCotangent) as caught:
                y.backward()
            assert isinstance(caught.value, TypeError)
        assert x.grad is None


def test_what_needs_no_seed() -> None:
    y = Variable([1.0]) * 2
    y.backward()
    with semantics.using(scalar_output="no_axes"):
        with pytest.raises(SeedRequired):
            y.backward()
        sum(y).backward()


def test_the_functional_form_can_have_a_seed_of_its_own() -> None:
    """As Chainer: `grad` takes ones where `backward` does not."""
    x = Variable([1.0, 2.0])
    y = x * x
    with semantics.using(unseeded_non_scalar="passed_on_as_none", unseeded_grad="ones"):
        assert [[2.0, 4.0]] == [one.tolist() for one in grad(y, x)]
        with pytest.raises(MissingCotangent):
            y.backward()
    with semantics.using(unseeded_non_scalar="ones", unseeded_grad="raises"), pytest.raises(SeedRequired):
        grad(y, x)


@pytest.mark.parametrize(("option", "expected"), [("added", 44.0), ("last", 40.0)])
def test_an_output_that_is_given_twice(option: str, expected: float) -> None:
    x = Variable(2.0)
    y = x * x

    with semantics.using(repeated_output=option):
        (gradient,) = grad([y, y], [x], [np.array(1.0), np.array(10.0)])

    assert expected == gradient


def test_a_seed_of_another_dtype() -> None:
    x = Variable(np.array([1.0, 2.0], "f"))
    y = x * x
    y.backward(np.ones(2))
    assert x.grad is not None
    assert np.dtype("float32") == x.grad.dtype
    with semantics.using(seed_dtype="raises"):
        y.backward(np.ones(2, "f"))
        with pytest.raises(SeedMismatch, match=r"float64.*float32"):
            y.backward(np.ones(2))
    with semantics.using(seed_dtype="unchecked"):
        with pytest.raises(MixedDtypes, match="multiply"):
            y.backward(np.ones(2))
        (gradient,) = grad(-x, x, [np.ones(2)])
        assert np.dtype("float64") == gradient.dtype


def test_a_seed_of_another_shape() -> None:
    """As TensorFlow: a scalar weighs all elements, and a row gives a row."""
    x = Variable([1.0, 2.0, 3.0])
    y = x * x
    for seed in (np.array(10.0), np.ones((1, 3))):
        with pytest.raises(SeedMismatch, match="shape"):
            y.backward(seed)
    with semantics.using(seed_shape="unchecked"):
        assert [[20.0, 40.0, 60.0]] == [one.tolist() for one in grad(y, x, [np.array(10.0)])]
        assert [[[2.0, 4.0, 6.0]]] == [one.tolist() for one in grad(y, x, [np.ones((1, 3))])]


def test_a_saved_value_that_was_written_can_be_used_as_it_is_now() -> None:
    with semantics.using(saved_value_written="new_value"):
        x, w = Variable(2.0), Variable(3.0)
        y = x * w
        w.write(5.0)
        y.backward()
    assert 5.0 == x.grad


def test_a_saved_value_that_was_written_raises_by_default() -> None:
    w = Variable(3.0)
    y = Variable(2.0) * w
    w.write(5.0)
    with pytest.raises(SavedValueWritten):
        y.backward()


def test_a_seed_that_broadcasts_can_be_spread() -> None:
    """As MyGrad: a scalar weighs all elements, and a row of too many axes is refused."""
    x = Variable([1.0, 2.0, 3.0])
    y = x * x
    with semantics.using(seed_shape="broadcasts"):
        assert [[20.0, 40.0, 60.0]] == [one.tolist() for one in grad(y, x, [np.array(10.0)])]
        with pytest.raises(SeedMismatch, match="shape"):
            y.backward(np.ones((1, 3)))


def test_ops_of_two_operands_can_sum_a_seed_of_another_shape() -> None:
    """As autograd: what the last op hands on has the operand's shape only if it may have been broadcast."""
    x = Variable([1.0, 2.0, 3.0])
    with semantics.using(seed_shape="summed_by_ops"):
        assert [[2.0, 4.0, 6.0]] == [one.tolist() for one in grad(x * x, x, [np.ones((1, 3))])]
        assert [[4.0, 8.0, 12.0]] == [one.tolist() for one in grad(x * x, x, [np.ones((2, 3))])]
        assert [[[-1.0, -1.0, -1.0]]] == [one.tolist() for one in grad(-x, x, [np.ones((1, 3))])]


def test_a_seed_of_another_dtype_can_be_promoted() -> None:
    x = Variable(np.array([1.0, 2.0], "f"))
    with semantics.using(seed_dtype="promotes"):
        (gradient,) = grad(x * x, x, [np.ones(2)])
    assert np.dtype("float32") == gradient.dtype
