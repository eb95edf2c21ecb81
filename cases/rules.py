"""The derivative of each op at ordinary points, where mathematics gives it in closed form and nobody may differ.

The points and the weights are chosen so that no two likely mistakes agree: no ones, no twos, no symmetric matrices. A
weight before the op is the cotangent that reaches it. Functions of single elements are asked about single numbers, so
that engines without arrays can answer too.
"""

import math

import numpy as np

from harness import case

EXP, LOG = math.exp(0.7), math.log(3.0)
SINE, COSINE = math.sin(0.7), math.cos(0.7)
TANH, SIGMOID = math.tanh(0.7), 1 / (1 + math.exp(-0.7))


@case("rules/difference", title="What is subtracted gets the negative of the cotangent")
def difference(g):
    a = g.input("a", 3.0)
    b = g.input("b", 5.0)
    y = 7 * (a - b)
    g.backward(y)
    g.observe("a.grad", a.grad, expected=7.0)
    g.observe("b.grad", b.grad, expected=-7.0)


@case("rules/negative", title="The negative of x has the negative of the cotangent")
def negative(g):
    x = g.input("x", 3.0)
    y = 7 * -x
    g.backward(y)
    g.observe("x.grad", x.grad, expected=-7.0)


@case("rules/product", title="Each factor gets the cotangent times the other factor")
def product(g):
    a = g.input("a", 3.0)
    b = g.input("b", 5.0)
    y = 7 * (a * b)
    g.backward(y)
    g.observe("a.grad", a.grad, expected=35.0)
    g.observe("b.grad", b.grad, expected=21.0)


@case("rules/quotient", title="The divisor gets minus the quotient divided by itself once more")
def quotient(g):
    a = g.input("a", 3.0)
    b = g.input("b", 5.0)
    y = 7 * (a / b)
    g.backward(y)
    g.observe("a.grad", a.grad, expected=7 / 5)
    g.observe("b.grad", b.grad, expected=-21 / 25)


@case("rules/reciprocal", title="The reciprocal has the derivative of x to the power -1")
def reciprocal(g):
    x = g.input("x", 4.0)
    y = 7 * g.reciprocal(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=-7 / 16)


@case("rules/power", title="The power rule: the exponent comes down, and one less stays")
def power(g):
    x = g.input("x", 3.0)
    y = 7 * x**4
    g.backward(y)
    g.observe("x.grad", x.grad, expected=756.0)


@case("rules/square", title="The square has twice its root as derivative")
def square(g):
    x = g.input("x", 3.0)
    y = 7 * g.square(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=42.0)


@case("rules/power_of_two_variables", title="The exponent has a derivative too: the power times the base's logarithm")
def power_of_two_variables(g):
    base = g.input("base", 3.0)
    exponent = g.input("exponent", 4.0)
    y = 7 * base**exponent
    g.backward(y)
    g.observe("base.grad", base.grad, expected=756.0)
    g.observe("exponent.grad", exponent.grad, expected=7 * 81 * LOG)


@case("rules/square_root", title="The square root has one over twice itself as derivative")
def square_root(g):
    x = g.input("x", 16.0)
    y = 7 * g.sqrt(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=7 / 8)


@case("rules/exp", title="The exponential function is its own derivative")
def exp(g):
    x = g.input("x", 0.7)
    y = 7 * g.exp(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=7 * EXP)


@case("rules/log", title="The logarithm has one over x as derivative")
def log(g):
    x = g.input("x", 5.0)
    y = 7 * g.log(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=7 / 5)


