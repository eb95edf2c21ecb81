"""The text that a functional framework gets for each verb, in the words of a framework that has very few."""

from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import ClassVar

import pytest

from harness.adapters.base import Template
from harness.adapters.functional import Functional
from harness.errors import Unsupported
from harness.program import Input, Write
from harness.script import Language, Script
from harness.trace import Tracer, trace
from tests.harness.adapters import verbs


class Plain(Functional):
    framework = "plain"
    ops: ClassVar[dict[str, Template]] = {
        "add": "{0} + {1}",
        "multiply": "{0} * {1}",
        "pow": "{0} ** {1}",
        "sum": "sum({0})",
    }

    @property
    def language(self) -> Language:
        return Language("plain", "Plain", imports="", reader="")

    def array(self, step: Input) -> str:
        return f"array({step.name}_np)"

    def written(self, name: str, step: Write) -> str:
        return f"written({name})"

    def host(self, name: str) -> str:
        return f"host({name})"

    def differentiate(
        self, function: str, arguments: tuple[str, ...], results: tuple[str, ...], seeds: tuple[str, ...]
    ) -> Iterator[str]:
        yield f"{', '.join(results)} = grad({', '.join((function, *arguments, *seeds))})"


def script(case: Callable[[Tracer], object]) -> Script:
    return Plain().script(trace(case))


def said(case: Callable[[Tracer], object]) -> str:
    """The script without the lines that make its inputs."""
    lines = str(script(case)).splitlines()
    return "\n".join(line for line in lines if "_np" not in line and line.strip())


def text(expected: str) -> str:
    return dedent(expected).strip()


def test_what_is_only_needed_to_differentiate_is_computed_in_the_function_only() -> None:
    def case(g: Tracer) -> None:
        x0 = g.input("x0", 1.0)
        x1 = g.input("x1", 1.0)
        t = g.add(x0, x1)
        y = g.add(x0, t)
        g.backward(y)
        g.observe("t", t)
        g.observe("x0.grad", x0.grad)

    expected = """
        t = x0 + x1
        def f(x0, x1):
            t = x0 + x1
            y = x0 + t
            return y
        x0_grad, x1_grad = grad(f, x0, x1)
        observe("t", t)
        observe("x0.grad", x0_grad)
    """
    assert text(expected) == said(case)


def test_a_second_backward_calls_the_same_function_again() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = 2 * x
        g.backward(y, keep_graph=True)
        g.clear_grad(x)
        g.backward(y)
        g.observe("x.grad", x.grad)

    expected = """
        def f(x):
            y = 2 * x
            return y
        x_grad = grad(f, x)
        x_grad = grad(f, x)
        observe("x.grad", x_grad)
    """
    assert text(expected) == said(case)


def test_a_training_loop_defines_its_function_once_and_rebinds_the_variable() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        for _ in range(2):
            square = x**2
            loss = 3 * square
            g.backward(loss)
            g.sgd_step(x, 0.1)
        g.observe("x", x)

    expected = """
        def f(x):
            square = x ** 2
            loss = 3 * square
            return loss
        x_grad = grad(f, x)
        x = x - 0.1 * x_grad
        x_grad = grad(f, x)
        x = x - 0.1 * x_grad
        observe("x", x)
    """
    assert text(expected) == said(case)


def test_functions_that_read_different_values_from_outside_stay_apart() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        a = g.input("a", 1.0, requires_grad=False)
        b = g.input("b", 1.0, requires_grad=False)
        y = x * a
        z = x * b
        g.backward(y)
        g.backward(z)
        g.observe("x.grad", x.grad)

    assert ["    y = x * a", "    z = x * b"] == [line for line in said(case).splitlines() if " * " in line]


def test_a_gradient_of_a_gradient_calls_the_first_function_inside_the_second() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = x**3
        gx = g.grad(y, x, create_graph=True)
        z = 2 * gx
        g.backward(z)
        g.observe("x.grad", x.grad)

    expected = """
        def f(x):
            y = x ** 3
            return y
        gx = grad(f, x)
        def f_2(x):
            gx = grad(f, x)
            z = 2 * gx
            return z
        x_grad = grad(f_2, x)
        observe("x.grad", x_grad)
    """
    assert text(expected) == said(case)


def test_a_function_that_reads_variables_of_the_one_around_it_is_defined_in_there() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        w = g.input("w", 1.0)
        c = 2 * w
        y = x * c
        gx = g.grad(y, x, create_graph=True)
        gw = g.grad(gx, w)
        g.observe("gw", gw)

    expected = """
        c = 2 * w
        def f(x):
            y = x * c
            return y
        gx = grad(f, x)
        def f_3(w):
            c = 2 * w
            def f_2(x):
                y = x * c
                return y
            gx = grad(f_2, x)
            return gx
        gw = grad(f_3, w)
        observe("gw", gw)
    """
    assert text(expected) == said(case)


