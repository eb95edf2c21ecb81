"""The oracle's forward functions are the functions of those names."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import reference_engine
from harness.ops import OPS
from reference_engine.oracle.balls import array_of, parts
from reference_engine.oracle.evaluation import NUMBERS
from reference_engine.oracle.forward import FORWARD
from reference_engine.oracle.forward.table import in_array
from reference_engine.oracle.working import Working
from tests.named import named
from tests.reference_engine.ops.by_op import by_op
from tests.reference_engine.ops.samples import HOLOMORPHIC, SAMPLES, Sample, turned

NOT_ON_BALLS_ALONE = {"astype", "stop_gradient"}
"""What they do depends on the point, so the evaluation does it."""

WHOLE_ARRAYS = [sample for sample in SAMPLES if sample.op not in NOT_ON_BALLS_ALONE]

ONE_OF_EACH = list({sample.op: sample for sample in WHOLE_ARRAYS if all(map(np.size, sample.operands))}.values())


def evaluated(op: str, *operands: Any, **parameters: Any) -> NDArray[Any]:
    """The midpoints of what the oracle computes, in float64 or complex128; certain to 60 bits."""
    with Working(128).entered():
        balls = [array_of(np.asarray(operand)) for operand in operands]
        for name in NUMBERS.get(op, ()):
            if parameters.get(name) is not None:
                parameters[name] = array_of(np.asarray(parameters[name]))
        result = FORWARD[op](*balls, **parameters)
        for ball in result.flat:
            assert all(part.rel_accuracy_bits() > 60 or float(part.abs_upper()) < 1e-17 for part in parts(ball))
        kind = complex if any(len(parts(ball)) == 2 for ball in result.flat) else float
        return np.array([kind(ball) for ball in result.flat]).reshape(result.shape)


def test_every_op_of_a_program_has_one() -> None:
    assert set() == OPS.keys() - FORWARD.keys() - NOT_ON_BALLS_ALONE


def assert_it_is_the_engine_s_value(sample: Sample) -> None:
    with named(sample):
        expected = getattr(reference_engine, sample.op)(*sample.operands, **sample.parameters)
        np.testing.assert_allclose(evaluated(sample.op, *sample.operands, **sample.parameters), expected, 1e-13, 1e-15)


@by_op(WHOLE_ARRAYS)
def test_it_is_the_engine_s_value(samples: list[Sample]) -> None:
    for sample in samples:
        assert_it_is_the_engine_s_value(sample)


@pytest.mark.parametrize("sample", ONE_OF_EACH, ids=str)
def test_a_wrong_forward_function_is_noticed(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each op's, if it is off by a billionth anywhere."""
    right = FORWARD[sample.op]
    monkeypatch.setitem(FORWARD, sample.op, lambda *balls, **parameters: in_array(right(*balls, **parameters) + 1e-9))
    with pytest.raises(AssertionError):
        assert_it_is_the_engine_s_value(sample)


@by_op(sample for sample in WHOLE_ARRAYS if sample.op in HOLOMORPHIC)
def test_it_is_the_engine_s_value_for_complex_numbers(samples: list[Sample]) -> None:
    for sample in samples:
        assert_it_is_the_engine_s_value(turned(sample))


@pytest.mark.parametrize(
    ("op", "operands", "expected"),
    [
        ("hypot", (3.0, -4.0), 5.0),
        ("ceil", (-1.5,), -1.0),
        ("ceil", (2.0,), 2.0),
        ("trunc", (-1.5,), -1.0),
        ("trunc", (-0.5,), 0.0),
        ("round", (0.5,), 0.0),
        ("round", (1.5,), 2.0),
        ("round", (-2.5,), -2.0),
        ("round", (2.6,), 3.0),
        ("vector_norm", ([3.0, 4.0],), 5.0),
        ("cumulative_sum", ([1.0, 2.0, 4.0],), [1.0, 3.0, 7.0]),
        ("cumulative_prod", ([2.0, 0.0, 3.0],), [2.0, 0.0, 0.0]),
        ("det", ([[1.0, 2.0], [3.0, 4.0]],), -2.0),
        ("pow", (0.0, 0.0), 1.0),
        ("pow", (-2.0, 3.0), -8.0),
        ("pow", (-2.0, -1.0), -0.5),
        ("pow", (0.0, 0.5), 0.0),
        ("sign", (3 - 4j,), 0.6 - 0.8j),
        ("floor_divide", (1.0, 0.1), 9.0),
        ("floor_divide", (-6.0, 2.0), -3.0),
        ("floor_divide", ([2.5, -2.5, 0.0], np.inf), [0.0, -1.0, 0.0]),
        ("remainder", ([-5.5, 5.5], [2.0, -2.0]), [0.5, -0.5]),
        ("remainder", ([2.5, 2.5], [np.inf, -np.inf]), [2.5, -np.inf]),
        ("copysign", ([2.0, -2.0, 2.0], [1.0, 0.5, -3.0]), [2.0, 2.0, -2.0]),
        ("conj", (3 - 4j,), 3 + 4j),
        ("real", (3 - 4j,), 3.0),
        ("imag", ([3 - 4j, 2.0],), [-4.0, 0.0]),
        ("less_equal", ([1.0, 2.0], 1.0), [1.0, 0.0]),
        ("not_equal", ([1.0, 2.0], 1.0), [0.0, 1.0]),
    ],
)
def test_by_hand(op: str, operands: tuple[Any, ...], expected: Any) -> None:
    np.testing.assert_allclose(evaluated(op, *operands), expected, 1e-15)


@pytest.mark.parametrize(
    ("op", "operands"),
    [
        ("log", (-1.0,)),
        ("log1p", (-2.0,)),
        ("sqrt", (-1.0,)),
        ("asin", (1.5,)),
        ("acos", (-1.5,)),
        ("acosh", (0.5,)),
        ("atanh", (2.0,)),
        ("divide", (1.0, 0.0)),
        ("reciprocal", (0.0,)),
        ("floor_divide", (1.0, 0.0)),
        ("remainder", (np.inf, 2.0)),
        ("pow", (-1.0, 0.5)),
        ("log", (np.nan,)),
        ("sin", (np.inf,)),
    ],
)
def test_outside_its_domain_it_is_not_a_number(op: str, operands: tuple[Any, ...]) -> None:
    with Working(128).entered():
        (ball,) = FORWARD[op](*(array_of(np.asarray(operand)) for operand in operands)).flat
    assert not ball.is_finite()
    assert ball.is_nan()


def test_an_extremum_of_nan_is_nan() -> None:
    with Working(128).entered():
        (ball,) = FORWARD["max"](array_of(np.array([1.0, np.nan, 2.0]))).flat
    assert ball.is_nan()
