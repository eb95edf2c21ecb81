import numpy as np
import pytest

from reference_engine import SavedValueWritten, Variable, exp, logsumexp, reshape, sgd_step, sum  # noqa: A004


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
