"""The derivative of an op with respect to one operand, and how it gets its arguments."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import signature
from itertools import count
from operator import itemgetter
from typing import Any

import numpy as np

# What a rule may ask for: the output, the operands and the parameters of one call, in one tuple.
Saved = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """The derivative with respect to one operand: `function(g, *select(saved))`."""

    function: Callable[..., Any]
    select: Callable[[Saved], tuple[Any, ...]] | None
    """None if the function needs the cotangent alone."""
    saves: tuple[int, ...]
    """The positions in `Saved` of the arrays whose values, not only shapes, it needs: 0 is the output."""


def rule(
    function: Callable[..., Any], operands: tuple[str, ...], parameters: tuple[str, ...], unsaved: str = ""
) -> Rule:
    """The rule of an op with these operands and parameters; `function` names what it needs by its arguments.

    The operand `unsaved` does not count among what it saves.
    """
    sources = ("y", *operands, *parameters)
    names = _names(function)
    if not names:
        return Rule(function, None, ())
    positions = [sources.index(name.removesuffix("_shape")) for name in names]
    saves = tuple(sources.index(name) for name in names if name in ("y", *operands) and name != unsaved)
    if any(name.endswith("_shape") for name in names):
        wants_shape = [name.endswith("_shape") for name in names]

        def select(saved: Saved) -> tuple[Any, ...]:
            return tuple(
                np.shape(saved[position]) if shape else saved[position]
                for position, shape in zip(positions, wants_shape, strict=True)
            )

        return Rule(function, select, saves)
    if len(positions) == 1:
        return Rule(function, itemgetter(slice(positions[0], positions[0] + 1)), saves)
    return Rule(function, itemgetter(*positions), saves)


@dataclass(frozen=True, slots=True)
class VariadicRules:
    """The rules of an op with any number of operands: one function, told the `position` and the `shapes`."""

    function: Callable[..., Any]
    names: list[str]
    """What the function asks for after the cotangent."""
    parameters: tuple[str, ...]

    def __iter__(self) -> Iterator[Rule]:
        return map(self._rule, count())

    def _rule(self, position: int) -> Rule:
        def select(saved: Saved) -> tuple[Any, ...]:
            operands = saved[1 : len(saved) - len(self.parameters)]
            known = dict(zip(self.parameters, saved[1 + len(operands) :], strict=True))
            known["position"] = position
            known["shapes"] = [np.shape(operand) for operand in operands]
            return tuple(known[name] for name in self.names)

        return Rule(self.function, select, ())


def variadic_rules(function: Callable[..., Any], parameters: tuple[str, ...]) -> VariadicRules:
    """The rules of an op with any number of operands and these parameters."""
    return VariadicRules(function, _names(function), parameters)


def _names(function: Callable[..., Any]) -> list[str]:
    """The names of the arguments after the cotangent."""
    return list(signature(function).parameters)[1:]