@case("rules/other_exponentials", title="Exponentials and logarithms to other bases, and near 0, with their factors")
def other_exponentials(g):
    a = g.input("a", 3.0)
    b = g.input("b", 0.7)
    c = g.input("c", 4.0)
    d = g.input("d", 5.0)
    e = g.input("e", 3.0)
    y = 3 * g.exp2(a) + 5 * g.expm1(b) + 7 * g.log1p(c) + 11 * g.log2(d) + 13 * g.log10(e)
    g.backward(y)
    g.observe("a.grad", a.grad, expected=24 * math.log(2.0))
    g.observe("b.grad", b.grad, expected=5 * EXP)
    g.observe("c.grad", c.grad, expected=7 / 5)
    g.observe("d.grad", d.grad, expected=11 / 5 / math.log(2.0))
    g.observe("e.grad", e.grad, expected=13 / 3 / math.log(10.0))


@case("rules/sin", title="The sine has the cosine as derivative")
def sin(g):
    x = g.input("x", 0.7)
    y = 7 * g.sin(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=7 * COSINE)


@case("rules/cos", title="The cosine has minus the sine as derivative")
def cos(g):
    x = g.input("x", 0.7)
    y = 7 * g.cos(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=-7 * SINE)


@case("rules/other_angles", title="The tangent, and the inverse functions of sine, cosine and tangent")
def other_angles(g):
    a = g.input("a", 0.7)
    b = g.input("b", 0.6)
    c = g.input("c", 0.6)
    d = g.input("d", 3.0)
    y = 3 * g.tan(a) + 4 * g.asin(b) + 8 * g.acos(c) + 7 * g.atan(d)
    g.backward(y)
    g.observe("a.grad", a.grad, expected=3 / COSINE**2)
    g.observe("b.grad", b.grad, expected=5.0)
    g.observe("c.grad", c.grad, expected=-10.0)
    g.observe("d.grad", d.grad, expected=0.7)


@case("rules/atan2", title="The angle of a point turns with each of its coordinates")
def atan2(g):
    a = g.input("a", 3.0)
    b = g.input("b", 4.0)
    y = 50 * g.atan2(a, b)
    g.backward(y)
    g.observe("a.grad", a.grad, expected=8.0)
    g.observe("b.grad", b.grad, expected=-6.0)


@case("rules/tanh", title="The hyperbolic tangent has one minus its square as derivative")
def tanh(g):
    x = g.input("x", 0.7)
    y = 7 * g.tanh(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=7 * (1 - TANH**2))


@case("rules/tanh_twice", title="The derivative of tanh leaves its result as it was, also for a second pass")
def tanh_twice(g):
    x = g.input("x", 0.7)
    t = g.tanh(x)
    y = 7 * t
    g.backward(y, keep_graph=True)
    g.observe("t", t, expected=TANH)
    g.clear_grad(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=7 * (1 - TANH**2))


@case("rules/other_hyperbolic_functions", title="Hyperbolic functions and their inverses")
def other_hyperbolic_functions(g):
    a = g.input("a", 0.7)
    b = g.input("b", 0.7)
    c = g.input("c", 0.75)
    d = g.input("d", 1.25)
    e = g.input("e", 0.5)
    y = 3 * g.sinh(a) + 5 * g.cosh(b) + 5 * g.asinh(c) + 3 * g.acosh(d) + 3 * g.atanh(e)
    g.backward(y)
    g.observe("a.grad", a.grad, expected=3 * math.cosh(0.7))
    g.observe("b.grad", b.grad, expected=5 * math.sinh(0.7))
    g.observe("c.grad", c.grad, expected=4.0)
    g.observe("d.grad", d.grad, expected=4.0)
    g.observe("e.grad", e.grad, expected=4.0)


@case("rules/sigmoid", title="The logistic function has y (1 - y) as derivative, with its result y")
def sigmoid(g):
    x = g.input("x", 0.7)
    y = 7 * g.sigmoid(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=7 * SIGMOID * (1 - SIGMOID))


@case("rules/softplus", title="The softplus function has the logistic function as derivative")
def softplus(g):
    x = g.input("x", 0.7)
    y = 7 * g.softplus(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=7 * SIGMOID)


