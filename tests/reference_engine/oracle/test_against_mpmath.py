"""The oracle against mpmath: functions of several numbers, differentiated numerically with 80 digits, to 25 of them."""

from collections.abc import Callable, Sequence
from typing import Any

import mpmath
import numpy as np
import pytest
from flint import arb
from mpmath import mpf

from reference_engine.oracle import Applied
from reference_engine.oracle.working import comparing
from tests.reference_engine.oracle.questions import step, truth

VALUES = [0.3, -1.1, 2.7, 0.9]


def norm(x: Sequence[mpf]) -> mpf:
    return mpmath.sqrt(mpmath.fsum(one**2 for one in x))


def mean(x: Sequence[mpf]) -> mpf:
    return mpmath.fsum(x) / len(x)


def variance(x: Sequence[mpf], correction: float = 0.0) -> mpf:
    return mpmath.fsum((one - mean(x)) ** 2 for one in x) / (len(x) - correction)


def logsumexp(x: Sequence[mpf]) -> mpf:
    return mpmath.log(mpmath.fsum(map(mpmath.exp, x)))


def squares_of(values: Sequence[mpf]) -> mpf:
    return mpmath.fsum(one**2 for one in values)


SQUARED = (step("q", "square", "y"), step("z", "sum", "q"))
MATRIX = step("m", "reshape", "x", shape=(2, 2))

FUNCTIONS: dict[str, tuple[Callable[[Sequence[mpf]], mpf], tuple[Applied, ...]]] = {
    "sum": (mpmath.fsum, (step("y", "sum", "x"),)),
    "mean of squares": (lambda x: squares_of(x) / 4, (step("q", "square", "x"), step("y", "mean", "q"))),
    "prod": (mpmath.fprod, (step("y", "prod", "x"),)),
    "var": (variance, (step("y", "var", "x"),)),
    "var corrected": (lambda x: variance(x, 1.0), (step("y", "var", "x", correction=1.0),)),
    "std": (lambda x: mpmath.sqrt(variance(x)), (step("y", "std", "x"),)),
    "norm": (norm, (step("y", "vector_norm", "x"),)),
    "logsumexp": (logsumexp, (step("y", "logsumexp", "x"),)),
    "max": (max, (step("y", "max", "x"),)),
    "min": (min, (step("y", "min", "x"),)),
    "softmax, squared": (
        lambda x: squares_of([mpmath.exp(one - logsumexp(x)) for one in x]),
        (step("y", "softmax", "x"), *SQUARED),
    ),
    "log_softmax, squared": (
        lambda x: squares_of([one - logsumexp(x) for one in x]),
        (step("y", "log_softmax", "x"), *SQUARED),
    ),
    "cumulative_sum, squared": (
        lambda x: squares_of([mpmath.fsum(x[: end + 1]) for end in range(4)]),
        (step("y", "cumulative_sum", "x"), *SQUARED),
    ),
    "cumulative_prod, squared": (
        lambda x: squares_of([mpmath.fprod(x[: end + 1]) for end in range(4)]),
        (step("y", "cumulative_prod", "x"), *SQUARED),
    ),
    "det": (lambda x: x[0] * x[3] - x[1] * x[2], (MATRIX, step("y", "det", "m"))),
    "matmul with itself, squared": (
        lambda x: squares_of(list(mpmath.matrix([x[:2], x[2:]]) ** 2)),
        (MATRIX, step("y", "matmul", "m", "m"), *SQUARED),
    ),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_gradient_to_25_digits(name: str) -> None:
    formula, steps = FUNCTIONS[name]
    found = truth(VALUES, *steps).derivative
    assert found is not None
    with mpmath.workdps(80), comparing():
        point = [mpf(value) for value in VALUES]
        for place, slope in enumerate(found):
            expected = arb(mpmath.nstr(partial(formula, point, place), 40))
            assert abs(slope - expected) <= arb(10) ** -25 * (abs(expected) + arb(10) ** -10)


def partial(formula: Callable[[Sequence[mpf]], mpf], point: list[mpf], place: int) -> Any:
    return mpmath.diff(lambda moved: formula([*point[:place], moved, *point[place + 1 :]]), point[place])


def test_the_digits_that_are_shown() -> None:
    with mpmath.workdps(40):
        digits = mpmath.nstr(mpmath.exp(mpf(0.5)), 28)
    assert digits == str(truth(0.5, step("y", "exp", "x")))
    assert "[0, 10, 0]" == str(truth(np.array([2.0, 0.0, 5.0]), step("y", "prod", "x")))
