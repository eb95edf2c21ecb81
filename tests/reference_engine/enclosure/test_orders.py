"""Sorting and its relatives on bounds: certain where elements are apart or known, and else all that may be."""

from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine.enclosure import Enclosed, enclosing
from tests.reference_engine.enclosure.test_selections import bounds, leaf, ones

APART = ([3.0, 1.0, 2.0], [3.1, 1.1, 2.1])
OVERLAPPING = ([1.0, 1.05, 3.0], [1.1, 1.2, 3.1])


def test_sorted_bounds_are_bounds_of_the_sorted() -> None:
    with enclosing():
        y = engine.sort(leaf(*OVERLAPPING)).value
    assert [1.0, 1.05, 3.0] == pytest.approx([low for low, _ in bounds(y)], rel=1e-6)
    assert [1.1, 1.2, 3.1] == pytest.approx([high for _, high in bounds(y)], rel=1e-6)


@pytest.mark.parametrize(
    ("name", "parameters", "expected"),
    [
        ("sort", {}, [1.0, 1.0, 1.0]),
        ("topk", {"k": 1}, [1.0, 0.0, 0.0]),
        ("cumulative_max", {}, [3.0, 0.0, 0.0]),
        ("cumulative_min", {}, [1.0, 2.0, 0.0]),
    ],
)
def test_the_order_is_certain_where_bounds_are_apart(name: str, parameters: Any, expected: list[float]) -> None:
    with enclosing():
        x = leaf(*APART)
        y = getattr(engine, name)(x, **parameters)
        y.backward(ones(y.shape[0]))
    assert [(one, one) for one in expected] == bounds(x.grad)


def test_a_tie_of_known_numbers_is_certain() -> None:
    with enclosing():
        x = leaf([2.0, 1.0, 2.0])
        engine.topk(x, k=1).backward(ones(1))
    assert [(1.0, 1.0), (0.0, 0.0), (0.0, 0.0)] == bounds(x.grad)


def test_nothing_is_said_where_bounds_overlap() -> None:
    with enclosing():
        x = leaf(*OVERLAPPING)
        engine.topk(x, k=2).backward(ones(2))
    assert isinstance(x.grad, Enclosed)
    assert all(low == -np.inf and high == np.inf for low, high in bounds(x.grad))


def test_equal_extrema_of_a_segment_share_in_bounds() -> None:
    with enclosing():
        x = leaf([2.0, 2.0, 5.0])
        engine.segment_max(x, np.array([0, 0, 1]), num_segments=2).backward(ones(2))
    assert [(0.5, 0.5), (0.5, 0.5), (1.0, 1.0)] == bounds(x.grad)
