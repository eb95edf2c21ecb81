"""Whether observed gradients are right, over the whole catalogue and case by case."""

import numpy as np
import pytest

from harness.arrays import Array
from harness.catalogue import written
from harness.checker.mathematics import Mathematician
from harness.checker.predict import Predictor
from harness.checker.truths import Truths
from harness.program import Grad, KeepGradient, Observe
from harness.results import Error, Observation
from harness.trace import trace
from reference_engine.oracle import Slopes, Tolerance
from reference_engine.oracle.evaluation import Evaluation
from tests.named import named

A_FEW_ROUNDINGS = Tolerance(ulps=4.0)

DECLINED = {
    "gradient_buffers/written_from_outside": "overwritten in place",
    "in_place_writes/operand_not_needed": "overwritten in place",
    "in_place_writes/result_not_needed": "overwritten in place",
}
"""Cases whose expected gradient rests on more than mathematics."""


def observation(point, value, dtype="float64"):
    array = Array.of(value, dtype)
    return Observation(
        case="", environment="", point=point, outcome="array", dtype=array.dtype, shape=array.shape, data=array.data
    )


def gradient_points(program):
    gradients = {name for step in program.steps if isinstance(step, Grad | KeepGradient) for name in step.defines}
    for step in program.steps:
        if isinstance(step, Observe) and step.aspect == "content":
            (quantity,) = step.quantities
            if quantity.kind == "gradient" or quantity.of in gradients:
                yield step


EXPECTED = [(case, step) for case in written() for step in gradient_points(case.program) if step.expected is not None]


@pytest.fixture(scope="module")
def mathematician():
    return Mathematician()


@pytest.mark.parametrize("topic", sorted({case.topic for case, _ in EXPECTED}))
def test_what_the_catalogue_expects_is_exact(topic, mathematician):
    """The closed form that a case's author gave, and the oracle's answer from the program alone, are one."""
    for case, step in EXPECTED:
        if topic == case.topic:
            with named(f"{case.id}, {step.point}"):
                assert_what_is_expected_is_exact(case, step, mathematician)


def assert_what_is_expected_is_exact(case, step, mathematician):
    expected = step.expected.numpy()
    seen = {step.point: observation(step.point, expected, expected.dtype.name)}
    answer = mathematician.answer(case.program, step.point, seen, {}, A_FEW_ROUNDINGS)
    if case.id in DECLINED:
        assert "not applicable" == answer.mathematics
        assert DECLINED[case.id] in answer.sentence
    else:
        assert ("exact", "") == (answer.mathematics, answer.sentence)


def test_most_of_the_catalogue_is_expected():
    assert 100 < len(EXPECTED)


WRONG = {
    # A float32 on the way rounds what is reported in float64, which needs a derived tolerance.
    ("dtype_casts/gradient_through_float32", "x.grad"): "0.1000000000000000055511151231",
    # By default NaN spreads from the branch that was not taken, as in every framework.
    ("singular_points/where_exp", "x.grad"): "[0.3678794411714423215955237702, 1]",
    ("singular_points/where_sqrt", "x.grad"): "[1, 0.25]",
    ("singular_points/where_log", "x.grad"): "[1, 0.25]",
    ("singular_points/where_division", "x.grad"): "[1, -0.25]",
    ("singular_points/where_reciprocal", "x.grad"): "[1, -0.25]",
    ("singular_points/where_norm", "x.grad"): "[[0, 0], [0.6, 0.8]]",
    ("singular_points/where_power", "x.grad"): "[1, -0.25]",
}
"""Where the reference engine is wrong by a few roundings, and the truth."""

OF_MANY_ROUNDINGS = {
    ("matrices/eigenvectors_twice", "slope"),
    ("matrices/eigenvectors_twice", "curvature"),
    ("matrices/q_times_r", "x.grad"),
    ("second_derivatives/normalized_and_scaled", "ggx"),
}
"""Where matrices and second derivatives round more often; the bounds that are derived hold what comes of it."""


