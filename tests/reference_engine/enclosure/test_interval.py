from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from reference_engine.enclosure import interval
from reference_engine.enclosure.formats import WIDE
from reference_engine.enclosure.interval import Interval, anything, point
from tests.reference_engine.enclosure.inside import holds

ENDS = (-np.inf, -2.0, -0.5, 0.0, 0.25, 3.0, np.inf)
Operation = Callable[[Interval, Interval], Interval]
INTERVALS = [(low, high) for low in ENDS for high in ENDS if low <= high]


def some(low: float, high: float) -> Interval:
    return Interval(np.asarray(low, WIDE), np.asarray(high, WIDE))


def samples(low: float, high: float) -> NDArray[Any]:
    inner = [number for number in (*ENDS, -1.0, 1e-3, 1.0, 50.0) if low <= number <= high]
    return np.array([low, high, *inner], WIDE)


@pytest.mark.parametrize(
    ("of_intervals", "of_numbers"),
    [
        (interval.added, np.add),
        (interval.subtracted, np.subtract),
        (interval.multiplied, np.multiply),
        (interval.divided, np.divide),
    ],
)
def test_results_of_all_members_are_enclosed(of_intervals: Operation, of_numbers: Callable[..., float]) -> None:
    missed = [
        (one, other)
        for one in INTERVALS
        for other in INTERVALS
        if not holds(of_intervals(some(*one), some(*other)), of_numbers(samples(*one)[:, None], samples(*other)))
    ]
    assert [] == missed


@pytest.mark.parametrize(
    ("operation", "x1", "x2"),
    [
        (interval.subtracted, point(np.inf), point(np.inf)),
        (interval.multiplied, point(0.0), point(np.inf)),
        (interval.divided, point(0.0), point(0.0)),
        (interval.added, point(np.nan), anything(())),
    ],
)
def test_nan_of_points_is_certain(operation: Operation, x1: Interval, x2: Interval) -> None:
    assert operation(x1, x2).is_nan


@pytest.mark.parametrize(
    ("operation", "x1", "x2"),
    [
        (interval.subtracted, some(1.0, np.inf), point(np.inf)),
        (interval.multiplied, some(0.0, 1.0), point(np.inf)),
        (interval.divided, some(-1.0, 1.0), some(-1.0, 1.0)),
        (interval.hull, point(np.nan), point(1.0)),
    ],
)
def test_of_what_may_be_nan_nothing_is_known(operation: Operation, x1: Interval, x2: Interval) -> None:
    assert operation(x1, x2).is_anything


def test_a_quotient_by_zero_has_the_sign_of_the_zero() -> None:
    assert -np.inf == interval.divided(point(1.0), point(-0.0)).upper
    assert np.inf == interval.divided(point(1.0), point(0.0)).lower


def test_the_hull_has_both() -> None:
    both = interval.hull(some(0.0, 1.0), some(3.0, 4.0))
    assert (0.0, 4.0) == (both.lower, both.upper)
