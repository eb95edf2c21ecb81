"""When two observations count as the same."""

import numpy as np
import pytest

from harness.arrays import Array
from harness.checker.compare import bound, compare
from harness.program import Apply, Input, Program
from harness.results import Error, Observation


def seen(value=None, dtype=None, **fields):
    if value is None:
        return Observation(case="a/b", environment="e", point="p", **({"outcome": "none"} | fields))
    array = Array.of(value, dtype)
    return Observation(
        case="a/b", environment="e", point="p", outcome="array", dtype=array.dtype, shape=array.shape, data=array.data
    )


def raised(category):
    return seen(outcome="raised", error=Error("RuntimeError", "no", category))


def same(predicted, observed, exact=None, ulps=4.0):
    return compare(predicted, exact, observed, ulps).same


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
        (seen([1.0, np.nan]), seen([1.0, 0.0]), "NaN or infinity stand elsewhere"),
        (seen([np.inf]), seen([-np.inf]), "NaN or infinity stand elsewhere"),
        (seen([1.0, 2.0]), seen([1.0, 2.5]), "ULP away where 4 are allowed"),
        (seen([1, 2]), seen([1, 3]), "[1, 2] was expected, it is [1, 3]"),
        (seen(), seen([2.0]), "None was expected, it is [2.]"),
    ],
)
def test_the_sentence_says_what_differs_first(predicted, observed, difference):
    assert difference in compare(predicted, None, observed, 4.0).sentence


def test_nan_and_infinities_in_the_same_places_are_the_same():
    values = [np.nan, np.inf, -np.inf, 1.0]
    assert same(seen(values), seen(values))


def test_minus_zero_is_the_same_gradient_as_zero():
    assert same(seen([0.0, 1.0]), seen([-0.0, 1.0]))


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64", "complex64", "complex128"])
def test_distance_is_counted_in_units_of_the_observed_dtype(dtype):
    epsilon = {"float16": 2**-10, "bfloat16": 2**-7, "float32": 2**-23, "complex64": 2**-23}.get(dtype, 2**-52)
    observed = seen([1.0, 1.0 + 3 * epsilon], dtype)
    assert 3.0 == compare(seen([1.0, 1.0], dtype), None, observed, 3.0).ulps
    assert same(seen([1.0, 1.0], dtype), observed, ulps=3.0)
    assert not same(seen([1.0, 1.0], dtype), observed, ulps=2.9)


def test_the_largest_element_sets_the_unit():
    assert same(seen([1e6, 0.0]), seen([1e6, 1e-10]), ulps=1.0)


def test_below_the_normal_numbers_the_unit_is_the_smallest_subnormal():
    assert same(seen(0.0, "float16"), seen(0.0, "float16"), exact=np.array(1e-8))


def test_exact_numbers_replace_the_rounded_ones_where_those_are_finite():
    tenth = np.array([0.1, np.inf])
    assert same(seen([0.1, np.inf], "float32"), seen([0.1, np.inf], "float32"), exact=tenth, ulps=1.0)


def test_each_op_widens_the_bound():
    x = Input("x", Array.of(1.0))
    assert 8.0 == bound(Program((x,)))
    assert 10.0 == bound(Program((x, Apply("y", "exp", ("x",)))))
