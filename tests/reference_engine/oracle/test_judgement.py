"""What counts as right: tolerances, units in the last place, shapes, infinities; and the words."""

from typing import Any

import numpy as np
import pytest

from reference_engine.oracle import Direction, Tolerance, Truth, judge
from reference_engine.oracle.naming import along
from tests.reference_engine.oracle.questions import judged, numbers, question, step

CUBE = step("y", "pow", "x", 3)


@pytest.mark.parametrize(
    ("dtype", "unit"), [("float16", 2.0**-9), ("bfloat16", 2.0**-6), ("float32", 2.0**-22), ("float64", 2.0**-51)]
)
def test_the_distance_is_in_units_of_the_reported_dtype(dtype: str, unit: float) -> None:
    """The derivative of x^3 at 1 is 3, between 2 and 4."""
    asked = question(1.0, CUBE, dtype=dtype)
    assert 0.0 == judged(asked, 3.0, dtype).ulps
    assert 2.0 == judged(asked, 3.0 + 2 * unit, dtype).ulps
    assert "exact" == judged(asked, 3.0 + 2 * unit, dtype, ulps=2.0).mathematics
    assert "wrong" == judged(asked, 3.0 + 2 * unit, dtype, ulps=1.5).mathematics


def test_the_distance_of_the_nearest_float_is_no_more_than_a_half() -> None:
    found = judged(question(1.0, step("y", "exp", "x")), np.e)
    assert found.ulps is not None
    assert 0.0 < found.ulps <= 0.5


def test_what_cancels_to_0_is_measured_by_the_largest_element() -> None:
    asked = question([0.0, 1.0], step("y", "square", "x"))
    assert 0.5 == judged(asked, [2.0**-52, 2.0]).ulps


def test_an_element_is_measured_by_itself() -> None:
    asked = question([1e-10, 1.0], step("y", "square", "x"))
    assert 1.0 == judged(asked, [np.nextafter(2e-10, 1), 2.0]).ulps


def test_infinity_is_right_where_the_derivative_overflows() -> None:
    """exp(100) is a number, but not one of float32."""
    asked = question(100.0, step("y", "exp", "x"), dtype="float32")
    assert ("exact", 0.0) == (judged(asked, np.inf, "float32").mathematics, judged(asked, np.inf, "float32").ulps)
    assert "wrong" == judged(asked, -np.inf, "float32").mathematics
    assert "wrong" == judged(question(80.0, step("y", "exp", "x"), dtype="float32"), np.inf, "float32").mathematics


def test_an_underflow_is_measured_in_the_smallest_number() -> None:
    asked = question(1.0, step("a", "multiply", 1e-4, "x"), step("y", "multiply", 1e-4, "a"), dtype="float16")
    found = judged(asked, 0.0, "float16")
    assert found.ulps is not None
    assert 0.1 < found.ulps < 0.2


def enclosed(asked: Any, reported: float, lower: float, upper: float) -> str:
    tolerance = Tolerance(0.0, np.array(lower), np.array(upper))
    return judge(Truth(asked), np.array(reported), "float64", tolerance).mathematics


def test_an_enclosure_counts_where_it_holds_the_truth() -> None:
    """What a wrong convention may return is no excuse."""
    asked = question(1.0, CUBE)
    assert "exact" == enclosed(asked, 3.25, 2.5, 3.5)
    assert "wrong" == enclosed(asked, 3.75, 2.5, 3.5)
    assert "wrong" == enclosed(asked, 4.0, 3.5, 4.5)
    assert "exact" == enclosed(asked, 3.0, 3.5, 4.5)
    assert "exact" == enclosed(asked, 3.0, np.nan, np.nan)
    assert "wrong" == enclosed(asked, 3.25, np.nan, np.nan)


def test_an_enclosure_of_a_complex_gradient_bounds_its_parts() -> None:
    for plain, reported in ((False, 1.0 - 4.25j), (True, 1.0 + 4.25j)):
        asked = question(0.5 + 2j, step("y", "square", "x"), dtype="complex128", plain=plain)
        slack = 0.5 + 0.5j
        around = Tolerance(0.0, np.array(reported - slack), np.array(reported + slack))
        assert "exact" == judge(Truth(asked), np.array(reported), "complex128", around).mathematics
        apart = Tolerance(0.0, np.array(reported - slack / 4), np.array(reported + slack / 4))
        assert "wrong" == judge(Truth(asked), np.array(reported), "complex128", apart).mathematics


def test_another_shape_is_wrong() -> None:
    found = judged(question([1.0, 2.0], CUBE), [[3.0, 12.0]])
    assert ("wrong", "The input has shape (2,), the gradient (1, 2).") == (found.mathematics, found.sentence)


