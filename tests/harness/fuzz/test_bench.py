"""What the oracle says against the reference engine: its mistakes, and not what conventions make of kinks."""

from collections.abc import Iterator

import pytest

from harness.checker.predict import Options, Prediction, Predictor
from harness.environments import Environment, resolve
from harness.fuzz.bench import Bench
from harness.program import Program
from harness.session import Limits
from harness.trace import Tracer


class Mistaken(Predictor):
    """A reference engine with a wrong derivative of exp."""

    def predict(self, program: Program, options: Options = frozenset()) -> Prediction:
        return super().predict(program, options | {("exp_rule", "input")})


@pytest.fixture
def bench() -> Iterator[Bench]:
    (reference,) = resolve(["reference"], create_missing=False, report=lambda step: None)
    assert isinstance(reference, Environment)
    with Bench([reference], Limits()) as bench:
        yield bench


def _program(g: Tracer) -> Program:
    return Program(tuple(g._steps))


def _exponential() -> Program:
    g = Tracer()
    x = g.input("x", [0.5, -1.25])
    g.backward(g.sum(g.exp(x)))
    g.observe("x.grad", x.grad)
    return _program(g)


def _clipped_then_smallest() -> Program:
    """One element is at the bound, another below it: no small step changes the smallest, and half a gradient passes."""
    g = Tracer()
    x = g.input("x", [-1.25, -1.0])
    g.backward(g.min(g.clip(x, min=-1.0)))
    g.observe("x.grad", x.grad)
    return _program(g)


def _root_of_nothing() -> Program:
    g = Tracer()
    x = g.input("x", [2.0])
    g.backward(g.sum(g.sqrt(g.subtract(x, x))))
    g.observe("x.grad", x.grad)
    return _program(g)


def test_a_wrong_rule_is_found(bench: Bench) -> None:
    assert bench.mistaken(_exponential()) is None
    bench._predictor = Mistaken()
    found = bench.mistaken(_exponential())
    assert found is not None
    assert "the reported gradient says 0.5" in found.sentence


@pytest.mark.parametrize("program", [_clipped_then_smallest(), _root_of_nothing()])
def test_what_comes_of_several_kinks_is_no_mistake_of_a_rule(program: Program, bench: Bench) -> None:
    reference = bench._benches[0].record
    judged = bench._judge.verdict(
        "", program, reference, bench._predictor.observe(program), {}, bench._benches[0]._profile
    )
    assert "wrong" == judged.points["x.grad"].mathematics
    assert bench.mistaken(program) is None
