import numpy as np
import pytest

import reference_engine as engine
from reference_engine import IntegerInput, SeedMismatch, SeedRequired, UnsupportedDtype, Variable


@pytest.mark.parametrize("value", [1.0, np.float64(1.0), np.array(1.0), [1.0, 2.0], np.ones((2, 3))])
def test_the_value_is_always_an_array(value: object) -> None:
    x = Variable(value)
    assert np.ndarray is type(x.value)
    assert np.ndarray is type((x + x).value)
    assert np.shape(value) == x.shape


def test_its_attributes_are_the_value_s() -> None:
    x = Variable(np.ones((2, 3), np.float32))
    assert ((2, 3), np.dtype("float32"), 2, 6, 2) == (x.shape, x.dtype, x.ndim, x.size, len(x))


def test_the_value_is_a_copy_unless_asked() -> None:
    array = np.zeros(2)
    copied, aliased = Variable(array), Variable(array, copy=False)
    array[0] = 5.0
    assert [0.0, 0.0] == copied.value.tolist()
    assert [5.0, 0.0] == aliased.value.tolist()
    assert array is aliased.value


def test_floats_require_a_gradient_and_integers_do_not_unless_told() -> None:
    assert Variable([1.0]).requires_grad
    assert not Variable([1.0], requires_grad=False).requires_grad
    assert not Variable([1]).requires_grad
    with pytest.raises(IntegerInput, match="int64"):
        Variable([1], requires_grad=True)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(UnsupportedDtype):
        Variable(["a"])


def test_operators_are_the_ops_on_either_side() -> None:
    array = np.array([1.0, 2.0])
    x = Variable([3.0, 5.0])
    results = [
        array + x, x + array, array - x, x - array, array * x, x * array, array / x, x / array, array**x, x**array,
        array @ x, x @ array, -x, +x, abs(-x), np.float64(2) * x, 2 - x,
    ]  # fmt: skip
    values = np.array([3.0, 5.0])
    expected = [
        array + values, values + array, array - values, values - array, array * values, values * array, array / values,
        values / array, array**values, values**array, array @ values, values @ array, -values, values, values,
        2 * values, 2 - values,
    ]  # fmt: skip
    assert [one.tolist() for one in expected] == [one.value.tolist() for one in results]
    assert {Variable} == {type(one) for one in results}


def test_comparisons_give_constants() -> None:
    x = Variable([1.0, 2.0])
    results = [x == 1, x != 1, x < 2, x <= 1, x > 1, x >= 2, np.array([1.0, 3.0]) < x, np.array([1.0, 3.0]) == x]
    assert [
        [True, False], [False, True], [True, False], [True, False], [False, True], [False, True], [False, False],
        [True, False],
    ] == [one.value.tolist() for one in results]  # fmt: skip
    assert not any(one.requires_grad for one in results)


def test_sets_go_by_identity() -> None:
    x, y = Variable(1.0), Variable(1.0)
    assert 2 == len({x, y, x})


def test_elements_can_be_looped_over_and_keep_their_gradient() -> None:
    x = Variable([1.0, 2.0, 3.0])
    total = Variable(0.0)
    for element in x:
        total = total + element * element
    total.backward()
    assert x.grad is not None
    assert [2.0, 4.0, 6.0] == x.grad.tolist()


def test_augmented_addition_makes_a_new_variable() -> None:
    x = Variable([1.0])
    y = x
    y += 1.0
    assert [1.0] == x.value.tolist()
    assert [2.0] == y.value.tolist()


def test_the_representation_says_how_it_was_made() -> None:
    x = Variable([1.0, 2.0])
    assert "Variable([1., 2.], dtype=float64, leaf)" == repr(x)
    assert "Variable([2., 4.], dtype=float64, made by multiply)" == repr(x * 2)
    assert "Variable([ True, False], dtype=bool, constant)" == repr(x == 1)


def test_a_gradient_lands_on_every_variable_that_was_reached() -> None:
    x = Variable([1.0, 2.0])
    y = x * 3
    z = engine.sum(y)
    z.backward()
    assert ([3.0, 3.0], [1.0, 1.0], 1.0) == tuple(one.grad.tolist() for one in (x, y, z) if one.grad is not None)


def test_a_second_backward_adds_until_the_gradient_is_cleared() -> None:
    """Seed 002."""
    x = Variable(np.array([1], np.float32))
    y = 2 * x
    seen = []
    for _ in range(3):
        y.backward()
        seen.append(x.grad)
    x.clear_grad()
    assert x.grad is None
    y.backward()
    assert [2.0, 4.0, 6.0, 2.0] == [float(one[0]) for one in (*seen, x.grad) if one is not None]


def test_the_seed_weighs_the_elements() -> None:
    x = Variable([1.0, 2.0])
    (x * x).backward([10.0, 1.0])
    assert x.grad is not None
    assert [20.0, 4.0] == x.grad.tolist()


def test_a_seed_of_another_shape_is_refused() -> None:
    with pytest.raises(SeedMismatch, match=r"\(3,\).*\(2,\)"):
        (Variable([1.0, 2.0]) * 2).backward(np.ones(3))


def test_several_elements_need_a_seed_and_one_does_not() -> None:
    with pytest.raises(SeedRequired, match=r"\(2,\)"):
        (Variable([1.0, 2.0]) * 2).backward()
    x = Variable([[1.0]])
    (x * 2).backward()
    assert x.grad is not None
    assert [[2.0]] == x.grad.tolist()


def test_float_and_integer_indices_of_matrices_transpose() -> None:
    x = Variable(np.arange(6.0).reshape(1, 2, 3))
    assert (1, 3, 2) == x.mT.shape
