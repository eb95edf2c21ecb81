"""Calling backward more than once: what becomes of the gradient, and what of the graph.

Seed 002 is the article "gradients with Chainer, a supplement" (Chainer 6.3.0): there `y.backward()` can be called again
and again and the gradient adds up, until `x.cleargrad()`. In PyTorch the second call raises unless one asks to keep the
graph, and then adds up; in TensorFlow and JAX a gradient is the answer of one call: there is nothing to add to.
"""

from cases import SEED_002
from harness import case


@case(
    "repeated_backward/same_graph", title="y.backward() four times over: 2, 4, 6, 8, or an exception", source=SEED_002
)
def same_graph(g):
    x = g.input("x", [1.0], dtype="float32")
    y = 2 * x
    g.backward(y)
    g.observe("x.grad, first", x.grad, expected=[2.0])
    for time in ("second", "third", "fourth"):
        with g.attempt(f"backward, {time}"):
            g.backward(y)
        g.observe(f"x.grad, {time}", x.grad)


@case(
    "repeated_backward/cleared_in_between",
    title="x.cleargrad() between two backwards: 2 again, not 4",
    source=SEED_002,
)
def cleared_in_between(g):
    x = g.input("x", [1.0], dtype="float32")
    y = 2 * x
    g.backward(y)
    g.observe("x.grad, first", x.grad, expected=[2.0])
    g.clear_grad(x)
    g.observe("x.grad, cleared", x.grad)
    with g.attempt("backward, second"):
        g.backward(y)
    g.observe("x.grad, second", x.grad)


@case(
    "repeated_backward/kept_graph",
    title="y.backward() with the graph kept on request: 2, 4, 6, 8, or 2 each time",
    source=SEED_002,
)
def kept_graph(g):
    x = g.input("x", 1.0, dtype="float32")
    y = 2 * x
    for time in ("first", "second", "third", "fourth"):
        g.backward(y, keep_graph=True)
        g.observe(f"x.grad, {time}", x.grad)


@case(
    "repeated_backward/kept_graph_cleared",
    title="Graph kept, gradient cleared in between: 2 and 2 everywhere",
    source=SEED_002,
)
def kept_graph_cleared(g):
    x = g.input("x", 1.0, dtype="float32")
    y = 2 * x
    g.backward(y, keep_graph=True)
    g.observe("x.grad, first", x.grad, expected=2.0)
    g.clear_grad(x)
    g.backward(y)
    g.observe("x.grad, second", x.grad, expected=2.0)


@case("repeated_backward/fresh_graphs", title="A new graph for each backward: the gradients add up, or stand alone")
def fresh_graphs(g):
    x = g.input("x", 3.0)
    y = x**2
    g.backward(y)
    g.observe("x.grad, first", x.grad, expected=6.0)
    y = x**2
    g.backward(y)
    g.observe("x.grad, second", x.grad)


@case("repeated_backward/fresh_graphs_cleared", title="A new graph for each backward and the gradient cleared: 6 and 6")
def fresh_graphs_cleared(g):
    x = g.input("x", 3.0)
    y = x**2
    g.backward(y)
    g.observe("x.grad, first", x.grad, expected=6.0)
    g.clear_grad(x)
    y = x**2
    g.backward(y)
    g.observe("x.grad, second", x.grad, expected=6.0)


@case(
    "repeated_backward/nothing_saved",
    title="x + 1 saves no values, so a second backward may pass where 2 * x raises",
    source=SEED_002,
)
def nothing_saved(g):
    x = g.input("x", 3.0)
    y = x + 1
    g.backward(y)
    with g.attempt("backward, second"):
        g.backward(y)
    g.observe("x.grad", x.grad)


@case(
    "repeated_backward/two_losses_kept",
    title="Two losses over one shared part, graph kept: 12 and 18, or 12 and their sum 30",
)
def two_losses_kept(g):
    x = g.input("x", 3.0)
    t = x**2
    first_loss = 2 * t
    second_loss = 3 * t
    g.backward(first_loss, keep_graph=True)
    g.observe("x.grad, first", x.grad, expected=12.0)
    g.backward(second_loss)
    g.observe("x.grad, second", x.grad)


@case(
    "repeated_backward/two_losses",
    title="Two losses over one shared part, graph not kept: the first may free what the second needs",
)
def two_losses(g):
    x = g.input("x", 3.0)
    t = x**2
    first_loss = 2 * t
    second_loss = 3 * t
    g.backward(first_loss)
    with g.attempt("backward, second"):
        g.backward(second_loss)
    g.observe("x.grad", x.grad)


@case(
    "repeated_backward/input_of_the_first_only",
    title="An input of the first loss alone: does its gradient outlive the second backward?",
)
def input_of_the_first_only(g):
    x = g.input("x", 3.0)
    y = g.input("y", 5.0)
    loss = x * y
    g.backward(loss)
    loss = x**2
    g.backward(loss)
    g.observe("x.grad", x.grad)
    g.observe("y.grad", y.grad)


@case(
    "repeated_backward/intermediate_gradient",
    title="The gradient of a value in between after one backward: kept or dropped",
)
def intermediate_gradient(g):
    x = g.input("x", 3.0)
    t = x**2
    y = 5 * t
    g.backward(y)
    g.observe("t.grad", t.grad)
    g.observe("x.grad", x.grad, expected=30.0)


@case("repeated_backward/intermediate_retained", title="A kept gradient in between must not be passed on a second time")
def intermediate_retained(g):
    x = g.input("x", 3.0)
    t = x**2
    y = 5 * t
    g.retain_grad(t)
    g.backward(y, keep_graph=True)
    g.observe("t.grad, first", t.grad, expected=5.0)
    g.observe("x.grad, first", x.grad, expected=30.0)
    g.clear_grad(x)
    g.backward(y)
    g.observe("t.grad, second", t.grad)
    g.observe("x.grad, second", x.grad, expected=30.0)


@case(
    "repeated_backward/gradient_after_a_new_use",
    title="x.grad after something new was computed from x: still there, or cleared by the use",
    source="https://mygrad.readthedocs.io/en/latest/generated/mygrad.Tensor.null_grad.html",
)
def gradient_after_a_new_use(g):
    x = g.input("x", 3.0)
    y = x**2
    g.backward(y)
    z = 2 * x
    g.observe("z", z, expected=6.0)
    g.observe("x.grad", x.grad)


@case(
    "repeated_backward/two_losses_of_one_input",
    title="Two losses that share an input and nothing else: the first pass is no concern of the second",
)
def two_losses_of_one_input(g):
    x = g.input("x", 3.0)
    first_loss = 2 * x
    second_loss = 5 * x
    g.backward(first_loss)
    with g.attempt("backward, second"):
        g.backward(second_loss)
    g.observe("x.grad", x.grad)
