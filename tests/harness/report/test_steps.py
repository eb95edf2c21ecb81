from harness.report.steps import Line, line
from harness.trace import Tracer, trace


def test_every_step_reads_as_the_author_of_a_case_would_say_it() -> None:
    def function(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0], "float32")
        c = g.input("c", 1.0, requires_grad=False, shared=True)
        y = x[1:] * 2.5
        s = g.sum(y, axis=0)
        with g.not_recording():
            o = s + c
        g.retain_grad(y)
        with g.attempt("first"):
            g.backward(o, seed=c, keep_graph=True)
        a, b = g.grad([s], [x, y], create_graph=True)
        g.clear_grad(x)
        g.write(y, 1.0)
        g.write_add(y, 2, 0)
        g.write_host(x, 3.0, 1)
        h = g.host(b)
        g.sgd_step(x, 0.1)
        g.observe("gradient", x.grad, expected=[2.5, 0.0])
        g.observe("same", g.same_object(a, h))
        g.observe("memory", g.shares_memory(a, x.grad))
        g.observe("leaf", y.is_leaf)
        g.observe("warned", g.warnings)
        k = g.keep(x.grad)
        g.write(x.grad, 1.0)
        z = g.grad(s, x, unconnected="zeros")
        g.observe("kept", g.same_object(k, z))
        g.observe("watched", g.watched(x))

    assert [
        Line("x = [1., 2.]", "float32 (2,), requires a gradient"),
        Line("c = 1.", "float64 scalar, constant, without a copy of the host array"),
        Line("v1 = x[1:]"),
        Line("y = multiply(v1, 2.5)"),
        Line("s = sum(y, axis=0)"),
        Line("o = add(s, c)", "not recorded"),
        Line("retain_grad(y)"),
        Line("backward(o, seed=c, keep_graph=True)", "whether it raises is observed as first"),
        Line("a, b = grad([s], [x, y], create_graph=True)"),
        Line("clear_grad(x)"),
        Line("y[...] = 1.0", "written in place"),
        Line("y[0] += 2", "written in place"),
        Line("x[1] = 3.0", "written to the host array of the input"),
        Line("h = host(b)", "as a host array"),
        Line("sgd_step(x, learning_rate=0.1)"),
        Line("observe x.grad", "expected [2.5, 0. ]"),
        Line("observe a is h"),
        Line("observe shares_memory(a, x.grad)"),
        Line("observe y.is_leaf"),
        Line("observe the warnings"),
        Line("k = keep(x.grad)", "the object that it is now"),
        Line("x.grad[...] = 1.0", "written in place"),
        Line("z = grad([s], [x], unconnected=zeros)"),
        Line("observe k is z"),
        Line("observe x.watched"),
    ] == [line(step) for step in trace(function).steps]
