"""Values and dtypes, under each option."""

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import IntegerInput, MixedDtypes, Variable, astype, grad, linear, matmul, semantics


@pytest.mark.parametrize(("option", "expected"), [("copied", 0.0), ("aliased", 5.0)])
def test_writing_into_the_host_array(option: str, expected: float) -> None:
    array = np.zeros(2)
    with semantics.using(host_array=option):
        x, copied, aliased = Variable(array), Variable(array, copy=True), Variable(array, copy=False)
    array[0] = 5.0
    assert (expected, 0.0, 5.0) == (x.value[0], copied.value[0], aliased.value[0])


def test_integers_have_no_derivative() -> None:
    with pytest.raises(IntegerInput):
        Variable([1, 2], requires_grad=True)


@pytest.mark.parametrize(("option", "expected"), [("none", None), ("zeros", [0, 0]), ("value", [2, 3])])
def test_the_gradient_of_integers(option: str, expected: list[int] | None) -> None:
    with semantics.using(integer_input=option):
        x = Variable([1, 2], requires_grad=True)
        (x * np.array([2.5, 3.5])).backward(np.ones(2))
        assert expected == (None if x.grad is None else x.grad.tolist())
        if x.grad is not None:
            assert x.dtype == x.grad.dtype
        (answer,) = grad(x * 2.0, x, [np.ones(2)])
        assert (expected is None) == (answer is None)


def test_a_cast_to_the_same_dtype_is_the_variable_itself() -> None:
    """Seed 001: `.float()` of a float32 tensor stays a leaf."""
    x = Variable(np.ones(2, np.float32))
    assert x.astype("float32") is x
    assert astype(x, dtype=np.float32) is x
    assert not x.astype("float64").is_leaf


def test_a_cast_to_the_same_dtype_can_be_a_constant_where_nothing_is_recorded() -> None:
    x = Variable(1.0)
    with semantics.using(same_dtype_cast="same_object_if_recorded"):
        assert x.astype("float64") is x
        with engine.not_recording():
            y = x.astype("float64")
    assert (False, 1.0) == (y.requires_grad, y.value)


def test_a_cast_to_the_same_dtype_can_be_a_new_variable_only_where_ops_are_recorded() -> None:
    x = Variable(1.0)
    with semantics.using(same_dtype_cast="new_node_if_recorded"):
        assert not x.astype("float64").is_leaf
        with engine.not_recording():
            assert x.astype("float64") is x
            assert x.astype("float32") is not x


def test_a_cast_to_the_same_dtype_can_be_a_new_variable() -> None:
    with semantics.using(same_dtype_cast="new_node"):
        x = Variable(np.ones(2, np.float32))
        y = x.astype("float32")
        assert y is not x
        assert not y.is_leaf
        y.backward(np.ones(2))
        assert x.grad is not None


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [("float64", "float32"), ("complex128", "complex64"), ("int64", "int32"), ("float16", "float16")],
)
def test_values_of_64_bits_can_be_cut_to_32(wide: str, narrow: str) -> None:
    array = np.ones(2, wide)
    assert wide == Variable(array).dtype
    with semantics.using(default_float="float32"):
        x = Variable(array)
        assert narrow == x.dtype
        assert narrow == (x * array).dtype
        assert narrow == x.astype(wide).dtype


def test_results_are_cut_too() -> None:
    with semantics.using(default_float="float32"):
        assert np.dtype("float32") == engine.mean(Variable([1, 2])).dtype


def test_mixed_dtypes_can_be_refused() -> None:
    single, double = Variable(np.ones(2, "f")), Variable(np.ones(2))
    assert np.dtype("float64") == (single + double).dtype
    with semantics.using(mixed_dtypes="raises"):
        assert np.dtype("float32") == (single * 2.0).dtype
        for op in (engine.add, engine.maximum, engine.less, engine.concat, engine.matmul):
            with pytest.raises(MixedDtypes, match="float32 and float64"):
                op(single, double)
        with pytest.raises(MixedDtypes):
            engine.where(np.array([True, False]), single, double)


def test_a_derivative_may_mix_dtypes_where_a_program_may_not() -> None:
    with semantics.using(mixed_dtypes="raises"):
        x = Variable(np.ones(2, "f"))
        y = engine.where(np.array([True, False]), x, x * x)
        (first,) = grad(engine.sum(y.astype("float64")), x, create_graph=True)
        assert np.dtype("float32") == first.dtype


