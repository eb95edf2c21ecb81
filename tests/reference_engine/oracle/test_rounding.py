"""Exact numbers are rounded to the nearest of a format, of two to the even one, however large or small they are."""

import numpy as np
import pytest
from flint import arb

from reference_engine.oracle.rounding import rounded


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_as_numpy_rounds(dtype: str) -> None:
    drawn = np.random.default_rng(0)
    with np.errstate(over="ignore", under="ignore"):
        for number in drawn.normal(size=200) * 2.0 ** drawn.integers(-160, 140, 200):
            assert float(np.dtype(dtype).type(number)) == float(rounded(arb(float(number)), dtype))


def test_what_has_few_digits_overflows_too() -> None:
    assert float("inf") == float(rounded(arb(2) ** 2000, "float64"))
    assert float("-inf") == float(rounded(-(arb(2) ** 1024), "float64"))
    assert 2.0**1023 == float(rounded(arb(2) ** 1023, "float64"))


def test_what_is_smaller_than_any_number_is_0_however_small() -> None:
    assert rounded(arb("-1e300").exp().upper(), "float64") == 0
    assert rounded(arb(2) ** -1075, "float64") == 0
    assert 2.0**-1074 == float(rounded(arb(3) / 2 * arb(2) ** -1075, "float64"))
