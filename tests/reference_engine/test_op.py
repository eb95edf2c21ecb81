import inspect

import numpy as np
import pytest

from reference_engine import Variable, multiply, sum, tanh  # noqa: A004
from reference_engine.op import OPS


def test_an_op_of_arrays_computes_and_an_op_with_a_variable_records() -> None:
    array = np.array([1.0, 2.0])
    assert np.ndarray is type(multiply(array, array))
    assert Variable is type(multiply(array, Variable(array)))
    assert np.ndarray is type(tanh(np.float64(1.0)))


def test_lists_are_operands_like_any_array() -> None:
    assert [2.0, 6.0] == multiply([1.0, 2.0], Variable([2.0, 3.0])).value.tolist()


def test_an_op_has_the_signature_and_the_text_of_its_forward_function() -> None:
    assert ["x", "axis", "keepdims"] == list(inspect.signature(sum).parameters)
    assert "sum over axes" in (sum.__doc__ or "")
    assert "<op sum>" == repr(sum)


def test_an_unknown_parameter_is_an_error() -> None:
    with pytest.raises(TypeError, match="axes"):
        sum(Variable([1.0]), axes=0)


@pytest.mark.parametrize(
    ("name", "saves"),
    [
        ("add", ([], [])),
        ("multiply", ([2], [1])),
        ("exp", ([0],)),
        ("sum", ([],)),
        ("divide", ([2], [0, 2])),
        ("where", (None, [1], [1])),
        ("relu", ([0],)),
        ("logaddexp", ([1, 2], [1, 2])),
    ],
)
def test_a_rule_s_arguments_say_what_is_saved(name: str, saves: tuple[list[int] | None, ...]) -> None:
    assert saves == tuple(None if rule is None else list(rule.saves) for rule in OPS[name].rules)
