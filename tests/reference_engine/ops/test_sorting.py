"""What depends on the order of elements: identities, ties, NaN, and where an index does not exist."""

from typing import Any

import numpy as np
import pytest
from numpy import inf, nan

import reference_engine as engine
from reference_engine import Variable


def gradient(name: str, values: Any, seed: Any, **parameters: Any) -> Any:
    x = Variable(values)
    y = getattr(engine, name)(x, **parameters)
    y.backward(np.reshape(seed, y.shape))
    assert x.grad is not None
    return x.grad.tolist()


NOT_SORTED = [2.0, 1.0, 2.0, nan, 1.0]


@pytest.mark.parametrize(
    ("descending", "value", "expected"),
    [
        (False, [1.0, 1.0, 2.0, 2.0, nan], [3.0, 1.0, 4.0, 5.0, 2.0]),
        (True, [nan, 2.0, 2.0, 1.0, 1.0], [2.0, 4.0, 3.0, 1.0, 5.0]),
    ],
)
def test_sort_keeps_the_order_of_equals_and_puts_nan_at_the_end_of_the_large(
    descending: bool, value: list[float], expected: list[float]
) -> None:
    np.testing.assert_equal(engine.sort(np.array(NOT_SORTED), descending=descending), value)
    assert expected == gradient("sort", NOT_SORTED, [1.0, 2.0, 3.0, 4.0, 5.0], descending=descending)


def test_topk_is_the_beginning_of_the_descending_order() -> None:
    x = np.array([[2.0, 5.0, 2.0], [1.0, 4.0, 3.0]])
    for axis, k in ((0, 1), (1, 2), (-1, 3)):
        expected = np.take(engine.sort(x, axis=axis, descending=True), range(k), axis)
        np.testing.assert_array_equal(expected, engine.topk(x, k=k, axis=axis))


def test_topk_picks_the_first_of_equals() -> None:
    assert [1.0, 0.0, 2.0, 0.0] == gradient("topk", [2.0, 1.0, 2.0, 2.0], [1.0, 2.0], k=2)


@pytest.mark.parametrize("k", [-1, 4])
def test_topk_of_more_than_there_are_is_refused(k: int) -> None:
    with pytest.raises(ValueError, match=f"no {k} largest of 3 elements"):
        engine.topk(np.ones(3), k=k)


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("cumulative_max", [1.0, 2.0, 2.0, 0.0, 3.0], [1.0, 2.0, 7.0, 0.0, 5.0]),
        ("cumulative_min", [3.0, 1.0, 1.0, 2.0, 0.0], [1.0, 2.0, 7.0, 0.0, 5.0]),
        ("cumulative_max", [1.0, nan, 2.0, nan, 0.0], [1.0, 5.0, 0.0, 9.0, 0.0]),
    ],
)
def test_the_latest_extremum_gets_the_cotangent(name: str, values: list[float], expected: list[float]) -> None:
    assert expected == gradient(name, values, [1.0, 2.0, 3.0, 4.0, 5.0])


@pytest.mark.parametrize("method", ["linear", "lower", "higher", "midpoint"])
@pytest.mark.parametrize("q", [0.0, 0.125, 0.5, 0.7, 1.0])
def test_quantiles_are_those_of_numpy(method: Any, q: float) -> None:
    x = np.array([[3.0, -1.0, 2.0, 7.0], [0.5, 8.0, -2.0, 1.0]])
    for axis in (None, 0, -1):
        for keepdims in (False, True):
            expected = np.quantile(x, q, axis=axis, keepdims=keepdims, method=method)
            actual = engine.quantile(x, q=q, axis=axis, keepdims=keepdims, method=method)
            np.testing.assert_allclose(actual, expected, rtol=1e-15, atol=1e-15)
            assert np.shape(expected) == actual.shape


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("median", [3.0, 1.0, 2.0], [0.0, 0.0, 1.0]),
        ("median", [3.0, 1.0, 2.0, 4.0], [0.5, 0.0, 0.5, 0.0]),
        ("lower_median", [3.0, 1.0, 2.0, 4.0], [0.0, 0.0, 1.0, 0.0]),
        ("lower_median", [2.0, 1.0, 2.0, 1.0, 2.0], [1.0, 0.0, 0.0, 0.0, 0.0]),
        ("median", [3.0, nan, nan], [0.0, 1.0, 0.0]),
    ],
)
def test_the_median_hands_on_to_what_is_in_the_middle(name: str, values: list[float], expected: list[float]) -> None:
    assert expected == gradient(name, values, 1.0)


def test_nan_spreads_over_its_own_row_alone() -> None:
    x = [[1.0, nan, 2.0], [5.0, 3.0, 4.0]]
    np.testing.assert_equal(engine.median(np.array(x), axis=1), [nan, 4.0])
    assert [[0.0, 1.0, 0.0], [0.0, 0.0, 2.0]] == gradient("median", x, [1.0, 2.0], axis=1)


def test_a_quantile_beside_infinity_is_infinite_and_at_a_number_that_number() -> None:
    x = np.array([1.0, inf, 2.0])
    assert inf == engine.quantile(x, q=0.75)
    assert 2.0 == engine.quantile(x, q=0.5)


def test_there_is_no_quantile_of_nothing() -> None:
    with pytest.raises(ValueError, match="no quantile of no elements"):
        engine.median(np.ones((2, 0)), axis=1)
