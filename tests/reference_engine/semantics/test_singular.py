"""Singular points, under each option."""

import numpy as np
import pytest

from reference_engine import Variable, semantics, std


@pytest.mark.parametrize(("option", "expected"), [("nan", [np.nan] * 3), ("zero", [0.0] * 3)])
def test_the_standard_deviation_of_equal_numbers(option: str, expected: list[float]) -> None:
    with semantics.using(std_at_zero=option):
        x = Variable([3.0, 3.0, 3.0])
        std(x).backward()
    np.testing.assert_array_equal(np.array(expected), x.grad)


def test_other_slices_are_as_ever() -> None:
    x = Variable([[3.0, 3.0], [1.0, 3.0]])
    with semantics.using(std_at_zero="zero"):
        std(x, axis=1).backward([1.0, 1.0])
    assert x.grad is not None
    assert [[0.0, 0.0], [-0.5, 0.5]] == x.grad.tolist()
