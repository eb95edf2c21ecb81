"""Operands of different shapes: what an op repeats going forward, its derivative sums going back.

An operand may lack axes that the other has, or have them with size 1; the gradient has the operand's own shape in each
case. The weights differ everywhere, so that a sum over the wrong axis, or a mean, is another number.
"""

import numpy as np

from harness import case

X = np.array([[3.0, -2.0, 5.0], [7.0, 4.0, -1.0]])
WEIGHTS = np.array([[3.0, -5.0, 7.0], [11.0, 13.0, -4.0]])


def weighed(g, y, weights):
    """The sum of the elements of y, each with its weight: its gradient with respect to y is the weights."""
    weights = g.input("weights", weights, requires_grad=False)
    return g.sum(weights * y)


@case("broadcasting/row", title="A bias beside two rows gets the sum over the rows")
def row(g):
    x = g.input("x", X)
    b = g.input("b", [0.5, 1.5, 2.5])
    z = weighed(g, x + b, WEIGHTS)
    g.backward(z)
    g.observe("b.grad", b.grad, expected=WEIGHTS.sum(axis=0))
    g.observe("x.grad", x.grad, expected=WEIGHTS)


@case("broadcasting/column", title="A column of shape (2, 1) beside three columns gets a column of sums")
def column(g):
    x = g.input("x", X)
    b = g.input("b", [[0.5], [1.5]])
    z = weighed(g, x + b, WEIGHTS)
    g.backward(z)
    g.observe("b.grad", b.grad, expected=WEIGHTS.sum(axis=1, keepdims=True))
    g.observe("x.grad", x.grad, expected=WEIGHTS)


@case("broadcasting/scalar", title="A factor without axes beside a vector gets one number: the sum over all elements")
def scalar(g):
    x = g.input("x", [3.0, -2.0, 5.0])
    s = g.input("s", 4.0)
    z = weighed(g, s * x, WEIGHTS[0])
    g.backward(z)
    g.observe("s.grad", s.grad, expected=54.0)
    g.observe("x.grad", x.grad, expected=[12.0, -20.0, 28.0])


@case("broadcasting/scalar_divisor", title="A divisor without axes under a matrix gets one number")
def scalar_divisor(g):
    x = g.input("x", X)
    s = g.input("s", 4.0)
    z = weighed(g, x / s, WEIGHTS)
    g.backward(z)
    g.observe("s.grad", s.grad, expected=-np.sum(WEIGHTS * X) / 16)
    g.observe("x.grad", x.grad, expected=WEIGHTS / 4)


@case("broadcasting/one_element", title="A factor of shape (1,) beside a vector keeps its axis in the gradient")
def one_element(g):
    x = g.input("x", [3.0, -2.0, 5.0])
    s = g.input("s", [4.0])
    z = weighed(g, s * x, WEIGHTS[0])
    g.backward(z)
    g.observe("s.grad", s.grad, expected=[54.0])
    g.observe("x.grad", x.grad, expected=[12.0, -20.0, 28.0])


@case("broadcasting/outer_product", title="A column times a row: both are repeated, each is summed along the other")
def outer_product(g):
    a = g.input("a", [[3.0], [4.0]])
    b = g.input("b", [[5.0, 6.0, -2.0]])
    z = weighed(g, a * b, WEIGHTS)
    g.backward(z)
    g.observe("a.grad", a.grad, expected=np.sum(WEIGHTS * [5.0, 6.0, -2.0], axis=1, keepdims=True))
    g.observe("b.grad", b.grad, expected=np.sum(WEIGHTS * [[3.0], [4.0]], axis=0, keepdims=True))


@case("broadcasting/column_and_row", title="A row subtracted from a column makes a table; both get its sums")
def column_and_row(g):
    a = g.input("a", [[3.0], [4.0]])
    b = g.input("b", [5.0, 6.0, -2.0])
    z = weighed(g, a - b, WEIGHTS)
    g.backward(z)
    g.observe("a.grad", a.grad, expected=WEIGHTS.sum(axis=1, keepdims=True))
    g.observe("b.grad", b.grad, expected=-WEIGHTS.sum(axis=0))


@case("broadcasting/before_and_within", title="Shape (3, 1) beside (2, 3, 2): an axis put before, and one of size 1")
def before_and_within(g):
    x = g.input("x", np.arange(12.0).reshape(2, 3, 2))
    b = g.input("b", [[0.5], [1.5], [2.5]])
    weights = np.array([3.0, -5.0, 7.0, 11.0, 13.0, -4.0, 6.0, 8.0, -9.0, 2.0, 10.0, 12.0]).reshape(2, 3, 2)
    z = weighed(g, x + b, weights)
    g.backward(z)
    g.observe("b.grad", b.grad, expected=weights.sum(axis=(0, 2))[:, None])


@case("broadcasting/asked_for", title="What broadcast_to repeats is summed as well")
def asked_for(g):
    x = g.input("x", [3.0, -2.0, 5.0])
    z = weighed(g, g.broadcast_to(x, shape=(2, 3)), WEIGHTS)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=WEIGHTS.sum(axis=0))


@case("broadcasting/new_axis", title="A new axis lets a vector be a column, and its gradient is a vector again")
def new_axis(g):
    x = g.input("x", X)
    b = g.input("b", [0.5, 1.5])
    z = weighed(g, x + g.expand_dims(b, axis=1), WEIGHTS)
    g.backward(z)
    g.observe("b.grad", b.grad, expected=WEIGHTS.sum(axis=1))


@case("broadcasting/squeezed", title="An axis of size 1 that was taken away is there again in the gradient")
def squeezed(g):
    x = g.input("x", X)
    b = g.input("b", [[0.5, 1.5, 2.5]])
    z = weighed(g, x + g.squeeze(b, axis=0), WEIGHTS)
    g.backward(z)
    g.observe("b.grad", b.grad, expected=WEIGHTS.sum(axis=0, keepdims=True))


@case("broadcasting/branch", title="A branch without axes, chosen for some elements, gets the sum over those")
def branch(g):
    x = g.input("x", [3.0, -2.0, 5.0])
    s = g.input("s", 4.0)
    z = weighed(g, g.where(x > 0.5, s, x), WEIGHTS[0])
    g.backward(z)
    g.observe("s.grad", s.grad, expected=10.0)
    g.observe("x.grad", x.grad, expected=[0.0, -5.0, 0.0])


@case("broadcasting/used_twice", title="A bias that is used in two shapes gets the sum of both sums")
def used_twice(g):
    x = g.input("x", X)
    b = g.input("b", [0.5, 1.5, 2.5])
    z = weighed(g, x + b, WEIGHTS) + 10 * g.sum(b)
    g.backward(z)
    g.observe("b.grad", b.grad, expected=WEIGHTS.sum(axis=0) + 10)
