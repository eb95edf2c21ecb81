from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable, enclosure
from reference_engine.enclosure import Enclosed, enclosed, enclosing
from reference_engine.enclosure.formats import FLOAT32
from reference_engine.enclosure.interval import Interval
from tests.reference_engine.enclosure.inside import encloses

SINGLE = np.dtype("float32")


def leaf(lower: list[float], upper: list[float] | None = None) -> Variable:
    """A leaf with these bounds."""
    x = Variable(enclosed(np.array(lower, np.float32), SINGLE))
    if upper is not None:
        x.value = Enclosed([Interval(*(np.array(ends, np.longdouble) for ends in (lower, upper)))], SINGLE, FLOAT32)
    return x


def ones(count: int) -> Enclosed:
    return enclosed(np.ones(count, np.float32), SINGLE)


def bounds(gradient: Any) -> list[tuple[float, float]]:
    if not isinstance(gradient, Enclosed):
        return [(float(one), float(one)) for one in gradient]
    part = gradient.parts[0]
    return list(zip(map(float, part.lower), map(float, part.upper), strict=True))


@pytest.mark.parametrize(
    ("option", "expected"), [("split", [0.5, 0.0, 0.5]), ("first", [1.0, 0.0, 0.0]), ("last", [0.0, 0.0, 1.0])]
)
def test_a_certain_tie_is_shared_by_the_convention(option: str, expected: list[float]) -> None:
    with enclosing(max_ties=option):
        x = leaf([2.0, 1.0, 2.0])
        engine.max(x).backward()
    assert encloses(x.grad, expected)
    assert all(low == high for low, high in bounds(x.grad))


def test_the_largest_of_inexact_numbers_is_certain_where_they_are_apart() -> None:
    with enclosing():
        x = leaf([1.0, 2.0], [1.1, 2.1])
        engine.max(x).backward()
    assert [(0.0, 0.0), (1.0, 1.0)] == bounds(x.grad)


@pytest.mark.parametrize("axis", [None, 0])
def test_elements_that_may_be_the_largest_get_some_part(axis: int | None) -> None:
    with enclosing():
        x = leaf([1.0, 2.0, 2.05], [1.1, 2.1, 2.06])
        engine.max(x, axis=axis).backward()
    assert [(0.0, 0.0), (0.0, 1.0), (0.0, 1.0)] == bounds(x.grad)


def test_of_two_that_overlap_each_gets_some_part() -> None:
    with enclosing():
        x, other = leaf([1.0, 3.0], [1.5, 3.0]), leaf([1.2, 3.0], [1.3, 3.0])
        engine.maximum(x, other).backward(seed=ones(2))
    assert [(0.0, 1.0), (0.5, 0.5)] == bounds(x.grad)


def test_a_limit_within_the_bounds_leaves_it_open() -> None:
    with enclosing():
        x = leaf([0.2, 0.9, 1.0, 1.2], [0.3, 1.1, 1.0, 1.3])
        engine.clip(x, max=1.0).backward(seed=ones(4))
    assert [(1.0, 1.0), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0)] == bounds(x.grad)


def test_a_kink_within_the_bounds_leaves_it_open() -> None:
    with enclosing():
        x = leaf([-0.1, 0.1], [0.1, 0.2])
        engine.relu(x).backward(seed=ones(2))
    assert [(0.0, 1.0), (1.0, 1.0)] == bounds(x.grad)


def test_nothing_is_said_where_a_rule_cannot_go_on() -> None:
    with enclosing():
        x = leaf([-1.0], [1.0])
        engine.sqrt(x).backward(seed=ones(1))
    assert enclosure.scale(x.grad).shape == (1,)
    assert encloses(x.grad, [np.nan])
    assert encloses(x.grad, [12345.0])
