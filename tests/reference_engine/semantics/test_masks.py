"""What an infinite cotangent becomes where an op lets nothing through, under each option."""

import math
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable, semantics

SEGMENT = np.array([0, 0])
OPS: list[tuple[str, Callable[[Variable], Variable], list[float]]] = [
    ("relu", engine.relu, [-1.0, 2.0]),
    ("relu", engine.relu6, [7.0, 2.0]),
    ("relu", engine.hard_sigmoid, [4.0, 2.0]),
    ("clip", partial(engine.clip, min=0.0, max=3.0), [-1.0, 2.0]),
    ("max", engine.max, [1.0, 2.0]),
    ("max", partial(engine.max, axis=0), [1.0, 2.0]),
    ("max", engine.min, [2.0, 1.0]),
    ("amax", engine.amax, [1.0, 2.0]),
    ("amax", engine.amin, [2.0, 1.0]),
    ("nansum", engine.nansum, [math.nan, 2.0]),
    ("nansum", engine.nanmean, [math.nan, 2.0]),
    ("segment_max", lambda x: engine.segment_max(x, SEGMENT, num_segments=1), [1.0, 2.0]),
    ("segment_max", lambda x: engine.segment_min(x, SEGMENT, num_segments=1), [2.0, 1.0]),
]


@pytest.mark.parametrize("cotangent", [math.inf, math.nan])
@pytest.mark.parametrize(("option", "blocked"), [("stops", 0.0), ("spreads", math.nan)])
@pytest.mark.parametrize(("dimension", "op", "value"), OPS)
def test_the_first_element_is_not_let_through(
    dimension: str,
    op: Callable[[Variable], Variable],
    value: list[float],
    option: str,
    blocked: float,
    cotangent: float,
) -> None:
    x = Variable(value)

    with semantics.using(**{f"infinity_at_{dimension}": option}):
        y = op(x)
        y.backward(np.full(y.shape, cotangent))

    assert x.grad is not None
    np.testing.assert_array_equal([blocked, cotangent], x.grad)


@pytest.mark.parametrize(("option", "blocked"), [("stops", 0.0), ("spreads", math.nan)])
@pytest.mark.parametrize(("op", "sign"), [("maximum", 1.0), ("minimum", -1.0)])
def test_the_operand_that_was_not_chosen(op: str, sign: float, option: str, blocked: float) -> None:
    x1, x2 = Variable(sign * 1.0), Variable(sign * 2.0)

    with semantics.using(**{f"infinity_at_{op}": option}):
        getattr(engine, op)(x1, x2).backward(np.array(math.inf))

    np.testing.assert_array_equal([blocked, math.inf], [x1.grad, x2.grad])


@pytest.mark.parametrize(("option", "blocked"), [("stops", 0.0), ("spreads", math.nan)])
def test_the_second_derivative_keeps_to_it(option: str, blocked: float) -> None:
    x, seed = Variable([-1.0, 2.0]), Variable([1.0, 1.0])

    with semantics.using(infinity_at_relu=option):
        (slope,) = engine.grad([engine.relu(x)], [x], [seed], create_graph=True)
        (second,) = engine.grad([slope], [seed], [np.array([math.inf, math.inf])])

    np.testing.assert_array_equal([blocked, math.inf], second)


def test_where_the_maximum_is_nan_and_no_element_counts_as_chosen_none_is_let_through() -> None:
    x = Variable([1.0, math.nan])

    with semantics.using(max_with_nan="zero", infinity_at_max="spreads"):
        engine.max(x).backward(np.array(math.inf))

    assert x.grad is not None
    np.testing.assert_array_equal([math.nan, math.nan], x.grad)


def test_of_equal_elements_the_one_that_gets_nothing_is_not_let_through() -> None:
    x = Variable([2.0, 2.0])

    with semantics.using(max_ties="first"):
        engine.max(x).backward(np.array(math.inf))

    assert x.grad is not None
    assert [math.inf, 0.0] == x.grad.tolist()


def test_finite_cotangents_do_not_ask() -> None:
    x = Variable([-1.0, 2.0])

    with semantics.noting() as consulted:
        engine.relu(x).backward(np.ones(2))

    assert "infinity_at_relu" not in consulted
