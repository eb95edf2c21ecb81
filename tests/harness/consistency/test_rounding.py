"""What rounding explains where no bounds are derived: noise along a line, and no difference of two functions."""

import mpmath
import numpy as np
import pytest

from harness.arrays import Array
from harness.consistency import rounding
from harness.consistency.asked import Asked
from harness.consistency.rounding import COEFFICIENTS, RUNS, STEP, STUDENT, measured, moved

X = np.array([[0.5, -1.5, 0.0], [2.0, 1e-3, 300.0]])


def along_the_line(one, other, values, largest=1.0):
    """What is measured of two functions of one array."""
    ask = Asked((Array.of(values),), (None,))
    places = [moved(ask, [], run).inputs[0].numpy() for run in range(RUNS)]
    runs = [(Array.of(one(place)), Array.of(other(place))) for place in places]
    return measured(Array.of(one(values)), Array.of(other(values)), runs, largest)


def test_students_t_exceeds_the_limit_once_in_a_million_times():
    freedom = mpmath.mpf(RUNS - COEFFICIENTS)
    rest = mpmath.betainc(freedom / 2, 0.5, 0, freedom / (freedom + STUDENT**2), regularized=True)
    assert pytest.approx(1e-6, rel=1e-3) == float(rest)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64", "complex64"])
def test_inputs_move_towards_zero_and_a_little_at_a_time(dtype):
    ask = Asked((Array.of(X, dtype),), (None,))
    sizes = [np.abs(moved(ask, [], run).inputs[0].numpy()) for run in range(RUNS)]
    assert all(
        (before >= after).all() for before, after in zip([np.abs(X.astype("float32")), *sizes], sizes, strict=False)
    )
    assert (sizes[-1] >= np.abs(X) * (1 - RUNS * STEP - 2.0**-7)).all()
    assert 0 == sizes[-1][0, 2]
    assert (sizes[-1] < np.abs(X))[X != 0].sum() >= 4


def test_integers_stay_and_cotangents_move():
    ask = Asked((Array.of(np.array([1, 2])),), (None,))
    after = moved(ask, [Array.of(np.array([1.0]))], RUNS - 1)
    assert ask.inputs == after.inputs
    assert after.cotangents[0].numpy()[0] < 1


def test_the_roundings_of_another_formula_are_explained():
    found = along_the_line(lambda x: 1 - 1 / (1 + np.exp(-x)), lambda x: 1 / (1 + np.exp(x)), np.linspace(-20, 20, 41))
    assert found.difference.max() > 0
    assert not found.is_outside.any()


def test_a_difference_of_a_few_digits_more_is_not():
    found = along_the_line(np.tanh, lambda x: np.tanh(x) * (1 + 1e-13), np.array([0.5, 2.0]))
    assert found.is_outside.all()
    assert not found.is_here_alone.any()


def test_functions_that_differ_at_this_point_alone_are_told_apart():
    found = along_the_line(lambda x: np.heaviside(x - 1, 0.5), lambda x: np.heaviside(x - 1, 1.0), np.array([1.0, 0.5]))
    assert [True, False] == found.is_here_alone.tolist()


def test_one_bit_that_flips_is_an_accident():
    flips = iter([2.0**-40] + [0.0] * RUNS)
    runs = [next(flips) for _ in range(RUNS + 1)]
    found = measured(Array.of(np.ones(1)), Array.of(np.ones(1) + runs[0]), [(Array.of(np.ones(1)),) * 2] * RUNS, 1.0)
    assert not found.is_outside.any()


def test_noise_beyond_all_digits_excuses_no_large_difference():
    draw = np.random.default_rng(0)
    found = along_the_line(lambda x: x, lambda x: draw.normal(size=x.shape), np.array([5.0]))
    assert found.is_outside.all()


def test_infinities_have_to_stand_in_the_same_places():
    finite, infinite = Array.of(np.array([1.0, np.inf])), Array.of(np.array([np.inf, np.inf]))
    found = measured(finite, infinite, [(finite, infinite)] * RUNS, 1.0)
    assert [True, False] == found.is_outside.tolist()


def test_without_any_run_only_the_rounding_of_the_result_is_explained():
    one = np.array([1.0])
    near, far = one + 2.0**-52, one + 2.0**-40
    assert not measured(Array.of(one), Array.of(near), [None] * RUNS, 1.0).is_outside.any()
    assert measured(Array.of(one), Array.of(far), [None] * RUNS, 1.0).is_outside.all()


def test_the_largest_number_is_a_finite_one():
    assert 3.0 == rounding.largest([Array.of(np.array([np.inf, -3.0, np.nan])), Array.of(np.zeros(0))])
