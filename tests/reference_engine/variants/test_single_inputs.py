"""The gradient of a single input, and those of several: `shared_if_alone` and `promoted_if_alone`."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from reference_engine import Variable, astype, exp, grad, mean, semantics, where
from reference_engine import max as max_of
from reference_engine import sum as sum_of

SEED = np.ones(2)


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    with semantics.using(gradient_buffers="shared_if_alone", gradient_dtype="promoted_if_alone"):
        yield


def narrow(*values: float) -> Variable:
    return Variable(np.array(values, np.float32))


def dtype(gradient: Any) -> str:
    return str(gradient.dtype)


def test_the_gradient_of_a_single_input_is_the_seed_itself() -> None:
    x = Variable([1.0, 2.0])
    y = x + 1
    y.backward(SEED)
    assert x.grad is SEED
    assert grad(y, x, [SEED])[0] is SEED


def test_the_gradients_of_several_inputs_are_arrays_of_their_own() -> None:
    a, b = Variable([1.0, 2.0]), Variable([3.0, 4.0])
    y = a + b
    y.backward(SEED)
    for first, second in ((a.grad, b.grad), grad(y, [a, b], [SEED])):
        assert not np.shares_memory(first, second)
        assert not np.shares_memory(first, SEED)


def test_without_a_seed_of_the_caller_s_nothing_is_shared() -> None:
    x = Variable(1.0)
    y = x + 1
    y.backward()
    assert not np.shares_memory(x.grad, y.grad)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expected", "op"),
    [
        ("float32", lambda x: sum_of(x * x)),
        ("float32", lambda x: sum_of(exp(x))),
        ("float32", lambda x: sum_of(astype(x, dtype=np.float64))),
        ("float64", mean),
        ("float64", max_of),
        ("float64", lambda x: sum_of(where(np.array([True, False]), x, 0.0))),
        ("float64", lambda x: sum_of(2.5**x)),
        ("float64", lambda x: sum_of(x * np.array([1.0, 2.0]))),
    ],
)
def test_the_gradient_of_a_single_input_has_the_dtype_of_its_derivative(expected: str, op: Any) -> None:
    x = narrow(1.0, 2.0)
    op(x).backward()
    assert expected == dtype(x.grad)


def test_the_gradients_of_several_inputs_have_the_dtypes_of_their_values() -> None:
    x, wide = narrow(1.0, 2.0), Variable([3.0, 4.0])
    y = sum_of(x * wide)
    y.backward()
    assert ("float32", "float64") == (dtype(x.grad), dtype(wide.grad))
    assert ["float32", "float64"] == [dtype(one) for one in grad(y, [x, wide])]


def test_a_seed_of_another_dtype_widens_the_gradient() -> None:
    x = narrow(1.0, 2.0)
    with semantics.using(seed_dtype="promotes"):
        (x * x).backward(SEED)
    assert "float64" == dtype(x.grad)