@case("rules/logaddexp", title="Two operands of logaddexp share the cotangent by their exponentials")
def logaddexp(g):
    a = g.input("a", 0.7)
    b = g.input("b", 0.0)
    y = 7 * g.logaddexp(a, b)
    g.backward(y)
    g.observe("a.grad", a.grad, expected=7 * SIGMOID)
    g.observe("b.grad", b.grad, expected=7 * (1 - SIGMOID))


@case("rules/relu", title="The sign of the operand decides what passes relu, not that of the cotangent")
def relu(g):
    a = g.input("a", 3.0)
    b = g.input("b", -5.0)
    y = 7 * g.relu(b) - 11 * g.relu(a)
    g.backward(y)
    g.observe("a.grad", a.grad, expected=-11.0)
    g.observe("b.grad", b.grad, expected=0.0)


@case("rules/relu_inside", title="What relu sends to its operand does not change the gradient of its result")
def relu_inside(g):
    x = g.input("x", -5.0)
    t = g.relu(x)
    y = 7 * t
    g.retain_grad(t)
    g.backward(y)
    g.observe("t.grad", t.grad, expected=7.0)
    g.observe("x.grad", x.grad, expected=0.0)


@case("rules/abs", title="The absolute value has the sign as derivative")
def absolute_value(g):
    a = g.input("a", 3.0)
    b = g.input("b", -5.0)
    y = 7 * abs(a) + 11 * abs(b)
    g.backward(y)
    g.observe("a.grad", a.grad, expected=7.0)
    g.observe("b.grad", b.grad, expected=-11.0)


@case("rules/clip", title="What is clipped has no gradient, below the bounds and above")
def clip(g):
    inside = g.input("inside", 0.5)
    below = g.input("below", -3.0)
    above = g.input("above", 4.0)
    y = 7 * g.clip(inside, min=-1.5, max=2.5)
    y = y + 11 * g.clip(below, min=-1.5, max=2.5)
    y = y + 13 * g.clip(above, min=-1.5, max=2.5)
    g.backward(y)
    g.observe("inside.grad", inside.grad, expected=7.0)
    g.observe("below.grad", below.grad, expected=0.0)
    g.observe("above.grad", above.grad, expected=0.0)


@case("rules/where", title="Only the branch that was chosen has a gradient")
def where(g):
    x = g.input("x", 3.0, requires_grad=False)
    a = g.input("a", 4.0)
    b = g.input("b", 5.0)
    y = 7 * g.where(x > 2.5, a, b)
    g.backward(y)
    g.observe("a.grad", a.grad, expected=7.0)
    g.observe("b.grad", b.grad, expected=0.0)


@case("rules/larger_of_two", title="The larger of two gets the cotangent, and so does the smaller of two")
def larger_of_two(g):
    a = g.input("a", 3.0)
    b = g.input("b", 5.0)
    y = 7 * g.maximum(a, b) + 11 * g.minimum(a, b)
    g.backward(y)
    g.observe("a.grad", a.grad, expected=11.0)
    g.observe("b.grad", b.grad, expected=7.0)


@case("rules/floor_beside_identity", title="Beside x itself, the floor of x adds nothing to the gradient")
def floor_beside_identity(g):
    x = g.input("x", 3.7)
    y = 7 * x + 11 * g.floor(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=7.0)


def weighed(g, y, weights):
    """The sum of the elements of y, each with its weight: its gradient with respect to y is the weights."""
    weights = g.input("weights", weights, requires_grad=False)
    return g.sum(weights * y)


A = np.array([[3.0, -2.0, 5.0], [7.0, 4.0, -1.0]])
B = np.array([[4.0, -3.0], [6.0, 5.0], [-2.0, 8.0]])
SQUARE_A, SQUARE_B = A[:, :2], B[:2]
SQUARE_WEIGHTS = np.array([[3.0, 11.0], [-5.0, 7.0]])
COLUMN, ROW = np.array([3.0, -5.0]), np.array([3.0, -5.0, 7.0])


