"""Writes in place under `saved_value_written=old_value`."""

from collections.abc import Iterator

import numpy as np
import pytest

from reference_engine import GraphFreed, Variable, exp, reshape, semantics, sum  # noqa: A004


@pytest.fixture(autouse=True)
def _values_are_kept() -> Iterator[None]:
    with semantics.using(saved_value_written="old_value"):
        yield


def test_an_operand_counts_as_it_was_when_it_was_used() -> None:
    x = Variable([1.0, 2.0])
    y = sum(x * x)
    x.write(100.0, 0)
    y.backward()
    assert x.grad is not None
    assert [2.0, 4.0] == x.grad.tolist()
    assert [100.0, 2.0] == x.value.tolist()


def test_an_output_counts_as_it_was_when_it_was_made() -> None:
    x = Variable([0.0, 1.0])
    t = exp(x)
    y = sum(t)
    t.write(100.0)
    y.backward()
    assert x.grad is not None
    assert [1.0, np.exp(1.0)] == x.grad.tolist()


def test_each_use_has_its_own_time() -> None:
    x = Variable(2.0)
    first = x * x
    x.write(5.0)
    second = x * x
    x.write(7.0)
    first.backward()
    assert 4.0 == x.grad
    second.backward()
    assert 4.0 + 10.0 == x.grad


def test_a_second_pass_finds_the_same_values() -> None:
    x = Variable(2.0)
    y = x * x
    x.write(5.0)
    y.backward()
    x.write(6.0)
    y.backward()
    assert 4.0 + 4.0 == x.grad


def test_a_write_into_the_whole_is_undone_in_its_view() -> None:
    x = Variable([1.0, 2.0])
    row = reshape(x, shape=(1, 2))
    y = sum(row * row)
    x.write(5.0)
    y.backward()
    assert x.grad is not None
    assert [2.0, 4.0] == x.grad.tolist()


def test_a_write_into_a_view_is_undone_in_the_whole() -> None:
    x = Variable([1.0, 2.0])
    y = sum(x * x)
    x[:1].write(5.0)
    y.backward()
    assert x.grad is not None
    assert [2.0, 4.0] == x.grad.tolist()


def test_a_constant_operand_counts_as_it_was_too() -> None:
    x, w = Variable(2.0), Variable(3.0, requires_grad=False)
    y = x * w
    w.write(4.0)
    y.backward()
    assert 3.0 == x.grad


def test_a_graph_that_was_freed_stays_so() -> None:
    x = Variable(2.0)
    with semantics.using(graph_after_backward="freed"):
        y = x * x
        z = y + 1.0
        y.backward()
        x.write(5.0)
        with pytest.raises(GraphFreed):
            z.backward()
