from itertools import permutations

import numpy as np
import pytest

from reference_engine.enclosure import enclosed, enclosing
from reference_engine.enclosure.formats import FLOAT16, FLOAT32, WIDE
from reference_engine.enclosure.interval import Interval, point
from reference_engine.enclosure.rounding import CORRECT, grain, rounded
from tests.reference_engine.enclosure.inside import encloses, holds

SINGLE = np.dtype("float32")


def single(*values: float) -> object:
    return enclosed(np.array(values, np.float32), SINGLE)


def test_the_rounded_number_and_the_unrounded_one_are_within() -> None:
    exact = point(WIDE(1) / 3)
    result = rounded(exact, FLOAT32, CORRECT)
    assert holds(result, np.float32(1 / 3))
    assert holds(result, exact.lower)
    assert not holds(result, np.nextafter(np.float32(1 / 3), np.float32(0)))


def test_a_rounding_keeps_the_sign() -> None:
    tiny = rounded(Interval(np.asarray(WIDE(0)), np.asarray(WIDE("1e-46"))), FLOAT32, 4)
    assert 0 == tiny.lower


def test_what_is_below_the_normal_numbers_may_be_flushed() -> None:
    assert holds(rounded(point(1e-39), FLOAT32, CORRECT), 0.0)
    assert holds(rounded(point(1e-39), FLOAT32, CORRECT), np.float32(1e-39))
    assert not holds(rounded(point(1e-37), FLOAT32, CORRECT), 0.0)


def test_beyond_the_threshold_is_infinity_alone_but_where_a_wider_format_may_hold_it() -> None:
    assert [np.inf, np.inf] == list(rounded(point(3.5e38), FLOAT32, CORRECT))
    wider = rounded(point(7e4), FLOAT16, CORRECT)
    assert wider.lower < 7e4
    assert np.inf == wider.upper


def test_about_the_largest_number_is_it_or_infinity() -> None:
    largest = np.finfo(np.float32).max
    result = rounded(point(WIDE(largest)), FLOAT32, 2)
    assert holds(result, largest)
    assert holds(result, np.inf)


@pytest.mark.parametrize(
    "values", [(1.0, 1e8, -1e8), (0.1, 0.2, 0.3, -0.6), (3.3e38, 3.3e38, -3.3e38), (1e-45, 1.0, -1.0)]
)
def test_sums_in_any_order_are_within(values: tuple[float, ...]) -> None:
    with enclosing():
        bounds = np.sum(single(*values))  # type: ignore[call-overload]
    for ordered in permutations(np.array(values, np.float32)):
        total = np.float32(0)
        for value in ordered:
            total = total + value
        assert encloses(bounds, total), ordered


def test_contributions_in_any_order_are_within() -> None:
    one, big, other = single(1.0), single(1e8), single(-1e8)
    with enclosing():
        bounds = (big + other) + one  # type: ignore[operator]
    assert encloses(bounds, [1.0])
    assert encloses(bounds, [np.float32(1e8) + np.float32(1) + np.float32(-1e8)])


def test_small_whole_numbers_stay_points() -> None:
    x = single(1.0, 2.0, 3.0)
    with enclosing():
        for result in (x * x, x + x, np.sum(x), np.matmul(x, x), np.sqrt(x * x), np.prod(x), (x * 6) / x):  # type: ignore[operator, call-overload]
            assert np.all(result.parts[0].is_point)


def test_the_grain_is_the_largest_power_of_two_that_divides() -> None:
    assert [1.0, 0.5, 4.0, 2.0**-63, np.inf, 0.0] == list(
        grain(np.array([3.0, 1.5, 12.0, WIDE(1) + np.finfo(WIDE).eps, 0.0, np.inf], WIDE))
    )
