"""Mistaken derivatives of functions of single elements: what faulty options put in place of the right rules.

Each is written as in the engines of those who make the mistake: what it does in place, it does in place.
"""

from reference_engine.op import Array
from reference_engine.ops.activations import relu, sigmoid
from reference_engine.ops.arithmetic import divide, multiply, subtract
from reference_engine.ops.casting import stop_gradient
from reference_engine.ops.exponential import exp, log
from reference_engine.ops.hyperbolic import tanh
from reference_engine.ops.powers import pow, sqrt  # noqa: A004 -- array API names
from reference_engine.ops.selection import abs, clip, where  # noqa: A004
from reference_engine.ops.steps import ceil, floor, round, trunc  # noqa: A004
from reference_engine.ops.trigonometric import cos, sin
from reference_engine.variable import Variable


@multiply.mistaken("x1", "multiply_rule", "own_operand")
def _(g: Array, x1: Array) -> Array:
    return g * x1


@multiply.mistaken("x2", "multiply_rule", "own_operand")
def _(g: Array, x2: Array) -> Array:
    return g * x2


@multiply.mistaken("x1", "multiply_rule", "scales_in_place")
def _(g: Array, x2: Array) -> Array:
    g *= x2
    return g


@subtract.mistaken("x2", "subtract_rule", "sign_forgotten")
def _(g: Array) -> Array:
    return g


@divide.mistaken("x2", "divide_rule", "sign_forgotten")
def _(g: Array, y: Array, x2: Array) -> Array:
    return g * (y / x2)


@divide.mistaken("x2", "divide_rule", "not_squared")
def _(g: Array, y: Array) -> Array:
    return -g * y


@pow.mistaken("x1", "pow_rule", "factor_forgotten")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return g * x1 ** (x2 - 1)


@pow.mistaken("x1", "pow_rule", "exponent_kept")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return g * (x2 * x1**x2)


@sqrt.mistaken("x", "sqrt_rule", "half_forgotten")
def _(g: Array, y: Array) -> Array:
    return g / y


@exp.mistaken("x", "exp_rule", "input")
def _(g: Array, x: Array) -> Array:
    return g * x


@cos.mistaken("x", "cos_rule", "sign_forgotten")
def _(g: Array, x: Array) -> Array:
    return g * sin(x)


@tanh.mistaken("x", "tanh_rule", "not_squared")
def _(g: Array, y: Array) -> Array:
    return g * (1 - y)


@tanh.mistaken("x", "tanh_rule", "output_overwritten")
def _(g: Array, y: Array) -> Array:
    y *= y
    return g * (1 - y)


@sigmoid.mistaken("x", "sigmoid_rule", "from_input")
def _(g: Array, x: Array) -> Array:
    return g * (x * (1 - x))


@relu.mistaken("x", "relu_rule", "masked_by_cotangent")
def _(g: Array) -> Array:
    return where(g > 0, g, 0)


@relu.mistaken("x", "relu_rule", "masked_in_place")
def _(g: Array, x: Array) -> Array:
    if isinstance(g, Variable):
        return where(x > 0, g, 0)  # variables are not written into by an index
    g[x <= 0] = 0
    return g


@where.mistaken("x1", "where_rule", "both")
@where.mistaken("x2", "where_rule", "both")
@log.mistaken("x", "log_rule", "reciprocal_forgotten")
@relu.mistaken("x", "relu_rule", "unmasked")
@abs.mistaken("x", "abs_rule", "sign_forgotten")
@clip.mistaken("x", "clip_rule", "everywhere")
@floor.mistaken("x", "floor_rule", "identity")
@ceil.mistaken("x", "floor_rule", "identity")
@round.mistaken("x", "floor_rule", "identity")
@trunc.mistaken("x", "floor_rule", "identity")
@stop_gradient.mistaken("x", "stop_gradient_rule", "ignored")
def _(g: Array) -> Array:
    return g
