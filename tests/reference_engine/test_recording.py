import pytest

from reference_engine import NothingRecorded, Variable, not_recording, recording, stop_gradient


def test_results_are_constants_while_not_recording() -> None:
    x = Variable(1.0)
    with not_recording():
        y = x * 2
        with recording():
            z = x * 2
    assert (False, True) == (y.requires_grad, z.requires_grad)
    assert (x * 2).requires_grad


def test_recording_goes_on_after_an_exception() -> None:
    with pytest.raises(KeyError), not_recording():
        raise KeyError
    assert (Variable(1.0) * 2).requires_grad


def test_a_stopped_gradient_is_a_constant_with_memory_of_its_own() -> None:
    x = Variable([1.0])
    y = stop_gradient(x)
    x.write(5.0)
    assert [1.0] == y.value.tolist()
    with pytest.raises(NothingRecorded):
        y.backward()


def test_only_the_part_that_was_recorded_has_a_gradient() -> None:
    """Seed 003, the silent variant: x is there, multiplied by zero."""
    x, y = Variable(1.0), Variable(1.0)
    with not_recording():
        square_x = x**2
    loss = square_x + 0 * x + y**2
    loss.backward()
    assert (0.0, 2.0) == (x.grad, y.grad)
