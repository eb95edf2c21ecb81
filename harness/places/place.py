"""Where an op is looked at: at ordinary points, and at those where its formula changes character.

    elementwise(
        "erfinv",
        ordinary((-0.6, 0.1, 0.9)),
        special("ends", "At the ends of its domain it is infinite", (-1.0, 1.0)),
        special("outside", "Outside its domain it is undefined", (-1.5, 2.0)),
    )

The catalogue derives its cases of single ops from these, generated programs draw from them, and the tests of the
engine's derivatives and of the adapters' tables take them as samples.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from harness.errors import CaseError
from harness.ops import OPS

Kind = Literal["ordinary", "special", "complex"]


@dataclass(frozen=True)
class Place:
    """One call of an op. Operands are nested tuples (arrays) and Python numbers (numbers beside arrays)."""

    kind: Kind
    name: str
    """What the case is called."""
    sentence: str
    """What happens there; empty at ordinary points."""
    operands: tuple[Any, ...]
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Places:
    """All places of one op, the first an ordinary one."""

    op: str
    all: tuple[Place, ...]
    is_elementwise: bool
    """Whether it is a function of numbers: then it also has places at signed zeros, infinities, NaN, and so on."""
    is_twice: bool
    """Whether it has a second derivative to look at: not where the first is 0 or missing everywhere."""
    dtypes: tuple[str, ...]
    """Other dtypes in which frameworks have it."""

    @property
    def ordinary(self) -> Place:
        return self.all[0]

    def of(self, kind: Kind) -> tuple[Place, ...]:
        return tuple(place for place in self.all if place.kind == kind)


PLACES: dict[str, Places] = {}
"""By op, in the order of declaration."""


def ordinary(*operands: Any, name: str = "ordinary", **parameters: Any) -> Place:
    """A place where the op is smooth and its result finite, far from where it is not."""
    return Place("ordinary", name, "", operands, MappingProxyType(parameters))


def special(name: str, sentence: str, /, *operands: Any, **parameters: Any) -> Place:
    """A place where the formula changes character: a kink, a tie, a bound, a pole, outside the domain, no elements."""
    return Place("special", name, sentence, operands, MappingProxyType(parameters))


def complex_at(*operands: Any, name: str = "complex", **parameters: Any) -> Place:
    """An ordinary place in the complex plane, for an op that has a meaning there."""
    return Place("complex", name, "", operands, MappingProxyType(parameters))


def elementwise(op: str, *places: Place, twice: bool = True, half: bool = True) -> None:
    """Declare the places of a function of numbers, whose operands broadcast.

    `twice`: it has a second derivative; `half`: libraries have it in float16.
    """
    _declare(op, places, True, twice, half)


def structured(op: str, *places: Place, twice: bool = True, half: bool = True) -> None:
    """Declare the places of an op for which the positions of elements matter.

    `twice`: it has a second derivative; `half`: libraries have it in float16.
    """
    _declare(op, places, False, twice, half)


def _declare(op: str, places: tuple[Place, ...], is_elementwise: bool, is_twice: bool, has_half: bool) -> None:
    if op not in OPS or op in PLACES:
        raise CaseError(f"the places of op {op!r} are declared {'twice' if op in PLACES else 'for no op there is'}")
    if not places or places[0].kind != "ordinary":
        raise CaseError(f"the first place of op {op!r} has to be an ordinary one")
    names = [place.name for place in places]
    if len(set(names)) < len(names):
        raise CaseError(f"two places of op {op!r} have the same name: {sorted(names)}")
    for place in places:
        OPS[op].check_operands(len(place.operands))
        OPS[op].bind(dict(place.parameters))
    dtypes = ("float32", "float16") if has_half else ("float32",)
    PLACES[op] = Places(op, places, is_elementwise, is_twice, dtypes)


def is_array(operand: Any) -> bool:
    """Whether an operand is an array, which may require a gradient, and not a number beside one."""
    return not np.isscalar(operand)
