"""Reductions to a scalar and along axes: a loss needs one, and each sends the gradient back in its own way.

Seed 004 is chapter 2 of a PyTorch book, "why sum makes differentiation possible": y = 2*x**2 + 2 over 17 values of x
from -2 to 2, made a scalar by sum, by a loop, by mean and by max. Sum and loop give the same gradient over different
graphs; max has a tie at both ends, and PyTorch itself answers it in two ways. Backward from y itself is in
`seeds.py`.
"""

import numpy as np

from cases import SEED_004
from harness import case

X = np.arange(-2, 2.1, 0.25)
"""The book's x_np: 17 values from -2 to 2."""


def parabola(g):
    """The book's x, and y = 2*x**2 + 2, which it plots beside the gradient."""
    x = g.input("x", X, dtype="float32")
    y = 2 * x**2 + 2
    g.observe("y", y, expected=2 * X**2 + 2)
    return x, y


@case("reductions/sum", title="z = y.sum() sends 1 to every element: the gradient is 4x", source=SEED_004)
def sum_of_parabola(g):
    x, y = parabola(g)
    z = g.sum(y)
    g.backward(z)
    g.observe("z", z, expected=np.sum(2 * X**2 + 2))
    g.observe("x.grad", x.grad, expected=4 * X)


@case(
    "reductions/loop",
    title="for y1 in y: z += y1 gives the gradient of sum over a chain of 17 additions",
    source=SEED_004,
)
def loop_over_parabola(g):
    x, y = parabola(g)
    z = g.input("z", 0.0, dtype="float32", requires_grad=False)
    for i in range(X.size):
        y1 = y[i]
        z = z + y1
    g.backward(z)
    g.observe("z", z, expected=np.sum(2 * X**2 + 2))
    g.observe("x.grad", x.grad, expected=4 * X)


@case("reductions/mean", title="z = y.mean() gives the gradient of sum divided by 17", source=SEED_004)
def mean_of_parabola(g):
    x, y = parabola(g)
    z = g.mean(y)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=4 * X / 17)


@case(
    "reductions/max",
    title="z = y.max() has a tie at both ends: all of it to one, half to each, or all to both",
    source=SEED_004,
)
def max_of_parabola(g):
    x, y = parabola(g)
    z = g.max(y)
    g.backward(z)
    g.observe("z", z, expected=10.0)
    g.observe("x.grad", x.grad)


@case(
    "reductions/max_along_axis",
    title="y.max(dim=0) meets the same tie, in PyTorch by another rule than y.max()",
    source=SEED_004,
)
def max_along_axis_of_parabola(g):
    x, y = parabola(g)
    z = g.max(y, axis=0)
    g.backward(z)
    g.observe("z", z, expected=10.0)
    g.observe("x.grad", x.grad)


@case("reductions/amax", title="torch.amax(y) meets the same tie by the rule of y.max()", source=SEED_004)
def amax_of_parabola(g):
    x, y = parabola(g)
    z = g.amax(y)
    g.backward(z)
    g.observe("z", z, expected=10.0)
    g.observe("x.grad", x.grad)


@case("reductions/max_of_rows", title="The maximum of each row, with a tie in one row and none in the other")
def max_of_rows(g):
    x = g.input("x", [[1.0, 4.0, 4.0], [9.0, 2.0, 3.0]])
    y = g.max(x, axis=1)
    z = g.sum(y)
    g.backward(z)
    g.observe("y", y, expected=[4.0, 9.0])
    g.observe("x.grad", x.grad)


@case(
    "reductions/amax_of_rows",
    title="The same rows by amax, which may answer the tie by another rule than max",
)
def amax_of_rows(g):
    x = g.input("x", [[1.0, 4.0, 4.0], [9.0, 2.0, 3.0]])
    y = g.amax(x, axis=1)
    z = g.sum(y)
    g.backward(z)
    g.observe("y", y, expected=[4.0, 9.0])
    g.observe("x.grad", x.grad)


@case("reductions/min_with_ties", title="The minimum of three elements of which two are equal")
def min_with_ties(g):
    x = g.input("x", [3.0, 1.0, 1.0])
    z = g.min(x)
    g.backward(z)
    g.observe("x.grad", x.grad)


