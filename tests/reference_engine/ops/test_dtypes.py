"""A gradient has the dtype and shape of its variable, whatever the op met."""

from itertools import product
from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import UnsupportedDtype, Variable, grad
from tests.named import named
from tests.reference_engine.ops.by_op import by_op
from tests.reference_engine.ops.samples import SAMPLES, Sample

REAL = ("float16", "float32", "float64")
INEXACT = (*REAL, "complex64", "complex128")


def _is_real(sample: Sample) -> bool:
    return not any(np.iscomplexobj(one) for one in sample.operands)


@by_op(one for one in SAMPLES if one.op != "astype" and _is_real(one))
def test_values_and_gradients_stay_in_the_precision_of_the_operands(samples: list[Sample]) -> None:
    for sample in samples:
        for dtype in {*sample.dtypes} - {"float64"}:
            with named(f"{sample} in {dtype}"):
                assert_everything_stays_in_the_precision(sample, dtype)


def assert_everything_stays_in_the_precision(sample: Sample, dtype: str) -> None:
    operands = [
        Variable(one.astype(dtype)) if isinstance(one, np.ndarray) and one.dtype.kind == "f" else one
        for one in sample.operands
    ]
    inputs = [one for one in operands if isinstance(one, Variable)]
    output = getattr(engine, sample.op)(*operands, **sample.parameters)
    gradients = grad(output, inputs, [np.ones(output.shape)])
    # What becomes complex is of that precision, but there are no complex numbers of half precision.
    expected = np.result_type(dtype, np.complex64) if output.dtype.kind == "c" else np.dtype(dtype)
    # An operand of several dtypes promotes: the sample with integer exponents of 64 bits does.
    assert expected == output.dtype or any(np.asarray(one).dtype == np.int64 for one in sample.operands)
    assert [(one.shape, one.dtype) for one in inputs] == [(one.shape, one.dtype) for one in gradients]


@pytest.mark.parametrize("name", ["add", "multiply", "divide", "matmul"])
def test_operands_of_two_dtypes_promote_and_each_gets_its_own_back(name: str) -> None:
    for first, second in product(INEXACT, INEXACT):
        x1, x2 = Variable(np.ones((2, 2), first)), Variable(np.ones((2, 2), second))
        y = getattr(engine, name)(x1, x2)
        y.backward(np.ones((2, 2)))
        assert np.result_type(first, second) == y.dtype
        assert x1.grad is not None
        assert x2.grad is not None
        assert (first, second) == (x1.grad.dtype, x2.grad.dtype)


@pytest.mark.parametrize(("source", "target"), [*product(INEXACT, INEXACT)])
def test_a_cast_hands_the_gradient_back_in_the_dtype_it_came_from(source: str, target: str) -> None:
    x = Variable(np.ones(2, source))
    x.astype(target).backward(np.ones(2))
    assert x.grad is not None
    assert source == x.grad.dtype
    assert [1.0, 1.0] == x.grad.tolist()


@pytest.mark.parametrize("target", ["int32", "bool", "uint8"])
def test_a_cast_to_integers_or_bool_gives_a_constant(target: str) -> None:
    y = Variable([1.5, 2.5]).astype(target)
    assert target == y.dtype
    assert not y.requires_grad


@pytest.mark.parametrize(("scalar", "dtype"), [(2, "float32"), (2.0, "float32"), (2j, "complex64")])
def test_python_numbers_take_the_dtype_that_they_meet(scalar: Any, dtype: str) -> None:
    assert dtype == (Variable(np.ones(2, "float32")) * scalar).dtype


def test_numpy_numbers_keep_their_dtype() -> None:
    assert np.dtype("float64") == (Variable(np.ones(2, "float32")) * np.float64(2)).dtype


@pytest.mark.parametrize("dtype", ["bfloat16", "object", "U3"])
def test_a_dtype_that_is_not_computed_with_is_refused(dtype: str) -> None:
    with pytest.raises(UnsupportedDtype, match="does not compute with"):
        Variable([1.0]).astype(dtype)
