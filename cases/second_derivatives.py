"""Second derivatives of ops of which not every operand takes part, or not every element.

A derivative is computed by an op with a result for each operand. Where nobody needs one of them, its cotangent in the
second pass is missing, and a rule that counts on it breaks.
"""

import numpy as np

from harness import case


@case(
    "second_derivatives/beside_a_constant",
    title="A maximum of a variable and a constant has a second derivative where the variable is larger",
)
def beside_a_constant(g):
    x = g.input("x", [2.0, -1.0])
    c = g.input("c", [0.5, 0.75], requires_grad=False)
    y = g.sum(g.maximum(x, c) ** 2)
    gx = g.grad(y, x, create_graph=True)
    ggx = g.grad(g.sum(gx), x)
    g.observe("ggx", ggx, expected=[2.0, 0.0])


@case(
    "second_derivatives/angle",
    title="The angle of a point bends along one coordinate while the other is a constant",
)
def angle(g):
    x = g.input("x", 2.0)
    c = g.input("c", 1.0, requires_grad=False)
    gx = g.grad(g.atan2(x, c), x, create_graph=True)
    ggx = g.grad(gx, x)
    # d/dx atan2(x, c) = c / (x² + c²)
    g.observe("gx", gx, expected=0.2)
    g.observe("ggx", ggx, expected=-0.16)


@case(
    "second_derivatives/with_a_given_slope",
    title="The square of prelu bends by its squared slope, also where the slope is given",
)
def with_a_given_slope(g):
    x = g.input("x", [[2.0], [-2.0]])
    slope = g.input("slope", [0.5], requires_grad=False)
    y = g.sum(g.prelu(x, slope) ** 2)
    gx = g.grad(y, x, create_graph=True)
    ggx = g.grad(g.sum(gx), x)
    g.observe("ggx", ggx, expected=[[2.0], [0.5]])


@case(
    "second_derivatives/normalized_and_scaled",
    title="What is normalized has a second derivative in the input, though weight and bias are given",
)
def normalized_and_scaled(g):
    x = g.input("x", [[[1.0, 3.0, 4.0], [0.5, -1.0, 2.0]]])
    weight = g.input("weight", [2.0, 0.5], requires_grad=False)
    bias = g.input("bias", [0.5, -1.0], requires_grad=False)
    y = g.sum(g.group_norm(x, weight, bias, num_groups=1) ** 3)
    gx = g.grad(y, x, create_graph=True)
    seed = g.input("seed", [[[1.0, 0.5, 2.0], [0.25, -1.0, 0.75]]], requires_grad=False)
    ggx = g.grad(gx, x, [seed])
    g.observe("ggx", ggx)


@case(
    "second_derivatives/in_the_weight",
    title="The weight of a normalization has a second derivative, though the input is given",
)
def in_the_weight(g):
    x = g.input("x", [[[1.0, 3.0]]], requires_grad=False)
    weight = g.input("weight", [2.0])
    bias = g.input("bias", [0.5], requires_grad=False)
    y = g.sum(g.group_norm(x, weight, bias, num_groups=1, eps=0.0) ** 2)
    gw = g.grad(y, weight, create_graph=True)
    ggw = g.grad(gw, weight)
    # y = (b - w)² + (b + w)²
    g.observe("gw", gw, expected=[8.0])
    g.observe("ggw", ggw, expected=[4.0])


@case(
    "second_derivatives/picked_rows",
    title="Rows that are picked hand a second derivative on to where they come from",
)
def picked_rows(g):
    x = g.input("x", [[1.0, 2.0], [3.0, 4.0]])
    rows = g.input("rows", [[1], [0], [1]], "int64", requires_grad=False)
    y = g.sum(g.gather_nd(x, rows) ** 3)
    gx = g.grad(y, x, create_graph=True)
    seed = g.input("seed", [[1.0, 0.5], [0.25, 2.0]], requires_grad=False)
    ggx = g.grad(gx, x, [seed])
    # y = a³ + b³ + 2 (c³ + d³)
    g.observe("ggx", ggx, expected=[[6.0, 6.0], [9.0, 96.0]])


@case(
    "second_derivatives/loss_of_given_shares",
    title="The cross entropy of given shares has the second derivative of softmax",
)
def loss_of_given_shares(g):
    x = g.input("x", [[0.0, 0.0]])
    shares = g.input("shares", [[0.25, 0.75]], requires_grad=False)
    y = g.soft_cross_entropy(x, shares)
    gx = g.grad(y, x, create_graph=True)
    c = g.input("c", [[2.0, 0.0]], requires_grad=False)
    ggx = g.grad(g.sum(gx * c), x)
    g.observe("gx", gx, expected=[[0.25, -0.25]])
    g.observe("ggx", ggx, expected=[[0.5, -0.5]])


@case(
    "second_derivatives/beside_nothing",
    title="An array without elements in a concatenation has first and second derivatives without elements",
)
def beside_nothing(g):
    x = g.input("x", [2.0, -1.0])
    nothing = g.input("nothing", np.zeros(0))
    y = g.sum(g.concat(x, nothing) ** 3)
    gx, gn = g.grad(y, [x, nothing], create_graph=True)
    seed = g.input("seed", [1.0, 2.0], requires_grad=False)
    none = g.input("none", np.zeros(0), requires_grad=False)
    ggx, ggn = g.grad([gx, gn], [x, nothing], [seed, none])
    g.observe("gx", gx, expected=[12.0, 3.0])
    g.observe("ggx", ggx, expected=[12.0, -12.0])
    g.observe("ggn", ggn, expected=np.zeros(0))


@case(
    "second_derivatives/missing_gradient",
    title="A gradient that is missing cannot be differentiated, and one that is zero can",
)
def missing_gradient(g):
    x = g.input("x", 2.0)
    w = g.input("w", 5.0)
    _, gw = g.grad(x**3, [x, w], create_graph=True)
    with g.attempt("second"):
        g.grad(gw, x)


@case(
    "second_derivatives/missing_gradient_beside_another",
    title="A missing gradient cannot be differentiated together with one that is there",
)
def missing_gradient_beside_another(g):
    x = g.input("x", 2.0)
    w = g.input("w", 5.0)
    gx, gw = g.grad(x**3, [x, w], create_graph=True)
    with g.attempt("second"):
        g.grad([gx, gw], x)
