import numpy as np
import pytest

from harness.report.curves import plots
from harness.results import Results
from harness.trace import Tracer, trace
from tests.harness.report.conftest import program, seen, square


def test_gradient_and_value_over_a_sorted_input_are_plotted(results: Results) -> None:
    observed = {name: results.observations["topic/square", name] for name in ("reference", "torch")}
    (made,) = plots(program(square), observed)
    assert ["y: reference, torch", "xgrad: reference", "xgrad: torch"] == [label for _, label in made.legend]


@pytest.mark.parametrize(
    "values", [[1.0, 2.0, 3.0, 4.0], [5.0, 4.0, 3.0, 2.0, 1.0], [1.0, 2.0, 3.0, 4.0, np.inf], [[1.0], [2.0], [3.0]]]
)
def test_an_input_that_is_no_axis_has_no_plot(values: list[float]) -> None:
    def function(g: Tracer) -> None:
        x = g.input("x", values)
        g.backward(g.sum(x))
        g.observe("g", x.grad)

    assert [] == plots(trace(function), {"a": {"g": seen("c/d", "a", "g", np.ones_like(values))}})


def test_a_functional_gradient_is_a_curve_too() -> None:
    def function(g: Tracer) -> None:
        x = g.input("x", np.arange(5.0))
        dx = g.grad(g.sum(x), x)
        g.observe("dx", dx)

    (made,) = plots(trace(function), {"a": {"dx": seen("c/d", "a", "dx", np.ones(5))}})
    assert ["dx: a"] == [label for _, label in made.legend]


def test_values_without_an_observed_gradient_are_no_plot(results: Results) -> None:
    observed = {"torch": {"y": results.observations["topic/square", "torch"]["y"]}}
    assert [] == plots(program(square), observed)


def test_the_gradient_of_a_cast_of_the_axis_is_a_curve_too() -> None:
    def function(g: Tracer) -> None:
        leaf = g.input("leaf", np.arange(5.0))
        x = leaf.astype("float32")
        g.backward(g.sum(x))
        g.observe("x.grad", x.grad)

    (made,) = plots(trace(function), {"a": {"x.grad": seen("c/d", "a", "x.grad", np.ones(5))}})
    assert ["x.grad: a"] == [label for _, label in made.legend]