def test_an_imaginary_part_of_a_real_gradient_is_wrong() -> None:
    assert "wrong" == judged(question(1.0, CUBE), 3.0 + 1j, "complex128").mathematics
    assert "exact" == judged(question(1.0, CUBE), 3.0 + 0j, "complex128").mathematics


def test_nothing_is_no_gradient_to_contradict() -> None:
    assert "exact" == judged(question(np.zeros((0, 2)), CUBE), np.zeros((0, 2))).mathematics


@pytest.mark.parametrize("reported", [0.0, 0.25, 1.0])
def test_any_slope_between_those_on_either_side_is_a_subgradient(reported: float) -> None:
    assert "subgradient" == judged(question(0.0, step("y", "relu", "x")), reported).mathematics


@pytest.mark.parametrize("reported", [-0.25, 1.25])
def test_any_other_is_not(reported: float) -> None:
    found = judged(question(0.0, step("y", "relu", "x")), reported)
    sentence = f"A step along x changes f by between 0 and 1 per unit; the reported gradient says {reported:g}."
    assert ("wrong", sentence) == (found.mathematics, found.sentence)


@pytest.mark.parametrize(
    ("op", "parameters", "choices"),
    [("clip", {"min": 0.0, "max": 1.0}, (0.0, 0.5, 1.0)), ("abs", {}, (-1.0, 0.0, 1.0)), ("relu", {}, (0.0, 0.5, 1.0))],
)
def test_what_frameworks_choose_at_kinks(op: str, parameters: dict[str, float], choices: tuple[float, ...]) -> None:
    for choice in choices:
        assert "subgradient" == judged(question(0.0, step("y", op, "x", **parameters)), choice).mathematics


def test_what_is_smooth_beside_a_singular_point_is_judged_all_the_same() -> None:
    asked = question([0.0, 4.0], step("y", "sqrt", "x"))
    assert "no derivative" == judged(asked, [np.inf, 0.25]).mathematics
    assert "no derivative" == judged(asked, [np.nan, 0.25]).mathematics
    found = judged(asked, [np.inf, 1.0])
    assert ("wrong", "A step along (0, 1) changes f by 0.25 per unit; the reported gradient says 1.") == (
        found.mathematics, found.sentence,
    )  # fmt: skip


def test_the_gradient_s_own_direction_refutes_what_is_too_long() -> None:
    """No axis and no combination contradicts this vector, but along itself it says 1.012 where the norm is 1."""
    reported = np.array([0.96, 0.32])
    assert 1.0 < np.linalg.norm(reported) < 1.0 / np.cos(np.pi / 8)
    found = judged(question([0.0, 0.0], step("y", "vector_norm", "x")), reported)
    assert "wrong" == found.mathematics


def test_a_kink_takes_the_share_of_a_rounded_third() -> None:
    third = numbers(1 / 3, "float32")
    asked = question([1.0, 1.0, 1.0], step("y", "max", "x"), dtype="float32")
    assert "subgradient" == judged(asked, [third, third, third], "float32", ulps=1.0).mathematics


@pytest.mark.parametrize(
    ("shape", "reported", "sentence"),
    [
        ((8,), [1.0] + [0.0] * 7, "A step along x[0] changes f by 0 per unit; the reported gradient says 1.0."),
        ((1, 2), [[0.0, 1.0]], "A step along x[0, 1] changes f by 0 per unit; the reported gradient says 1.0."),
        ((65,), [1.0] + [0.0] * 64, "A step along x[0] changes f by 0 per unit; the reported gradient says 1.0."),
    ],
)
def test_directions_in_words(shape: tuple[int, ...], reported: Any, sentence: str) -> None:
    assert sentence == judged(question(np.zeros(shape), step("y", "square", "x")), reported).sentence


@pytest.mark.parametrize(
    ("direction", "shape", "is_complex", "words"),
    [
        ((1.0,), (), False, "x"),
        ((1.0, -0.5), (2,), False, "(1, -0.5)"),
        ((1.0, 0.0, -2.0, 0.0), (2, 2), False, "x[0, 0] - 2 x[1, 0]"),
        ((1.0, -1.0), (), True, "Re x - Im x"),
        ((1.0,) * 8, (8,), False, "all elements of x"),
        ((3.0, -1.0) * 4, (8,), False, "(3, -1, 3, -1, 3, -1, 3, -1)"),
        ((3.0, -1.0) * 3, (2, 3), False, "(3, -1, 3, -1, 3, -1), in the order of the elements of x,"),
        ((3.0, -1.0) * 33, (66,), False, "66 elements of x together, with signs"),
        ((3.0, 1.0) * 33, (66,), False, "66 elements of x together"),
    ],
)
def test_directions_have_names(direction: Direction, shape: tuple[int, ...], is_complex: bool, words: str) -> None:
    assert words == along(direction, "x", shape, is_complex=is_complex)
