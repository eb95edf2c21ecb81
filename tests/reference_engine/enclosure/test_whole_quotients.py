"""Division with a remainder, and signs, on bounds: what is certain of numbers that are not."""

import numpy as np
import pytest

from reference_engine.enclosure.formats import WIDE, format_of
from reference_engine.enclosure.interval import Interval, point
from reference_engine.enclosure.signs import with_sign
from reference_engine.enclosure.whole_quotients import rest, whole_quotient
from tests.reference_engine.enclosure.inside import holds

DOUBLE = format_of(np.dtype("float64"))


def between(lower, upper):
    return Interval(np.asarray(lower, WIDE), np.asarray(upper, WIDE))


def ends(interval):
    return [float(interval.lower), float(interval.upper)]


def test_the_quotient_of_two_numbers_is_not_rounded():
    assert [9.0, 9.0] == ends(whole_quotient(point(1.0), point(0.1)))


@pytest.mark.parametrize(
    ("x1", "x2", "expected"),
    [
        (between(7.0, 7.5), between(2.0, 2.25), [3.0, 3.0]),
        (between(7.0, 8.5), point(2.0), [3.0, 4.0]),
        (between(-7.5, -7.0), point(2.0), [-4.0, -4.0]),
        (point(1.0), between(-1.0, 1.0), [-np.inf, np.inf]),
    ],
)
def test_a_whole_quotient_is_one_number_where_all_in_between_have_it(x1, x2, expected):
    assert expected == ends(whole_quotient(x1, x2))


def test_the_rest_is_as_narrow_as_its_operands_where_the_quotient_is_certain():
    remainder = rest(between(7.0, 7.5), between(2.0, 2.25), DOUBLE)
    assert [0.25, 1.5] == pytest.approx(ends(remainder))
    assert holds(remainder, np.remainder(7.25, 2.125))


def test_the_rest_lies_between_0_and_the_divisor_where_it_is_not():
    assert [-2.0, 0.0] == ends(rest(between(5.9, 6.1), point(-2.0), DOUBLE))


@pytest.mark.parametrize(
    ("x2", "expected"),
    [
        (between(0.5, 1.0), [2.0, 3.0]),
        (between(-1.0, -0.0), [-3.0, -2.0]),
        (between(-1.0, 1.0), [-3.0, 3.0]),
    ],
)
def test_a_sign_is_certain_where_all_in_between_have_it(x2, expected):
    assert expected == ends(with_sign(between(-3.0, -2.0), x2))
