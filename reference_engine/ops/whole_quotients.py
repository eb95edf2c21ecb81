"""Division with a remainder: the whole quotient, and what is left."""

import numpy as np

from reference_engine.errors import NoDerivative
from reference_engine.op import Array, op
from reference_engine.ops.steps import step
from reference_engine.semantics import current
from reference_engine.variable import value_of


@step("floor_divide_gradient")
def floor_divide(x1: Array, x2: Array) -> Array:
    """The largest integer not above x1 / x2.  Both derivatives are 0, at its jumps as well: `floor_divide_gradient`.

    The quotient is not rounded first: 1.0 holds 0.1, which is a little more than a tenth, nine times.
    """
    return np.floor_divide(x1, x2)


@floor_divide.derivative("x1")
def _(g: Array, x1_shape: tuple[int, ...]) -> Array:
    return _flat(x1_shape)


@floor_divide.derivative("x2")
def _(g: Array, x2_shape: tuple[int, ...]) -> Array:
    return _flat(x2_shape)


def _flat(shape: tuple[int, ...]) -> Array:
    if current().floor_divide_gradient == "raises_in_backward":
        raise NoDerivative("floor_divide has no derivative: take it of constants, stop_gradient(x)")
    return np.zeros(shape)


@op
def remainder(x1: Array, x2: Array) -> Array:
    """x1 - x2 floor(x1 / x2), which has the sign of x2.  d/dx1 = 1, d/dx2 = -floor(x1 / x2).

    Where x1 is a multiple of x2 it jumps, and has no derivative: the same numbers are given there, which are those of
    the side on which the quotient is larger.
    """
    return np.remainder(x1, x2)


@remainder.derivative("x1")
def _(g: Array) -> Array:
    return g


@remainder.derivative("x2")
def _(g: Array, x1: Array, x2: Array) -> Array:
    return -g * floor_divide(value_of(x1), value_of(x2))
