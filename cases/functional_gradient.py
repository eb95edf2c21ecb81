"""The functional form: gradients returned as values, not stored in the inputs.

Seed 002 is the article "gradients with Chainer, a supplement" (Chainer 6.3.0). It shows `chainer.grad` line by line for
y = 2*x0 + 3*x1 and z = 2*y. For its last two lines it prints [4, 4], which fits z; its code says y, which gives
[2, 2]: both are here. The seed of ones is what `chainer.grad` takes by itself; `torch.autograd.grad` wants it said.
Elsewhere the form is `tape.gradient` and `jax.grad`.
"""

import numpy as np

from cases import SEED_002
from harness import case


def article(g):
    """The article's inputs and outputs, and the seed."""
    x0 = g.input("x0", [0.0, 1.0], dtype="float32")
    x1 = g.input("x1", [2.0, 3.0], dtype="float32")
    ones = g.input("ones", [1.0, 1.0], dtype="float32", requires_grad=False)
    y = 2 * x0 + 3 * x1
    z = 2 * y
    return x0, x1, y, z, ones


@case(
    "functional_gradient/without_seed",
    title="chainer.grad([z], [x0]) as printed, with no seed: 4, or it raises",
    source=SEED_002,
)
def without_seed(g):
    x0, _, _, z, _ = article(g)
    gx0 = g.grad([z], x0)
    g.observe("gx0", gx0)


@case("functional_gradient/of_z", title="chainer.grad([z], [x0]) returns 4 and leaves x0.grad at None", source=SEED_002)
def of_z(g):
    x0, _, _, z, ones = article(g)
    gx0 = g.grad([z], x0, [ones])
    g.observe("gx0", gx0, expected=[4.0, 4.0])
    g.observe("x0.grad", x0.grad)


@case(
    "functional_gradient/of_z_again",
    title="chainer.grad([z], [x0]) called twice gives the same twice",
    source=SEED_002,
)
def of_z_again(g):
    x0, _, _, z, ones = article(g)
    first = g.grad([z], x0, [ones])
    g.observe("first", first, expected=[4.0, 4.0])
    second = g.grad([z], x0, [ones])
    g.observe("second", second, expected=[4.0, 4.0])
    g.observe("x0.grad", x0.grad)


@case("functional_gradient/of_z_both_inputs", title="chainer.grad([z], [x0, x1]) returns 4 and 6", source=SEED_002)
def of_z_both_inputs(g):
    x0, x1, _, z, ones = article(g)
    gx0, gx1 = g.grad([z], [x0, x1], [ones])
    g.observe("gx0", gx0, expected=[4.0, 4.0])
    g.observe("gx1", gx1, expected=[6.0, 6.0])


@case("functional_gradient/of_y", title="chainer.grad([y], [x0]) stops at y and returns 2", source=SEED_002)
def of_y(g):
    x0, _, y, _, ones = article(g)
    gx0 = g.grad([y], x0, [ones])
    g.observe("gx0", gx0, expected=[2.0, 2.0])


@case(
    "functional_gradient/of_y_set", title="set_grad=True with y, as the code says: x0.grad becomes 2", source=SEED_002
)
def of_y_set(g):
    x0, _, y, _, ones = article(g)
    gx0 = g.grad([y], x0, [ones], set_grad=True)
    g.observe("gx0", gx0, expected=[2.0, 2.0])
    g.observe("x0.grad", x0.grad, expected=[2.0, 2.0])


@case(
    "functional_gradient/of_z_set",
    title="set_grad=True with z, as the printed 4 needs: x0.grad becomes 4",
    source=SEED_002,
)
def of_z_set(g):
    x0, _, _, z, ones = article(g)
    gx0 = g.grad([z], x0, [ones], set_grad=True)
    g.observe("gx0", gx0, expected=[4.0, 4.0])
    g.observe("x0.grad", x0.grad, expected=[4.0, 4.0])


