"""Two routes to a derivative that share nothing meet: the engine's rules, and differences of forward values."""

from itertools import groupby
from operator import attrgetter
from typing import Any

import numpy as np
import pytest

import reference_engine
from reference_engine import Variable, grad
from reference_engine.oracle import Differentiated, Function, Leaf, Question, Tolerance, Truth, judge
from reference_engine.oracle.forward import FORWARD, table
from tests.named import named
from tests.reference_engine.ops.by_op import by_op
from tests.reference_engine.ops.samples import HOLOMORPHIC, SAMPLES, Sample, turned
from tests.reference_engine.oracle.questions import judged, question, step

op_of = attrgetter("op")


def elements(sample: Sample) -> int:
    return sum(np.size(operand) for operand in sample.operands)


BY_SIZE = [sorted(samples, key=elements) for _, samples in groupby(sorted(SAMPLES, key=op_of), key=op_of)]
SMALL = [sample for samples in BY_SIZE for sample in samples[:2]]
LARGER = [sample for samples in BY_SIZE for sample in samples[2:] if elements(sample) <= 30]
ROUNDING = 1e-12
"""How far the engine's float64 may be off, relative to the largest element; a wrong rule is off by far more."""


def asked(sample: Sample, of: int, weight: Any, *, plain: bool = False) -> Question:
    leaves, operands = [], []
    for position, operand in enumerate(sample.operands):
        if isinstance(operand, float | int):
            operands.append(operand)
            continue
        array = np.asarray(operand)
        leaves.append(Leaf(f"x{position}", array, array.dtype.name))
        operands.append(f"x{position}")
    leaves.append(Leaf("weight", weight, weight.dtype.name))
    parameters = {name: value for name, value in sample.parameters.items() if value is not None or name != "axis"}
    made = step("y", sample.op, *operands, **parameters)
    return Question(Function(tuple(leaves), (made,)), f"x{of}", (("y", "weight"),), plain)


def assert_both_agree(sample: Sample) -> None:
    inexact = [place for place, one in enumerate(sample.operands)
               if not isinstance(one, float | int) and np.asarray(one).dtype.kind in "fc"]  # fmt: skip
    variables = [Variable(one) if place in inexact else one for place, one in enumerate(sample.operands)]
    output = getattr(reference_engine, sample.op)(*variables, **sample.parameters)
    weight = np.sin(np.arange(output.size) + 1.0).reshape(output.shape)
    if output.dtype.kind == "c":
        weight = weight * (1 - 0.5j)
    gradients = grad(output, [variables[place] for place in inexact], [weight], unconnected="zeros")
    for place, gradient in zip(inexact, gradients, strict=True):
        assert_exact(asked(sample, place, weight), gradient)


def assert_exact(about: Question, gradient: Any) -> None:
    slack = ROUNDING * np.max(np.abs(gradient), initial=0.0) * (1 + 1j if gradient.dtype.kind == "c" else 1)
    found = judge(Truth(about), gradient, gradient.dtype.name, Tolerance(0.0, gradient - slack, gradient + slack))
    assert "exact" == found.mathematics, f"{found}, reported {gradient}"


@by_op(SMALL)
def test_they_agree(samples: list[Sample]) -> None:
    for sample in samples:
        with named(sample):
            assert_both_agree(sample)


@pytest.mark.slow
@by_op(LARGER)
def test_they_agree_on_larger_arrays(samples: list[Sample]) -> None:
    test_they_agree(samples)


@by_op(sample for sample in SMALL if sample.op in HOLOMORPHIC)
def test_they_agree_for_complex_numbers(samples: list[Sample]) -> None:
    for sample in samples:
        with named(sample):
            assert_both_agree(turned(sample))


def random_function(seed: int) -> tuple[list[str], np.ndarray[Any, Any]]:
    drawn = np.random.default_rng(seed)
    ops = [
        str(drawn.choice(["add", "multiply", "subtract", "tanh", "sin", "exp", "sigmoid", "square"])) for _ in range(6)
    ]
    return ops, drawn.normal(0, 1, 3).round(3)


@pytest.mark.parametrize("seed", range(60))
def test_they_agree_on_random_functions(seed: int) -> None:
    """Chains of ops in which every value is used, some several times."""
    ops, values = random_function(seed)
    x = Variable(values)
    names, computed, steps = ["x"], [x], []
    for position, op in enumerate(ops):
        operands = (
            [names[-1]] if op in ("tanh", "sin", "exp", "sigmoid", "square") else [names[-1], names[position // 2]]
        )
        computed.append(getattr(reference_engine, op)(*(computed[names.index(name)] for name in operands)))
        steps.append(step(f"v{position}", op, *operands))
        names.append(f"v{position}")
        if op in ("exp", "square"):  # keep the numbers small
            computed.append(reference_engine.tanh(computed[-1]))
            steps.append(step(f"t{position}", "tanh", names[-1]))
            names.append(f"t{position}")
    (gradient,) = grad(computed[-1], [x], [np.ones(3)])
    assert_exact(question(values, *steps), gradient)


@pytest.mark.parametrize("seed", range(4))
def test_they_agree_on_second_derivatives(seed: int) -> None:
    ops, values = random_function(100 + seed)
    unary = [op for op in ops if op in ("tanh", "sin", "exp", "sigmoid", "square")]
    x = Variable(values)
    y, steps, last = x, [], "x"
    for position, op in enumerate(unary):
        y = reference_engine.tanh(getattr(reference_engine, op)(y))
        steps += [step(f"v{position}", op, last), step(f"t{position}", "tanh", f"v{position}")]
        last = f"t{position}"
    y = y * x
    steps.append(step("y", "multiply", last, "x"))
    (first,) = grad(y, [x], [np.ones(3)], create_graph=True)
    penalty = first * first
    (second,) = grad(penalty, [x], [np.ones(3)])
    steps += [Differentiated(("g",), ("y",), ("x",), (None,)), step("p", "square", "g")]
    assert_exact(question(values, *steps), second)


@pytest.mark.parametrize(
    ("op", "planted", "at"),
    [("sin", lambda x: x.cos(), 0.7), ("exp", lambda x: x.exp() * 1.0000000001, 0.7), ("square", lambda x: x, 0.7)],
)
def test_a_wrong_forward_function_is_noticed(op: str, planted: Any, at: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in the oracle itself shows: the engine's right gradient is then `wrong`."""
    x = Variable(np.array(at))
    getattr(reference_engine, op)(x).backward()
    assert "exact" == judged(question(at, step("y", op, "x")), x.grad, ulps=4).mathematics
    monkeypatch.setitem(FORWARD, op, lambda x: table.for_each("planted", planted, x))
    assert "wrong" == judged(question(at, step("y", op, "x")), x.grad, ulps=4).mathematics