def test_several_outputs_are_added_without_seeds_and_returned_side_by_side_with_seeds() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        seed = g.input("seed", 1.0, requires_grad=False)
        y = 2 * x
        z = 3 * x
        added = g.grad([y, z], x)
        seeded = g.grad([y, z], x, [seed, seed])
        g.observe("sum", added + seeded)

    returns = [line.strip() for line in said(case).splitlines() if "return" in line]
    assert ["return y + z", "return y, z"] == returns


def test_a_gradient_that_nobody_asked_for_is_none() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        g.observe("never", x.grad)
        y = 2 * x
        g.backward(y)
        g.clear_grad(x)
        g.observe("cleared", x.grad)

    lines = said(case).splitlines()
    assert ["x_grad = None", 'observe("never", x_grad)'] == lines[:2]
    assert ["x_grad = grad(f, x)", "x_grad = None", 'observe("cleared", x_grad)'] == lines[-3:]


def test_an_attempt_that_fails_leaves_none_behind() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = 2 * x
        with g.attempt("grad"):
            gx = g.grad(y, x, set_grad=True)
        with g.attempt("again"):
            g.backward(y)
        g.observe("gx", gx)

    lines = said(case).splitlines()
    assert ["gx = x_grad = None", "try:", "    gx = grad(f, x)", "    x_grad = gx"] == lines[3:7]
    assert 1 == lines.count("gx = x_grad = None")
    assert "x_grad = None" not in lines


def test_a_write_makes_a_new_variable_only_while_the_old_value_is_needed() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0])
        y = x * x
        g.write(x, 5.0, 0)
        g.write_add(x, 1.0)
        seed = g.input("seed", [1.0, 1.0], requires_grad=False)
        g.backward(y, seed)
        g.observe("x", x)

    expected = """
        x_2 = written(x)
        x_2 = written(x_2)
        def f(x):
            y = x * x
            return y
        x_grad = grad(f, x, seed)
        observe("x", x_2)
    """
    assert text(expected) == said(case)


def test_a_write_to_a_value_in_between_happens_in_the_function_too() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        t = 2 * x
        g.write(t, 5.0)
        y = t * t
        g.backward(y)
        g.observe("x.grad", x.grad)

    expected = """
        t = 2 * x
        t = written(t)
        def f(x):
            t = 2 * x
            t = written(t)
            y = t * t
            return y
        x_grad = grad(f, x)
        observe("x.grad", x_grad)
    """
    assert text(expected) == said(case)


def test_a_write_into_a_gradient_makes_a_new_one() -> None:
    assert ["x_grad = grad(f, x)", "x_grad = written(x_grad)", "x_grad = written(x_grad)"] == said(
        verbs.gradient_written
    ).splitlines()[-4:-1]


def test_a_gradient_that_is_kept_stays_when_the_next_one_comes() -> None:
    assert [
        "x_grad = grad(f, x)",
        "kept = x_grad",
        "x_grad = grad(f, x)",
        'observe("same", x_grad is kept)',
        'observe("kept", kept)',
    ] == said(verbs.gradient_kept).splitlines()[-5:]


def test_a_gradient_that_nobody_asked_for_is_kept_as_none() -> None:
    def too_early(g: Tracer) -> None:
        x = g.input("x", 1.0)
        kept = g.keep(x.grad)
        g.observe("kept", kept)

    assert ["x_grad = None", "kept = x_grad"] == said(too_early).splitlines()[-3:-1]


def test_the_gradient_of_a_value_in_between_is_computed_if_it_is_kept_or_written() -> None:
    def kept(g: Tracer) -> None:
        x = g.input("x", 1.0)
        t = 2 * x
        g.backward(t * t)
        g.observe("kept", g.keep(t.grad))

    def written(g: Tracer) -> None:
        x = g.input("x", 1.0)
        t = 2 * x
        g.backward(t * t)
        g.write(t.grad, 1.0)
        g.observe("x.grad", x.grad)

    assert "t_grad = None" not in said(kept)
    assert "t_grad = None" not in said(written)


def test_a_value_that_the_root_does_not_depend_on_has_a_gradient_too_if_it_is_looked_at() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        t = 2 * x
        c = g.input("c", 1.0, requires_grad=False)
        u = 2 * c
        y = x * x
        g.backward(y)
        late = 2 * x
        for value in (t, u, late):
            g.observe(f"{value.name}.grad", value.grad)

    expected = """
        t = 2 * x
        y = x * x
        def f(x):
            y = x * x
            return y
        def f_2(t):
            return y
        x_grad = grad(f, x)
        t_grad = grad(f_2, t)
        observe("t.grad", t_grad)
        u_grad = None
        observe("u.grad", u_grad)
        late_grad = None
        observe("late.grad", late_grad)
    """
    assert text(expected) == said(case)


