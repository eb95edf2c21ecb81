import numpy as np
import pytest

from reference_engine.enclosure import enclosed, enclosing
from reference_engine.enclosure.complexes import _FUNCTIONS
from reference_engine.enclosure.elementwise import UFUNCS
from tests.reference_engine.enclosure.inside import encloses

OF_ONE = sorted(name for name in _FUNCTIONS if name not in ("power", "log1p", "expm1", "exp2"))
"""Those of NumPy that are accurate to a few ulps of the modulus."""
ON_AXES = [
    complex(real, imaginary) for real in (-3.0, -0.5, -0.0, 0.0, 0.5, 2.0) for imaginary in (-2.0, -0.0, 0.0, 2.0)
]


@pytest.mark.parametrize("name", OF_ONE)
def test_a_zero_says_by_its_sign_on_what_side_of_a_cut_it_is(name: str) -> None:
    points = np.array(ON_AXES)
    expected = getattr(np, name)(points)
    with enclosing():
        bounds = getattr(np, name)(enclosed(points, points.dtype))
    assert encloses(bounds, expected)


def test_both_sides_of_a_cut_are_apart() -> None:
    points = np.array([complex(-4.0, 0.0), complex(-4.0, -0.0)])
    with enclosing():
        imaginary = UFUNCS["sqrt"](enclosed(points, points.dtype)).parts[1]
    assert imaginary.lower[0] > 1.9
    assert imaginary.upper[1] < -1.9


def test_of_a_singular_point_nothing_is_known() -> None:
    with enclosing():
        parts = UFUNCS["log"](enclosed(np.array([0j]), np.dtype("complex128"))).parts
    assert all(part.is_anything for part in parts)
