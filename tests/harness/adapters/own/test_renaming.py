"""Variables of a program make room for the names that an engine's templates use."""

from typing import Any

from harness.adapters.own.renaming import without
from harness.trace import trace


def every_step(g: Any) -> None:
    e, x = g.input("e", [1.0, 2.0]), g.input("x", [3.0, 4.0])
    seed = g.input("seed", [1.0, 1.0], requires_grad=False)
    t = e * x
    g.retain_grad(t)
    g.backward(t, seed, keep_graph=True)
    before = g.keep(e.grad)
    g.observe("e.grad", e.grad)
    g.observe("same", g.same_object(e.grad, before))
    g.clear_grad(e)
    (ge,) = g.grad([t], [e], [seed])
    g.write(e, 1.0, 0)
    g.write_host(e, 2.0)
    g.sgd_step([e], 0.1)
    host = g.host(e)
    g.observe("host", host)
    g.observe("ge", ge)


def test_a_taken_name_is_another_everywhere_and_points_stay() -> None:
    program = trace(every_step)
    renamed = without(program, {"e", "e_", "Tensor"})
    names = {name for step in renamed.steps for name in (*step.defines, *step.uses)}
    assert "e" not in names
    assert "e_" not in names
    assert "e__" in names
    assert program.points == renamed.points
    assert [type(step) for step in program.steps] == [type(step) for step in renamed.steps]


def test_a_program_that_is_in_nobodys_way_stays_as_it_is() -> None:
    program = trace(every_step)
    assert program is without(program, {"Tensor"})
