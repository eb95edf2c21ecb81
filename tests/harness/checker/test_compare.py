"""When two observations count as the same."""

import numpy as np
import pytest

from harness.arrays import Array
from harness.checker.compare import compare
from harness.checker.enclosures import Enclosure
from harness.results import Error, Observation
from reference_engine.enclosure import Interval, bfloat16_as_float16, format_of


def seen(value=None, dtype=None, **fields):
    if value is None:
        return Observation(case="a/b", environment="e", point="p", **({"outcome": "none"} | fields))
    array = Array.of(value, dtype)
    return Observation(
        case="a/b", environment="e", point="p", outcome="array", dtype=array.dtype, shape=array.shape, data=array.data
    )


def raised(category):
    return seen(outcome="raised", error=Error("RuntimeError", "no", category))


def within(lower, upper, dtype="float64", scale=1.0):
    """Bounds as the checker gets them."""
    parts = tuple(
        Interval(np.asarray(low, np.longdouble), np.asarray(high, np.longdouble))
        for low, high in zip(_parts(lower), _parts(upper), strict=True)
    )
    target = bfloat16() if dtype == "bfloat16" else format_of(np.dtype(dtype))
    return lambda: Enclosure(dtype, parts, target, scale)


def _parts(value):
    value = np.asarray(value)
    return (value.real, value.imag) if value.dtype.kind == "c" else (value,)


def bfloat16():
    with bfloat16_as_float16():
        return format_of(np.dtype("float16"))


def unknown():
    return None


def same(predicted, observed, bounds=unknown):
    return compare(predicted, observed, bounds).same


NONE, ZERO = seen(), seen(0.0)
ANSWERS = [NONE, ZERO, raised("graph_freed"), seen(outcome="value", value=False)]


@pytest.mark.parametrize("left", range(len(ANSWERS)))
@pytest.mark.parametrize("right", range(len(ANSWERS)))
def test_none_zero_false_and_an_exception_are_four_answers(left, right):
    assert (left == right) == same(ANSWERS[left], ANSWERS[right])


def test_exceptions_are_compared_by_category():
    assert not same(raised("graph_freed"), raised("seed_required"))


def test_an_exception_of_no_known_category_is_never_expected():
    assert not same(raised("other"), raised("other"))


@pytest.mark.parametrize(
    ("predicted", "observed", "difference"),
    [
        (seen(1.0), seen(1.0, "float32"), "dtype float64 was expected, it is float32"),
        (seen([1.0]), seen(1.0), "shape (1,) was expected, it is ()"),
        (seen([1.0, 2.0]), seen([1.0, np.nan]), "NaN or infinity stand elsewhere"),
        (seen([1.0, 2.0]), seen([1.0, -np.inf]), "NaN or infinity stand elsewhere"),
        (seen([1.0, 2.0]), seen([1.0, 2.5]), "1.13e+15 ULP outside of what rounding explains"),
        (seen([1, 2]), seen([1, 3]), "[1, 2] was expected, it is [1, 3]"),
        (seen(), seen([2.0]), "None was expected, it is [2.]"),
    ],
)
def test_the_sentence_says_what_differs_first(predicted, observed, difference):
    assert difference in compare(predicted, observed, within([1.0, 2.0], [1.0, 2.0])).sentence


def test_nan_and_infinities_in_the_same_places_are_the_same():
    values = [np.nan, np.inf, -np.inf, 1.0]
    assert same(seen(values), seen(values))


def test_minus_zero_is_the_same_gradient_as_zero():
    assert same(seen([0.0, 1.0]), seen([-0.0, 1.0]))


def never():
    raise AssertionError("equal numbers need no bounds")


def test_equal_numbers_are_the_same_whatever_the_bounds():
    assert compare(seen([0.1, np.nan]), seen([0.1, np.nan]), never).same


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64", "complex64", "complex128"])
def test_what_lies_within_the_bounds_is_the_same_and_its_distance_is_counted_in_the_observed_dtype(dtype):
    epsilon = {"float16": 2**-10, "bfloat16": 2**-7, "float32": 2**-23, "complex64": 2**-23}.get(dtype, 2**-52)
    zero = 0j if dtype.startswith("complex") else 0.0
    bounds = within(np.array([1.0, 1.0]) + zero, np.array([1.0, 1.0 + 3 * epsilon]) + zero, dtype)
    found = compare(seen([1.0, 1.0], dtype), seen([1.0, 1.0 + 3 * epsilon], dtype), bounds)
    assert (True, 3.0) == (found.same, found.ulps)
    assert not same(seen([1.0, 1.0], dtype), seen([1.0, 1.0 + 4 * epsilon], dtype), bounds)


def test_one_ulp_outside_is_different_where_nothing_rounds():
    found = compare(seen([4.0]), seen([np.nextafter(4.0, 5.0)]), within([4.0], [4.0]))
    assert "1 ULP outside" in found.sentence


def test_infinity_is_the_same_as_a_number_that_may_overflow():
    assert same(seen([65504.0], "float16"), seen([np.inf], "float16"), within([65000.0], [np.inf], "float16", np.inf))


def test_bounds_that_are_too_wide_leave_equality_and_say_so():
    bounds = within([0.0], [1.0])
    assert same(seen([0.5]), seen([0.5]), bounds)
    found = compare(seen([0.5]), seen([0.75]), bounds)
    assert (False, 2.0**52) == (found.same, found.undecided)


def test_without_bounds_only_equal_numbers_are_the_same_and_nothing_is_left_open():
    assert same(seen([0.5]), seen([0.5]), unknown)
    found = compare(seen([0.5]), seen([np.nextafter(0.5, 1.0)]), unknown)
    assert (False, None) == (found.same, found.undecided)
    assert "no bounds are known" in found.sentence


def test_what_is_outside_of_wide_bounds_is_no_matter_of_rounding():
    assert compare(seen([0.5]), seen([1.5]), within([0.0], [1.0])).undecided is None
