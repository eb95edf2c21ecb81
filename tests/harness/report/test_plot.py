from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from harness.report.plot import LARGEST_DRAWN, Curve, coinciding, is_axis, plot, ticks

X = np.arange(5.0)


def test_curves_that_coincide_are_one_line_with_all_names() -> None:
    curves = [
        Curve("x.grad", "torch", X),
        Curve("x.grad", "jax", X + 1e-9),
        Curve("x.grad", "chainer", 2 * X),
        Curve("y", "torch", X),
    ]
    assert ["x.grad: torch, jax; y: torch", "x.grad: chainer"] == [line.label for line in coinciding(curves, 1e-3)]


def test_nan_coincides_with_nan_only() -> None:
    hole = np.where(X == 2, np.nan, X)
    curves = [Curve("g", "a", hole), Curve("g", "b", hole), Curve("g", "c", X)]
    assert ["g: a, b", "g: c"] == [line.label for line in coinciding(curves, 1e-3)]


def test_nan_leaves_a_gap_and_infinities_point_out_of_the_picture() -> None:
    made = plot("title", "x", X, [Curve("g", "a", np.array([0.0, np.nan, 1.0, np.inf, -np.inf]))])
    svg = ElementTree.fromstring(made.svg)
    assert 2 == svg.find(".//path[@class='stroke']").attrib["d"].count("M")
    texts = [text.text for text in svg.iter("text")]
    assert {"NaN", "↑", "↓"} <= set(texts)


_numbers = st.lists(st.floats(), min_size=5, max_size=5)
_near_zero = [0.0, 1e-323, 3e-323, 0.0, 0.0]


@given(_numbers, _numbers)
@example([0.0, 1.0, 2.0, 3.0, 4.0], _near_zero)
@example([1e16, 1e16 + 2, 1e16 + 4, 1e16 + 6, 1e16 + 8], _near_zero)
def test_whatever_is_an_axis_can_be_drawn_over(places: list[float], values: list[float]) -> None:
    x = np.sort(np.array(places))
    assume(is_axis(x))
    made = plot("title", "x", x, [Curve("g", "a", np.array(values))])
    assert "nan" not in made.svg
    assert "inf" not in made.svg


@pytest.mark.parametrize(
    "x", [[0.0, 0.0, 1.0], [1.0, 0.0], [0.0, np.inf], [np.nan, 1.0], [-1.7e308, 1.7e308], [0.0, 5e-324]]
)
def test_what_does_not_increase_over_a_drawable_range_is_no_axis(x: list[float]) -> None:
    assert not is_axis(np.array(x))


@pytest.mark.parametrize(
    "values", [np.full(5, np.nan), np.zeros(5), np.full(5, 1e300), np.array([-1e300, 1.7e308, 1e300, 0, 0]), X * 5e-324]
)
def test_extreme_values_stay_on_the_paper(values: np.ndarray) -> None:
    svg = ElementTree.fromstring(plot("title", "x", X, [Curve("g", "a", values)]).svg)
    path = svg.find(".//path[@class='stroke']").attrib["d"].replace("M", " ").replace("L", " ").split()
    heights = [float(place.split(",")[1]) for place in path]
    assert all(0 <= height <= 270 for height in heights)
    assert (np.abs(values) <= LARGEST_DRAWN).sum() == len(heights)


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(0.0, 10.0, [0, 2, 4, 6, 8, 10]), (-0.11, 0.11, [-0.1, -0.05, 0, 0.05, 0.1])]
)
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert pytest.approx(expected) == ticks(low, high)


def test_texts_in_the_picture_are_escaped() -> None:
    made = plot("<script>", "</svg>", X, [Curve("<b>", "a", X)])
    assert "<script>" not in made.svg
    assert "</svg>" == made.svg[-6:]
    assert 1 == made.svg.count("</svg>")