def test_an_unconnected_input_gets_zeros_and_cannot_get_none() -> None:
    assert "gx, gw = grad(f, x, w)" in said(verbs.unconnected_as_zeros)
    with pytest.raises(Unsupported, match="gets zeros"):
        script(verbs.unconnected_as_none)


def test_without_a_tape_one_cannot_ask_what_is_watched() -> None:
    assert {"before", "x is watched", "t is watched"} == set(script(verbs.watched).unsupported)


def test_a_host_array_is_a_constant_and_is_written_in_place() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        h = g.host(x)
        g.write(h, 5.0)
        g.write_add(h, 1.0, ...)
        y = x * h
        g.backward(y)
        g.observe("x.grad", x.grad)

    expected = """
        h = host(x)
        h[...] = 5.0
        h[...] += 1.0
        def f(x):
            y = x * h
            return y
        x_grad = grad(f, x)
        observe("x.grad", x_grad)
    """
    assert text(expected) == said(case)


def test_an_attempted_step_keeps_the_old_value_at_hand() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = x * x
        with g.attempt("step"):
            g.sgd_step(x, 0.1)
        g.backward(y)
        g.observe("x", x)

    expected = """
        x_grad = None
        x_2 = x
        try:
            x_2 = x - 0.1 * x_grad
        except Exception as error:
            observe("step", error)
        else:
            observe("step", None)
        def f(x):
            y = x * x
            return y
        x_grad = grad(f, x)
        observe("x", x_2)
    """
    assert text(expected) == said(case)


def test_names_of_the_program_are_never_taken() -> None:
    def case(g: Tracer) -> None:
        f = g.input("f", 1.0)
        f_2 = 2 * f
        f_3_vjp = 3 * f_2
        g.backward(f_3_vjp)
        g.observe("f.grad", f.grad)

    assert "f_grad = grad(f_4, f)" in said(case)


def test_leaves_and_requirements_are_unsupported_points_and_the_rest_of_the_script_stands() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        g.observe("leaf", x.is_leaf)
        g.observe("requires", x.requires_grad)
        g.observe("dtype", x.dtype)
        g.observe("same", g.same_object(x, x))
        g.observe("memory", g.shares_memory(x, x))
        g.observe("warnings", g.warnings)

    made = script(case)
    assert ("dtype", "same", "memory", "warnings") == made.points
    assert {"leaf", "requires"} == set(made.unsupported)
    expected = """
        observe("dtype", x.dtype)
        observe("same", x is x)
        observe("memory", shares_memory(x, x))
        observe("warnings", warned())
    """
    assert text(expected) == said(case)


def test_an_op_that_is_not_in_the_table_makes_the_program_unsupported() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = g.exp(x)
        g.observe("y", y)

    with pytest.raises(Unsupported, match="plain has no op 'exp'"):
        script(case)


class Mutable(Plain):
    """The same framework with arrays that are written in place."""

    immutable = False

    def returned(self, roots: tuple[str, ...]) -> str:
        return f"several({', '.join(roots)})"


def test_where_arrays_are_mutable_writes_and_steps_happen_in_place() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0])
        y = g.sum(x * x)
        g.write(x, 5.0, 0)
        g.backward(y)
        g.write_add(x.grad, 1.0)
        with g.attempt("step"):
            g.sgd_step(x, 0.1)
        g.backward(y)
        g.observe("x", x)

    expected = """
        x[0] = 5.0
        def f(x):
            v1 = x * x
            y = sum(v1)
            return y
        x_grad = grad(f, x)
        x_grad[...] += 1.0
        try:
            x -= 0.1 * x_grad
        except Exception as error:
            observe("step", error)
        else:
            observe("step", None)
        x_grad = grad(f, x)
        observe("x", x)
    """
    lines = str(Mutable().script(trace(case))).splitlines()
    assert text(expected) == "\n".join(line for line in lines if "_np" not in line and line.strip())


def test_what_a_differentiated_function_computes_cannot_be_written_into_there() -> None:
    def used_afterwards(g: Tracer) -> None:
        x = g.input("x", 1.0)
        t = 2 * x
        g.write(t, 5.0)
        g.observe("y", t * t)

    def only_looked_at(g: Tracer) -> None:
        x = g.input("x", 1.0)
        t = 2 * x
        g.write(t, 5.0)
        g.observe("t", t)

    with pytest.raises(Unsupported, match="cannot be written into"):
        Mutable().script(trace(used_afterwards))
    assert "t[...] = 5.0" in str(Mutable().script(trace(only_looked_at)))


def test_a_framework_says_what_a_function_of_several_results_returns() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        seed = g.input("seed", 1.0, requires_grad=False)
        g.observe("one", g.grad([2 * x], x, [seed]))
        g.observe("two", g.grad([2 * x, 3 * x], x, [seed, seed]))

    returns = [line.strip() for line in str(Mutable().script(trace(case))).splitlines() if "return" in line]
    assert ["return v1", "return several(v3, v4)"] == returns