@case(
    "functional_gradient/of_y_retained",
    title="retain_grad=True with y, as the code says: y.grad becomes 1",
    source=SEED_002,
)
def of_y_retained(g):
    x0, _, y, _, ones = article(g)
    gx0 = g.grad([y], x0, [ones], retain_grad=True)
    g.observe("gx0", gx0, expected=[2.0, 2.0])
    g.observe("y.grad", y.grad, expected=[1.0, 1.0])
    g.observe("x0.grad", x0.grad)


@case(
    "functional_gradient/of_z_retained",
    title="retain_grad=True with z, as the printed 4 needs: y.grad is 2",
    source=SEED_002,
)
def of_z_retained(g):
    x0, _, y, z, ones = article(g)
    gx0 = g.grad([z], x0, [ones], retain_grad=True)
    g.observe("gx0", gx0, expected=[4.0, 4.0])
    g.observe("y.grad", y.grad, expected=[2.0, 2.0])
    g.observe("x0.grad", x0.grad)


@case("functional_gradient/kept_graph", title="With the graph kept on request, the second call answers everywhere")
def kept_graph(g):
    x0, _, _, z, ones = article(g)
    first = g.grad([z], x0, [ones], keep_graph=True)
    second = g.grad([z], x0, [ones])
    g.observe("first", first, expected=[4.0, 4.0])
    g.observe("second", second, expected=[4.0, 4.0])


@case("functional_gradient/of_an_intermediate", title="The gradient of z with respect to y, which is no input, is 2")
def of_an_intermediate(g):
    _, _, y, z, ones = article(g)
    gy = g.grad([z], y, [ones])
    g.observe("gy", gy, expected=[2.0, 2.0])


@case("functional_gradient/two_outputs", title="The gradients of two outputs add up: 2 from y and 4 from z")
def two_outputs(g):
    x0, _, y, z, ones = article(g)
    gx0 = g.grad([y, z], x0, [ones, ones])
    g.observe("gx0", gx0, expected=[6.0, 6.0])


@case(
    "functional_gradient/input_named_twice",
    title="An input that is asked for twice gets its whole gradient twice, not half of it",
)
def input_named_twice(g):
    x0, _, _, z, ones = article(g)
    first, second = g.grad([z], [x0, x0], [ones])
    g.observe("first", first, expected=[4.0, 4.0])
    g.observe("second", second, expected=[4.0, 4.0])


@case("functional_gradient/unconnected_input", title="An input that z does not depend on: None, 0, or an exception")
def unconnected_input(g):
    x0, _, _, z, ones = article(g)
    bystander = g.input("bystander", [5.0, 6.0], dtype="float32")
    gx0, gb = g.grad([z], [x0, bystander], [ones])
    g.observe("gx0", gx0, expected=[4.0, 4.0])
    g.observe("gb", gb)


@case(
    "functional_gradient/unconnected_as_none",
    title="An input that z does not depend on gets None, where one can ask for None",
)
def unconnected_as_none(g):
    x0, _, _, z, ones = article(g)
    bystander = g.input("bystander", [5.0, 6.0], dtype="float32")
    gx0, gb = g.grad([z], [x0, bystander], [ones], unconnected="none")
    g.observe("gx0", gx0, expected=[4.0, 4.0])
    g.observe("gb", gb)


@case(
    "functional_gradient/unconnected_as_zeros",
    title="An input that z does not depend on gets zeros, where one can ask for zeros",
)
def unconnected_as_zeros(g):
    x0, _, _, z, ones = article(g)
    bystander = g.input("bystander", [5.0, 6.0], dtype="float32")
    gx0, gb = g.grad([z], [x0, bystander], [ones], unconnected="zeros")
    g.observe("gx0", gx0, expected=[4.0, 4.0])
    g.observe("gb", gb, expected=[0.0, 0.0])


@case(
    "functional_gradient/unconnected_after_backward",
    title="An input that z does not depend on gets no gradient of an earlier backward",
)
def unconnected_after_backward(g):
    x = g.input("x", 3.0)
    w = g.input("w", 5.0)
    loss = x * w
    g.backward(loss)
    z = x**2
    gx, gw = g.grad(z, [x, w], unconnected="zeros")
    g.observe("gx", gx, expected=6.0)
    g.observe("gw", gw, expected=0.0)


