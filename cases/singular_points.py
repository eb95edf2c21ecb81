"""Singular points: where a formula for the derivative divides by zero, or multiplies zero by infinity.

Sometimes there is no derivative. Sometimes there is one, and the formula misses it: then a value is expected, and a
framework that gives NaN is wrong.
"""

import numpy as np

from harness import case

WHERE_AND_NAN = "https://docs.jax.dev/en/latest/faq.html#gradients-contain-nan-where-using-where"
SINGULAR_MATRICES = "https://github.com/tensorflow/tensorflow/issues/119477"


# Roots, lengths and angles


@case("singular_points/sqrt", title="The square root at 0 and beside it: at 0 the slope is infinite")
def sqrt(g):
    x = g.input("x", [0.0, 4.0])
    y = g.sum(g.sqrt(x))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case(
    "singular_points/sqrt_of_a_sum_of_squares",
    title="The length of a vector by hand, at 0: an infinite slope times 0 is NaN",
)
def sqrt_of_a_sum_of_squares(g):
    x = g.input("x", [0.0, 0.0])
    y = g.sqrt(g.sum(x * x))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("singular_points/vector_norm", title="The norm of a vector has a derivative except at 0")
def vector_norm(g):
    x = g.input("x", [3.0, 4.0])
    y = g.vector_norm(x)
    g.backward(y)
    g.observe("y", y, expected=5.0)
    g.observe("x.grad", x.grad, expected=[0.6, 0.8])


@case("singular_points/vector_norm_at_zero", title="The norms of two vectors, of which one is 0: NaN there, or zeros")
def vector_norm_at_zero(g):
    x = g.input("x", [[0.0, 0.0], [3.0, 4.0]])
    y = g.sum(g.vector_norm(x, axis=1))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("singular_points/hypot", title="hypot at (3, 4), (0, 2) and (-2, 0), all of which have a derivative")
def hypot(g):
    x1 = g.input("x1", [3.0, 0.0, -2.0])
    x2 = g.input("x2", [4.0, 2.0, 0.0])
    y = g.sum(g.hypot(x1, x2))
    g.backward(y)
    g.observe("x1.grad", x1.grad, expected=[0.6, 0.0, -1.0])
    g.observe("x2.grad", x2.grad, expected=[0.8, 1.0, 0.0])


@case("singular_points/hypot_at_zero", title="hypot at (0, 0): NaN, or a push along the diagonal")
def hypot_at_zero(g):
    x1 = g.input("x1", [0.0, 3.0])
    x2 = g.input("x2", [0.0, 4.0])
    y = g.sum(g.hypot(x1, x2))
    g.backward(y)
    g.observe("x1.grad", x1.grad)
    g.observe("x2.grad", x2.grad)


@case("singular_points/atan2_at_zero", title="The angle at (0, 0), where there is none: NaN, or zeros")
def atan2_at_zero(g):
    x1 = g.input("x1", [0.0, 1.0])
    x2 = g.input("x2", [0.0, 2.0])
    y = g.sum(g.atan2(x1, x2))
    g.backward(y)
    g.observe("x1.grad", x1.grad)
    g.observe("x2.grad", x2.grad)


# Powers


@case(
    "singular_points/sinc_at_zero",
    title="sinc is smooth and largest at 0, where its formula divides by 0",
    source="https://github.com/tensorflow/tensorflow/issues/127226",
)
def sinc_at_zero(g):
    x = g.input("x", [0.0, -0.0])
    y = g.sum(g.sinc(x))
    g.backward(y)
    g.observe("y", y, expected=2.0)
    g.observe("x.grad", x.grad, expected=[0.0, 0.0])


@case("singular_points/pow_to_the_zero", title="x ** 0 is 1 everywhere, so its derivative is 0, at x = 0 as well")
def pow_to_the_zero(g):
    x = g.input("x", [0.0, 2.0])
    y = g.sum(x**0)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[0.0, 0.0])


@case("singular_points/pow_to_the_float_zero", title="x ** 0.0 is the same function as x ** 0")
def pow_to_the_float_zero(g):
    x = g.input("x", [0.0, 2.0])
    y = g.sum(x**0.0)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[0.0, 0.0])


