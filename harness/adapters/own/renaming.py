"""Other variable names for a Program, where a description's templates use the same names for something else."""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from harness.program import AnyStep, Program, Quantity


def without(program: Program, taken: Collection[str]) -> Program:
    """The same program with variables called otherwise than what is taken."""
    defined = {name for step in program.steps for name in step.defines}
    mapping: dict[str, str] = {}
    for name in sorted(defined.intersection(taken)):
        other = f"{name}_"
        while other in taken or other in defined:
            other += "_"
        mapping[name] = other
    return Program(tuple(_renamed(step, mapping) for step in program.steps)) if mapping else program


def _renamed(step: AnyStep, mapping: Mapping[str, str]) -> AnyStep:
    changed = {name: _new(getattr(step, name), mapping) for name in step.__struct_fields__ if name in _NAMES}
    return msgspec.structs.replace(step, **changed)


_NAMES = frozenset(
    {"name", "names", "operands", "root", "seed", "outputs", "inputs", "seeds", "of", "target", "input", "variables",
     "quantities"}
)  # fmt: skip
"""The fields of steps that hold names of variables."""


def _new(value: Any, mapping: Mapping[str, str]) -> Any:
    match value:
        case str():
            return mapping.get(value, value)
        case tuple():
            return tuple(_new(each, mapping) for each in value)
        case Quantity():
            return msgspec.structs.replace(value, of=mapping.get(value.of, value.of))
    return value
