"""What a program may say about an op, and the list of all."""

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import msgspec

from harness.errors import ProgramError
from harness.literals import Number

Axis = int | tuple[int, ...] | None
Shape = tuple[int, ...]
Dtype = Literal[
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float16", "bfloat16", "float32", "float64", "complex64", "complex128",
]  # fmt: skip
DTYPES: tuple[str, ...] = get_args(Dtype)


REQUIRED = object()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A keyword of an op: the type of its value, and the value when a program leaves it out."""

    type: Any
    default: Any = REQUIRED


@dataclass(frozen=True, slots=True)
class Op:
    """What a program may say about one op."""

    name: str
    family: str
    operands: tuple[str, ...]
    """Names of the array operands; one name with a star, as in `*arrays`, stands for one or more."""
    summary: str
    parameters: dict[str, Parameter] = field(default_factory=dict, hash=False)

    @property
    def variadic(self) -> bool:
        return self.operands[0].startswith("*")

    def check_operands(self, count: int) -> None:
        """Raise `ProgramError` if the op does not take `count` operands."""
        if self.variadic:
            if count < 1:
                raise ProgramError(f"op {self.name!r} takes one or more operands, got none")
        elif count != len(self.operands):
            raise ProgramError(f"op {self.name!r} takes {len(self.operands)} ({', '.join(self.operands)}), got {count}")

    def bind(self, given: dict[str, Any]) -> dict[str, Any]:
        """The parameters in full: checked against their types and completed by the defaults.

        Raises `ProgramError` for an unknown parameter, a missing one, or a value of the wrong type.
        """
        unknown = sorted(given.keys() - self.parameters.keys())
        if unknown:
            known = ", ".join(self.parameters) or "none"
            raise ProgramError(f"op {self.name!r} has no parameter {unknown[0]!r} (its parameters: {known})")
        bound = {}
        for name, parameter in self.parameters.items():
            value = given.get(name, parameter.default)
            if isinstance(value, Number):
                value = value.value
            if value is REQUIRED:
                raise ProgramError(f"op {self.name!r} needs its parameter {name!r}")
            try:
                bound[name] = msgspec.convert(value, parameter.type)
            except msgspec.ValidationError as error:
                raise ProgramError(f"parameter {name!r} of op {self.name!r}: {error}") from None
        return bound


OPS: dict[str, Op] = {}


def family(name: str, *rows: tuple[Any, ...]) -> None:
    """Enter ops of one family: rows of name, operands, summary and, where there are any, parameters."""
    for op, operands, summary, *parameters in rows:
        OPS[op] = Op(op, name, tuple(operands.split()), summary, *parameters)


AXIS_KEEPDIMS = {"axis": Parameter(Axis, None), "keepdims": Parameter(bool, False)}