@case("singular_points/pow_to_an_array", title="x ** n by x at x = 0, for the exponents 0, 1 and 2 in an array")
def pow_to_an_array(g):
    x = g.input("x", [0.0, 0.0, 0.0])
    n = g.input("n", [0.0, 1.0, 2.0], requires_grad=False)
    y = g.sum(x**n)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[0.0, 1.0, 0.0])


@case(
    "singular_points/pow_of_zero",
    title="x ** n by n at x = 0: for positive n it is 0, but the formula holds the logarithm of 0",
)
def pow_of_zero(g):
    x = g.input("x", [0.0, 0.0, 0.0], requires_grad=False)
    n = g.input("n", [0.5, 1.0, 2.0])
    y = g.sum(x**n)
    g.backward(y)
    g.observe("n.grad", n.grad, expected=[0.0, 0.0, 0.0])


@case("singular_points/zero_to_the_zero", title="x ** n by n at 0 to the 0, where the power jumps")
def zero_to_the_zero(g):
    x = g.input("x", [0.0, 2.0], requires_grad=False)
    n = g.input("n", [0.0, 0.0])
    y = g.sum(x**n)
    g.backward(y)
    g.observe("n.grad", n.grad)


@case("singular_points/zero_to_a_negative_power", title="x ** n by n where x ** n is infinite: NaN, or infinite too")
def zero_to_a_negative_power(g):
    x = g.input("x", [0.0, 2.0], requires_grad=False)
    n = g.input("n", [-1.0, -1.0])
    y = g.sum(x**n)
    g.backward(y)
    g.observe("n.grad", n.grad)


@case("singular_points/pow_of_a_negative", title="x ** n by n for negative x, whose logarithm is not real")
def pow_of_a_negative(g):
    x = g.input("x", [-2.0, -2.0], requires_grad=False)
    n = g.input("n", [2.0, 3.0])
    y = g.sum(x**n)
    g.backward(y)
    g.observe("n.grad", n.grad)


# A branch that `where` did not choose gets the gradient 0, which meets an infinite slope


@case(
    "singular_points/where_exp",
    title="where(x < 0, exp(x), 1 + x) at 1000 has the slope 1, and everybody says NaN",
    source=WHERE_AND_NAN,
)
def where_exp(g):
    x = g.input("x", [-1.0, 1000.0])
    y = g.sum(g.where(x < 0, g.exp(x), 1 + x))
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[np.exp(-1.0), 1.0])


@case(
    "singular_points/where_sqrt",
    title="where(x > 1, sqrt(x), x) at 0: a root that is not chosen, with an infinite slope",
    source=WHERE_AND_NAN,
)
def where_sqrt(g):
    x = g.input("x", [0.0, 4.0])
    y = g.sum(g.where(x > 1, g.sqrt(x), x))
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[1.0, 0.25])


@case(
    "singular_points/where_log",
    title="where(x > 1, log(x), x) at 0: a logarithm that is not chosen",
    source=WHERE_AND_NAN,
)
def where_log(g):
    x = g.input("x", [0.0, 4.0])
    y = g.sum(g.where(x > 1, g.log(x), x))
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[1.0, 0.25])


@case(
    "singular_points/where_division",
    title="where(x > 1, 1 / x, x) at 0: a quotient that is not chosen",
    source=WHERE_AND_NAN,
)
def where_division(g):
    x = g.input("x", [0.0, 2.0])
    y = g.sum(g.where(x > 1, 1 / x, x))
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[1.0, -0.25])


@case(
    "singular_points/where_reciprocal",
    title="where(x > 1, reciprocal(x), x) at 0: the same quotient by an op of its own",
    source=WHERE_AND_NAN,
)
def where_reciprocal(g):
    x = g.input("x", [0.0, 2.0])
    y = g.sum(g.where(x > 1, g.reciprocal(x), x))
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[1.0, -0.25])


@case(
    "singular_points/where_norm",
    title="A row of zeros whose norm is not chosen, as where lengths are kept away from 0",
    source=WHERE_AND_NAN,
)
def where_norm(g):
    x = g.input("x", [[0.0, 0.0], [3.0, 4.0]])
    length = g.vector_norm(x, axis=1)
    y = g.sum(g.where(length > 1, length, 1.0))
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[[0.0, 0.0], [0.6, 0.8]])


@case(
    "singular_points/where_power",
    title="where(x > 1, x ** -2.0, x) at 0: a power that is not chosen",
    source=WHERE_AND_NAN,
)
def where_power(g):
    x = g.input("x", [0.0, 2.0])
    y = g.sum(g.where(x > 1, x**-2.0, x))
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[1.0, -0.25])


