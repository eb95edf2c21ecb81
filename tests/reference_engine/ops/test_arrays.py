"""What moves and repeats elements, and what slides along them, does as NumPy does."""

from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable, grad

ROW = np.array([0.5, -1.25, 2.0, 1.75])
CUBE = np.arange(24.0).reshape(2, 3, 4)


@pytest.mark.parametrize(("source", "destination"), [(0, -1), (-1, 0), ((0, 1), (2, 0)), ((2, 0), (0, 1)), (1, 1)])
def test_moveaxis(source: Any, destination: Any) -> None:
    expected = np.moveaxis(CUBE, source, destination)
    assert expected.tolist() == engine.moveaxis(CUBE, source=source, destination=destination).tolist()


@pytest.mark.parametrize("axes", [(0, 1), (1, 0), (0, -1)])
@pytest.mark.parametrize("k", range(-3, 6))
def test_rot90(k: int, axes: tuple[int, int]) -> None:
    assert np.rot90(CUBE, k, axes).tolist() == engine.rot90(CUBE, k=k, axes=axes).tolist()


@pytest.mark.parametrize("mode", ["constant", "edge", "reflect", "symmetric"])
def test_pad(mode: Any) -> None:
    """A mirror may show more than there is: then another mirror stands behind it."""
    expected = np.pad(CUBE, [(0, 1), (5, 0), (1, 4)], mode)
    assert expected.tolist() == engine.pad(CUBE, before=(0, 5, 1), after=(1, 0, 4), mode=mode).tolist()


def test_pad_by_a_number_in_the_dtype_of_the_array() -> None:
    padded = engine.pad(ROW.astype(np.float32), before=(1,), after=(0,), value=0.1)
    assert (np.float32(0.1), np.float32) == (padded[0], padded.dtype)


def test_an_element_gets_the_cotangents_of_all_its_images() -> None:
    x = Variable(ROW)
    (edge,) = grad(engine.pad(x, before=(2,), after=(0,), mode="edge"), [x], [[1.0, 10.0, 100.0, 0.0, 0.0, 0.0]])
    (mirrored,) = grad(engine.pad(x, before=(0,), after=(2,), mode="reflect"), [x], [[0, 0, 0, 0, 1.0, 10.0]])
    assert [111.0, 0.0, 0.0, 0.0] == edge.tolist()
    assert [0.0, 10.0, 1.0, 0.0] == mirrored.tolist()


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("size", [1, 2, 3, 4])
@pytest.mark.parametrize("name", ["correlate", "convolve"])
def test_correlate_and_convolve(name: str, size: int, mode: Any) -> None:
    kernel = np.arange(1.0, size + 1)
    assert getattr(np, name)(ROW, kernel, mode).tolist() == getattr(engine, name)(ROW, kernel, mode=mode).tolist()


@pytest.mark.parametrize("axis", [0, 1, -1])
@pytest.mark.parametrize("n", range(5))
def test_diff(n: int, axis: int) -> None:
    assert np.diff(CUBE, n, axis).tolist() == engine.diff(CUBE, n=n, axis=axis).tolist()


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_trapezoid(axis: int) -> None:
    places = np.arange(float(CUBE.shape[axis])) ** 2
    expected = np.trapezoid(CUBE, places, axis=axis)
    assert expected.tolist() == engine.trapezoid(CUBE, places, axis=axis).tolist()


@pytest.mark.parametrize(("size", "step"), [(1, 1), (2, 1), (2, 3), (4, 2), (5, 1)])
def test_sliding_windows_are_slices(size: int, step: int) -> None:
    expected = [ROW[start : start + size].tolist() for start in range(0, 5 - size, step)]
    assert expected == engine.sliding_windows(ROW, size=size, step=step).tolist()