def test_a_dense_layer_of_two_dtypes() -> None:
    x, weight, bias = Variable(np.ones((1, 2))), Variable(np.ones((2, 3), "f")), Variable(np.ones(3, "f"))
    assert np.dtype("float64") == linear(x, weight, bias).dtype
    with semantics.using(linear_dtypes="raises"):
        with pytest.raises(MixedDtypes, match="linear"):
            linear(x, weight, bias)
        with pytest.raises(MixedDtypes, match="matmul"):
            matmul(x, weight)
    with semantics.using(linear_dtypes="casts_input"):
        y = linear(x, weight, bias)
        y.backward(np.ones((1, 3)))
        assert x.grad is not None
        assert (np.dtype("float32"), np.dtype("float64")) == (y.dtype, x.grad.dtype)
        with pytest.raises(MixedDtypes, match="matmul"):
            matmul(x, weight)


@pytest.mark.parametrize(("option", "expected"), [("aliased", 5.0), ("copied", 0.0)])
def test_writing_into_a_host_array_that_was_not_to_be_copied(option: str, expected: float) -> None:
    array = np.zeros(2)
    with semantics.using(no_copy_input=option):
        x = Variable(array, copy=False)
    array[0] = 5.0
    assert expected == x.value[0]


@pytest.mark.parametrize(("option", "expected"), [("aliased", 5.0), ("read_only", 5.0), ("copied", 0.0)])
def test_the_array_that_a_variable_gives_after_a_write(option: str, expected: float) -> None:
    with semantics.using(host_view=option):
        x = Variable([0.0, 0.0])
        host = x.numpy()
        x.write(5.0)
        assert (expected, option != "read_only") == (host[0], host.flags.writeable)
    assert x.value.flags.writeable


def test_integers_can_be_refused_by_ops_whose_derivatives_need_values() -> None:
    """As Chainer: `n * x` and `exp(n)` raise, `n + n` and `2 * n` do not."""
    with semantics.using(integer_input="refused_by_ops", mixed_dtypes="raises"):
        n, x = Variable([2, 3]), Variable([0.5, 1.5])
        for refused in (lambda: n * x, lambda: n * n, lambda: engine.exp(n), lambda: engine.maximum(n, n)):
            with pytest.raises(IntegerInput):
                refused()
        with pytest.raises(MixedDtypes):
            x * n
        assert ([4, 6], [4, 6]) == ((n + n).value.tolist(), (2 * n).value.tolist())
        asked = Variable([2, 3], requires_grad=True)
        (asked + asked).backward(np.ones(2))
        assert asked.grad is not None
        assert [2, 2] == asked.grad.tolist()


@pytest.mark.parametrize(("option", "expected"), [("count", "float64"), ("weak", "float32")])
def test_an_array_without_axes_beside_one_with_axes(option: str, expected: str) -> None:
    with semantics.using(zero_dimensional_operands=option):
        x, scale = Variable(np.ones(2, "f")), Variable(3.0)
        y = x * scale
        y.backward(np.ones(2))
        assert expected == y.dtype
        assert x.grad is not None
        assert scale.grad is not None
        assert ("float32", "float64") == (x.grad.dtype, scale.grad.dtype)


def test_an_array_without_axes_of_a_higher_kind_is_not_weak() -> None:
    with semantics.using(zero_dimensional_operands="weak"):
        assert np.dtype("float64") == (Variable([1, 2]) * Variable(1.5)).dtype
        assert np.dtype("float64") == (Variable(np.float32(1)) * Variable(1.5)).dtype


@pytest.mark.parametrize(("option", "expected"), [("promote", "float64"), ("take_float", "float32")])
def test_integers_beside_floats(option: str, expected: str) -> None:
    with semantics.using(integers_beside_floats=option):
        x, n = Variable(np.array([0.5, 2.0], "f")), Variable([2, 3])
        y = x * n
        y.backward(np.ones(2))
        assert expected == y.dtype
        assert x.grad is not None
        assert ("float32", [2.0, 3.0]) == (x.grad.dtype, x.grad.tolist())
        assert np.dtype("int64") == (n * n).dtype


def test_python_numbers_can_be_as_wide_as_arrays() -> None:
    x = Variable(np.array([1.0, 2.0], "f"))
    with semantics.using(python_numbers="strong"):
        wide = (2 * x, x + 0.5, x**3, engine.maximum(x, 0), engine.where(x.value > 1, x, 0.0), engine.clip(x, min=0.0))
        narrow = (x * x, x**2, x**1, engine.clip(x), -x)
        engine.mean(2 * x).backward()
    assert {"float64"} == {str(one.dtype) for one in wide}
    assert {"float32"} == {str(one.dtype) for one in narrow}
    assert x.grad is not None
    assert np.dtype("float32") == x.grad.dtype


def test_a_cast_can_make_a_new_leaf() -> None:
    x = Variable([1.0, 2.0])
    with semantics.using(cast_result="new_leaf"):
        y = astype(x, dtype="float32")
        engine.sum(y * y).backward()
    assert y.is_leaf
    assert (None, [2.0, 4.0]) == (x.grad, y.grad.tolist())
