"""Coordinates that act apart, and functions in which they do not."""

from typing import Any

import numpy as np
import pytest

from reference_engine.oracle import Applied, Differentiated, Function, Leaf, Truth
from reference_engine.oracle.evaluation import Evaluation
from reference_engine.oracle.forward.table import ELEMENTWISE
from reference_engine.oracle.separation import acts_apart
from tests.reference_engine.ops.by_op import by_op
from tests.reference_engine.ops.samples import SAMPLES, Sample
from tests.reference_engine.oracle.questions import Step, judged, leaf, question, step

POINT = [0.5, 1.5, 2.5]
GRADIENT = Differentiated(("g",), ("y",), ("x",), (None,))


def _value(sample: Sample, operands: list[Any]) -> Any:
    leaves = tuple(Leaf(f"x{place}", np.asarray(one), "float64") for place, one in enumerate(operands))
    applied = Applied("y", sample.op, tuple(one.name for one in leaves), tuple(sample.parameters.items()))
    evaluation = Evaluation(Function(leaves, (applied,)), 256, 0)
    return evaluation.values["y"]


@by_op(one for one in SAMPLES if one.op in ELEMENTWISE - {"astype"})
def test_an_elementwise_op_computes_each_element_from_one_of_each_operand(samples: list[Sample]) -> None:
    for sample in samples:
        operands = np.broadcast_arrays(*map(np.asarray, sample.operands))
        whole = _value(sample, list(sample.operands))
        for index in np.ndindex(*whole.shape):
            alone = _value(sample, [operand[index] for operand in operands])
            assert alone.item().overlaps(whole[index]), sample


@pytest.mark.parametrize(
    "steps",
    [
        (step("y", "exp", "x"), step("z", "multiply", "y", "x")),
        (step("y", "abs", "x"), step("z", "sum", "y")),
        (step("y", "multiply", "x", "x"), GRADIENT, step("z", "exp", "g")),
        (step("y", "exp", "x"), step("s", "sum", "y"), Differentiated(("g",), ("s",), ("x",), (None,))),
    ],
)
def test_elementwise_ops_keep_coordinates_apart(steps: tuple[Step, ...]) -> None:
    assert acts_apart(question(POINT, *steps))


@pytest.mark.parametrize(
    "steps",
    [
        (step("y", "flip", "x", axis=None), step("z", "multiply", "x", "y")),
        (step("y", "sum", "x"), step("z", "exp", "y")),
        (step("y", "sum", "x"), step("z", "multiply", "x", "y"), GRADIENT),
        (step("y", "exp", "x"), step("s", "sum", "y"), Differentiated(("g",), ("s",), ("x",), ("s",))),
        (step("y", "max", "x"),),
    ],
)
def test_other_ops_bring_them_together(steps: tuple[Step, ...]) -> None:
    assert not acts_apart(question(POINT, *steps))


def test_a_gradient_in_a_value_of_another_shape_brings_them_together() -> None:
    """The gradient in w adds up all the elements of x."""
    leaves = [leaf("x", POINT), leaf("w", 2.0)]
    inside = Differentiated(("g",), ("y",), ("w",), (None,))
    asked = question(leaves, step("s", "multiply", "x", "x"), step("y", "multiply", "s", "w"), inside)

    assert not acts_apart(asked)


def test_coordinates_apart_are_asked_along_the_axes_alone() -> None:
    truth = Truth(question(POINT, step("y", "exp", "x")))

    assert truth.derivative is not None
    assert 2 * len(POINT) == len(truth.slopes.known)


def test_each_coordinate_apart_has_its_own_kink() -> None:
    asked = question([0.0, 0.0, 1.0], step("y", "abs", "x"))

    assert judged(asked, [1.0, -0.5, 1.0]).mathematics == "subgradient"
    assert judged(asked, [1.0, -1.5, 1.0]).mathematics == "wrong"
    assert judged(asked, [1.0, -0.5, 0.5]).mathematics == "wrong"


def test_a_little_too_steep_is_wrong_where_coordinates_act_apart() -> None:
    """Kinks of both kinds meet, and yet no step along other coordinates makes the function any steeper along one."""
    leaves = [leaf("x", [0.0, 0.0]), leaf("w", [1.0, -1.0])]
    asked = question(leaves, step("a", "abs", "x"), step("p", "multiply", "a", "w"), step("y", "sum", "p"))

    assert judged(asked, [1.25, 0.0]).mathematics == "wrong"
