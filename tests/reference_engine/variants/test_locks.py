"""Arrays that a graph holds are locked, by the option `locked` of `array_writes`."""

from collections.abc import Iterator

import numpy as np
import pytest

from reference_engine import Variable, broadcast_to, not_recording, reshape, semantics, sgd_step, stop_gradient
from reference_engine import sum as sum_of


@pytest.fixture(autouse=True)
def _locked() -> Iterator[None]:
    with semantics.using(array_writes="locked", graph_after_backward="forgotten"):
        yield


def test_operands_and_results_are_locked_until_the_backward_pass() -> None:
    x = Variable([1.0, 2.0])
    y = 2 * x
    for held in (x, y):
        with pytest.raises(ValueError, match="read-only"):
            held.write(5.0, 0)
    sum_of(y).backward()
    x.write(5.0, 0)
    y.write(7.0, 0)
    assert ([5.0, 2.0], [7.0, 4.0]) == (x.value.tolist(), y.value.tolist())


def test_so_is_a_constant_and_the_host_array_behind_it() -> None:
    array = np.array([3.0, 4.0])
    factor = Variable(array, requires_grad=False, copy=False)
    y = sum_of(Variable([1.0, 2.0]) * factor)
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 5.0
    y.backward()
    array[0] = 5.0
    assert 5.0 == factor.value[0]


def test_a_view_and_what_it_is_a_view_of_are_unlocked_together() -> None:
    x = Variable([1.0, 2.0])
    y = sum_of(3 * reshape(x, shape=(2, 1)))
    y.backward()
    x.write(5.0, 0)
    assert 5.0 == x.value[0]


def test_what_was_read_only_before_stays_so() -> None:
    wide = broadcast_to(Variable(1.0), shape=(3,))
    sum_of(wide).backward()
    assert not wide.value.flags.writeable


def test_what_is_not_recorded_locks_nothing_and_nor_does_a_step_after_the_pass() -> None:
    x = Variable(1.0)
    with not_recording():
        stop_gradient(x)
    x.write(2.0)
    (x * x).backward()
    sgd_step([x], 0.25)
    assert 1.0 == x.value


def test_gradients_are_nobody_s_to_lock() -> None:
    x = Variable([1.0, 2.0])
    sum_of(x * x).backward()
    x.write_grad(0.0)
    assert x.grad is not None
    assert [0.0, 0.0] == x.grad.tolist()
