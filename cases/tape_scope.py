"""What is recorded and what is not: a value computed outside the recording region is a constant, and nobody may tell.

Seed 003 is the article "GradientTape, frightening in truth" (TensorFlow 2.1.0): four programs with x = y = 1.0 and an
SGD step of learning rate 0.1. When `square_x = x**2` stands before the tape, the gradient is missing. That is noticed
if nothing else is trained, passes with a warning if y is trained too, and passes in silence if a dummy `0*x` connects
x again. `optimizer.py` trains the same four for twenty steps. In frameworks without a tape, "outside" is
`torch.no_grad()`, `chainer.no_backprop_mode()`, or a place before the function that is differentiated.
"""

from cases import SEED_001, SEED_003
from harness import case


@case("tape_scope/inside", title="OK: x**2 on the tape has gradient 2, and the step takes x to 0.8", source=SEED_003)
def inside(g):
    x = g.input("x", 1.0, dtype="float32")
    with g.recording():
        square_x = x**2
        loss = square_x
    g.backward(loss)
    g.observe("x.grad", x.grad, expected=2.0)
    g.sgd_step([x], 0.1)
    g.observe("x", x, expected=0.8)


@case(
    "tape_scope/outside_noticed",
    title="NG, noticed: with x**2 before the tape nothing has a gradient",
    source=SEED_003,
)
def outside_noticed(g):
    x = g.input("x", 1.0, dtype="float32")
    square_x = x**2
    with g.recording():
        loss = square_x
    with g.attempt("backward"):
        g.backward(loss)
    g.observe("x.grad", x.grad)
    with g.attempt("step"):
        g.sgd_step([x], 0.1)
    g.observe("x", x, expected=1.0)


@case(
    "tape_scope/outside_silent",
    title="NG, silent: a dummy 0*x gives x the gradient 0 where 2 was meant",
    source=SEED_003,
)
def outside_silent(g):
    x = g.input("x", 1.0, dtype="float32")
    y = g.input("y", 1.0, dtype="float32")
    square_x = x**2
    with g.recording():
        square_x = square_x + 0 * x
        square_y = y**2
        loss = square_x + square_y
    g.backward(loss)
    g.observe("x.grad", x.grad, expected=0.0)
    g.observe("y.grad", y.grad, expected=2.0)
    g.sgd_step([x, y], 0.1)
    g.observe("warnings", g.warnings)
    g.observe("x", x, expected=1.0)
    g.observe("y", y, expected=0.8)


@case(
    "tape_scope/outside_warned",
    title="NG without the dummy: x has no gradient, a warning at most, and y still moves",
    source=SEED_003,
)
def outside_warned(g):
    x = g.input("x", 1.0, dtype="float32")
    y = g.input("y", 1.0, dtype="float32")
    square_x = x**2
    with g.recording():
        square_y = y**2
        loss = square_x + square_y
    g.backward(loss)
    g.observe("x.grad", x.grad)
    g.observe("y.grad", y.grad, expected=2.0)
    g.sgd_step([x, y], 0.1)
    g.observe("warnings", g.warnings)
    g.observe("x", x, expected=1.0)
    g.observe("y", y, expected=0.8)


@case(
    "tape_scope/watched_without_the_dummy",
    title="Without the dummy, tape.watched_variables() shows that x is missing",
    source=SEED_003,
)
def watched_without_the_dummy(g):
    x = g.input("x", 1.0, dtype="float32")
    y = g.input("y", 1.0, dtype="float32")
    square_x = x**2
    with g.recording():
        square_y = y**2
        loss = square_x + square_y
    g.backward(loss)
    g.observe("x is watched", g.watched(x))
    g.observe("y is watched", g.watched(y))
    g.observe("x.grad", x.grad)


@case(
    "tape_scope/watched_with_the_dummy",
    title="The dummy 0*x fools tape.watched_variables(): x is watched, and its gradient is wrong",
    source=SEED_003,
)
def watched_with_the_dummy(g):
    x = g.input("x", 1.0, dtype="float32")
    y = g.input("y", 1.0, dtype="float32")
    square_x = x**2
    with g.recording():
        square_x = square_x + 0 * x
        square_y = y**2
        loss = square_x + square_y
    g.backward(loss)
    g.observe("x is watched", g.watched(x))
    g.observe("y is watched", g.watched(y))
    g.observe("x.grad", x.grad, expected=0.0)