@case("rules/matmul", title="The cotangent of a matrix product is multiplied by the other matrix, transposed")
def matmul(g):
    a = g.input("a", A)
    b = g.input("b", B)
    z = weighed(g, a @ b, SQUARE_WEIGHTS)
    g.backward(z)
    g.observe("a.grad", a.grad, expected=SQUARE_WEIGHTS @ B.T)
    g.observe("b.grad", b.grad, expected=A.T @ SQUARE_WEIGHTS)


@case("rules/square_matmul", title="With square matrices the shapes do not tell that something was not transposed")
def square_matmul(g):
    a = g.input("a", SQUARE_A)
    b = g.input("b", SQUARE_B)
    z = weighed(g, a @ b, SQUARE_WEIGHTS)
    g.backward(z)
    g.observe("a.grad", a.grad, expected=SQUARE_WEIGHTS @ SQUARE_B.T)
    g.observe("b.grad", b.grad, expected=SQUARE_A.T @ SQUARE_WEIGHTS)


@case("rules/linear", title="A dense layer: the bias gets the sum over the batch")
def linear(g):
    x = g.input("x", A)
    weight = g.input("weight", B)
    bias = g.input("bias", [0.5, -0.25])
    z = weighed(g, g.linear(x, weight, bias), SQUARE_WEIGHTS)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=SQUARE_WEIGHTS @ B.T)
    g.observe("weight.grad", weight.grad, expected=A.T @ SQUARE_WEIGHTS)
    g.observe("bias.grad", bias.grad, expected=[-2.0, 18.0])


@case(
    "rules/sum_of_rows",
    title="In a square matrix each element gets the cotangent of its own row's sum",
)
def sum_of_rows(g):
    x = g.input("x", SQUARE_A)
    z = weighed(g, g.sum(x, axis=1), COLUMN)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[[3.0, 3.0], [-5.0, -5.0]])


@case("rules/sum_of_columns", title="Each element gets the cotangent of its own column's sum")
def sum_of_columns(g):
    x = g.input("x", SQUARE_A)
    z = weighed(g, g.sum(x, axis=0), COLUMN)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[[3.0, -5.0], [3.0, -5.0]])


@case("rules/sum_of_oblong_rows", title="Where rows and columns differ in length, a forgotten axis cannot fit")
def sum_of_oblong_rows(g):
    x = g.input("x", A)
    z = weighed(g, g.sum(x, axis=1), COLUMN)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[[3.0, 3.0, 3.0], [-5.0, -5.0, -5.0]])


@case("rules/mean_of_rows", title="The mean of a row divides by the row's length, not by the number of all elements")
def mean_of_rows(g):
    x = g.input("x", A)
    z = weighed(g, g.mean(x, axis=1), COLUMN)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=np.array([[3.0] * 3, [-5.0] * 3]) / 3)


@case("rules/mean_of_square_rows", title="The mean of a row in a square matrix goes back along the row")
def mean_of_square_rows(g):
    x = g.input("x", SQUARE_A)
    z = weighed(g, g.mean(x, axis=1), COLUMN)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[[1.5, 1.5], [-2.5, -2.5]])


@case("rules/var_of_rows", title="The variance of each row sends twice the deviation back, divided by the row's length")
def var_of_rows(g):
    x = g.input("x", A)
    z = weighed(g, g.var(x, axis=1), COLUMN)
    g.backward(z)
    deviation = A - A.mean(axis=1, keepdims=True)
    g.observe("x.grad", x.grad, expected=COLUMN[:, None] * 2 * deviation / 3)


@case("rules/max_of_rows_without_ties", title="The largest element of each row gets the cotangent of that row")
def max_of_rows_without_ties(g):
    x = g.input("x", A)
    z = weighed(g, g.max(x, axis=1), COLUMN)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[[0.0, 0.0, 3.0], [-5.0, 0.0, 0.0]])


