"""Kinks and jumps: where a derivative from the left meets another from the right, each framework takes one of them.

No number is expected at a kink: any between the two one-sided derivatives is a subgradient. Beside it, and where the
kink is none, mathematics gives the value.
"""

import numpy as np

from harness import case

SUBGRADIENTS = "https://docs.pytorch.org/docs/stable/notes/autograd.html#gradients-for-non-differentiable-functions"
RELU_AT_ZERO = "https://arxiv.org/abs/2106.12915"


@case("kinks/abs", title="The absolute value at -2, 0 and 3: at 0 the slope is 0, or 1", source=SUBGRADIENTS)
def abs_(g):
    x = g.input("x", [-2.0, 0.0, 3.0])
    y = g.sum(g.abs(x))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/abs_at_nan", title="The slope of the absolute value at NaN: NaN, 0 or -1, as for a negative number")
def abs_at_nan(g):
    x = g.input("x", [float("nan"), 3.0])
    y = g.sum(g.abs(x))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/abs_of_a_sum", title="A sum that cancels to 0 hands the slope of abs at 0 to both of its terms")
def abs_of_a_sum(g):
    x1 = g.input("x1", 1.5)
    x2 = g.input("x2", -1.5)
    y = g.abs(x1 + x2)
    g.backward(y)
    g.observe("x1.grad", x1.grad)
    g.observe("x2.grad", x2.grad)


@case("kinks/relu", title="relu at -2, 0 and 3: at 0 everybody takes the slope from the left", source=RELU_AT_ZERO)
def relu(g):
    x = g.input("x", [-2.0, 0.0, 3.0])
    y = g.sum(g.relu(x))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/relu_at_nan", title="The slope of relu at NaN: 0, or 1, as for a positive number")
def relu_at_nan(g):
    x = g.input("x", [float("nan"), 3.0])
    y = g.sum(g.relu(x))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case(
    "kinks/maximum_with_zero",
    title="maximum(x, 0) is relu by another name, but at 0 it is a tie",
    source=RELU_AT_ZERO,
)
def maximum_with_zero(g):
    x = g.input("x", [-2.0, 0.0, 3.0])
    y = g.sum(g.maximum(x, 0.0))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/minimum_with_zero", title="minimum(0, x) at -2, 0 and 3, with x as the second operand")
def minimum_with_zero(g):
    zero = g.input("zero", [0.0], requires_grad=False)
    x = g.input("x", [-2.0, 0.0, 3.0])
    y = g.sum(g.minimum(zero, x))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/maximum_of_equals", title="The maximum of two arrays, of which one pair of elements is equal")
def maximum_of_equals(g):
    x1 = g.input("x1", [1.0, 2.0, 3.0])
    x2 = g.input("x2", [1.0, 3.0, 2.0])
    y = g.sum(g.maximum(x1, x2))
    g.backward(y)
    g.observe("x1.grad", x1.grad)
    g.observe("x2.grad", x2.grad)


@case("kinks/minimum_of_equals", title="The minimum of the same two arrays")
def minimum_of_equals(g):
    x1 = g.input("x1", [1.0, 2.0, 3.0])
    x2 = g.input("x2", [1.0, 3.0, 2.0])
    y = g.sum(g.minimum(x1, x2))
    g.backward(y)
    g.observe("x1.grad", x1.grad)
    g.observe("x2.grad", x2.grad)


@case("kinks/maximum_with_nan", title="The maximum of two arrays, where the one is NaN, the other, or neither")
def maximum_with_nan(g):
    x1 = g.input("x1", [float("nan"), 1.0, 2.0])
    x2 = g.input("x2", [1.0, float("nan"), 1.0])
    y = g.sum(g.maximum(x1, x2))
    g.backward(y)
    g.observe("x1.grad", x1.grad)
    g.observe("x2.grad", x2.grad)


@case("kinks/minimum_with_nan", title="The minimum of two arrays, where the one is NaN, the other, or neither")
def minimum_with_nan(g):
    x1 = g.input("x1", [float("nan"), 1.0, 2.0])
    x2 = g.input("x2", [1.0, float("nan"), 1.0])
    y = g.sum(g.minimum(x1, x2))
    g.backward(y)
    g.observe("x1.grad", x1.grad)
    g.observe("x2.grad", x2.grad)


@case("kinks/maximum_with_itself", title="maximum(x, x) is x, and has a derivative: 1, however the tie is shared out")
def maximum_with_itself(g):
    x = g.input("x", [-1.5, 2.0])
    y = g.sum(g.maximum(x, x))
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[1.0, 1.0])


@case("kinks/clip", title="clip to [-1, 1] at, inside and outside its bounds: at them it passes, or half of it")
def clip(g):
    x = g.input("x", [-2.0, -1.0, 0.5, 1.0, 2.0])
    y = g.sum(g.clip(x, min=-1.0, max=1.0))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/clip_from_below", title="clip with a lower bound alone, at it and on both sides")
