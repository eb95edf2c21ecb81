"""Complex numbers: two coordinates each, in both conventions."""

import numpy as np
import pytest

from tests.reference_engine.oracle.questions import judged, question, step, truth

Z = 0.5 + 2j


@pytest.mark.parametrize(("plain", "expected"), [(False, 1 - 4j), (True, 1 + 4j)])
def test_a_holomorphic_function(plain: bool, expected: complex) -> None:
    asked = question(Z, step("y", "multiply", "x", "x"), dtype="complex128", plain=plain)
    assert "exact" == judged(asked, expected, "complex128").mathematics
    found = judged(asked, expected.conjugate(), "complex128")
    assert "wrong" == found.mathematics
    assert found.sentence.startswith("A step along Im x changes f by ")


@pytest.mark.parametrize(("plain", "expected"), [(False, 1 + 4j), (True, 1 - 4j)])
def test_a_real_function_points_uphill_or_the_conjugate_of_that(plain: bool, expected: complex) -> None:
    steps = (step("a", "abs", "x"), step("y", "square", "a"))
    assert "exact" == judged(question(Z, *steps, dtype="complex128", plain=plain), expected, "complex128").mathematics
    text = "1+4j" if expected.imag > 0 else "1-4j"
    assert text == str(truth(Z, *steps, dtype="complex128", plain=plain))


def test_the_modulus_at_0_is_a_cone() -> None:
    asked = question(0j, step("y", "abs", "x"), dtype="complex128")
    assert "subgradient" == judged(asked, 0.6 - 0.8j, "complex128", ulps=2).mathematics
    assert "wrong" == judged(asked, 1.0 + 1.0j, "complex128").mathematics
    assert "no derivative" == judged(asked, complex(np.nan, np.nan), "complex128").mathematics


def test_on_the_cut_of_the_root_the_real_part_has_a_kink_and_the_imaginary_part_jumps() -> None:
    root = step("r", "sqrt", "x")
    assert "(0)+(-0.5 to 0.5)j" == str(truth(-1 + 0j, root, dtype="complex128"))
    turned = question(-1 + 0j, root, step("y", "multiply", 1j, "r"), dtype="complex128")
    assert "no derivative" == judged(turned, 0.5j, "complex128").mathematics


def test_the_distance_is_relative_to_the_modulus() -> None:
    asked = question(1 + 1e-12j, step("y", "square", "x"), dtype="complex128")
    assert judged(asked, complex(2.0, -2e-12 + 2.0**-52), "complex128").ulps == pytest.approx(0.5, abs=0.01)


def test_elements_of_an_array() -> None:
    values = np.array([1 + 1j, -2j])
    asked = question(values, step("p", "prod", "x"), step("y", "exp", "p"), dtype="complex128")
    expected = np.conj(np.exp(values.prod()) * values[::-1])
    assert "exact" == judged(asked, expected, "complex128", ulps=8).mathematics


@pytest.mark.parametrize(("reported", "expected"), [(-1j, "exact"), (1j, "wrong")])
def test_a_real_number_that_was_cast_to_complex_has_two_coordinates(reported: complex, expected: str) -> None:
    """The gradient in t of Re(i t) is -i, also where t happens to be real."""
    asked = question(1.0, step("t", "astype", "x", dtype="complex128"), step("y", "multiply", "t", 1j), of="t")
    assert expected == judged(asked, reported, "complex128").mathematics


def test_what_cancels_to_0_is_complex_all_the_same() -> None:
    asked = question(
        1 + 1j, step("t", "subtract", "x", "x"), step("y", "multiply", "t", 1j), dtype="complex128", of="t"
    )
    assert "exact" == judged(asked, -1j, "complex128").mathematics


@pytest.mark.parametrize("op", ["max", "relu", "round", "sort"])
def test_what_asks_for_an_order_is_out_of_reach(op: str) -> None:
    found = judged(question([1 + 2j, 1j], step("y", op, "x"), dtype="complex128"), [1.0, 0.0], "complex128")
    assert ("not applicable", f"The oracle knows no {op} of complex numbers.") == (found.mathematics, found.sentence)