@case("rules/softmax", title="In softmax each result depends on every operand: what one gains the others lose")
def softmax(g):
    x = g.input("x", [0.5, -1.0, 0.75])
    z = weighed(g, g.softmax(x), ROW)
    g.backward(z)
    y = np.exp([0.5, -1.0, 0.75]) / np.sum(np.exp([0.5, -1.0, 0.75]))
    g.observe("x.grad", x.grad, expected=y * (ROW - np.sum(ROW * y)))


@case("rules/log_softmax", title="The logarithm of softmax takes from each the whole cotangent by its share")
def log_softmax(g):
    x = g.input("x", [0.5, -1.0, 0.75])
    z = weighed(g, g.log_softmax(x), ROW)
    g.backward(z)
    y = np.exp([0.5, -1.0, 0.75]) / np.sum(np.exp([0.5, -1.0, 0.75]))
    g.observe("x.grad", x.grad, expected=ROW - y * np.sum(ROW))


@case("rules/take", title="An element that is taken twice gets the sum of both weights, one that is left out gets 0")
def take(g):
    x = g.input("x", [4.0, 6.0, 8.0])
    indices = g.input("indices", [2, 0, 2], dtype="int64", requires_grad=False)
    z = weighed(g, g.take(x, indices), ROW)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[-5.0, 0.0, 10.0])


@case("rules/slice", title="A slice sends its cotangent back to where it was cut out")
def slice_of_three(g):
    x = g.input("x", [4.0, 6.0, 8.0])
    z = weighed(g, x[1:], COLUMN)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[0.0, 3.0, -5.0])


CUBE = np.array([[[3.0, -5.0], [7.0, 11.0]], [[-2.0, 13.0], [4.0, 6.0]]])


@case("rules/permute_dims", title="Three axes in a circle go back the other way round")
def permute_dims(g):
    x = g.input("x", np.arange(8.0).reshape(2, 2, 2))
    z = weighed(g, g.permute_dims(x, axes=(1, 2, 0)), CUBE)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=np.transpose(CUBE, (2, 0, 1)))


@case("rules/reshape", title="The gradient of what was reshaped has the shape of before")
def reshape(g):
    x = g.input("x", [4.0, 6.0, 8.0, 10.0, 12.0, 14.0])
    z = weighed(g, g.reshape(x, shape=(2, 3)), A)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=A.reshape(6))


@case("rules/concat", title="Each operand of a concatenation gets its own slice of the cotangent")
def concat(g):
    a = g.input("a", [4.0, 6.0])
    b = g.input("b", [8.0, 10.0, 12.0])
    z = weighed(g, g.concat([a, b]), [3.0, -5.0, 7.0, 11.0, -13.0])
    g.backward(z)
    g.observe("a.grad", a.grad, expected=[3.0, -5.0])
    g.observe("b.grad", b.grad, expected=[7.0, 11.0, -13.0])


@case("rules/stack", title="Each operand of a stack gets its own layer of the cotangent")
def stack(g):
    a = g.input("a", [4.0, 6.0])
    b = g.input("b", [8.0, 10.0])
    z = weighed(g, g.stack([a, b], axis=1), SQUARE_WEIGHTS)
    g.backward(z)
    g.observe("a.grad", a.grad, expected=[3.0, -5.0])
    g.observe("b.grad", b.grad, expected=[11.0, 7.0])


@case(
    "rules/weights_of_a_transposed_convolution",
    title="The weights of a transposed convolution in groups get a gradient, also where the image is given",
)
def weights_of_a_transposed_convolution(g):
    x = g.input("x", [[[[0.5, -1.25]], [[3.0, 0.75]]]], requires_grad=False)
    w = g.input("w", [[[[1.5]]], [[[-2.5]]]])
    y = g.conv_transpose2d(x, w, groups=2)
    g.backward(y, g.input("seed", [[[[0.25, 1.75]], [[-0.75, 4.0]]]], requires_grad=False))
    g.observe("y", y, expected=[[[[0.75, -1.875]], [[-7.5, -1.875]]]])
    g.observe("w.grad", w.grad, expected=[[[[-2.0625]]], [[[0.75]]]])
