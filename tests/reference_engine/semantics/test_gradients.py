"""What lands in `.grad`, under each option."""

import numpy as np
import pytest

from reference_engine import (
    NoGradients,
    UnconnectedInput,
    Variable,
    abs,  # noqa: A004
    broadcast_to,
    grad,
    semantics,
    sgd_step,
    sum,  # noqa: A004
)


@pytest.mark.parametrize(("option", "expected"), [("adds", [2.0, 4.0]), ("overwrites", [2.0, 2.0])])
def test_a_second_pass(option: str, expected: list[float]) -> None:
    with semantics.using(accumulation=option):
        x = Variable(1.0)
        y = 2 * x
        seen = []
        for _ in range(2):
            y.backward()
            seen.append(x.grad)
    assert expected == seen


def test_a_stateless_gradient_is_the_answer_of_the_last_call() -> None:
    with semantics.using(accumulation="stateless"):
        x, w = Variable(1.0), Variable(1.0)
        (2 * x).backward()
        (3 * x).backward()
        assert 3.0 == x.grad
        (5 * w).backward()
        assert (None, 5.0) == (x.grad, w.grad)


def test_an_overwritten_gradient_stays_when_it_is_not_reached() -> None:
    with semantics.using(accumulation="overwrites"):
        x, w = Variable(1.0), Variable(1.0)
        (2 * x).backward()
        (5 * w).backward()
        assert 2.0 == x.grad


def test_private_gradients_share_no_memory() -> None:
    a, b = Variable([1.0, 2.0]), Variable([3.0, 4.0])
    y = a + b
    seed = np.ones(2)
    y.backward(seed)
    z = sum(broadcast_to(a, shape=(3, 2)))
    z.backward()
    arrays = [seed, a.value, b.value, y.value, a.grad, b.grad, y.grad]
    for position, one in enumerate(arrays):
        assert one is not None
        assert one.flags.writeable
        assert not any(np.shares_memory(one, other) for other in arrays[:position] if other is not None)


def test_shared_gradients_and_the_seed_are_one_array() -> None:
    with semantics.using(gradient_buffers="shared"):
        a, b = Variable([1.0, 2.0]), Variable([3.0, 4.0])
        seed = np.ones(2)
        (a + b).backward(seed)
    assert a.grad is b.grad is seed


def test_sharing_does_not_make_sums_wrong() -> None:
    with semantics.using(gradient_buffers="shared"):
        x0, x1 = Variable(1.0), Variable(1.0)
        y = x0 + (x0 + x1)
        y.backward()
        y.backward()
    assert (4.0, 2.0) == (x0.grad, x1.grad)


def test_a_shared_gradient_can_be_written_into() -> None:
    with semantics.using(gradient_buffers="shared"):
        x = Variable([1.0, 2.0])
        sum(x).backward()
    assert x.grad is not None
    x.grad[0] = 5.0
    assert [5.0, 1.0] == x.grad.tolist()


@pytest.mark.parametrize("option", ["dropped", "dropped_with_warning"])
def test_a_dropped_gradient_is_kept_where_it_was_asked_for(option: str) -> None:
    with semantics.using(intermediate_gradients=option):
        x = Variable(1.0)
        y = 2 * x
        z = 3 * y
        z.retain_grad()
        (5 * z).backward()
        assert (30.0, 5.0) == (x.grad, z.grad)


def test_a_dropped_gradient_reads_as_none() -> None:
    with semantics.using(intermediate_gradients="dropped"):
        y = 2 * Variable(1.0)
        y.backward()
        assert y.grad is None


def test_reading_a_dropped_gradient_can_warn() -> None:
    with semantics.using(intermediate_gradients="dropped_with_warning"):
        y = 2 * Variable(1.0)
        y.backward()
        with pytest.warns(UserWarning, match="retain_grad") as caught:
            assert y.grad is None
    assert __file__ == caught[0].filename


@pytest.mark.parametrize(("option", "expected"), [("none", None), ("zeros", [0.0, 0.0]), ("raises", None)])
def test_the_gradient_of_an_unconnected_input_after_backward(option: str, expected: list[float] | None) -> None:
    with semantics.using(unconnected_input=option):
        x, w = Variable(1.0), Variable([1.0, 2.0])
        assert w.grad is None
        (2 * x).backward()
        assert expected == (None if w.grad is None else w.grad.tolist())


def test_grad_of_an_unconnected_input() -> None:
    x, w = Variable(1.0), Variable([1.0, 2.0])
    y = 2 * x
    assert [None] == grad(y, w)
    with semantics.using(unconnected_input="zeros"):
        assert [[0.0, 0.0]] == [one.tolist() for one in grad(y, w)]
    with semantics.using(unconnected_input="raises"), pytest.raises(UnconnectedInput):
        grad(y, w)


@pytest.mark.parametrize(("option", "expected"), [("conjugate", 0.6 + 0.8j), ("plain", 0.6 - 0.8j)])
def test_the_gradient_of_a_real_loss_of_a_complex_variable(option: str, expected: complex) -> None:
    with semantics.using(complex_gradient=option):
        x = Variable(3.0 + 4.0j)
        abs(x).backward()
        assert pytest.approx(expected) == x.grad


