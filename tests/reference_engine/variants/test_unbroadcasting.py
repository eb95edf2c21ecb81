"""Mistakes on the way back from broadcasting."""

from typing import Any

import numpy as np
import pytest

from reference_engine import Variable, grad, semantics

G = np.array([[3.0, -5.0, 7.0], [11.0, 13.0, -4.0]])


def gradient_beside_rows(shape: tuple[int, ...], option: str) -> Any:
    """The gradient of an operand of that shape beside one of shape (2, 3)."""
    b = Variable(np.ones(shape))
    with semantics.using(unbroadcasting=option):
        (Variable(np.zeros((2, 3))) + b).backward(G)
    assert b.grad is not None
    return b.grad.tolist()


@pytest.mark.parametrize(
    ("option", "row", "column", "scalar"),
    [
        ("summed", [14.0, 8.0, 3.0], [[5.0], [20.0]], 25.0),
        ("missing", G.tolist(), G.tolist(), G.tolist()),
        ("leading_axes_only", [14.0, 8.0, 3.0], G.tolist(), 25.0),
        ("size_one_axes_only", G.tolist(), [[5.0], [20.0]], G.tolist()),
        ("averaged", [7.0, 4.0, 1.5], [[5 / 3], [20 / 3]], 25 / 6),
        ("scalars_forgotten", [14.0, 8.0, 3.0], [[5.0], [20.0]], G.tolist()),
    ],
)
def test_the_gradients_of_a_row_a_column_and_a_scalar(option: str, row: Any, column: Any, scalar: Any) -> None:
    assert row == gradient_beside_rows((3,), option)
    assert column == gradient_beside_rows((2, 1), option)
    assert np.array(scalar) == pytest.approx(np.array(gradient_beside_rows((), option)))


def test_a_mistake_with_broadcasting_is_recorded_as_any_derivative() -> None:
    s = Variable(3.0)
    with semantics.using(unbroadcasting="averaged"):
        (first,) = grad(s * s * np.array([1.0, 5.0]), s, [np.ones(2)], create_graph=True)
        (second,) = grad(first, s)
    assert (18.0, 6.0) == (first.value, second)


def test_nothing_is_asked_where_nothing_was_broadcast() -> None:
    with semantics.noting() as consulted:
        (Variable([1.0]) + Variable([2.0])).backward()
    assert "unbroadcasting" not in consulted
