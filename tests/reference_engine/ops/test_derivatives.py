"""Each op's derivative is the slope of its value."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

import reference_engine
from reference_engine import Variable, grad, semantics
from reference_engine.op import OPS
from tests.named import named
from tests.reference_engine.differences import (
    assert_gradients_are_slopes,
    assert_the_gradient_along_a_line_is_the_slope,
)
from tests.reference_engine.ops.by_op import by_op
from tests.reference_engine.ops.samples import HOLOMORPHIC, SAMPLES, WITHOUT_DERIVATIVE, Sample, turned

DERIVATIVE_OF_A_CONSTANT_IS_ZERO = {"backward_without_graph": "none", "unconnected_input": "zeros"}


def call(sample: Sample) -> Callable[..., Any]:
    return partial(getattr(reference_engine, sample.op), **sample.parameters)


def test_every_op_with_a_derivative_is_sampled() -> None:
    assert {sample.op for sample in SAMPLES} | {*WITHOUT_DERIVATIVE} == {*reference_engine.ops.__all__}


@by_op(SAMPLES)
def test_the_gradient_is_the_slope(samples: list[Sample]) -> None:
    for sample in samples:
        with named(sample):
            assert_gradients_are_slopes(call(sample), sample.operands)


@by_op(SAMPLES)
def test_the_gradient_of_the_gradient_is_its_slope(samples: list[Sample]) -> None:
    """The rules are written with ops, so their results have derivatives as well; those of constants are zero."""
    for sample in samples:
        with named(sample), semantics.using(**DERIVATIVE_OF_A_CONSTANT_IS_ZERO):
            assert_the_gradient_of_the_gradient_is_its_slope(sample)


def assert_the_gradient_of_the_gradient_is_its_slope(sample: Sample) -> None:
    differentiable = [position for position, one in enumerate(sample.operands) if np.asarray(one).dtype.kind in "fc"]

    def first_derivative(*operands: Any) -> Any:
        variables = [one if isinstance(one, Variable) else Variable(one) for one in operands]
        output = call(sample)(*variables)
        weight = np.sin(np.arange(output.size) + 1.0).reshape(output.shape)
        inputs = [variables[position] for position in differentiable]
        gradients = grad(output * output, inputs, [weight], create_graph=True)
        total = sum(reference_engine.sum(one * one) for one in gradients)
        return total if any(isinstance(one, Variable) for one in operands) else total.value

    operands = [np.asarray(one, np.complex128) if np.iscomplexobj(one) else one for one in sample.operands]
    assert_the_gradient_along_a_line_is_the_slope(first_derivative, operands)


@by_op(sample for sample in SAMPLES if sample.op in HOLOMORPHIC)
def test_the_complex_gradient_is_the_slope_uphill(samples: list[Sample]) -> None:
    for sample in map(turned, samples):
        with named(sample):
            assert_gradients_are_slopes(call(sample), sample.operands)


@pytest.mark.parametrize("name", ["abs", "sign", "var", "std", "vector_norm"])
def test_the_gradient_of_a_function_that_is_not_holomorphic_is_the_slope_uphill(name: str) -> None:
    operand = np.array([1.0 + 2.0j, -2.0 + 0.5j, 0.7 - 1.5j])
    assert_gradients_are_slopes(getattr(reference_engine, name), [operand])


@pytest.mark.parametrize("name", WITHOUT_DERIVATIVE)
def test_an_op_without_a_derivative_gives_constants(name: str) -> None:
    op = OPS[name]
    result = op(*[Variable([1.0, 2.0])] * len(op.operands))
    assert not result.requires_grad
    assert result.is_leaf


def _third_derivative(function: Callable[[Any], Any], at: float) -> float:
    x = Variable(at)
    y = function(x)
    with semantics.using(**DERIVATIVE_OF_A_CONSTANT_IS_ZERO):
        for _ in range(3):
            (y,) = grad(y, x, create_graph=True)
    return float(y.value)


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("exp", 0.5, np.exp(0.5)),
        ("sin", 0.5, -np.cos(0.5)),
        ("log", 2.0, 2 / 2.0**3),
        ("sqrt", 4.0, 3 / 8 * 4.0**-2.5),
        ("reciprocal", 2.0, -6 / 2.0**4),
        ("tanh", 0.0, -2.0),
        ("sigmoid", 0.0, -1 / 8),
        ("softplus", 0.0, 0.0),
        ("square", 3.0, 0.0),
        ("atan", 0.0, -2.0),
        ("asinh", 0.0, -1.0),
    ],
)
def test_third_derivatives_are_the_textbook_s(name: str, at: float, expected: float) -> None:
    assert pytest.approx(expected, rel=1e-13, abs=1e-14) == _third_derivative(getattr(reference_engine, name), at)


def test_a_power_has_derivatives_of_every_order() -> None:
    assert [0.0, 0.0, 0.0, 6.0, 48.0] == [_third_derivative(lambda x, n=n: x**n, 2.0) for n in range(5)]
    assert [0.0, 0.0, 0.0, 6.0, 0.0] == [_third_derivative(lambda x, n=n: x**n, 0.0) for n in range(5)]