@pytest.mark.parametrize(("option", "expected"), [("conjugate", (6 - 8j) * 1j), ("plain", (6 + 8j) * 1j)])
def test_the_seed_follows_the_same_convention(option: str, expected: complex) -> None:
    with semantics.using(complex_gradient=option):
        x = Variable(3.0 + 4.0j)
        (x * x).backward(1j)
        assert expected == x.grad


def test_an_optimizer_step_skips_what_has_no_gradient() -> None:
    x, w = Variable(1.0), Variable(1.0)
    (2 * x).backward()
    sgd_step([x, w], 0.25)
    assert (0.5, 1.0) == (x.value, w.value)


def test_an_optimizer_step_can_leave_zeros_behind() -> None:
    """As Chainer: after `update()` the gradient can be read."""
    with semantics.using(optimizer_without_gradient="fills_with_zeros"):
        x = Variable([1.0, 2.0])
        sgd_step([x], 0.25)
    assert x.grad is not None
    assert ([1.0, 2.0], [0.0, 0.0]) == (x.value.tolist(), x.grad.tolist())


def test_an_optimizer_step_can_raise_at_the_first_missing_gradient() -> None:
    """As `x = x - 0.25 * None` in JAX: what came before has moved."""
    with semantics.using(optimizer_without_gradient="raises"):
        x, w = Variable(1.0), Variable(1.0)
        (2 * x).backward()
        with pytest.raises(NoGradients, match="leaf"):
            sgd_step([x, w], 0.25)
    assert (0.5, 1.0) == (x.value, w.value)


@pytest.mark.parametrize(("option", "expected"), [("exact", 0.8), ("float32", 0.7999999970197678)])
def test_the_precision_of_the_learning_rate(option: str, expected: float) -> None:
    with semantics.using(learning_rate=option):
        x = Variable(1.0)
        (x * x).backward()
        sgd_step([x], 0.1)
    assert expected == x.value


@pytest.mark.parametrize(("option", "expected"), [("own", 0.1), ("complex64", float(np.float32(0.1)))])
def test_the_precision_of_a_step_of_complex_numbers(option: str, expected: float) -> None:
    with semantics.using(complex_step=option):
        z = Variable(np.array([0.0j]))
        z.backward(np.array([0.1 + 0.0j]))
        sgd_step([z], 1.0)
    assert [-expected] == z.value.tolist()


@pytest.mark.parametrize(("option", "expected"), [("adds", 10.0), ("overwrites", 5.0)])
def test_a_retained_gradient_in_a_second_pass(option: str, expected: float) -> None:
    with semantics.using(retained_gradients=option, intermediate_gradients="dropped"):
        x = Variable(3.0)
        t = x * x
        t.retain_grad()
        y = 5 * t
        y.backward()
        y.backward()
    assert (60.0, expected) == (x.grad, t.grad)


def test_a_functional_call_is_no_pass_that_forgets() -> None:
    with semantics.using(accumulation="stateless", unconnected_input="zeros"):
        x, w = Variable(2.0), Variable(3.0)
        y = x * w
        grad(y, x, set_grad=True)
        assert (3.0, None) == (x.grad, w.grad)


def test_an_optimizer_step_can_complain() -> None:
    with semantics.using(optimizer_without_gradient="raises_if_all_missing"):
        x, w = Variable(1.0), Variable(1.0)
        with pytest.raises(NoGradients):
            sgd_step([x, w], 0.25)
        (2 * x).backward()
        with pytest.warns(UserWarning, match="1 of 2"):
            sgd_step([x, w], 0.25)
    assert (0.5, 1.0) == (x.value, w.value)


def test_a_second_pass_adds_into_the_array_of_before_if_asked_to() -> None:
    x = Variable([1.0, 2.0])
    y = sum(3 * x)
    y.backward(keep_graph=True)
    rebound = x.grad
    y.backward(keep_graph=True)
    assert [3.0, 3.0] == rebound.tolist()
    with semantics.using(accumulation_write="in_place"):
        written = x.grad
        y.backward()
    assert written is x.grad
    assert [9.0, 9.0] == written.tolist()


@pytest.mark.parametrize("option", ["none", "zeros", "raises"])
def test_what_unconnected_inputs_get_can_be_asked_for(option: str) -> None:
    x, w = Variable(1.0), Variable(2.0)
    with semantics.using(unconnected_input=option):
        _, none = grad(x * x, [x, w], unconnected="none")
        _, zeros = grad(x * x, [x, w], unconnected="zeros")
    assert none is None
    assert 0.0 == zeros


def test_a_gradient_that_was_cleared_is_not_zero_before_the_next_pass() -> None:
    x = Variable(3.0)
    with semantics.using(unconnected_input="zeros", accumulation="stateless"):
        (2 * x).backward()
        x.clear_grad()
        assert x.grad is None
        (2 * Variable(1.0)).backward()
        assert 0.0 == x.grad
