"""One call of an op: at a place that is declared for it, on values that are there already and on new inputs."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.generation import shapes
from harness.generation.choices import Choices, pick, rarely
from harness.generation.grammar import Grammar
from harness.generation.numbers import elements
from harness.generation.writer import Refused, Writer
from harness.places import PLACES, Kind, Place, is_array, operand_dtype, result

TOLERATED = 8
"""Once in so many times a call may make infinities or NaN of finite numbers: those that come after see nothing else."""


def call(choices: Choices, grammar: Grammar, writer: Writer, op: str) -> None:
    """Write a call of the op. Raises `Refused` where there is none in this dtype."""
    places = _places(op, writer.dtype, writer.has_complex)
    if not places:
        raise Refused(f"{op} is not everywhere there in {writer.dtype}")
    place = pick(choices, places)
    recorded = not rarely(choices, 16)
    before = len(writer.steps)
    try:
        operands = _operands(choices, grammar, writer, op, place)
        name = writer.apply(op, operands, dict(place.parameters), recorded=recorded)
        if _spoils(writer, operands, name) and not rarely(choices, TOLERATED):
            raise Refused("what comes after would see NaN only")
    except Refused:
        writer.back_to(before)
        declared = tuple(_declared(writer, operand) if is_array(operand) else operand for operand in place.operands)
        try:
            writer.apply(op, declared, dict(place.parameters), recorded=recorded)
        except Refused:
            writer.back_to(before)
            raise


@cache
def _places(op: str, dtype: str, has_complex: bool) -> tuple[Place, ...]:
    """Where the op has a result; with complex numbers these come last."""
    places = PLACES[op]
    if dtype not in ("float64", *places.dtypes):
        return ()
    kinds: tuple[Kind, ...] = ("ordinary", "special", "complex") if has_complex else ("ordinary", "special")
    with np.errstate(all="ignore"):
        return tuple(place for kind in kinds for place in places.of(kind) if result(op, place, dtype) is not None)


def _operands(choices: Choices, grammar: Grammar, writer: Writer, op: str, place: Place) -> tuple[Any, ...]:
    """Names of values and new inputs where the place has arrays, and its numbers where it has numbers."""
    is_elementwise = PLACES[op].is_elementwise and place.kind != "complex"
    operands: list[Any] = []
    shape: tuple[int, ...] | None = None
    for operand in place.operands:
        if not is_array(operand):
            operands.append(operand)
            continue
        kind = np.asarray(operand).dtype.kind
        known = _known(writer, kind, None if is_elementwise or rarely(choices, 3) else np.shape(operand))
        if known and choices.below(3):
            operands.append(known[0] if choices.below(2) else pick(choices, known))
        elif is_elementwise:
            wanted = shapes.drawn(choices, grammar.shapes) if shape is None else shapes.beside(choices, shape)
            operands.append(_fresh(choices, writer, op, operand, wanted))
        elif kind == "f" and choices.numbers.below(4):
            operands.append(_fresh(choices, writer, op, operand, np.shape(operand)))
        else:
            operands.append(_leaf(choices, writer, _array(writer, operand)))
        shape = writer.values[operands[-1]].shape if shape is None else shape
    return tuple(operands)


def _known(writer: Writer, kind: str, shape: tuple[int, ...] | None) -> list[str]:
    """The values of a kind, and of a shape if one is asked for, the youngest first."""
    return [
        name
        for name, value in reversed(writer.values.items())
        if value.dtype.kind == kind and (shape is None or value.shape == shape)
    ]


def _fresh(choices: Choices, writer: Writer, op: str, declared: Any, shape: tuple[int, ...]) -> str:
    """A new input in a shape."""
    if np.asarray(declared).dtype.kind != "f":
        return _leaf(choices, writer, np.resize(_array(writer, declared), shape))
    return _leaf(choices, writer, elements(choices.numbers, op, shape, writer.dtype))


def _leaf(choices: Choices, writer: Writer, value: NDArray[Any]) -> str:
    return writer.leaf(value, requires_grad=not rarely(choices, 8))


def _declared(writer: Writer, operand: Any) -> str:
    """A new input that holds what the place has there."""
    return writer.leaf(_array(writer, operand))


def _array(writer: Writer, operand: Any) -> NDArray[Any]:
    with np.errstate(over="ignore", under="ignore"):
        return np.asarray(operand).astype(operand_dtype(operand, writer.dtype))


def _spoils(writer: Writer, operands: tuple[Any, ...], name: str) -> bool:
    """Whether finite numbers became infinite or NaN."""
    finite = all(_is_finite(writer.values[operand]) for operand in operands if isinstance(operand, str))
    return finite and not _is_finite(writer.values[name])


def _is_finite(value: NDArray[Any]) -> bool:
    return value.dtype.kind not in "fc" or bool(np.isfinite(value).all())