def clip_from_below(g):
    x = g.input("x", [-2.0, -1.0, 0.5])
    y = g.sum(g.clip(x, min=-1.0))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/clip_from_above", title="clip with an upper bound alone, at it and on both sides")
def clip_from_above(g):
    x = g.input("x", [0.5, 1.0, 2.0])
    y = g.sum(g.clip(x, max=1.0))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/sign", title="sign is constant beside 0: its gradient is zeros, or there is none")
def sign(g):
    x = g.input("x", [-2.0, 3.0])
    y = g.sum(g.sign(x))
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad, expected=[0.0, 0.0])


@case("kinks/sign_at_zero", title="sign jumps at 0, and few say so")
def sign_at_zero(g):
    x = g.input("x", [-2.0, 0.0, 3.0])
    y = g.sum(g.sign(x) + x)
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/floor", title="floor is constant between the integers: its gradient is zeros, or there is none")
def floor(g):
    x = g.input("x", [-1.4, 0.6])
    y = g.sum(g.floor(x))
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad, expected=[0.0, 0.0])


@case("kinks/gradient_of_a_floor", title="What floor gives may have a gradient where its operand has none")
def gradient_of_a_floor(g):
    x = g.input("x", [-1.4, 0.6])
    t = g.floor(x)
    g.retain_grad(t)
    y = g.sum(t * t)
    with g.attempt("backward"):
        g.backward(y)
    g.observe("t.grad", t.grad, expected=[-4.0, 0.0])
    g.observe("x.grad", x.grad, expected=[0.0, 0.0])


@case("kinks/gradient_of_a_sign", title="What sign gives may have a gradient where its operand has none")
def gradient_of_a_sign(g):
    x = g.input("x", [-1.4, 0.6])
    t = g.sign(x)
    g.retain_grad(t)
    y = g.sum(t * t)
    with g.attempt("backward"):
        g.backward(y)
    g.observe("t.grad", t.grad, expected=[-2.0, 2.0])
    g.observe("x.grad", x.grad, expected=[0.0, 0.0])


@case("kinks/floor_of_a_part", title="x - floor(x) has the slope 1: what floor gives or does not give adds nothing")
def floor_of_a_part(g):
    x = g.input("x", [-1.4, 0.6])
    y = g.sum(x - g.floor(x))
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[1.0, 1.0])


@case("kinks/ceil", title="ceil is constant between the integers as well")
def ceil(g):
    x = g.input("x", [-1.4, 0.6])
    y = g.sum(g.ceil(x))
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad, expected=[0.0, 0.0])


@case("kinks/round", title="round is constant between the half-way points")
def round_(g):
    x = g.input("x", [-1.4, 0.6])
    y = g.sum(g.round(x))
    with g.attempt("backward"):
        g.backward(y)
    g.observe("y", y, expected=0.0)
    g.observe("x.grad", x.grad, expected=[0.0, 0.0])


@case("kinks/trunc", title="trunc is constant between the integers as well, and over both sides of 0")
def trunc(g):
    x = g.input("x", [-1.4, 0.6])
    y = g.sum(g.trunc(x))
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad, expected=[0.0, 0.0])


@case(
    "kinks/floor_divide",
    title="How often one number goes into another is constant between the jumps: zeros, nothing, or an exception",
)
def floor_divide(g):
    x1 = g.input("x1", [7.0, -7.0])
    x2 = g.input("x2", [2.0, 4.0])
    y = g.sum(g.floor_divide(x1, x2))
    with g.attempt("backward"):
        g.backward(y)
    g.observe("y", y, expected=1.0)
    g.observe("x1.grad", x1.grad, expected=[0.0, 0.0])
    g.observe("x2.grad", x2.grad, expected=[0.0, 0.0])


@case(
    "kinks/second_pass_through_floor_divide",
    title="A second pass finds the graph given up, or no graph at all, where nothing comes through floor_divide",
)
def second_pass_through_floor_divide(g):
    x1 = g.input("x1", [7.0, -7.0])
    x2 = g.input("x2", [2.0, 4.0])
    y = g.sum(g.floor_divide(x1, x2))
    with g.attempt("backward"):
        g.backward(y)
    with g.attempt("second"):
        g.backward(y)
    g.observe("x1.grad", x1.grad, expected=[0.0, 0.0])


@case(
    "kinks/remainder",
    title="A remainder follows the number, and falls as often as the divisor goes into it",
)
def remainder(g):
    x1 = g.input("x1", [7.0, -7.0])
    x2 = g.input("x2", [2.0, 4.0])
    y = g.sum(g.remainder(x1, x2))
    g.backward(y)
    g.observe("y", y, expected=2.0)
    g.observe("x1.grad", x1.grad, expected=[1.0, 1.0])
    g.observe("x2.grad", x2.grad, expected=[-3.0, 2.0])


@case("kinks/copysign", title="The size of a number has the kink of abs, whatever sign it gets")
def copysign(g):
    x1 = g.input("x1", [-2.0, 0.0, 3.0])
    x2 = g.input("x2", [1.0, -1.0, -1.0])
    y = g.sum(g.copysign(x1, x2))
    g.backward(y)
    g.observe("y", y, expected=-1.0)
    g.observe("x1.grad", x1.grad)
    g.observe("x2.grad", x2.grad, expected=[0.0, 0.0, 0.0])


