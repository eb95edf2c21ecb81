"""Training loops with stochastic gradient descent: what a missing or stale gradient does over many steps.

Seed 003, the article "GradientTape, frightening in truth", runs its four programs in a loop: x goes to 0 in the right
one, and stays at 1 for ever in the silent one while the loss falls. `tape_scope.py` has one step of each, with every
gradient.
"""

from cases import SEED_003
from harness import case

STEPS = 20
RATE = 0.1

AFTER_TRAINING = (1 - 2 * RATE) ** STEPS
"""Each step takes x to x - 0.1 * 2x = 0.8 x."""


@case("optimizer/inside", title="OK for twenty steps: x goes to 0", source=SEED_003)
def inside(g):
    x = g.input("x", 1.0, dtype="float32")
    for _ in range(STEPS):
        with g.recording():
            square_x = x**2
            loss = square_x
        g.clear_grad(x)
        g.backward(loss)
        g.sgd_step([x], RATE)
    g.observe("x", x, expected=AFTER_TRAINING)


@case(
    "optimizer/outside_noticed",
    title="NG for twenty steps: the loop stops with an exception, or x stays at 1",
    source=SEED_003,
)
def outside_noticed(g):
    x = g.input("x", 1.0, dtype="float32")
    for _ in range(STEPS):
        square_x = x**2
        with g.recording():
            loss = square_x
        g.clear_grad(x)
        g.backward(loss)
        g.sgd_step([x], RATE)
    g.observe("x", x)


@case("optimizer/outside_silent", title="NG, silent, for twenty steps: y goes to 0, x never moves", source=SEED_003)
def outside_silent(g):
    x = g.input("x", 1.0, dtype="float32")
    y = g.input("y", 1.0, dtype="float32")
    for _ in range(STEPS):
        square_x = x**2
        with g.recording():
            square_x = square_x + 0 * x
            square_y = y**2
            loss = square_x + square_y
        g.clear_grad(x)
        g.clear_grad(y)
        g.backward(loss)
        g.sgd_step([x, y], RATE)
    g.observe("warnings", g.warnings)
    g.observe("x", x, expected=1.0)
    g.observe("y", y, expected=AFTER_TRAINING)


@case(
    "optimizer/outside_warned",
    title="NG without the dummy for twenty steps: y goes to 0, x never moves",
    source=SEED_003,
)
def outside_warned(g):
    x = g.input("x", 1.0, dtype="float32")
    y = g.input("y", 1.0, dtype="float32")
    for _ in range(STEPS):
        square_x = x**2
        with g.recording():
            square_y = y**2
            loss = square_x + square_y
        g.clear_grad(x)
        g.clear_grad(y)
        g.backward(loss)
        g.sgd_step([x, y], RATE)
    g.observe("warnings", g.warnings)
    g.observe("x", x, expected=1.0)
    g.observe("y", y, expected=AFTER_TRAINING)


@case(
    "optimizer/gradient_not_cleared",
    title="Two steps without clearing in between: the second also uses the first one's gradient",
)
def gradient_not_cleared(g):
    x = g.input("x", 1.0)
    for _ in range(2):
        loss = x**2
        g.backward(loss)
        g.sgd_step([x], RATE)
    # 0.44 where gradients add up, 0.64 where each backward stands alone.
    g.observe("x", x)


@case(
    "optimizer/step_of_complex_numbers",
    title="A step of complex128 is one in complex128, or in complex64, whose range it leaves",
)
def step_of_complex_numbers(g):
    z = g.input("z", [0.3 + 0.4j, 1.0], "complex128")
    seed = g.input("seed", [0.1 + 0.2j, 1e300 + 1e300j], "complex128", requires_grad=False)
    g.backward(z, seed)
    g.sgd_step([z], 0.5)
    g.observe("z", z)


@case("optimizer/step_without_backward", title="A step before any backward: nothing happens, or it raises")
def step_without_backward(g):
    x = g.input("x", 1.0)
    with g.attempt("step"):
        g.sgd_step([x], RATE)
    g.observe("x", x, expected=1.0)
    g.observe("x.grad", x.grad)


@case(
    "optimizer/step_between_backwards",
    title="A step between two backwards on one graph overwrites what the graph needs",
)
def step_between_backwards(g):
    x = g.input("x", 1.0)
    loss = x**2
    g.backward(loss, keep_graph=True)
    g.sgd_step([x], RATE)
    g.clear_grad(x)
    with g.attempt("backward, second"):
        g.backward(loss)
    g.observe("x", x, expected=0.8)
    g.observe("x.grad", x.grad)
