"""Taps change no number, and name the op that goes wrong: its value, its gradient, or how shares are added up."""

import pytest

from harness.checker.predict import Options, Predictor
from harness.fuzz.localisation import SUM, Place, tapped
from harness.generation import program_of
from harness.program import Program, Write
from harness.trace import Tracer
from tests.harness.fuzz.planted import surprises_of

PREDICTOR = Predictor()


def _program(g: Tracer) -> Program:
    return Program(tuple(g._steps))


def _reused() -> Program:
    """exp(x) * x + tanh(x): x is used three times."""
    g = Tracer()
    x = g.input("x", [0.5, -1.25])
    e = g.exp(x)
    p = g.multiply(e, x)
    t = g.tanh(x)
    y = g.add(p, t)
    s = g.sum(y)
    g.backward(s)
    g.observe("s", s)
    g.observe("x.grad", x.grad)
    return _program(g)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (("exp_rule", "input"), Place("exp", "gradient", "e")),
        (("tanh_rule", "not_squared"), Place("tanh", "gradient", "t")),
        (("multiply_rule", "own_operand"), Place("multiply", "gradient", "p")),
        (("contributions", "last_kept"), Place("backward", SUM)),
    ],
)
def test_the_op_with_the_wrong_rule_is_blamed(fault: tuple[str, str], expected: Place) -> None:
    trap = tapped(_reused(), PREDICTOR)
    options: Options = frozenset({fault})
    assert expected == trap.blamed(surprises_of(PREDICTOR, trap.program, options))


def test_nobody_is_asked_for_the_share_of_what_the_outputs_do_not_depend_on() -> None:
    g = Tracer()
    x = g.input("x", [0.5, -1.25])
    y = g.exp(x)
    g.concat(x, x)
    kept = g.sum(g.stop_gradient(y) * y)
    (slope,) = g.grad(kept, [x])
    g.observe("slope", slope)
    trap = tapped(_program(g), PREDICTOR)
    observed = PREDICTOR.observe(trap.program, frozenset({("unconnected_input", "raises")}))
    assert "array" == observed["slope"].outcome


def test_taps_change_nothing_that_was_looked_at_before() -> None:
    for number in range(60):
        program = program_of(0, number)
        if any(isinstance(step, Write) for step in program.steps):
            continue  # a tap's sum is another value than the one that is written into
        before, after = PREDICTOR.observe(program), PREDICTOR.observe(tapped(program, PREDICTOR).program)
        for point, seen in before.items():
            if seen.outcome == "array":
                assert (seen.dtype, seen.shape, str(seen)) == (
                    after[point].dtype,
                    after[point].shape,
                    str(after[point]),
                )
