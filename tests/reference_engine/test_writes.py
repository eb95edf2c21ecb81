import numpy as np
import pytest

from reference_engine import Variable, grad, reshape, semantics, sum, write  # noqa: A004


def test_a_write_changes_the_value_in_place() -> None:
    x = Variable([1.0, 2.0, 3.0])
    memory = x.value
    x.write(0.0, 1)
    x.write([7.0, 8.0], np.s_[1:])
    assert [1.0, 7.0, 8.0] == memory.tolist()
    x.write(Variable(5.0))
    assert [5.0, 5.0, 5.0] == memory.tolist()


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
