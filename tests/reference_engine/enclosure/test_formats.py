import subprocess
import sys

import numpy as np
import pytest

from reference_engine.enclosure.formats import BFLOAT16, FLOAT16, FLOAT32, FLOAT64, WIDE, bfloat16_as_float16, format_of

NUMBERS = np.array([0.0, 1.0, 1.5, -2.75, 1e-3, 3.14159, 65000.0, 1e-6])


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_ulps_are_numpys_spacing(dtype: str) -> None:
    numbers = NUMBERS.astype(dtype)
    ulps = format_of(np.dtype(dtype)).ulp(numbers.astype(WIDE))
    assert np.array_equal(np.spacing(np.abs(numbers)).astype(WIDE), ulps)


def test_ulps_just_below_a_power_of_two_are_those_of_the_numbers_below() -> None:
    below = np.nextafter(WIDE(1), WIDE(0))
    assert [2.0**-24, 2.0**-23] == list(FLOAT32.ulp(np.array([below, 1], WIDE)))
    assert np.isnan(FLOAT32.ulp(np.array([np.inf, np.nan], WIDE))).all()


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_rounding_is_numpys(dtype: str) -> None:
    generator = np.random.default_rng(1)
    numbers = np.concatenate([generator.normal(size=200) * 10.0 ** generator.integers(-9, 6, 200), [65519.9, 65520.0]])
    expected = numbers.astype(dtype)
    assert np.array_equal(expected.astype(WIDE), format_of(np.dtype(dtype)).nearest(numbers.astype(WIDE)))


def test_bfloat16_has_eight_bits_and_the_range_of_float32() -> None:
    assert [1.0, 1.0078125, np.inf] == list(BFLOAT16.nearest(np.array([1.003, 1.005, 3.4e38], WIDE)))
    assert FLOAT32.smallest_normal == BFLOAT16.smallest_normal == np.finfo(np.float32).smallest_normal


def test_a_format_holds_its_own_normal_numbers_and_no_finer_ones() -> None:
    numbers = np.array([0.0, 0.1, np.float32(0.1), 1e-40, np.inf, 3.5e38], WIDE)
    assert [True, False, True, False, False, False] == list(FLOAT32.holds(numbers))


def test_float16_stands_for_bfloat16_where_that_is_asked() -> None:
    half = np.dtype("float16")
    with bfloat16_as_float16():
        assert BFLOAT16 is format_of(half)
    assert FLOAT16 is format_of(half)


def test_complex_numbers_have_the_format_of_their_parts() -> None:
    assert FLOAT32 is format_of(np.dtype("complex64"))
    assert FLOAT64 is format_of(np.dtype("complex128"))


NARROW = """
import numpy as np

np.longdouble = np.float64
from tests.reference_engine.enclosure import test_rules

with np.errstate(all="ignore"):
    for dtype in ("float32", "float64"):
        for sample in test_rules.REAL:
            operands = test_rules.operands(sample, dtype)
            test_rules.assert_the_engines_own_numbers_are_inside(sample, operands)
"""


@pytest.mark.slow
def test_bounds_are_true_where_a_long_double_is_a_double() -> None:
    """As it is on Windows, and on Apple's processors."""
    ran = subprocess.run([sys.executable, "-c", NARROW], capture_output=True, text=True, check=False)
    assert (0, "") == (ran.returncode, ran.stderr)