@case("kinks/round_half_way", title="Half way between two integers round goes to the even one, and jumps there")
def round_half_way(g):
    x = g.input("x", [0.5, 1.5, 2.5])
    y = g.round(x)
    z = g.sum(y * x)
    g.backward(z)
    g.observe("y", y, expected=[0.0, 2.0, 2.0])
    g.observe("x.grad", x.grad)


@case("kinks/cast_to_integers", title="A cast to integers and back, and nothing else, leads to no gradient")
def cast_to_integers(g):
    x = g.input("x", [1.4, 2.6])
    whole = x.astype("int64")
    y = g.sum(3.0 * whole.astype("float64"))
    with g.attempt("backward"):
        g.backward(y)
    g.observe("whole", whole, expected=[1.0, 2.0])
    g.observe("x.grad", x.grad)


@case(
    "kinks/cast_to_integers_on_the_way",
    title="Beside another way to x, a cast to integers adds nothing to its gradient, unless it is taken for none",
)
def cast_to_integers_on_the_way(g):
    x = g.input("x", [1.4, 2.6])
    whole = x.astype("int64").astype("float64")
    y = g.sum(3.0 * whole + x * x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[2.8, 5.2])


@case(
    "kinks/logaddexp_of_equals",
    title="logaddexp is smooth where its operands are equal: 1/2 for either, and not 1 and 0",
)
def logaddexp_of_equals(g):
    x1 = g.input("x1", [1.0, 2.0])
    x2 = g.input("x2", [1.0, 3.0])
    y = g.sum(g.logaddexp(x1, x2))
    g.backward(y)
    share = 1.0 / (1.0 + np.exp(1.0))
    g.observe("x1.grad", x1.grad, expected=[0.5, share])
    g.observe("x2.grad", x2.grad, expected=[0.5, 1.0 - share])


@case("kinks/leaky_relu", title="At 0 a leaky relu has the slope of the one side or of the other")
def leaky_relu(g):
    x = g.input("x", [-1.0, 0.0, 1.0])
    y = g.sum(g.leaky_relu(x, negative_slope=0.25))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/prelu", title="At 0 a relu with a learned slope has the slope of the one side or of the other")
def prelu(g):
    x = g.input("x", [[-1.0, 0.0], [0.0, 1.0]])
    weight = g.input("weight", [0.25, 0.5])
    y = g.sum(g.prelu(x, weight))
    g.backward(y)
    g.observe("x.grad", x.grad)
    g.observe("weight.grad", weight.grad, expected=[-1.0, 0.0])


@case("kinks/elu", title="Where alpha is not 1, elu has a kink at 0, and the slope of the one side or of the other")
def elu(g):
    x = g.input("x", [0.0, 1.0])
    y = g.sum(g.elu(x, alpha=2.0))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/selu", title="At 0 selu has the slope of the one side, 1.7581, or of the other, 1.0507")
def selu(g):
    x = g.input("x", [0.0, 1.0])
    y = g.sum(g.selu(x))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/hard_tanh", title="At -1 and 1 the gradient passes through a hard tanh, or it does not")
def hard_tanh(g):
    x = g.input("x", [-2.0, -1.0, 0.5, 1.0])
    y = g.sum(g.hard_tanh(x))
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("kinks/fmax_of_equals", title="Of two equal numbers fmax gives the gradient to the first, the second, or both")
def fmax_of_equals(g):
    x1 = g.input("x1", [1.0, 2.0])
    x2 = g.input("x2", [1.0, 3.0])
    y = g.sum(g.fmax(x1, x2))
    g.backward(y)
    g.observe("x1.grad", x1.grad)
    g.observe("x2.grad", x2.grad)


@case(
    "kinks/clip_with_equal_bounds",
    title="clip to [1, 1] is a constant, but where x is 1 a gradient may pass all the same",
)
def clip_with_equal_bounds(g):
    x = g.input("x", [0.0, 1.0, 2.0])
    g.backward(g.sum(g.clip(x, min=1.0, max=1.0)))
    g.observe("x.grad", x.grad, expected=[0.0, 0.0, 0.0])


@case("kinks/infinity_at_relu", title="An infinite cotangent of relu leaves negative numbers their 0, or makes it NaN")
def infinity_at_relu(g):
    x = g.input("x", [-1.0, 2.0])
    g.backward(g.relu(x), g.input("seed", [np.inf, np.inf], requires_grad=False))
    g.observe("x.grad", x.grad)


@case(
    "kinks/infinity_at_clip",
    title="An infinite cotangent of clip leaves numbers outside the bounds their 0, or makes it NaN",
)
def infinity_at_clip(g):
    x = g.input("x", [-2.0, 0.5])
    g.backward(g.clip(x, min=-1.0, max=1.0), g.input("seed", [np.inf, np.inf], requires_grad=False))
    g.observe("x.grad", x.grad)
