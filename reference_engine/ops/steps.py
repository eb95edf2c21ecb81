"""Ops that are constant between their jumps: what their derivative is, a dimension says."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from reference_engine.errors import NoDerivative
from reference_engine.op import OPS, Array, Op
from reference_engine.ops.casting import stop_gradient
from reference_engine.recording import is_recording
from reference_engine.rule import Rule
from reference_engine.semantics import Options, current
from reference_engine.variable import Variable


class Step(Op[...]):
    """An op whose derivatives are zero, none at all, or refused, by the dimension `decided_by`."""

    def __init__(self, forward: Callable[..., Array], decided_by: str) -> None:
        super().__init__(forward)
        self._decided_by = decided_by

    def __call__(self, *operands: Array) -> Any:
        if any(type(x) is Variable and x.requires_grad for x in operands) and is_recording():
            option = getattr(current(), self._decided_by)
            if option == "raises":
                raise NoDerivative(f"{self.__name__} has no derivative: take it of a constant, stop_gradient(x)")
            if option == "none":
                return super().__call__(*map(stop_gradient, operands))
        return super().__call__(*operands)

    def rules_under(self, options: Options) -> Iterable[Rule | None]:
        if getattr(options, self._decided_by) == "unconnected":
            return (None,) * len(self.operands)
        return super().rules_under(options)

    def recorded(self, *operands: Array) -> Any:
        """The op with its derivative of zero, whatever the dimension says: for the rules of other ops."""
        return super().__call__(*operands)


def step(decided_by: str) -> Callable[[Callable[..., Array]], Step]:
    """Make the decorated forward function an op that is constant between its jumps."""

    def make(forward: Callable[..., Array]) -> Step:
        made = Step(forward, decided_by)
        OPS[made.__name__] = made
        return made

    return make


@step("rounding_gradient")
def floor(x: Array) -> Array:
    """The largest integer not above x.  dy/dx = 0, at integers as well, where there is none: `rounding_gradient`."""
    return np.floor(x)


@step("rounding_gradient")
def ceil(x: Array) -> Array:
    """The smallest integer not below x.  dy/dx = 0, at integers as well, where there is none: `rounding_gradient`."""
    return np.ceil(x)


@step("rounding_gradient")
def round(x: Array) -> Array:  # noqa: A001 -- the array API's name
    """The nearest integer, of two the even one.  dy/dx = 0, half way as well: `rounding_gradient`."""
    return np.round(x)


@step("rounding_gradient")
def trunc(x: Array) -> Array:
    """The nearest integer towards 0.  dy/dx = 0, at integers as well, where there is none: `rounding_gradient`."""
    return np.trunc(x)


@floor.derivative("x")
@ceil.derivative("x")
@round.derivative("x")
@trunc.derivative("x")
def _(g: Array, x_shape: tuple[int, ...]) -> Array:
    return np.zeros(x_shape)
