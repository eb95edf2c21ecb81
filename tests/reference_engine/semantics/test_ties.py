"""Which of several equal elements gets the gradient, under each option."""

from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable, semantics

SHARES = [
    ("split", [0.0, 0.5, 0.0, 0.5]),
    ("first", [0.0, 1.0, 0.0, 0.0]),
    ("last", [0.0, 0.0, 0.0, 1.0]),
    ("all", [0.0, 1.0, 0.0, 1.0]),
]


def gradient(name: str, values: Any, **parameters: Any) -> Any:
    x = Variable(values)
    y = getattr(engine, name)(x, **parameters)
    y.backward(np.ones(y.shape))
    assert x.grad is not None
    return x.grad.tolist()


@pytest.mark.parametrize(("option", "expected"), SHARES)
@pytest.mark.parametrize(
    ("name", "dimension", "parameters"),
    [
        ("max", "max_ties", {}),
        ("max", "max_ties_along_axis", {"axis": 0}),
        ("max", "max_ties_along_axis", {"axis": (0,), "keepdims": True}),
        ("amax", "amax_ties", {}),
        ("amax", "amax_ties", {"axis": 0}),
    ],
)
def test_ties_of_the_maximum(
    name: str, dimension: str, parameters: dict[str, Any], option: str, expected: list[float]
) -> None:
    with semantics.using(**{dimension: option}):
        assert expected == gradient(name, [1.0, 3.0, 2.0, 3.0], **parameters)
    others = {"max_ties", "max_ties_along_axis", "amax_ties"} - {dimension}
    with semantics.using(**dict.fromkeys(others, option)):
        assert [0.0, 0.5, 0.0, 0.5] == gradient(name, [1.0, 3.0, 2.0, 3.0], **parameters)


@pytest.mark.parametrize(("option", "expected"), SHARES)
def test_ties_of_the_minimum(option: str, expected: list[float]) -> None:
    with semantics.using(max_ties=option):
        assert expected == gradient("min", [3.0, 1.0, 2.0, 1.0])


@pytest.mark.parametrize(("option", "chosen"), [("first", [(0, 0, 1), (0, 1, 1)]), ("last", [(1, 0, 1), (1, 1, 0)])])
def test_order_is_that_of_the_indices_over_several_axes(option: str, chosen: list[tuple[int, int, int]]) -> None:
    values = [[[0.0, 5.0], [4.0, 6.0]], [[5.0, 5.0], [6.0, 2.0]]]
    with semantics.using(max_ties_along_axis=option):
        shares = np.array(gradient("max", values, axis=(2, 0)))
    assert chosen == [tuple(map(int, index)) for index in np.argwhere(shares)]


def test_the_article_s_tie_at_both_ends() -> None:
    """Seed 004: the maximum of 2 x^2 + 2 over -2 ... 2."""
    x = np.arange(-2, 2.1, 0.25)
    for option, ends in (("split", (-4.0, 4.0)), ("all", (-8.0, 8.0)), ("first", (-8.0, 0.0)), ("last", (0.0, 8.0))):
        variable = Variable(x)
        with semantics.using(max_ties=option):
            engine.max(2 * variable**2 + 2).backward()
        assert variable.grad is not None
        assert [ends[0], *[0.0] * 15, ends[1]] == variable.grad.tolist()


@pytest.mark.parametrize(("option", "expected"), [("split", (0.5, 0.5)), ("first", (1.0, 0.0)), ("second", (0.0, 1.0))])
@pytest.mark.parametrize("name", ["maximum", "minimum"])
def test_ties_of_two_operands(name: str, option: str, expected: tuple[float, float]) -> None:
    x1, x2 = Variable(2.0), Variable(2.0)
    with semantics.using(maximum_ties=option):
        getattr(engine, name)(x1, x2).backward()
    assert expected == (x1.grad, x2.grad)


@pytest.mark.parametrize(
    ("option", "first", "second"),
    [
        ("to_nan", [1.0, 0.0, 0.5], [0.0, 1.0, 0.5]),
        ("both", [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]),
        ("second", [0.0, 0.0, 0.0], [1.0, 1.0, 1.0]),
        ("neither", [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
    ],
)
@pytest.mark.parametrize("name", ["maximum", "minimum"])
def test_of_two_operands_one_is_nan_or_both(name: str, option: str, first: list[float], second: list[float]) -> None:
    nan = np.nan
    x1, x2 = Variable([nan, 1.0, nan, 2.0, 3.0]), Variable([1.0, nan, nan, 3.0, 2.0])
    with semantics.using(**{f"{name}_with_nan": option}):
        getattr(engine, name)(x1, x2).backward(np.ones(5))
    assert x1.grad is not None
    assert x2.grad is not None
    larger = [0.0, 1.0] if name == "maximum" else [1.0, 0.0]
    assert [*first, *larger] == x1.grad.tolist()
    assert [*second, *larger[::-1]] == x2.grad.tolist()


@pytest.mark.parametrize(("option", "expected"), [("to_nan", [0.0, 1.0]), ("nan", [np.nan] * 2), ("zero", [0.0, 0.0])])
@pytest.mark.parametrize(
    ("dimension", "names"), [("max_with_nan", ("max", "min")), ("amax_with_nan", ("amax", "amin"))]
)
def test_an_extremum_that_is_nan(dimension: str, names: tuple[str, ...], option: str, expected: list[float]) -> None:
    with semantics.using(**{dimension: option}):
        for name in names:
            np.testing.assert_equal(gradient(name, [2.0, np.nan]), expected)
            assert [[1.0], [0.5, 0.5]] == [gradient(name, [2.0]), gradient(name, [2.0, 2.0])]


@pytest.mark.parametrize(("option", "first", "second"), [("in_order", 1.0, 10.0), ("reversed", 10.0, 1.0)])
def test_equals_in_a_descending_order(option: str, first: float, second: float) -> None:
    x = Variable([2.0, 2.0, 1.0])
    with semantics.using(descending_ties=option):
        engine.sort(x, descending=True).backward(np.array([1.0, 10.0, 100.0]))
    assert x.grad is not None
    assert [first, second, 100.0] == x.grad.tolist()


@pytest.mark.parametrize(("option", "expected"), [("stops", [0.0, 7.0]), ("passes", [7.0, 7.0])])
def test_a_value_that_is_overwritten(option: str, expected: list[float]) -> None:
    x, values = Variable([1.0, 2.0]), Variable([5.0, 6.0])
    with semantics.using(overwritten_values=option):
        engine.index_set(x, np.array([1, 1]), values).backward(np.array([3.0, 7.0]))
    assert x.grad is not None
    assert values.grad is not None
    assert ([3.0, 0.0], expected) == (x.grad.tolist(), values.grad.tolist())
