"""Functions with names of their own: right to the last bit, at hard points and far out, and their slopes too."""

import math
from typing import Any

import mpmath
import numpy as np
import pytest

import reference_engine
from reference_engine import Variable, grad

DIGITS = 400


def slope(name: str, at: float, **parameters: int) -> float:
    x = Variable(at)
    with np.errstate(all="ignore"):
        (found,) = grad(getattr(reference_engine, name)(x, **parameters), x)
    return float(found)


def nearest(value: Any) -> float:
    return float(value)


@pytest.mark.parametrize(
    ("name", "at", "function"),
    [
        ("erf", 1e-300, mpmath.erf),
        ("erfc", 26.5, mpmath.erfc),
        ("erfcx", 1e10, lambda x: mpmath.exp(x * x) * mpmath.erfc(x)),
        ("erfinv", 1 - 2.0**-53, mpmath.erfinv),
        ("erfcinv", 1e-20, lambda x: mpmath.erfinv(1 - x)),
        ("ndtr", -37.0, lambda x: mpmath.erfc(-x / mpmath.sqrt(2)) / 2),
        ("log_ndtr", -1e5, lambda x: mpmath.log(mpmath.erfc(-x / mpmath.sqrt(2)) / 2)),
        ("log_ndtr", 10.0, lambda x: mpmath.log(mpmath.erfc(-x / mpmath.sqrt(2)) / 2)),
        ("ndtri", 1e-20, lambda x: -mpmath.sqrt(2) * mpmath.erfinv(1 - 2 * x)),
        ("lgamma", 1 + 2.0**-52, mpmath.loggamma),
        ("lgamma", -2.4570247382208006, lambda x: mpmath.log(abs(mpmath.gamma(x)))),
        ("digamma", 1.4616321449683622, mpmath.digamma),
        ("digamma", -0.504083008264455409, mpmath.digamma),
        ("i0", 700.0, lambda x: mpmath.besseli(0, x)),
        ("i0e", -1e3, lambda x: mpmath.exp(x) * mpmath.besseli(0, x)),
        ("i1", -1e-300, lambda x: mpmath.besseli(1, x)),
        ("i1e", 1e3, lambda x: mpmath.exp(-x) * mpmath.besseli(1, x)),
        ("entr", 1 + 2.0**-52, lambda x: -x * mpmath.log(x)),
        ("logit", 0.5 + 2.0**-53, lambda x: mpmath.log(x / (1 - x))),
        ("sinc", 1 - 2.0**-53, mpmath.sincpi),
    ],
)
def test_a_value_is_the_nearest_to_the_exact_one(name: str, at: float, function: Any) -> None:
    with mpmath.workdps(DIGITS):
        expected = nearest(function(mpmath.mpf(at)))
    assert expected == float(getattr(reference_engine, name)(np.asarray(at)))


@pytest.mark.parametrize("order", [0, 1, 2, 5])
def test_polygamma_is_the_nearest_on_either_side_of_its_poles(order: int) -> None:
    for at in (1e-3, 0.7, 30.0, -0.5, -2.7):
        with mpmath.workdps(60):
            expected = nearest(mpmath.polygamma(order, mpmath.mpf(at)))
        assert expected == float(reference_engine.polygamma(np.asarray(at), n=order))


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("erfcx", 1e9, -1 / (math.sqrt(math.pi) * 1e18)),
        ("i0e", 1e9, -0.5 * 1e-9 / math.sqrt(2 * math.pi * 1e9)),
        ("i1e", -1e9, -0.5 * 1e-9 / math.sqrt(2 * math.pi * 1e9)),
        ("log_ndtr", -1e9, 1e9),
        ("sinc", 1e-9, -(math.pi**2) / 3 * 1e-9),
    ],
)
def test_slopes_do_not_cancel(name: str, at: float, expected: float) -> None:
    """Leading terms of series (DLMF 7.12.1, 10.40.1): the usual formulas have no digit right here."""
    assert pytest.approx(expected, rel=1e-8) == slope(name, at)


def test_scaled_bessel_functions_have_the_mean_slope_at_zero() -> None:
    """i0e has the slopes 1 and -1 on either side; i1e has 1/2 on both."""
    assert 0.0 == slope("i0e", 0.0)
    assert 0.5 == slope("i1e", 0.0)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_results_have_the_operand_s_dtype(dtype: str) -> None:
    x = Variable(np.array([0.25, 0.5], dtype))
    y = reference_engine.erf(x)
    (found,) = grad(y, x, [np.ones(2, dtype)])
    assert (dtype, dtype) == (y.dtype.name, found.dtype.name)


def test_integers_count_as_float64() -> None:
    assert [0.0, math.erf(1.0)] == list(reference_engine.erf(np.array([0, 1])))


def test_zeros_keep_their_sign_and_infinities_have_limits() -> None:
    values = reference_engine.erf(np.array([-0.0, math.inf, -math.inf]))
    assert [True, False, True] == list(np.signbit(values))
    assert [0.0, 1.0, -1.0] == list(values)


def test_where_the_first_operand_is_0_a_product_with_a_logarithm_is_0_and_its_slope_is_the_logarithm() -> None:
    x1, x2 = Variable([0.0, 0.0]), Variable([0.5, 0.0])
    y = reference_engine.xlogy(x1, x2)
    slopes = grad(y, [x1, x2], [np.ones(2)])
    assert [0.0, 0.0] == list(y.value)
    assert [[math.log(0.5), 0.0], [0.0, 0.0]] == [list(slope) for slope in slopes]
