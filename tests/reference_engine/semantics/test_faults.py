"""Mistakes about variables, and those of passes that no single gradient shows."""

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import GraphFreed, NothingRecorded, Variable, semantics

FAULTS = [fault for dimension in semantics.DIMENSIONS.values() for fault in dimension.faults]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_mistake_is_told_in_full(fault: semantics.Fault) -> None:
    assert fault.does[0].islower()
    assert "`" in fault.does
    assert not fault.does.endswith(".")
    assert fault.formula
    assert fault.instead


def test_a_region_that_records_all_the_same() -> None:
    x = Variable(3.0)
    with semantics.using(unrecorded_regions="ignored"):
        with engine.not_recording():
            factor = x * x
        (factor * x).backward()
    assert x.grad == 27.0


def test_a_constant_that_gets_a_gradient() -> None:
    with semantics.using(constant_inputs="ignored"):
        x, c = Variable(3.0), Variable(5.0, requires_grad=False)
        (x * c).backward()
        assert (True, 3.0) == (c.requires_grad, c.grad)
        assert not Variable([1, 2], requires_grad=False).requires_grad


def test_a_gradient_that_is_not_cleared() -> None:
    x = Variable(3.0)
    with semantics.using(clearing="ignored"):
        (2.0 * x).backward()
        x.clear_grad()
        assert x.grad == 2.0


def test_a_leaf_flag_that_is_always_set() -> None:
    with semantics.using(leaf_flag="always_true"):
        assert (Variable(3.0) ** 2).is_leaf


def test_a_gradient_of_before_for_an_unused_input() -> None:
    x, w = Variable(3.0), Variable(5.0)
    (x * w).backward()
    with semantics.using(unused_input="stale"):
        assert [6.0, 3.0] == engine.grad(x**2, [x, w])
        assert [6.0, None] == engine.grad(x**2, [x, Variable(1.0)])


def test_a_step_uphill() -> None:
    x = Variable(1.0)
    (x**2).backward()
    with semantics.using(step_direction="uphill"):
        engine.sgd_step([x], 0.25)
    assert x.value == 1.5


def test_a_graph_that_is_freed_although_it_was_to_be_kept() -> None:
    x = Variable(3.0)
    y = x**2
    with semantics.using(keep_graph_request="ignored"):
        y.backward(keep_graph=True)
        with pytest.raises(GraphFreed):
            y.backward()


def test_a_freed_graph_that_saved_nothing_stays_where_only_values_are_freed() -> None:
    x = Variable(3.0)
    y = x + 1.0
    with semantics.using(keep_graph_request="ignored", graph_after_backward="freed_if_saved"):
        y.backward(keep_graph=True)
        y.backward(keep_graph=True)
    assert x.grad == 2.0


def test_second_derivatives_with_the_cotangents_constant() -> None:
    """y = exp(x^2), y' = 2x y: only the x in 2x is differentiated again."""
    x = Variable(0.5)
    with semantics.using(second_order="cotangent_constant"):
        (first,) = engine.grad(engine.exp(engine.square(x)), x, create_graph=True)
        (second,) = engine.grad(first, x)
    assert np.exp(0.25) == pytest.approx(first.value)
    assert 2 * np.exp(0.25) == pytest.approx(second)


def test_second_derivatives_with_the_operands_constant() -> None:
    x = Variable(0.5)
    with semantics.using(second_order="operands_constant"):
        (first,) = engine.grad(x**3, x, create_graph=True)
        assert first.value == 0.75
        with pytest.raises(NothingRecorded):
            engine.grad(first, x)


def test_a_seed_that_is_ignored_may_have_any_shape() -> None:
    x = Variable([3.0, 5.0])
    with semantics.using(seed_use="ignored"):
        (2.0 * x).backward(np.zeros(3))
    assert x.grad is not None
    assert [2.0, 2.0] == x.grad.tolist()


def test_gradients_cut_to_integers_belong_to_floats_all_the_same() -> None:
    x = Variable([3.0, 5.0])
    with semantics.using(gradient_dtype="integers"):
        (x * 1.5).backward(np.ones(2))
    assert x.grad is not None
    assert ("int64", [1, 1]) == (x.grad.dtype, x.grad.tolist())


def test_mistakes_add_up() -> None:
    """Overwriting on reuse, and a minus forgotten: the gradient of (x - w) - (w - x) is wrong in a way of its own."""
    x, w = Variable(3.0), Variable(5.0)
    with semantics.using(contributions="last_kept", subtract_rule="sign_forgotten", accumulation="overwrites"):
        ((x - w) - (w - x)).backward(7.0)
    assert (7.0, 7.0) == (x.grad, w.grad)