@case(
    "reductions/min_along_axis_with_ties",
    title="The minimum of the same three along their axis, perhaps by another rule",
)
def min_along_axis_with_ties(g):
    x = g.input("x", [3.0, 1.0, 1.0])
    z = g.min(x, axis=0)
    g.backward(z)
    g.observe("x.grad", x.grad)


@case("reductions/sum_along_axes", title="Sums along an axis, with and without keepdims, weigh the elements alike")
def sum_along_axes(g):
    x = g.input("x", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    columns = g.sum(x, axis=0)
    rows = g.sum(x, axis=1, keepdims=True)
    z = g.sum(columns**2) + g.sum(rows)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[[11.0, 15.0, 19.0], [11.0, 15.0, 19.0]])


@case("reductions/mean_along_axes", title="A mean over two of three axes divides by the number of elements it covers")
def mean_along_axes(g):
    x = g.input("x", np.arange(12.0).reshape(2, 3, 2))
    y = g.mean(x, axis=(0, 2))
    z = g.sum(y)
    g.backward(z)
    g.observe("y", y, expected=[3.5, 5.5, 7.5])
    g.observe("x.grad", x.grad, expected=np.full((2, 3, 2), 0.25))


@case("reductions/prod", title="The derivative of a product by one factor is the product of the others")
def prod(g):
    x = g.input("x", [2.0, 3.0, 5.0])
    z = g.prod(x)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[15.0, 10.0, 6.0])


@case(
    "reductions/prod_with_a_zero",
    title="With one zero among the factors, only that factor has a gradient, and it is not NaN",
)
def prod_with_a_zero(g):
    x = g.input("x", [2.0, 0.0, 5.0])
    z = g.prod(x)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[0.0, 10.0, 0.0])


@case("reductions/var", title="The variance of three numbers, divided by n")
def var(g):
    x = g.input("x", [1.0, 2.0, 6.0])
    z = g.var(x)
    g.backward(z)
    g.observe("z", z, expected=14 / 3)
    g.observe("x.grad", x.grad, expected=[-4 / 3, -2 / 3, 2.0])


@case("reductions/var_with_correction", title="The variance of the same numbers, divided by n - 1")
def var_with_correction(g):
    x = g.input("x", [1.0, 2.0, 6.0])
    z = g.var(x, correction=1.0)
    g.backward(z)
    g.observe("z", z, expected=7.0)
    g.observe("x.grad", x.grad, expected=[-2.0, -1.0, 3.0])


@case("reductions/std", title="The standard deviation of three numbers, divided by n")
def std(g):
    x = g.input("x", [1.0, 1.0, 4.0])
    z = g.std(x)
    g.backward(z)
    g.observe("z", z, expected=np.sqrt(2.0))
    g.observe("x.grad", x.grad, expected=np.array([-1.0, -1.0, 2.0]) / np.sqrt(18.0))


@case(
    "reductions/std_of_a_constant", title="The standard deviation of equal numbers has a kink at 0: NaN, infinity, or 0"
)
def std_of_a_constant(g):
    x = g.input("x", [3.0, 3.0, 3.0, 3.0])  # as many as make the mean exact, by whichever formula
    z = g.std(x)
    g.backward(z)
    g.observe("z", z, expected=0.0)
    g.observe("x.grad", x.grad)


@case("reductions/logsumexp", title="The gradient of logsumexp is softmax")
def logsumexp(g):
    x = g.input("x", [10.0, 10.0, -10.0])
    z = g.logsumexp(x)
    g.backward(z)
    softmax = np.array([1.0, 1.0, np.exp(-20.0)]) / (2.0 + np.exp(-20.0))
    g.observe("z", z, expected=10.0 + np.log(2.0 + np.exp(-20.0)))
    g.observe("x.grad", x.grad, expected=softmax)


@case("reductions/logsumexp_of_large", title="logsumexp is finite where exp itself would overflow")
def logsumexp_of_large(g):
    x = g.input("x", [1000.0, 1000.0, -1000.0])
    z = g.logsumexp(x)
    # Its gradient is not asked for: exp(x - z) is as far off as the rounding of z, some hundred ULPs at 1000.
    g.observe("z", z, expected=1000.0 + np.log(2.0))
