"""Small programs, one for each verb, that the tests of several adapters say and run."""

from collections.abc import Callable

from harness.adapters import Adapter
from harness.trace import Tracer, trace


def backward_with_seed(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    y = x * x
    seed = g.input("seed", [3.0, 4.0], requires_grad=False)
    g.backward(y, seed, keep_graph=True)
    g.observe("x.grad", x.grad)


def second_backward(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    y = g.sum(x * x)
    with g.attempt("first"):
        g.backward(y)
    with g.attempt("second"):
        g.backward(y)
    g.observe("x.grad", x.grad)
    g.clear_grad(x)
    g.observe("cleared", x.grad)


def grad_of_two_inputs(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    w = g.input("w", [3.0, 4.0])
    y = x * w
    seed = g.input("seed", [1.0, 1.0], requires_grad=False)
    gx, gw = g.grad(y, [x, w], [seed], create_graph=True)
    g.observe("gx", gx)
    g.observe("gw", gw)
    g.observe("x.grad", x.grad)


def grad_of_grad(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    y = g.sum(x**3)
    gx = g.grad(y, x, create_graph=True)
    z = g.sum(gx)
    g.backward(z)
    g.observe("x.grad", x.grad)


def grad_that_is_stored(g: Tracer) -> None:
    x = g.input("x", [0.0, 1.0])
    y = 2 * x
    z = 3 * y
    seed = g.input("seed", [1.0, 1.0], requires_grad=False)
    gx = g.grad(z, x, [seed], set_grad=True, retain_grad=True)
    g.observe("gx", gx)
    g.observe("x.grad", x.grad)
    g.observe("y.grad", y.grad)


def gradient_in_between(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    t = x * x
    y = g.sum(t)
    g.retain_grad(t)
    g.backward(y)
    g.observe("t.grad", t.grad)


def unconnected_input(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    w = g.input("w", [3.0, 4.0])
    y = g.sum(x)
    with g.attempt("grad"):
        gw = g.grad(y, w)
    g.observe("gw", gw)


def missing_seed(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    y = 2 * x
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


def nothing_recorded(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    with g.not_recording():
        t = x * x
        y = g.sum(t)
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


def writes(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0], requires_grad=False)
    g.write(x, 5.0)
    g.write_add(x, 0.5, index=slice(1, None))
    g.observe("x", x)


def saved_value_written(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    t = 2 * x
    y = g.sum(t * t)
    g.write(t, 5.0)
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


def host_arrays(g: Tracer) -> None:
    copied = g.input("copied", [1.0, 2.0])
    shared = g.input("shared", [1.0, 2.0], shared=True)
    g.write_host(copied, 7.0)
    g.write_host(shared, 7.0, index=0)
    h = g.host(shared)
    g.observe("copied", copied)
    g.observe("shared", shared)
    g.observe("h", h)
    g.observe("memory", g.shares_memory(h, shared))


def two_steps_of_sgd(g: Tracer) -> None:
    x = g.input("x", 1.0)
    y = x**2
    g.backward(y)
    g.sgd_step(x, 0.1)
    g.clear_grad(x)
    z = x**2
    g.backward(z)
    with g.attempt("step"):
        g.sgd_step(x, 0.1)
    g.observe("x", x)


def aspects(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    c = g.input("c", [1.0, 1.0], requires_grad=False)
    y = x.astype("float64")
    t = x * c
    s = g.sum(t)
    g.backward(s)
    g.observe("dtype", x.dtype)
    g.observe("gradient's dtype", x.grad.dtype)
    g.observe("x leaf", x.is_leaf)
    g.observe("t leaf", t.is_leaf)
    g.observe("x requires", x.requires_grad)
    g.observe("c requires", c.requires_grad)
    g.observe("same", g.same_object(x, y))
    g.observe("memory", g.shares_memory(x, c))


def mixed_dtypes(g: Tracer) -> None:
    x = g.input("x", [[1.0, 2.0]], "float64")
    w = g.input("w", [[1.0], [2.0]], "float32")
    y = g.matmul(x, w)
    g.observe("y", y)


def integer_input(g: Tracer) -> None:
    x = g.input("x", [1, 2], "int64")
    y = g.exp(x)
    g.observe("y", y)


def gradient_written(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    y = g.sum(x)
    g.backward(y)
    g.write(x.grad, 5.0)
    g.write_add(x.grad, 0.5, index=0)
    g.observe("x.grad", x.grad)


def gradient_kept(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    y = g.sum(x)
    g.backward(y, keep_graph=True)
    kept = g.keep(x.grad)
    g.backward(y)
    g.observe("same", g.same_object(x.grad, kept))
    g.observe("kept", kept)


def unconnected_as_zeros(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    w = g.input("w", [3.0, 4.0])
    y = g.sum(x)
    gx, gw = g.grad(y, [x, w], unconnected="zeros")
    g.observe("gx", gx)
    g.observe("gw", gw)


def unconnected_as_none(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    w = g.input("w", [3.0, 4.0])
    y = g.sum(x)
    gx, gw = g.grad(y, [x, w], unconnected="none")
    g.observe("gx", gx)
    g.observe("gw", gw)


def watched(g: Tracer) -> None:
    x = g.input("x", 1.0)
    t = x * x
    g.observe("before", g.watched(x))
    g.backward(t)
    g.observe("x is watched", g.watched(x))
    g.observe("t is watched", g.watched(t))
    g.observe("x.grad", x.grad)


def dense(g: Tracer) -> None:
    x = g.input("x", [[1.0, 2.0]])
    w = g.input("w", [[1.0, 2.0], [3.0, 4.0]], "float32")
    b = g.input("b", [0.0, 1.0], "float32")
    y = g.linear(x, w, b)
    total = g.sum(y)
    g.backward(total)
    g.observe("y", y)
    g.observe("x.grad", x.grad)
    g.observe("w.grad", w.grad)
    g.observe("b.grad", b.grad)
    g.sgd_step([w, b], 0.5)
    g.observe("w", w)


def two_learning_rates(g: Tracer) -> None:
    x = g.input("x", 1.0)
    y = x**2
    g.backward(y)
    g.sgd_step(x, 0.125)
    g.sgd_step(x, 0.25)
    g.observe("x", x)


def said(adapter: Adapter, case: Callable[[Tracer], None]) -> list[str]:
    """The lines of the case's script, without those that make host arrays."""
    lines = str(adapter.script(trace(case))).splitlines()
    return [line for line in lines if "_np = np.array(" not in line]
