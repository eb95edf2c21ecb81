"""Arrays keep every bit: through NumPy, through JSON, and through the source text that a report shows."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.arrays import ITEM_SIZES, LARGEST_ARRAY_BYTES, Array, source, text

BFLOAT16_ONE = b"\x80\x3f"


@st.composite
def any_arrays(draw: st.DrawFn) -> Array:
    """Arrays of every dtype from arbitrary bytes: NaN payloads, -0.0, infinities and subnormals among them."""
    dtype = draw(st.sampled_from(sorted(ITEM_SIZES)))
    shape = tuple(draw(st.lists(st.integers(0, 3), max_size=3)))
    size = int(np.prod(shape, dtype=int))
    if dtype == "bool":
        data = bytes(draw(st.lists(st.integers(0, 1), min_size=size, max_size=size)))
    else:
        length = size * ITEM_SIZES[dtype]
        data = draw(st.binary(min_size=length, max_size=length))
    return Array(dtype, shape, data)  # type: ignore[arg-type]


SPECIAL = {
    "negative zero": np.array([-0.0, 0.0]),
    "infinities": np.array([np.inf, -np.inf, 1.5]),
    "usual NaN": np.array([np.nan, 1.0]),
    "NaN with sign and payload": np.array([0xFFF8000000000123, 0x7FF8000000000001], np.uint64).view(np.float64),
    "signalling NaN": np.array([0x7F800001], np.uint32).view(np.float32),
    "subnormals": np.array([5e-324, -1e-310]),
    "float16": np.array([1e-7, 65504.0], np.float16),
    "empty": np.zeros((2, 0), np.float32),
    "empty bool": np.zeros((0,), bool),
    "0-d": np.array(-2.5),
    "largest integers": np.array([2**63 - 1, -(2**63)]),
    "unsigned": np.array([2**64 - 1], np.uint64),
    "bool": np.array([[True], [False]]),
    "complex": np.array([1 + 2j, -1 - 2j]),
    "minus 1j, which is not the text -1j": np.array([complex(0.0, -1.0)]),
    "complex with negative zeros": np.array([complex(-0.0, 1.0), complex(1.0, -0.0)]),
    "complex with NaN": np.array([complex(np.nan, np.inf)]),
}


def evaluate(array: Array) -> Array:
    return Array.of(eval(source(array), {"np": np}))


@pytest.mark.parametrize("value", SPECIAL.values(), ids=SPECIAL)
def test_source_text_gives_the_same_bits(value: np.ndarray) -> None:
    array = Array.of(value)
    assert array == evaluate(array)


@given(any_arrays())
def test_source_text_of_any_array_gives_the_same_bits(array: Array) -> None:
    expected = Array.of(array.numpy()) if array.dtype == "bfloat16" else array
    assert expected == evaluate(array)


@given(any_arrays())
def test_json_keeps_every_bit(array: Array) -> None:
    assert array == msgspec.json.decode(msgspec.json.encode(array), type=Array)


@given(any_arrays().filter(lambda array: array.dtype != "bfloat16"))
def test_numpy_keeps_every_bit(array: Array) -> None:
    assert array == Array.of(array.numpy())


def test_source_is_what_a_person_types() -> None:
    assert "np.array([1.0, 2.0])" == source(Array.of([1.0, 2.0]))
    assert "np.array([1.0, 2.0], dtype=np.float32)" == source(Array.of([1.0, 2.0], "float32"))
    assert "np.array(True)" == source(Array.of(True))
    assert "np.array([np.inf, np.nan])" == source(Array.of([np.inf, np.nan]))
    assert "np.zeros((0,), dtype=np.bool_)" == source(Array.of(np.zeros(0, bool)))  # np.bool is not in every NumPy


def test_the_bytes_are_little_endian_and_in_c_order() -> None:
    big = np.array([[1, 2], [3, 4]], ">i2").T
    assert Array("int16", (2, 2), b"\x01\x00\x03\x00\x02\x00\x04\x00") == Array.of(big)


def test_equal_means_every_bit_is_equal() -> None:
    assert Array.of(np.nan) == Array.of(np.nan)
    assert Array.of(0.0) != Array.of(-0.0)
    assert Array.of(1.0) != Array.of(1.0, "float32")
    assert hash(Array.of([1.0])) == hash(Array.of([1.0]))


def test_numpy_gives_a_fresh_array_that_may_be_written_to() -> None:
    array = Array.of([1.0, 2.0])
    array.numpy()[0] = 7.0
    assert Array.of([1.0, 2.0]) == array


@pytest.mark.parametrize(
    ("value", "bits"),
    [
        (1.0, 0x3F80),
        (1.0 + 2**-8, 0x3F80),  # half way: to even
        (1.0 + 3 * 2**-8, 0x3F82),  # half way: to even
        (1.0 + 2**-8 + 2**-20, 0x3F81),
        (-0.0, 0x8000),
        (np.inf, 0x7F80),
        (3.4e38, 0x7F80),  # rounds to infinity
        (np.nan, 0x7FC0),
    ],
)
def test_bfloat16_rounds_to_nearest_even(value: float, bits: int) -> None:
    assert bits.to_bytes(2, "little") == Array.of(value, "bfloat16").data


def test_a_nan_whose_payload_bfloat16_cannot_hold_stays_a_nan() -> None:
    low_payload = np.array(0x7F800001, np.uint32).view(np.float32)
    assert np.isnan(Array.of(low_payload, "bfloat16").numpy())


def test_bfloat16_comes_to_numpy_as_the_float32_of_the_same_value() -> None:
    value = Array("bfloat16", (1,), BFLOAT16_ONE).numpy()
    assert np.float32 == value.dtype
    assert 1.0 == value[0]


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (("float64", (2,), b"\0" * 8), "needs 16 bytes, the data has 8"),
        (("float64", (-1,), b""), "no shape"),
        (("float64", (1,) * 33, b"\0" * 8), "no shape"),
        (("float64", (0, 10**18), b""), "no shape"),
        (("float64", (10**4, 10**4), b""), "more than a program may hold"),
        (("int8", (LARGEST_ARRAY_BYTES + 1,), b""), "no shape"),
        (("bool", (1,), b"\2"), "0 or 1"),
    ],
)
def test_what_is_no_array_is_refused(array: tuple[str, tuple[int, ...], bytes], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Array(*array)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["text", [object()], np.array([1], "M8[s]"), np.longdouble(1)])
def test_a_dtype_that_no_program_has_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="is none of"):
        Array.of(value)  # type: ignore[arg-type]


def test_text_has_the_shortest_digits_that_tell_neighbours_apart() -> None:
    assert "[0.1, 0.2]" == text(np.array([0.1, 0.2]))
    assert "[0.1]" == text(np.array([0.1], np.float32))
    assert "0.30000000000000004" == str(Array.of(0.1 + 0.2))


def test_text_leaves_nothing_out() -> None:
    assert "..." not in text(np.arange(5000))