@case(
    "functional_gradient/unconnected_as_none_after_backward",
    title="Where one can ask for None, an earlier backward makes no difference either",
)
def unconnected_as_none_after_backward(g):
    x = g.input("x", 3.0)
    w = g.input("w", 5.0)
    loss = x * w
    g.backward(loss)
    z = x**2
    gx, gw = g.grad(z, [x, w], unconnected="none")
    g.observe("gx", gx, expected=6.0)
    g.observe("gw", gw)


@case(
    "functional_gradient/stored_gradient_untouched",
    title="The functional form does not add to a gradient stored before",
)
def stored_gradient_untouched(g):
    x = g.input("x", 3.0)
    y = x**2
    g.backward(y, keep_graph=True)
    gx = g.grad(y, x)
    g.observe("gx", gx, expected=6.0)
    g.observe("x.grad", x.grad, expected=6.0)


@case("functional_gradient/second_derivative", title="The gradient of a gradient: x cubed gives 3x squared, then 6x")
def second_derivative(g):
    x = g.input("x", 2.0)
    y = x**3
    gx = g.grad(y, x, create_graph=True)
    ggx = g.grad(gx, x)
    g.observe("gx", gx, expected=12.0)
    g.observe("ggx", ggx, expected=12.0)


@case(
    "functional_gradient/second_derivative_of_a_chain",
    title="The second derivative of exp(x²) has a term for each factor of the first",
)
def second_derivative_of_a_chain(g):
    x = g.input("x", 0.5)
    y = g.exp(x * x)
    gx = g.grad(y, x, create_graph=True)
    ggx = g.grad(gx, x)
    g.observe("gx", gx, expected=np.exp(0.25))
    g.observe("ggx", ggx, expected=3 * np.exp(0.25))


@case(
    "functional_gradient/mixed_second_derivative",
    title="The gradient with respect to a has one with respect to b",
)
def mixed_second_derivative(g):
    a = g.input("a", 3.0)
    b = g.input("b", 5.0)
    product = a * b
    y = product**3
    ga = g.grad(y, a, create_graph=True)
    gab = g.grad(ga, b)
    # y = a³b³
    g.observe("ga", ga, expected=3 * 9.0 * 125.0)
    g.observe("gab", gab, expected=9 * 9.0 * 25.0)


@case("functional_gradient/gradient_penalty", title="A loss made of a gradient can itself be minimised")
def gradient_penalty(g):
    x = g.input("x", [1.0, 2.0])
    y = g.sum(x**3)
    gx = g.grad(y, x, create_graph=True)
    penalty = g.sum(gx**2)
    g.backward(penalty)
    # penalty = 9 Σ x⁴
    g.observe("x.grad", x.grad, expected=[36.0, 288.0])


@case(
    "functional_gradient/same_output_twice",
    title="Of an output that is given twice, each time with a seed, the seeds are added, or the last one stays",
)
def same_output_twice(g):
    x = g.input("x", 2.0)
    y = x * x
    one = g.input("one", 1.0, requires_grad=False)
    ten = g.input("ten", 10.0, requires_grad=False)
    g.observe("gx", g.grad([y, y], x, [one, ten]), expected=44.0)


@case(
    "functional_gradient/two_gradients_that_are_one",
    title="The gradients of a sum's operands may be one variable, which the second derivative then counts once",
)
def two_gradients_that_are_one(g):
    x1 = g.input("x1", 1.0)
    x2 = g.input("x2", 2.0)
    y = g.square(x1 + x2)
    gradients = g.grad(y, [x1, x2], create_graph=True)
    seeds = [g.input(name, 0.5, requires_grad=False) for name in ("seed1", "seed2")]
    slope1, slope2 = g.grad(gradients, [x1, x2], seeds)
    g.observe("slope1", slope1, expected=2.0)
    g.observe("slope2", slope2, expected=2.0)
