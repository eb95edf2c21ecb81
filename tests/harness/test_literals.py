"""Numbers and indices inside a program: exact, and written as a person would."""

import math
import struct
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import ProgramError
from harness.literals import Index, NewAxis, Number, Rest, Slice, index_of, index_source, plain_value, source


def bits(value: complex) -> bytes:
    return struct.pack("<dd", value.real, value.imag)


SPECIAL = [0.0, -0.0, 0.1, math.inf, -math.inf, math.nan, 5e-324, 1e308]


@given(st.floats(allow_nan=False) | st.complex_numbers(allow_nan=False))
def test_a_number_is_exact_also_through_json(value: complex) -> None:
    number = msgspec.json.decode(msgspec.json.encode(Number.of(value)), type=Number)
    assert bits(value) == bits(number.value)
    assert type(value) is type(number.value)


@given(st.floats(allow_nan=False) | st.complex_numbers(allow_nan=False))
def test_source_text_evaluates_to_the_same_bits(value: complex) -> None:
    assert bits(value) == bits(eval(source(Number.of(value))))


@pytest.mark.parametrize("imaginary", SPECIAL)
@pytest.mark.parametrize("real", SPECIAL)
def test_every_combination_of_special_parts_survives_its_source_text(real: float, imaginary: float) -> None:
    value = complex(real, imaginary)
    assert bits(value) == bits(eval(source(value)))


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("2", 2),
        ("True", True),
        ("None", None),
        ("0.1", Number.of(0.1)),
        ('float("inf")', math.inf),
        ('float("-inf")', -math.inf),
        ('float("nan")', math.nan),
        ("-0.0", -0.0),
        ("2j", 2j),
        ("complex(0.0, -2.0)", complex(0.0, -2.0)),
        ("complex(1.0, 2.0)", 1 + 2j),
        ("(1, 2)", (1, 2)),
        ("(1,)", (1,)),
        ("()", ()),
    ],
)
def test_source_is_what_a_person_types(expected: str, value: object) -> None:
    assert expected == source(value)


@pytest.mark.parametrize("text", ["zz", "1.5", "0x1p0", "0x1p99999", "__import__('os')", "0x1.8p+0" + "0" * 40, ""])
def test_only_the_text_that_hex_writes_is_a_number(text: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        Number(text)
    with pytest.raises(ValueError, match="hexadecimal"):
        Number((1.0).hex(), text)


class Brackets:
    """`brackets[1:3, ...]` is the key that Python makes of it."""

    def __getitem__(self, key: Any) -> Any:
        return key


BRACKETS = Brackets()


@pytest.mark.parametrize(
    ("key", "index", "text"),
    [
        (BRACKETS[0], (0,), "0"),
        (BRACKETS[-1], (-1,), "-1"),
        (BRACKETS[1:3], (Slice(1, 3),), "1:3"),
        (BRACKETS[:], (Slice(),), ":"),
        (BRACKETS[::2], (Slice(None, None, 2),), "::2"),
        (BRACKETS[..., None], (Rest(), NewAxis()), "..., None"),
        (BRACKETS[1:, 0, None], (Slice(1), 0, NewAxis()), "1:, 0, None"),
        (BRACKETS[()], (), "()"),
    ],
)
def test_an_index_is_written_as_it_was_read(key: Any, index: Index, text: str) -> None:
    assert index == index_of(key)
    assert text == index_source(index)
    assert index == msgspec.json.decode(msgspec.json.encode(index), type=Index)


@pytest.mark.parametrize("key", [True, 1.5, "x", [0, 1], slice(1.5), slice("a", "b"), (0, True)])
def test_what_is_no_basic_index_is_refused(key: object) -> None:
    with pytest.raises(ProgramError, match="an index holds integers"):
        index_of(key)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Number.of(0.5), 0.5),
        ((Slice(1, None, 2), Rest(), NewAxis(), 0), (slice(1, None, 2), ..., None, 0)),
        ((2, 3), (2, 3)),
        ("edge", "edge"),
        (None, None),
    ],
)
def test_a_parameter_as_numpy_takes_it(value: Any, expected: Any) -> None:
    assert expected == plain_value(value)
