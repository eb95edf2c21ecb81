"""Small values inside a program: numbers beside arrays, and the parts of a basic index.

A Python float is kept as a `Number` because JSON has no NaN and no infinity, and encoders write them as null without
a word. Its hexadecimal text is exact.
"""

import json
from typing import Any, Self

import msgspec

from harness.errors import ProgramError


class Number(msgspec.Struct, frozen=True, tag="number", omit_defaults=True):
    """A Python float (`imaginary` is None) or complex number, to the bit."""

    real: str
    imaginary: str | None = None

    def __post_init__(self) -> None:
        for text in (self.real, self.imaginary):
            if text is not None and not _is_hexadecimal(text):
                raise ValueError(f"{text!r} is not a float's hexadecimal text, such as {(1.5).hex()!r}")

    @classmethod
    def of(cls, value: complex) -> Self:
        if isinstance(value, complex):
            return cls(value.real.hex(), value.imag.hex())
        return cls(float(value).hex())

    @property
    def value(self) -> complex:
        real = float.fromhex(self.real)
        return real if self.imaginary is None else complex(real, float.fromhex(self.imaginary))


def _is_hexadecimal(text: str) -> bool:
    """Whether it is what `float.hex` writes, and so the only text for this number."""
    try:
        return len(text) <= 32 and text == float.fromhex(text).hex()
    except (ValueError, OverflowError):
        return False


class Slice(msgspec.Struct, frozen=True, tag="slice", omit_defaults=True):
    """`start:stop:step`."""

    start: int | None = None
    stop: int | None = None
    step: int | None = None


class Rest(msgspec.Struct, frozen=True, tag="rest"):
    """`...`."""


class NewAxis(msgspec.Struct, frozen=True, tag="newaxis"):
    """`None` inside an index: a new axis of size 1."""


# A basic index: integers, slices, `...` and new axes. For indices held in an array there is the op `take`.
Index = tuple[int | Slice | Rest | NewAxis, ...]

# A number beside an array, as in `2 * x`.
Scalar = bool | int | Number

Value = None | bool | int | str | Number | tuple[int | Slice | Rest | NewAxis | tuple[int, ...], ...]
"""What a parameter of an op may hold; a tuple is an index, or axes, or several tuples of axes."""


def index_of(key: object) -> Index:
    """The index that a person wrote between brackets: `x[1:3, ...]` gives the key `(slice(1, 3), Ellipsis)`."""
    parts: list[int | Slice | Rest | NewAxis] = []
    for part in key if isinstance(key, tuple) else (key,):
        match part:
            case bool():
                raise ProgramError("an index holds integers, slices, '...' and None, not a bool")
            case int() | Slice() | Rest() | NewAxis():
                parts.append(part)
            case slice(start=int() | None, stop=int() | None, step=int() | None):
                parts.append(Slice(part.start, part.stop, part.step))
            case None:
                parts.append(NewAxis())
            case _ if part is Ellipsis:
                parts.append(Rest())
            case _:
                raise ProgramError(f"an index holds integers, slices, '...' and None, not {part!r}; for arrays: g.take")
    return tuple(parts)


def plain_value(value: Any) -> Any:
    """A parameter as NumPy takes it."""
    if isinstance(value, Number):
        return value.value
    if isinstance(value, tuple) and any(isinstance(part, Slice | Rest | NewAxis) for part in value):
        return tuple(map(_index_part, value))
    return value


def _index_part(part: int | Slice | Rest | NewAxis) -> Any:
    match part:
        case Slice(start, stop, step):
            return slice(start, stop, step)
        case Rest():
            return ...
        case NewAxis():
            return None
    return part


def source(value: object) -> str:
    """Python source text of a literal: what a user would type, and what evaluates to the same bits.

    >>> source(Number.of(0.1)), source(float("inf")), source((1, 2))
    ('0.1', 'float("inf")', '(1, 2)')
    """
    match value:
        case Number():
            return source(value.value)
        case float():
            return repr(value) if value - value == 0 else f'float("{value}")'
        case complex():
            # `-1j` is minus `1j`, whose real part is -0.0.
            if value.real.hex() == "0x0.0p+0" and value.imag > 0 and value.imag - value.imag == 0:
                return repr(value)
            return f"complex({source(value.real)}, {source(value.imag)})"
        case Slice(start, stop, step):
            text = f"{'' if start is None else start}:{'' if stop is None else stop}"
            return text if step is None else f"{text}:{step}"
        case Rest():
            return "..."
        case NewAxis():
            return "None"
        case tuple():
            return f"({', '.join(map(source, value))}{',' if len(value) == 1 else ''})"
    return repr(value)


def quoted(text: str) -> str:
    """Python source text of a text, in double quotes as people write it; JSON's escapes are Python's too."""
    return json.dumps(text, ensure_ascii=False)


def index_source(index: Index) -> str:
    """The text between the brackets of a basic index: `1:3, ...`."""
    return ", ".join(map(source, index)) or "()"