@case(
    "singular_points/where_guarded",
    title="With the operand guarded instead of the result, where is right in every framework",
    source=WHERE_AND_NAN,
)
def where_guarded(g):
    x = g.input("x", [0.0, 4.0])
    guarded = g.where(x > 1, x, 1.0)
    y = g.sum(g.where(x > 1, g.sqrt(guarded), x))
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[1.0, 0.25])


# Products and determinants are polynomials: nothing in them is singular


@case("singular_points/prod_with_two_zeros", title="With two zeros among the factors, no factor moves the product")
def prod_with_two_zeros(g):
    x = g.input("x", [0.0, 3.0, 0.0])
    y = g.prod(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[0.0, 0.0, 0.0])


@case("singular_points/cumulative_prod", title="Each factor moves the products from its place on")
def cumulative_prod(g):
    x = g.input("x", [2.0, 3.0, 5.0])
    y = g.cumulative_prod(x)
    z = g.sum(y)
    g.backward(z)
    g.observe("y", y, expected=[2.0, 6.0, 30.0])
    g.observe("x.grad", x.grad, expected=[19.0, 12.0, 6.0])


@case(
    "singular_points/cumulative_prod_with_a_zero",
    title="A factor of 0 moves the products from its place on, but a rule that divides by it loses that",
)
def cumulative_prod_with_a_zero(g):
    x = g.input("x", [2.0, 0.0, 5.0])
    y = g.sum(g.cumulative_prod(x))
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[1.0, 12.0, 0.0])


@case("singular_points/cumulative_sum", title="Each term moves the sums from its place on, along the axis")
def cumulative_sum(g):
    x = g.input("x", [[2.0, 0.0, 5.0], [1.0, 4.0, 3.0]])
    y = g.cumulative_sum(x, axis=1)
    z = g.sum(y * y)
    g.backward(z)
    g.observe("y", y, expected=[[2.0, 2.0, 7.0], [1.0, 5.0, 8.0]])
    g.observe("x.grad", x.grad, expected=[[22.0, 18.0, 14.0], [28.0, 26.0, 16.0]])


@case("singular_points/det", title="The derivative of a determinant is the matrix of its cofactors")
def det(g):
    x = g.input("x", [[1.0, 2.0], [3.0, 4.0]])
    y = g.det(x)
    g.backward(y)
    g.observe("y", y, expected=-2.0)
    g.observe("x.grad", x.grad, expected=[[4.0, -3.0], [-2.0, 1.0]])


@case(
    "singular_points/det_of_singular",
    title="A matrix without an inverse has cofactors all the same, but a rule that inverts it raises, or gives zeros",
    source=SINGULAR_MATRICES,
)
def det_of_singular(g):
    x = g.input("x", [[1.0, 2.0], [2.0, 4.0]])
    y = g.det(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[[4.0, -2.0], [-2.0, 1.0]])


@case(
    "singular_points/second_derivative_of_power",
    title="x ** n at x = 0 and n = 3 has the second derivatives 0, and formulas with log(x) in them have NaN",
    source="https://github.com/pytorch/pytorch/issues/95180",
)
def second_derivative_of_power(g):
    x = g.input("x", 0.0)
    n = g.input("n", 3.0)
    gradients = g.grad(x**n, [x, n], create_graph=True)
    seeds = [g.input(name, 1.0, requires_grad=False) for name in ("seed_x", "seed_n")]
    slope_x, slope_n = g.grad(gradients, [x, n], seeds)
    g.observe("slope_x", slope_x)
    g.observe("slope_n", slope_n)


@case(
    "singular_points/second_derivative_of_product",
    title="The second derivative of a product by a factor 0 and another one is the product of the rest",
    source="https://github.com/tensorflow/tensorflow/issues/61117",
)
def second_derivative_of_product(g):
    x = g.input("x", [0.0, 2.0, 3.0])
    gx = g.grad(g.prod(x), x, create_graph=True)
    seed = g.input("seed", [1.0, 2.0, 4.0], requires_grad=False)
    g.observe("gx", gx, expected=[6.0, 0.0, 0.0])
    # The Hessian of a b c holds the third factor for each two others.
    g.observe("slope", g.grad([gx], x, [seed]), expected=[14.0, 3.0, 2.0])
