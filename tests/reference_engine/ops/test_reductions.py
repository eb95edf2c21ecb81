"""Reductions that leave NaN out, weighted means, and running sums of exponentials at hard points."""

from typing import Any

import mpmath
import numpy as np
import pytest
from numpy import inf, nan

import reference_engine as engine
from reference_engine import Variable


def gradient(name: str, values: Any, seed: Any = 1.0, **parameters: Any) -> Any:
    x = Variable(values)
    y = getattr(engine, name)(x, **parameters)
    with np.errstate(all="ignore"):
        y.backward(np.reshape(seed, y.shape))
    assert x.grad is not None
    return x.grad


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [("nansum", 5.0, [1.0, 0.0, 1.0]), ("nanmean", 2.5, [0.5, 0.0, 0.5]), ("nanprod", 6.0, [3.0, 0.0, 2.0])],
)
def test_nan_counts_as_none(name: str, value: float, expected: list[float]) -> None:
    x = [2.0, nan, 3.0]
    assert value == getattr(engine, name)(np.array(x))
    assert expected == gradient(name, x).tolist()


@pytest.mark.parametrize(("name", "value"), [("nansum", 0.0), ("nanmean", nan), ("nanprod", 1.0)])
def test_nothing_but_nan_is_nothing(name: str, value: float) -> None:
    with np.errstate(invalid="ignore"):
        np.testing.assert_equal(getattr(engine, name)(np.array([nan, nan])), value)
        assert [0.0, 0.0] == gradient(name, [nan, nan]).tolist()


def test_the_average_is_the_mean_for_equal_weights() -> None:
    x = np.array([[1.0, 2.0], [4.0, 8.0]])
    np.testing.assert_array_equal(engine.mean(x, axis=1), engine.average(x, np.full((2, 2), 0.25), axis=1))


@pytest.mark.parametrize("option", ["first", "last", "split", "all"])
def test_rows_of_no_elements_have_extrema_all_the_same(option: str) -> None:
    with engine.semantics.using(max_ties_along_axis=option):
        assert (0, 3) == gradient("max", np.zeros((0, 3)), np.zeros(0), axis=1).shape


def test_the_range_of_equal_elements_is_flat() -> None:
    assert [0.0, 0.0] == gradient("ptp", [3.0, 3.0]).tolist()


def test_the_running_logsumexp_neither_overflows_nor_cancels() -> None:
    x, seed = [-800.0, 0.0, 900.0, 899.0, -inf], [1.0, -2.0, 0.5, 3.0, 0.25]
    with mpmath.workprec(4000):
        powers = [mpmath.exp(mpmath.mpf(one)) for one in x]
        sums = [mpmath.fsum(powers[: place + 1]) for place in range(len(x))]
        value = [float(mpmath.log(one)) for one in sums]
        expected = [
            float(mpmath.fsum(seed[later] * power / sums[later] for later in range(place, len(x))))
            for place, power in enumerate(powers)
        ]
    np.testing.assert_allclose(engine.cumulative_logsumexp(np.array(x)), value, rtol=1e-15)
    # A sum near 900 is rounded by half of 2^-43, and with it the logarithm of each part.
    np.testing.assert_allclose(gradient("cumulative_logsumexp", x, seed), expected, rtol=2.0**-42, atol=0)


def test_the_running_logsumexp_has_no_derivative_between_equal_infinities() -> None:
    np.testing.assert_equal(gradient("cumulative_logsumexp", [-inf, 1.0], [1.0, 1.0]), [nan, 1.0])
    np.testing.assert_equal(gradient("cumulative_logsumexp", [1.0, inf, 2.0], [1.0, 1.0, 1.0]), [1.0, nan, 0.0])
