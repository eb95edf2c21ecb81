"""Functions that NumPy lacks: with a declaration they have bounds, and without one nothing passes for them."""

import math
from typing import Any

import numpy as np
import pytest
from flint import arb

from reference_engine import Variable
from reference_engine.enclosure import Undeclared, enclosed, enclosing
from reference_engine.enclosure.balls import by_balls
from reference_engine.enclosure.formats import WIDE
from reference_engine.enclosure.functions import FUNCTIONS, Function
from reference_engine.enclosure.interval import Interval, point
from reference_engine.op import Op
from reference_engine.ops.exponential import exp
from tests.reference_engine.enclosure.inside import encloses, holds


def error_function(x: Any) -> Any:
    return np.array([math.erf(number) for number in np.asarray(x).ravel()], x.dtype).reshape(x.shape)


@pytest.fixture
def erf() -> Op[Any]:
    """An op whose forward function computes with plain numbers alone."""
    made: Op[Any] = Op(error_function)

    @made.derivative("x")
    def _(g: Any, x: Any) -> Any:
        return g * (2 / math.sqrt(math.pi)) * exp(-x * x)

    return made


X = np.array([-1.25, 0.0, 0.5, 2.0], np.float32)


def test_what_nobody_declared_is_refused(erf: Op[Any]) -> None:
    with enclosing(), pytest.raises(Undeclared):
        erf(Variable(enclosed(X, X.dtype)))


def test_one_line_declares_a_function(erf: Op[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FUNCTIONS, "error_function", Function(by_balls(arb.erf), ulps=2))
    with enclosing():
        x = Variable(enclosed(X, X.dtype))
        y = erf(x)
        y.backward(enclosed(np.ones(4, np.float32), X.dtype))
    value, slope = error_function(X), (2 / math.sqrt(math.pi) * np.exp(-(X.astype(np.float64) ** 2)))
    assert encloses(y.value, value)
    assert not encloses(y.value, value * np.float32(1 + 2**-20))
    assert encloses(x.grad, slope.astype(np.float32))
    assert not encloses(x.grad, (slope * (1 + 2**-20)).astype(np.float32))


def test_an_image_holds_a_minimum_between_the_ends() -> None:
    """That of the gamma function is 0.8856031944 at 1.4616321449."""
    image = by_balls(arb.gamma)(between(1.4615, 1.4618))
    assert holds(image, 0.8856031944108887)
    assert math.gamma(1.4615) - 1e-6 < image.lower
    assert image.upper < math.gamma(1.4618) + 1e-6


def test_at_a_pole_and_at_infinity_nothing_is_known_and_nan_stays() -> None:
    digamma = by_balls(arb.digamma)
    assert digamma(Interval(np.asarray(-0.5, WIDE), np.asarray(0.5, WIDE))).is_anything
    assert digamma(point(np.inf)).is_anything
    assert digamma(point(np.nan)).is_nan
    assert -np.euler_gamma == pytest.approx(float(digamma(point(1.0)).lower))


def test_operands_broadcast() -> None:
    image = by_balls(lambda x, y: x * y)(point([3.0, 5.0]), between(4, 12))
    assert [12.0, 20.0] == pytest.approx(list(map(float, image.lower)))
    assert [36.0, 60.0] == pytest.approx(list(map(float, image.upper)))


def between(lower: float, upper: float) -> Interval:
    return Interval(np.asarray(lower, WIDE), np.asarray(upper, WIDE))