def test_the_reference_engine_is_wrong_only_where_it_is_known_to_be(mathematician):
    predictor = Predictor()
    for case in written():
        seen = predictor.observe(case.program)
        for step in gradient_points(case.program):
            answer = mathematician.answer(case.program, step.point, seen, {}, A_FEW_ROUNDINGS)
            if (case.id, step.point) in OF_MANY_ROUNDINGS:
                assert answer.ulps is not None
                assert answer.ulps < 200
            elif (case.id, step.point) in WRONG:
                assert ("wrong", WRONG[case.id, step.point]) == (answer.mathematics, answer.truth)
            else:
                assert answer.mathematics not in ("wrong", "undecided"), f"{case.id}, {step.point}: {answer}"


def max_of_a_tie(g):
    x = g.input("x", [1.0, 1.0, 0.0])
    g.backward(g.max(x))
    g.observe("x.grad", x.grad)


def answered(function, value, dtype="float64", options=None, tolerance=A_FEW_ROUNDINGS, of=None):
    seen = {"x.grad": value if isinstance(value, Observation) else observation("x.grad", value, dtype)}
    return (of or Mathematician()).answer(trace(function), "x.grad", seen, options or {}, tolerance)


def test_a_subgradient_and_a_wrong_one():
    assert "subgradient" == answered(max_of_a_tie, [0.5, 0.5, 0.0]).mathematics
    wrong = answered(max_of_a_tie, [1.0, 1.0, 0.0])
    assert ("wrong", "[0 to 1, 0 to 1, 0]") == (wrong.mathematics, wrong.truth)
    assert "A step along (1, 1, 0) changes f by 1 per unit; the reported gradient says 2." == wrong.sentence


def test_complex_gradients_by_the_framework_s_convention():
    def square(g):
        x = g.input("x", 0.1j, "complex128")
        g.backward(x * x)
        g.observe("x.grad", x.grad)

    assert "exact" == answered(square, -0.2j, "complex128").mathematics
    assert "wrong" == answered(square, 0.2j, "complex128").mathematics
    assert "exact" == answered(square, 0.2j, "complex128", {"complex_gradient": "plain"}).mathematics


def none(point="x.grad"):
    return Observation(case="", environment="", point=point, outcome="none")


def raised(point="x.grad"):
    error = Error("RuntimeError", "no")
    return Observation(case="", environment="", point=point, outcome="raised", error=error)


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        (none(), "It is no number: there is none."),
        (raised(), "It is no number: it raised."),
        (observation("x.grad", [1, 0, 0], "int64"), "Numbers of int64 are no gradient."),
    ],
)
def test_what_is_no_number_is_not_applicable(seen, sentence):
    answer = answered(max_of_a_tie, seen)
    assert ("not applicable", sentence) == (answer.mathematics, answer.sentence)


def test_the_error_in_units_in_the_last_place():
    def exponential(g):
        x = g.input("x", 1.0)
        g.backward(g.exp(x))
        g.observe("x.grad", x.grad)

    assert answered(exponential, np.nextafter(np.e, 3)).ulps == pytest.approx(0.67, abs=0.01)
    assert answered(exponential, np.float32(np.e), "float32").ulps < 0.5


def test_a_second_run_asks_nothing_again(tmp_path, monkeypatch):
    reported = [1.0, 1.0, 0.0]
    first = answered(max_of_a_tie, reported, of=Mathematician(Truths(tmp_path)))

    def fails(*_):
        raise AssertionError("something was computed again")

    monkeypatch.setattr(Slopes, "_slope", fails)
    monkeypatch.setattr(Evaluation, "__init__", fails)
    assert first == answered(max_of_a_tie, reported, of=Mathematician(Truths(tmp_path)))
    with pytest.raises(AssertionError, match="computed again"):
        answered(max_of_a_tie, reported, of=Mathematician(Truths(tmp_path / "elsewhere")))
