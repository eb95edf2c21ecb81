"""The gradients of values that are views of others."""

import numpy as np
import pytest

from reference_engine import Variable, exp, reshape, semantics
from reference_engine import sum as sum_of


@pytest.mark.parametrize(("option", "expected"), [("own", [3.0, 3.0]), ("of_the_base", [4.0, 4.0])])
def test_the_gradient_of_a_view(option: str, expected: list[float]) -> None:
    x = Variable([1.0, 2.0, 3.0])
    t = x[:2]
    with semantics.using(view_gradients=option, graph_after_backward="forgotten"):
        (sum_of(3 * t) + sum_of(x)).backward()
    assert t.grad is not None
    assert x.grad is not None
    assert (expected, [4.0, 4.0, 1.0]) == (t.grad.tolist(), x.grad.tolist())
    assert (option == "of_the_base") == np.shares_memory(t.grad, x.grad)


def test_a_view_of_a_view_follows_the_first_base() -> None:
    x = Variable([1.0, 2.0, 3.0, 4.0])
    square = reshape(x, shape=(2, 2))
    row = square[0]
    with semantics.using(view_gradients="of_the_base"):
        (sum_of(row) + 10 * sum_of(x)).backward()
    assert ([[11.0, 11.0], [10.0, 10.0]], [11.0, 11.0]) == (square.grad.tolist(), row.grad.tolist())


def test_what_has_memory_of_its_own_keeps_its_own_gradient() -> None:
    x = Variable([0.0, 0.0])
    t = exp(x)
    with semantics.using(view_gradients="of_the_base"):
        (sum_of(3 * t) + sum_of(x)).backward()
    assert [3.0, 3.0] == t.grad.tolist()
