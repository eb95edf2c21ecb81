import numpy as np
import pytest

from reference_engine.enclosure import Enclosed, Uncertain, Undeclared, enclosed, enclosing
from reference_engine.enclosure.formats import FLOAT32, WIDE
from reference_engine.enclosure.interval import Interval

SINGLE = np.dtype("float32")


def between(low: float, high: float) -> Enclosed:
    return Enclosed([Interval(np.array([low], WIDE), np.array([high], WIDE))], SINGLE, FLOAT32)


def test_a_comparison_of_numbers_that_are_apart_is_plain() -> None:
    x = between(1.0, 2.0)
    assert [True] == list(x < 3)
    assert [False] == list(x > 2.5)
    assert [False] == list(x == 0)
    assert [True] == list(x != 0)


@pytest.mark.parametrize("condition", [between(1.0, 2.0) < 1.5, between(1.0, 2.0) == 1.5, between(0.0, 1.0) > 0])
def test_a_comparison_that_more_digits_would_decide_is_uncertain(condition: object) -> None:
    assert isinstance(condition, Enclosed)
    with pytest.raises(Uncertain):
        bool(condition)


def test_only_nan_differs_from_itself() -> None:
    x, undefined = between(1.0, 2.0), between(np.nan, np.nan)
    assert [False] == list(x != x)
    assert [True] == list(undefined != undefined)


def test_an_uncertain_choice_is_between_both() -> None:
    with enclosing():
        chosen = np.where(between(-1.0, 1.0) > 0, between(5.0, 6.0), 0.0)  # type: ignore[call-overload]
    assert (0.0, 6.0) == (float(chosen.parts[0].lower[0]), float(chosen.parts[0].upper[0]))


def test_conditions_combine() -> None:
    unsure = between(-1.0, 1.0) > 0
    assert [True] == list(unsure | np.array([True]))
    assert [False] == list(unsure & np.array([False]))


def test_numpy_cannot_take_bounds_for_numbers() -> None:
    with pytest.raises(Undeclared):
        np.asarray(enclosed(np.ones(2), SINGLE))
    with pytest.raises(Undeclared, match="no bounds for NumPy's percentile"):
        np.percentile(enclosed(np.ones(2), SINGLE), 50)  # type: ignore[call-overload]
