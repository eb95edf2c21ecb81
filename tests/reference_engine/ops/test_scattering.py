"""Picking and writing by indices: the identities between the ops, places that are named twice, and empty segments."""

from typing import Any

import numpy as np
import pytest
from numpy import inf

import reference_engine as engine
from reference_engine import Variable

X = np.arange(12.0).reshape(3, 4)
INDICES = np.array([2, 0, -1])


def gradients(name: str, *operands: Any, **parameters: Any) -> list[Any]:
    """Those of the operands that are floats, for the seed 1, 2, 3, ..."""
    variables = [Variable(operand) if np.asarray(operand).dtype.kind == "f" else np.array(operand)
                 for operand in operands]  # fmt: skip
    y = getattr(engine, name)(*variables, **parameters)
    y.backward(np.arange(1.0, y.size + 1).reshape(y.shape))
    return [variable.grad.tolist() for variable in variables if isinstance(variable, Variable)]  # type: ignore[union-attr]


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_take_along_axis_is_numpy_s(axis: int) -> None:
    indices = np.flip(np.argsort(X, axis), axis)
    np.testing.assert_array_equal(np.take_along_axis(X, indices, axis), engine.take_along_axis(X, indices, axis=axis))


def test_take_along_axis_needs_indices_with_as_many_axes() -> None:
    with pytest.raises(ValueError, match="indices with 1 axes"):
        engine.take_along_axis(X, INDICES, axis=0)


@pytest.mark.parametrize("axis", [0, 1])
def test_index_set_and_index_add_are_numpy_s(axis: int) -> None:
    values = np.full((3, 4) if axis == 0 else (3, 3), 0.5)
    index = (slice(None),) * axis + (INDICES,)
    written, added = X.copy(), X.copy()
    written[index] = values
    np.add.at(added, index, values)
    np.testing.assert_array_equal(written, engine.index_set(X, INDICES, values, axis=axis))
    np.testing.assert_array_equal(added, engine.index_add(X, INDICES, values, axis=axis))


@pytest.mark.parametrize("axis", [0, 1])
def test_put_along_axis_is_numpy_s(axis: int) -> None:
    indices = np.array([[0, 2, 1, -1]]) if axis == 0 else np.array([[3], [0], [-2]])
    expected = X.copy()
    np.put_along_axis(expected, indices, 0.5, axis)
    np.testing.assert_array_equal(expected, engine.put_along_axis(X, indices, np.full(indices.shape, 0.5), axis=axis))


def test_what_is_overwritten_gets_nothing() -> None:
    assert [[0.0, 2.0], [0.0, 1.0]] == gradients("index_set", [1.0, 2.0], [0, 0], [5.0, 6.0])
    assert [[0.0, 2.0], [0.0, 1.0]] == gradients("index_set", [1.0, 2.0], [0, -2], [5.0, 6.0])


def test_nothing_is_written_by_no_indices() -> None:
    nothing = np.zeros(0, np.int64)
    assert [[1.0, 2.0], []] == gradients("index_set", [1.0, 2.0], nothing, np.zeros(0))


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("index_max", [1.0, 5.0, 5.0], [[0.0, 2.0], [0.0, 0.5, 0.5]]),
        ("index_min", [5.0, 1.0, 1.0], [[0.0, 2.0], [0.0, 0.5, 0.5]]),
        ("index_max", [3.0, 3.0, 1.0], [[1.0 / 3, 2.0], [1.0 / 3, 1.0 / 3, 0.0]]),
    ],
)
def test_equal_extrema_share(name: str, values: list[float], expected: list[list[float]]) -> None:
    assert expected == gradients(name, [3.0, 2.0], [0, 0, 0], values)


@pytest.mark.parametrize(("name", "empty"), [("segment_sum", 0.0), ("segment_max", -inf), ("segment_min", inf)])
def test_empty_segments_and_rows_of_none(name: str, empty: float) -> None:
    x, ids = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([2, -1, 0])
    y = getattr(engine, name)(x, ids, num_segments=3)
    np.testing.assert_array_equal([[5.0, 6.0], [empty, empty], [1.0, 2.0]], y)
    assert [[[5.0, 6.0], [0.0, 0.0], [1.0, 2.0]]] == gradients(name, x, ids, num_segments=3)


def test_an_infinite_element_is_the_extremum_of_its_segment() -> None:
    assert [[0.5, 0.5, 2.0]] == gradients("segment_max", [-inf, -inf, 1.0], [0, 0, 1], num_segments=2)


def test_masks_and_places_pick_what_numpy_picks() -> None:
    mask = X % 3 == 0
    np.testing.assert_array_equal(X[mask], engine.boolean_mask(X, mask))
    np.testing.assert_array_equal(np.where(mask, -1.0, X), engine.masked_fill(X, mask, value=-1.0))
    places = np.array([[0, 1], [2, -1], [0, 1]])
    np.testing.assert_array_equal(X[places[:, 0], places[:, 1]], engine.gather_nd(X, places))
    np.testing.assert_array_equal(X[places[:, 0]], engine.gather_nd(X, places[:, :1]))
    np.testing.assert_array_equal(X[places], engine.embedding(places, X))


def test_products_and_means_of_segments() -> None:
    x, ids = [0.0, 2.0, 3.0, 0.0, 0.0], [0, 0, 0, 1, 1]
    assert [[6.0, 0.0, 0.0, 0.0, 0.0]] == gradients("segment_prod", x, ids, num_segments=3)
    np.testing.assert_array_equal([0.0, 0.0, 1.0], engine.segment_prod(np.array(x), np.array(ids), num_segments=3))
    assert [[1 / 3, 1 / 3, 1 / 3, 1.0, 1.0]] == gradients("segment_mean", x, ids, num_segments=3)
    np.testing.assert_array_equal([5 / 3, 0.0, 0.0], engine.segment_mean(np.array(x), np.array(ids), num_segments=3))
