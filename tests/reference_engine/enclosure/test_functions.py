import math

import numpy as np
import pytest

from reference_engine.enclosure.formats import WIDE
from reference_engine.enclosure.functions import FUNCTIONS
from reference_engine.enclosure.images import PI, power, sine, tangent
from reference_engine.enclosure.interval import Interval, point
from tests.reference_engine.enclosure.inside import holds

DOMAINS = {
    "log": (0.01, 5), "log2": (0.01, 5), "log10": (0.01, 5), "log1p": (-0.9, 5), "arcsin": (-1, 1), "arccos": (-1, 1),
    "arctanh": (-0.99, 0.99), "arccosh": (1, 5), "power": (0.1, 4),
}  # fmt: skip
BINARY = {"power", "arctan2", "logaddexp", "logaddexp2", "hypot"}
OF_NUMPY = [name for name in FUNCTIONS if isinstance(getattr(np, name, None), np.ufunc)]


def some(low: object, high: object) -> Interval:
    return Interval(np.asarray(low, WIDE), np.asarray(high, WIDE))


@pytest.mark.parametrize("name", OF_NUMPY)
def test_images_hold_the_values_of_members(name: str) -> None:
    low, high = DOMAINS.get(name, (-5, 5))
    random = np.random.default_rng(2)
    count = 2 if name in BINARY else 1
    ends = [np.sort(random.uniform(low, high, (2, 300)), axis=0) for _ in range(count)]
    image = FUNCTIONS[name].image(*(some(*pair) for pair in ends))
    for weight in (0.0, 0.1, 0.5, 0.83, 1.0):
        members = [(pair[0] * (1 - weight) + pair[1] * weight).clip(*pair).astype(WIDE) for pair in ends]
        values = getattr(np, name)(*members)
        slack = np.abs(values) * np.finfo(WIDE).eps * 8
        assert holds(Interval(image.lower - slack, image.upper + slack), values), weight


@pytest.mark.parametrize("name", sorted(DOMAINS.keys() - {"power"}))
def test_outside_of_the_domain_is_nan_and_across_its_end_is_anything(name: str) -> None:
    _, high = DOMAINS[name]
    beyond = float(high) + 1 if name in ("arcsin", "arccos", "arctanh") else -2.0
    assert FUNCTIONS[name].image(point(beyond)).is_nan
    assert FUNCTIONS[name].image(some(beyond - 0.5, beyond + 0.5)).is_nan
    across = some(0.5, 3.0) if beyond > 0 else some(-3.0, high)
    assert FUNCTIONS[name].image(across).is_anything


def test_a_wave_reaches_its_crest_between_the_ends() -> None:
    image = sine(some(1.0, 2.0))
    assert 1.0 == image.upper
    assert np.sin(WIDE(1)) == image.lower
    assert (-1.0, 1.0) == (sine(some(-9.0, 9.0)).lower, sine(some(-9.0, 9.0)).upper)


def test_of_a_tangent_across_its_pole_nothing_is_known() -> None:
    assert tangent(some(1.5, 1.6)).is_anything
    assert not tangent(some(PI / 2 + 0.1, PI + 1)).is_anything


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [((-2.0, 3.0), 2.0, (0.0, 9.0)), ((-2.0, 3.0), 3.0, (-8.0, 27.0)), ((-3.0, -2.0), -1.0, (-1 / 2, -1 / 3))],
)
def test_whole_powers_of_either_sign(base: tuple[float, float], exponent: float, expected: tuple[float, float]) -> None:
    image = power(some(*base), point(exponent))
    assert expected == (pytest.approx(float(image.lower)), pytest.approx(float(image.upper)))


def test_other_powers_of_negative_numbers_are_nan() -> None:
    assert power(some(-3.0, -2.0), point(0.5)).is_nan
    assert power(some(-3.0, 2.0), point(0.5)).is_anything
    assert power(some(-3.0, -2.0), some(1.0, 3.0)).is_anything


def test_powers_of_minus_infinity_are_infinite_or_zero() -> None:
    assert np.inf == power(point(-np.inf), point(0.5)).lower
    assert 0 == power(point(-np.inf), point(-0.5)).upper


def test_every_function_says_how_far_libraries_are_off() -> None:
    assert all(0.5 <= function.ulps <= 16 and math.isfinite(function.ulps) for function in FUNCTIONS.values())
