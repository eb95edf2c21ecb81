"""Losses where their formulas are hard to compute, against mpmath, and where they meet each other."""

from typing import Any

import mpmath
import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable

X1, X2 = np.array([0.5, -1.0, 2.0]), np.array([0.25, 1.0, 2.5])


def gradient(name: str, x: Any, *others: Any, **parameters: Any) -> list[float]:
    variable = Variable(x)
    getattr(engine, name)(variable, *others, **parameters).backward()
    assert variable.grad is not None
    return list(variable.grad.tolist())


@pytest.mark.parametrize("name", ["mse_loss", "l1_loss", "huber_loss", "smooth_l1_loss", "log_cosh_loss"])
def test_the_reductions_belong_together(name: str) -> None:
    function = getattr(engine, name)
    losses = function(X1, X2, reduction="none")
    assert losses.shape == (3,)
    np.testing.assert_allclose(losses.sum(), function(X1, X2, reduction="sum"), rtol=1e-15)
    np.testing.assert_allclose(losses.mean(), function(X1, X2, reduction="mean"), rtol=1e-15)
    np.testing.assert_array_equal(function(X1, X2), function(X1, X2, reduction="mean"))


def test_huber_is_smooth_l1_times_its_width() -> None:
    np.testing.assert_allclose(
        0.75 * engine.smooth_l1_loss(X1, X2, beta=0.75), engine.huber_loss(X1, X2, delta=0.75), rtol=1e-15
    )


def test_without_a_width_smooth_l1_is_l1() -> None:
    assert engine.l1_loss(X1, X2) == engine.smooth_l1_loss(X1, X2, beta=0.0)


def test_huber_does_not_overflow_where_the_square_does() -> None:
    with np.errstate(all="raise"):
        assert 1e200 == engine.huber_loss(np.array([1e200]), np.array([0.0]))
        assert [1.0] == gradient("huber_loss", [1e200], np.array([0.0]))


def test_cross_entropy_of_labels_is_that_of_a_certain_target() -> None:
    x, labels, target = np.array([[0.5, -1.0], [2.0, 0.25]]), np.array([1, 0]), np.array([[0.0, 1.0], [1.0, 0.0]])
    assert engine.soft_cross_entropy(x, target) == engine.cross_entropy(x, labels)
    assert gradient("soft_cross_entropy", x, target) == gradient("cross_entropy", x, labels)


def test_a_score_without_and_with_its_sigmoid_has_the_same_loss() -> None:
    target = np.array([0.0, 1.0, 0.25])
    np.testing.assert_allclose(
        engine.binary_cross_entropy(engine.sigmoid(X1), target),
        engine.binary_cross_entropy_with_logits(X1, target),
        rtol=1e-14,
    )


@pytest.mark.parametrize(("x", "target"), [(40.0, 1.0), (-40.0, 0.0), (700.0, 1.0), (-700.0, 0.0), (40.0, 0.0)])
def test_the_loss_of_a_score_keeps_its_digits_on_both_sides(x: float, target: float) -> None:
    def loss(x: Any) -> Any:
        return mpmath.log(1 + mpmath.exp(x)) - target * x

    with mpmath.workdps(700):
        value = float(loss(mpmath.mpf(x)))
        slope = float(1 / (1 + mpmath.exp(-mpmath.mpf(x))) - target)
    np.testing.assert_allclose(engine.binary_cross_entropy_with_logits(np.array([x]), np.array([target])), value, 1e-14)
    np.testing.assert_allclose(gradient("binary_cross_entropy_with_logits", [x], np.array([target])), [slope], 1e-14)


@pytest.mark.parametrize("difference", [1e-12, 1e-6, 0.5, 1.0, 3.0, 800.0])
def test_log_cosh_keeps_its_digits_near_its_minimum_and_far_from_it(difference: float) -> None:
    with mpmath.workdps(60):
        expected = float(mpmath.log(mpmath.cosh(mpmath.mpf(difference))))
    for sign in (1, -1):
        found = engine.log_cosh_loss(np.array([sign * difference]), np.array([0.0]))
        np.testing.assert_allclose(found, expected, rtol=1e-14)


def test_a_certain_answer_has_no_loss_and_an_infinite_one_if_it_is_wrong() -> None:
    with np.errstate(divide="ignore"):
        assert 0.0 == engine.binary_cross_entropy(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
        assert np.inf == engine.binary_cross_entropy(np.array([0.0]), np.array([1.0]))


def test_labels_have_no_gradient() -> None:
    x = Variable(np.array([[0.0, 0.0], [0.0, 0.0]]))
    engine.nll_loss(x, np.array([1, 1])).backward()
    np.testing.assert_array_equal(x.grad, [[0.0, -0.5], [0.0, -0.5]])
