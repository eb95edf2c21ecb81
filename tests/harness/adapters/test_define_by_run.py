"""What all define-by-run adapters share, shown on a small adapter made for these tests."""

from collections.abc import Iterator

import pytest

from harness.adapters.define_by_run import Context, DefineByRun, along, arguments, getitem
from harness.errors import Unsupported
from harness.literals import index_of, source
from harness.program import Backward, ClearGrad, Grad, Input, Quantity, RetainGrad, SGDStep, Write
from harness.script import AnyStatement, Language, Statement
from harness.trace import Tracer, trace
from tests.harness.adapters import verbs
from tests.harness.adapters.verbs import said


class Toy(DefineByRun):
    """An engine of which the shared steps matter, not its own words."""

    framework = "toy"
    no_recording = "toy.frozen()"
    ops = {"add": "{0} + {1}", "multiply": "{0} * {1}", "exp": "toy.exp({0})", "sum": "toy.sum({0})"}  # noqa: RUF012 -- as short as an adapter can be
    lacks = {"tan": "toy has no tangent"}  # noqa: RUF012

    @property
    def language(self) -> Language:
        return Language(
            framework="toy", title="Toy", imports="import toy", reader="def read(value):\n    return value\n"
        )

    def input(self, step: Input, context: Context) -> Iterator[AnyStatement]:
        yield Statement(f"{step.name} = toy({step.name}_np)")

    def backward(self, step: Backward, context: Context) -> Iterator[AnyStatement]:
        yield Statement(f"{step.root}.backward()")

    def grad(self, step: Grad, context: Context) -> Iterator[AnyStatement]:
        raise Unsupported("toy has no functional form")

    def optimizer(self, step: SGDStep) -> Iterator[AnyStatement]:
        yield Statement(f"optimizer = toy.SGD([{', '.join(step.variables)}], {source(step.learning_rate)})")

    def optimizer_step(self, step: SGDStep) -> str:
        return "optimizer.step()"

    def write(self, step: Write, context: Context) -> Iterator[AnyStatement]:
        yield Statement(f"{step.target}.set({source(step.value)})")

    def host(self, name: str) -> str:
        return f"{name}.data"

    def clear_grad(self, step: ClearGrad) -> AnyStatement:
        return Statement(f"{step.of}.grad = None")

    def retain_grad(self, step: RetainGrad) -> tuple[AnyStatement, ...]:
        return ()

    def is_leaf(self, quantity: Quantity) -> str:
        raise Unsupported("toy has no leaves")


def test_each_run_of_unrecorded_ops_stands_under_one_context_manager() -> None:
    def regions(g: Tracer) -> None:
        x = g.input("x", 1.0)
        a = g.exp(x)
        with g.not_recording():
            b = g.exp(a)
            c = g.exp(b)
        d = g.exp(c)
        g.observe("d", d)

    assert [
        "x = toy(x_np)",
        "a = toy.exp(x)",
        *["with toy.frozen():", "    b = toy.exp(a)", "    c = toy.exp(b)"],
        "d = toy.exp(c)",
        'observe("d", d)',
    ] == said(Toy(), regions)


def test_an_optimizer_is_made_anew_for_other_variables_or_another_rate() -> None:
    def steps(g: Tracer) -> None:
        x = g.input("x", 1.0)
        w = g.input("w", 1.0)
        g.sgd_step(x, 0.1)
        g.sgd_step(x, 0.1)
        g.sgd_step(x, 0.5)
        g.sgd_step([x, w], 0.5)
        g.observe("x", x)

    assert [
        *["optimizer = toy.SGD([x], 0.1)", "optimizer.step()", "optimizer.step()"],
        *["optimizer = toy.SGD([x], 0.5)", "optimizer.step()"],
        *["optimizer = toy.SGD([x, w], 0.5)", "optimizer.step()"],
    ] == said(Toy(), steps)[2:-1]


def test_an_observation_without_words_is_unsupported_and_the_others_stay() -> None:
    def leaf(g: Tracer) -> None:
        x = g.input("x", 1.0)
        g.observe("leaf", x.is_leaf)
        g.observe("x", x)

    script = Toy().script(trace(leaf))
    assert ("x",) == script.points
    assert {"leaf": "toy has no leaves"} == script.unsupported
    assert "leaf" not in str(script)


def test_a_step_without_words_makes_the_program_unsupported() -> None:
    def functional(g: Tracer) -> None:
        x = g.input("x", 1.0)
        gx = g.grad(x, x)
        g.observe("gx", gx)

    with pytest.raises(Unsupported, match="no functional form"):
        Toy().script(trace(functional))


def test_an_op_that_lacks_makes_the_program_unsupported() -> None:
    def tangent(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = g.tan(x)
        g.observe("y", y)

    with pytest.raises(Unsupported, match="no tangent"):
        Toy().script(trace(tangent))


def test_every_other_observation_is_an_expression() -> None:
    def aspects(g: Tracer) -> None:
        x = g.input("x", 1.0)
        w = g.input("w", 1.0)
        g.observe("gradient", x.grad)
        g.observe("dtype", x.grad.dtype)
        g.observe("requires", x.requires_grad)
        g.observe("same", g.same_object(x.grad, w.grad))
        g.observe("memory", g.shares_memory(x, w.grad))
        g.observe("warnings", g.warnings)

    assert [
        'observe("gradient", x.grad)',
        'observe("dtype", x.grad.dtype)',
        'observe("requires", x.requires_grad)',
        'observe("same", x.grad is w.grad)',
        'observe("memory", shares_memory(x, w.grad))',
        'observe("warnings", warned())',
    ] == said(Toy(), aspects)[2:]


@pytest.mark.parametrize(
    ("expected", "axis"), [("[i]", 0), ("[:, i]", 1), ("[:, :, i]", 2), ("[..., i]", -1), ("[..., i, :]", -2)]
)
def test_an_advanced_index_stands_at_its_axis(expected: str, axis: int) -> None:
    assert expected == along(axis, "i")


def test_arguments_leave_out_none_and_false_and_keep_zero() -> None:
    assert ", dim=0, keepdim=True" == arguments(dim=0, keepdim=True, unbiased=False, dtype=None)


def test_an_index_is_written_as_one_types_it() -> None:
    assert "x[1:3, ..., None]" == getitem("x", index=index_of((slice(1, 3), ..., None)))


def test_a_gradient_that_is_kept_is_one_more_name_for_it() -> None:
    assert [
        "kept = x.grad",
        "y.backward()",
        'observe("same", x.grad is kept)',
        'observe("kept", kept)',
    ] == said(Toy(), verbs.gradient_kept)[-4:]


def test_without_a_tape_one_cannot_ask_what_is_watched() -> None:
    script = Toy().script(trace(verbs.watched))
    assert {"before", "x is watched", "t is watched"} == set(script.unsupported)
    assert ("x.grad",) == script.points
