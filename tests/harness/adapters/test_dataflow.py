"""The graph of a program's values, and the functions that are cut out of it."""

from collections.abc import Callable

import pytest

from harness.adapters.dataflow import Dataflow, Derivative, Node
from harness.errors import Unsupported
from harness.trace import Tracer, trace


def derivatives(case: Callable[[Tracer], object]) -> list[Derivative]:
    """The calls that differentiate, in the order of the program."""
    return [derivative for entry in Dataflow(trace(case)).entries for derivative in entry.derivatives]


def names(nodes: tuple[Node, ...]) -> list[str]:
    return [node.name for node in nodes]


def test_a_function_holds_what_depends_on_its_arguments_and_reads_the_rest_from_outside() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 2.0)
        c = g.input("c", 3.0, requires_grad=False)
        doubled = 2 * c
        t = x * doubled
        beside = x + c
        y = t + c
        g.backward(y)
        g.observe("beside", beside)

    (derivative,) = derivatives(case)
    assert ["x"] == names(derivative.function.arguments)
    assert ["t", "y"] == names(derivative.function.body)
    assert ["doubled", "c"] == names(derivative.function.free)


def test_what_was_not_recorded_is_read_from_outside() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 2.0)
        with g.not_recording():
            square = x * x
        y = square + x
        g.backward(y)
        g.observe("x.grad", x.grad)

    (derivative,) = derivatives(case)
    assert ["y"] == names(derivative.function.body)
    assert ["square"] == names(derivative.function.free)


def test_all_inputs_that_require_a_gradient_are_arguments_of_a_backward() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 2.0)
        unconnected = g.input("unconnected", 2.0)
        g.input("constant", 2.0, requires_grad=False)
        y = x * x
        g.backward(y)
        g.input("later", 2.0)
        g.observe("gradient", unconnected.grad)

    (derivative,) = derivatives(case)
    assert ["x", "unconnected"] == names(derivative.function.arguments)
    assert ("x_grad", "unconnected_grad") == derivative.results


def test_a_value_in_between_has_a_function_of_its_own_if_its_gradient_is_looked_at() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 2.0)
        t = x * x
        y = t * x
        g.backward(y)
        g.observe("t.grad", t.grad)

    of_x, of_t = derivatives(case)
    assert ["t", "y"] == names(of_x.function.body)
    assert (["t"], ["y"], ["x"]) == (
        names(of_t.function.arguments),
        names(of_t.function.body),
        names(of_t.function.free),
    )


def test_what_was_computed_before_a_write_keeps_the_old_value() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 2.0)
        before = x * x
        g.write(x, 5.0)
        after = x * x
        g.backward(before)
        g.backward(after)
        g.observe("x.grad", x.grad)

    of_before, of_after = derivatives(case)
    (old,) = of_before.function.arguments
    (new,) = of_after.function.arguments
    assert new.previous is old


def test_a_root_that_needs_an_input_from_before_and_after_a_write_is_refused() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 2.0)
        before = x * x
        g.write(x, 5.0)
        y = before * x
        g.backward(y)
        g.observe("x.grad", x.grad)

    with pytest.raises(Unsupported, match="'x' as it was before and as it was after a write"):
        derivatives(case)


def test_the_inside_of_a_gradient_is_no_argument() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 2.0)
        t = 2 * x
        y = t**3
        gx = g.grad(y, x, create_graph=True)
        again = g.grad(gx, t)
        g.observe("again", again)

    with pytest.raises(Unsupported, match="'gx' is a gradient, a function of its arguments alone"):
        derivatives(case)


def test_inputs_share_a_call_of_grad_and_every_other_value_has_its_own() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 2.0)
        w = g.input("w", 2.0)
        t = x * w
        y = t * x
        gx, gt, gw, again = g.grad(y, [x, t, w, x])
        g.observe("sum", gx + gt + gw + again)

    assert [("gx", "gw"), ("gt",), ("again",)] == [derivative.results for derivative in derivatives(case)]


def test_a_gradient_is_a_constant_unless_its_graph_was_asked_for() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 2.0)
        y = x**3
        constant = g.grad(y, x)
        alive = g.grad(y, x, create_graph=True)
        z = constant * alive
        g.backward(z)
        g.observe("x.grad", x.grad)

    *_, outer = derivatives(case)
    assert ["alive", "z"] == names(outer.function.body)
    assert ["constant"] == names(outer.function.free)