@case(
    "tape_scope/zeros_for_unconnected",
    title="Zeros asked for in place of missing gradients hide that x is missing: no warning any more",
    source=SEED_003,
)
def zeros_for_unconnected(g):
    x = g.input("x", 1.0, dtype="float32")
    y = g.input("y", 1.0, dtype="float32")
    square_x = x**2
    with g.recording():
        square_y = y**2
        loss = square_x + square_y
    gx, gy = g.grad(loss, [x, y], set_grad=True, unconnected="zeros")
    g.observe("gx", gx, expected=0.0)
    g.observe("gy", gy, expected=2.0)
    g.sgd_step([x, y], 0.1)
    g.observe("warnings", g.warnings)
    g.observe("x", x, expected=1.0)
    g.observe("y", y, expected=0.8)


@case("tape_scope/after_the_region", title="An op that comes after the recording region cuts the gradient off")
def after_the_region(g):
    x = g.input("x", 3.0)
    with g.recording():
        t = x**2
    y = 2 * t
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


@case(
    "tape_scope/one_factor_outside",
    title="One factor of a product computed outside is a constant: half of the gradient is lost",
)
def one_factor_outside(g):
    x = g.input("x", 3.0)
    factor = x + 0
    with g.recording():
        y = x * factor
    g.backward(y)
    g.observe("x.grad", x.grad, expected=3.0)


@case(
    "tape_scope/cast_outside", title="A cast before the tape cuts the gradient off like any other op", source=SEED_001
)
def cast_outside(g):
    leaf = g.input("leaf", 3.0)
    x = g.astype(leaf, dtype="float32")
    with g.recording():
        y = x**2
    with g.attempt("backward"):
        g.backward(y)
    g.observe("leaf.grad", leaf.grad)


@case("tape_scope/paused", title="Recording that is paused for one factor of a product makes that factor a constant")
def paused(g):
    x = g.input("x", 3.0)
    with g.recording():
        t = x**2
        with g.not_recording():
            factor = x * t
        y = factor * t
    g.backward(y)
    # y = 27 x² with factor = 27 held constant
    g.observe("x.grad", x.grad, expected=162.0)


@case("tape_scope/resumed", title="Recording resumed inside a region that does not record: the innermost region counts")
def resumed(g):
    x = g.input("x", 3.0)
    with g.not_recording():
        factor = x**2
        with g.recording():
            y = factor * x
    g.backward(y)
    g.observe("x.grad", x.grad, expected=9.0)


@case(
    "tape_scope/nothing_recorded",
    title="Backward from a value of which nothing was recorded: it raises, or nothing, or 0",
)
def nothing_recorded(g):
    x = g.input("x", 3.0)
    with g.not_recording():
        y = x**2
    with g.attempt("backward"):
        g.backward(y)
    g.observe("y", y)
    g.observe("x.grad", x.grad)


@case("tape_scope/stop_gradient", title="stop_gradient makes a constant of one factor")
def stop_gradient(g):
    x = g.input("x", 3.0)
    y = x * g.stop_gradient(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=3.0)


@case(
    "tape_scope/straight_through", title="x + stop_gradient(floor(x) - x) has the value of floor and the gradient of x"
)
def straight_through(g):
    x = g.input("x", [0.3, 1.7, -2.5])
    rounded = x + g.stop_gradient(g.floor(x) - x)
    y = g.sum(rounded)
    g.backward(y)
    g.observe("rounded", rounded, expected=[0.0, 1.0, -3.0])
    g.observe("x.grad", x.grad, expected=[1.0, 1.0, 1.0])


@case("tape_scope/constant_input", title="An input that requires no gradient gets none, and does not hinder the other")
def constant_input(g):
    x = g.input("x", 3.0)
    c = g.input("c", 5.0, requires_grad=False)
    y = x * c
    g.backward(y)
    g.observe("x.grad", x.grad, expected=5.0)
    g.observe("c.grad", c.grad)
    g.observe("y.requires_grad", y.requires_grad)


@case(
    "tape_scope/constant_data", title="Data beside parameters: the data get no gradient, however they enter the product"
)
def constant_data(g):
    data = g.input("data", [[3.0, -2.0], [7.0, 4.0]], requires_grad=False)
    w = g.input("w", [[5.0], [6.0]])
    loss = g.sum(data @ w)
    g.backward(loss)
    g.observe("w.grad", w.grad, expected=[[10.0], [2.0]])
    g.observe("data.grad", data.grad)


@case("tape_scope/leaves", title="Inputs are leaves, and what is computed from them is none")
def leaves(g):
    x = g.input("x", 3.0)
    y = x * x
    g.observe("x.is_leaf", x.is_leaf)
    g.observe("y.is_leaf", y.is_leaf)


@case("tape_scope/stopped_path", title="Of two paths from x one is stopped, and the other alone counts")
def stopped_path(g):
    x = g.input("x", 3.0)
    target = g.stop_gradient(x**3)
    y = (x - target) ** 2
    g.backward(y)
    g.observe("x.grad", x.grad, expected=-48.0)
