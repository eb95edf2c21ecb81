import numpy as np
import pytest

from reference_engine import (
    SavedValueWritten,
    Variable,
    exp,
    grad,
    logsumexp,
    reshape,
    semantics,
    sgd_step,
    sum,  # noqa: A004
    write,
)


def test_a_write_changes_the_value_in_place() -> None:
    x = Variable([1.0, 2.0, 3.0])
    memory = x.value
    x.write(0.0, 1)
    x.write([7.0, 8.0], np.s_[1:])
    assert [1.0, 7.0, 8.0] == memory.tolist()
    x.write(Variable(5.0))
    assert [5.0, 5.0, 5.0] == memory.tolist()


def test_a_value_that_a_derivative_needs_may_not_be_written() -> None:
    x, w = Variable(2.0), Variable(3.0, requires_grad=False)
    y = x * w
    w.write(4.0)
    with pytest.raises(SavedValueWritten, match="multiply"):
        y.backward()


def test_an_output_that_a_derivative_needs_may_not_be_written() -> None:
    y = exp(Variable(0.0))
    y.write(4.0)
    with pytest.raises(SavedValueWritten, match="exp"):
        y.backward()


def test_a_write_before_use_is_fine() -> None:
    x = Variable(2.0)
    x.write(3.0)
    y = x * x
    y.backward()
    assert 6.0 == x.grad


def test_a_value_that_no_derivative_needs_may_be_written() -> None:
    x, w = Variable(2.0), Variable(3.0, requires_grad=False)
    y = x + w
    z = w * x
    x.write(5.0)
    y.backward()
    z.backward()  # needs w, not x
    assert 4.0 == x.grad


def test_a_write_is_noticed_through_a_view() -> None:
    x = Variable([1.0, 2.0])
    row = reshape(x, shape=(1, 2))
    y = sum(row * row)
    x.write(5.0)
    with pytest.raises(SavedValueWritten):
        y.backward()


def test_a_write_into_a_view_is_noticed_where_the_whole_was_used() -> None:
    x = Variable([1.0, 2.0])
    y = sum(x * x)
    x[:1].write(5.0)
    with pytest.raises(SavedValueWritten):
        y.backward()


def test_a_write_into_a_result_of_its_own_memory_leaves_the_operand_alone() -> None:
    x = Variable([1.0, 2.0])
    y, z = logsumexp(x), x * x
    y.write(0.0)
    z.backward([1.0, 1.0])
    assert x.grad is not None
    assert [2.0, 4.0] == x.grad.tolist()


def test_sgd_steps_downhill_in_place() -> None:
    """Seed 003, the variant that is right."""
    x = Variable(np.array(1.0))
    memory = x.value
    (x**2).backward()
    sgd_step([x], 0.1)
    assert 0.8 == memory == x.value


def test_a_result_of_grad_is_written_like_any_array() -> None:
    x = Variable([1.0, 2.0])
    (gradient,) = grad(sum(x * x), x)
    assert write(gradient, 7.0, 0) is gradient
    assert [7.0, 4.0] == gradient.tolist()


def test_a_write_can_make_a_new_array_and_leave_the_old_one_to_whoever_holds_it() -> None:
    with semantics.using(array_writes="new_array"):
        x, array = Variable([1.0, 2.0]), np.zeros(2)
        row = reshape(x, shape=(1, 2))
        y = sum(row * x)
        x.write(7.0)
        y.backward()
        written = write(array, 5.0)
    assert x.grad is not None
    assert ([7.0, 7.0], [2.0, 4.0]) == (x.value.tolist(), x.grad.tolist())
    assert ([5.0, 5.0], [0.0, 0.0]) == (written.tolist(), array.tolist())


def test_a_write_into_a_gradient_is_in_place_and_changes_no_other() -> None:
    a, b = Variable([1.0, 2.0]), Variable([3.0, 4.0])
    sum(a + b).backward()
    memory = a.grad
    a.write_grad(7.0)
    a.write_grad(8.0, 0)
    assert [8.0, 7.0] == memory.tolist()
    assert [1.0, 1.0] == b.grad.tolist()


def test_a_write_into_a_shared_gradient_changes_the_other() -> None:
    a, b = Variable([1.0, 2.0]), Variable([3.0, 4.0])
    with semantics.using(gradient_buffers="shared"):
        (a + b).backward(np.ones(2))
        a.write_grad(7.0)
    assert [7.0, 7.0] == b.grad.tolist()


def test_where_arrays_are_immutable_a_gradient_that_is_written_is_a_new_one() -> None:
    a = Variable([1.0, 2.0])
    sum(a).backward()
    before = a.grad
    with semantics.using(array_writes="new_array"):
        a.write_grad(7.0)
    assert [1.0, 1.0] == before.tolist()
    assert [7.0, 7.0] == a.grad.tolist()


def test_a_gradient_that_is_not_there_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="no gradient to write into"):
        Variable(1.0).write_grad(7.0)


def test_a_pass_can_run_the_function_again_on_its_inputs_as_they_are_now() -> None:
    x = Variable([1.0, 2.0])
    t = exp(x)
    y = t * x
    t.write(9.0)
    x.write(0.0, 0)
    with semantics.using(saved_value_written="computed_again"):
        y.backward(np.ones(2))
        assert x.grad is not None
        assert [1.0, 3 * np.exp(2.0)] == x.grad.tolist()
        assert [9.0, 9.0] == t.value.tolist()
