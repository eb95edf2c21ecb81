"""Directions in words."""

from collections.abc import Iterator

import numpy as np

from reference_engine.oracle.slopes import Direction

FEW_COMPONENTS, FEW_TERMS = 6, 4
"""A vector of so many components is written as such, and a sum of so many elements as a sum."""
MOST_COMPONENTS = 64
"""Of a direction with more, of which many are not 0, only the number is given."""


def along(direction: Direction, name: str, shape: tuple[int, ...], *, is_complex: bool) -> str:
    """A direction in words, after "along": `x`, `(1, -1)`, `x[0, 3] - x[1, 2]`."""
    if len(direction) == 1:
        return name
    is_vector = not is_complex and len(shape) == 1
    vector = f"({', '.join(map(_number, direction))})"
    if is_vector and len(direction) <= FEW_COMPONENTS:
        return vector
    terms = list(_terms(direction, name, shape, is_complex))
    if len(terms) <= FEW_TERMS:
        return f"{' + '.join(terms).replace('+ -', '- ')}"
    if set(direction) == {1.0}:
        return f"all elements of {name}"
    if len(direction) <= MOST_COMPONENTS:
        return vector if is_vector else f"{vector}, in the order of the elements of {name},"
    signs = "" if min(direction) >= 0 else ", with signs"
    return f"{len(terms)} elements of {name} together{signs}"


def _terms(direction: Direction, name: str, shape: tuple[int, ...], is_complex: bool) -> Iterator[str]:
    components = iter(direction)
    for index in np.ndindex(*shape):
        element = f"{name}[{', '.join(map(str, index))}]" if index else name
        for part in (f"Re {element}", f"Im {element}") if is_complex else (element,):
            component = next(components)
            if component:
                factor = "" if abs(component) == 1 else f"{_number(abs(component))} "
                yield f"{'-' if component < 0 else ''}{factor}{part}"


def _number(component: float) -> str:
    return f"{component:g}"
