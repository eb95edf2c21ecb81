"""Values that a derivative needs and that were written in the meantime; where each op kept its own: test_old_values."""

import numpy as np
import pytest

from reference_engine import SavedValueWritten, Variable, exp, logsumexp, reshape, semantics, sum  # noqa: A004


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
