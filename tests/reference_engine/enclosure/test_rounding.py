from itertools import permutations
from typing import Any

import numpy as np
import pytest

from reference_engine.enclosure import Enclosed, enclosed, enclosing
from reference_engine.enclosure.formats import FLOAT16, FLOAT32, WIDE
from reference_engine.enclosure.interval import Interval, point
from reference_engine.enclosure.rounding import CORRECT, grain, rounded
from tests.reference_engine.enclosure.inside import encloses, holds

SINGLE = np.dtype("float32")


def single(*values: float) -> Any:
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
        bounds = np.sum(single(*values))
    for ordered in permutations(np.array(values, np.float32)):
        total = np.float32(0)
        for value in ordered:
            total = total + value
        assert encloses(bounds, total), ordered


def test_contributions_in_any_order_are_within() -> None:
    one, big, other = single(1.0), single(1e8), single(-1e8)
    with enclosing():
        bounds = (big + other) + one
    assert encloses(bounds, [1.0])
    assert encloses(bounds, [np.float32(1e8) + np.float32(1) + np.float32(-1e8)])


def test_small_whole_numbers_stay_points() -> None:
    x = single(1.0, 2.0, 3.0)
    with enclosing():
        for result in (x * x, x + x, np.sum(x), np.matmul(x, x), np.sqrt(x * x), np.prod(x), (x * 6) / x):
            assert np.all(result.parts[0].is_point)


def test_the_grain_is_the_largest_power_of_two_that_divides() -> None:
    assert [1.0, 0.5, 4.0, 2.0**-52, np.inf, 0.0] == list(
        grain(np.array([3.0, 1.5, 12.0, 1 + 2.0**-52, 0.0, np.inf], WIDE))
    )


def test_across_a_power_of_two_the_larger_ulps_count() -> None:
    """4 ulps of 1 are 8 of the numbers just below, where the lower bound is."""
    below, one = np.nextafter(np.float32(1), np.float32(0)), np.float32(1)
    across = rounded(Interval(np.asarray(below, WIDE), np.asarray(one, WIDE)), FLOAT32, 4)
    assert holds(across, one - 4 * np.spacing(one))


def test_a_product_of_several_factors_holds_every_order() -> None:
    random = np.random.default_rng(7)
    for _ in range(300):
        factors = random.uniform(0.5, 2, 5).astype(np.float32)
        with enclosing():
            bounds = np.prod(single(*factors))
        for ordered in permutations(factors):
            product = np.float32(1)
            for factor in ordered:
                product = product * factor
            assert encloses(bounds, product), ordered


@pytest.mark.parametrize("factors", [(1e30, 1e30, 1e-30), (1e-30, 1e-30, 1e30), (1e30, 1e30, 0.0)])
def test_another_order_of_factors_may_overflow_or_vanish(factors: tuple[float, ...]) -> None:
    with enclosing():
        bounds = np.prod(single(*factors))
    for ordered in permutations(np.array(factors, np.float32)):
        assert encloses(bounds, np.multiply.reduce(np.array(ordered, np.float32))), ordered


def test_a_product_that_every_order_overflows_is_infinite() -> None:
    with enclosing():
        bounds = np.prod(single(1e30, 1e30, 2.0))
    assert (np.inf, np.inf) == tuple(map(float, bounds.parts[0]))


def test_of_sums_of_products_that_overflow_and_cancel_nothing_is_known() -> None:
    with enclosing():
        bounds = np.matmul(single(1e30, -1e30), single(1e30, 1e30))
    assert bounds.parts[0].is_anything


@pytest.mark.parametrize("divisor", [3.0, 7.0, 49.0])
def test_a_shared_divisor_may_be_inverted_once(divisor: float) -> None:
    values = np.arange(1, 400, dtype=np.float32)
    with enclosing():
        bounds = single(*values) / divisor
    assert encloses(bounds, values / np.float32(divisor))
    assert encloses(bounds, values * (np.float32(1) / np.float32(divisor)))


def test_the_quotient_by_a_power_of_two_and_that_of_equals_stay_points() -> None:
    with enclosing():
        for quotient in (single(3.0, 5.0) / 4.0, single(49.0, 7.0) / single(49.0, 7.0)):
            assert np.all(quotient.parts[0].is_point)


def test_the_largest_of_what_may_be_nan_may_be_nan() -> None:
    unsure = Enclosed([Interval(np.array([-np.inf, 1], WIDE), np.array([np.inf, 1], WIDE))], SINGLE, FLOAT32)
    assert encloses(np.max(unsure), np.nan)
    assert encloses(np.min(unsure), np.nan)


def test_the_largest_number_is_known_where_none_may_be_nan() -> None:
    assert not encloses(np.max(single(1.0, 2.0)), 1.0)
