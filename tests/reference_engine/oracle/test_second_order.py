"""Gradients of gradients."""

import numpy as np
import pytest

from reference_engine.oracle import Differentiated
from tests.reference_engine.oracle.questions import judged, question, step, truth


def gradient(name: str, of: str, in_: str = "x", *, plain: bool = False, recorded: bool = True) -> Differentiated:
    return Differentiated((name,), (of,), (in_,), (None,), plain, recorded)


def test_the_second_derivative() -> None:
    assert "exact" == judged(question(2.0, step("y", "exp", "x"), gradient("g", "y")), np.exp(2.0), ulps=1).mathematics


def test_a_gradient_penalty() -> None:
    steps = (step("y", "pow", "x", 3), gradient("g", "y"), step("p", "square", "g"))
    assert "[36, 288]" == str(truth([1.0, 2.0], *steps))


def test_the_third_derivative_to_25_digits() -> None:
    steps = (step("y", "exp", "x"), gradient("g", "y"), gradient("h", "g"))
    assert str(truth(0.5, step("y", "exp", "x"))) == str(truth(0.5, *steps))


def test_a_gradient_that_is_not_recorded_is_a_constant() -> None:
    steps = (step("y", "square", "x"), gradient("g", "y", recorded=False), step("p", "multiply", "g", "x"))
    assert "6" == str(truth(3.0, *steps))


def test_the_bend_of_a_squared_kink() -> None:
    """relu(x)^2 is smooth, and its gradient has a kink at 0."""
    steps = (step("r", "relu", "x"), step("y", "square", "r"), gradient("g", "y"))
    assert "0 to 2" == str(truth(0.0, *steps))
    assert ["subgradient", "wrong"] == [judged(question(0.0, *steps), slope).mathematics for slope in (0.0, 3.0)]


def test_where_there_is_no_gradient_its_gradient_is_none() -> None:
    steps = (step("y", "abs", "x"), gradient("g", "y"))
    assert "no derivative" == judged(question(0.0, *steps), 0.0).mathematics
    assert "exact" == judged(question(1.0, *steps), 0.0).mathematics


@pytest.mark.parametrize(("plain", "expected"), [(False, 2.0 + 0j), (True, 2.0 + 0j)])
def test_a_complex_gradient(plain: bool, expected: complex) -> None:
    """The gradient of z^2 is 2z, or its conjugate; the real part of either has the slopes 2 and 0."""
    steps = (step("y", "multiply", "x", "x"), gradient("g", "y", plain=plain))
    asked = question(0.5 + 1j, *steps, dtype="complex128", plain=plain)
    assert "exact" == judged(asked, expected, "complex128").mathematics


def test_a_gradient_whose_sides_come_together_slowly_is_undecided() -> None:
    """abs(x)^1.2 has the derivative 0 at 0, and quotients that are 2^-60 at a step of 2^-300."""
    steps = (step("a", "abs", "x"), step("p", "pow", "a", 1.2), gradient("g", "p"), step("y", "multiply", "g", "x"))
    found = judged(question(0.0, *steps), 0.0)
    assert ("undecided", "The quotients of a gradient inside settle too slowly.") == (
        found.mathematics, found.sentence,
    )  # fmt: skip


def test_the_gradient_of_a_tiny_kink_is_none() -> None:
    steps = (
        step("a", "abs", "x"), step("t", "multiply", "a", 1e-6), step("y", "add", "t", "x"), gradient("g", "y"),
    )  # fmt: skip
    assert "no derivative" == judged(question(0.0, *steps), 0.0).mathematics


def test_where_one_gradient_is_none_and_moves_with_another_element_the_second_is_none() -> None:
    """Of (x0 log(x0) + x1 log(x1)) (x0 + x1) at x0 = 0 there is no derivative by x0, hence none of that by x1."""
    steps = (
        step("l", "xlogy", "x", "x"), step("s", "sum", "l"), step("t", "sum", "x"), step("y", "multiply", "s", "t"),
        gradient("g", "y"),
    )  # fmt: skip
    found = truth([0.0, 1.0], *steps)
    assert [True, True] == [sides.slope is None for sides in found.partials]
