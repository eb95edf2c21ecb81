"""The float dtypes as sets of numbers: rounding a ball to one, and the unit in the last place."""

from dataclasses import dataclass

import numpy as np
from flint import acb, arb

from reference_engine.oracle.balls import INFINITY, Ball, exponent_of, is_exact, power_of_two
from reference_engine.oracle.errors import Uncertain


@dataclass(frozen=True, slots=True)
class Format:
    """A binary format of IEEE 754, or one like it."""

    precision: int
    """Significant bits, the implied one included."""
    smallest: int
    """The smallest positive number is 2 to this power."""
    overflow: int
    """Numbers from 2 to this power on do not exist."""


FORMATS = {
    "float16": Format(11, -24, 16),
    "bfloat16": Format(8, -133, 128),
    "float32": Format(24, -149, 128),
    "float64": Format(53, -1074, 1024),
}
_PARTS = {"complex64": "float32", "complex128": "float64"}
_COMPLEX = {"float32": "complex64", "float64": "complex128", "float16": "complex64", "bfloat16": "complex64"}


def format_of(dtype: str) -> Format | None:
    """The format of a float dtype, or of the parts of a complex one; None for other dtypes."""
    return FORMATS.get(_PARTS.get(dtype, dtype))


def rounded(ball: Ball, dtype: str) -> Ball:
    """The number of a float or complex dtype next to the ball's, of two the even one; other dtypes leave it as it is.

    Raises `Uncertain` if the ball holds numbers with different ones.
    """
    binary = format_of(dtype)
    if binary is None or not ball.is_finite():
        return ball
    if isinstance(ball, acb):
        return acb(rounded(ball.real, dtype), rounded(ball.imag, dtype))
    if is_exact(ball):
        return _rounded(ball, binary)
    low, high = _rounded(ball.lower(), binary), _rounded(ball.upper(), binary)
    if low != high:
        raise Uncertain(f"a number near {ball.mid().str(10, radius=False)} has two neighbours in {dtype}")
    return low


def _rounded(number: arb, binary: Format) -> arb:
    """An exact number, rounded."""
    mantissa, exponent = map(int, number.man_exp())
    if mantissa == 0:
        return arb(0)
    infinity = INFINITY if mantissa > 0 else -INFINITY
    length = abs(mantissa).bit_length()
    if length + exponent > binary.overflow:
        return infinity
    unit = max(length + exponent - binary.precision, binary.smallest)
    shift = unit - exponent
    if shift <= 0:
        return number
    if shift > length + 1:
        return arb(0)  # and no power of two as long as the exponent of exp(-1e300) says
    whole, rest = divmod(abs(mantissa), 1 << shift)
    half = 1 << (shift - 1)
    whole += rest > half or (rest == half and whole & 1)
    if whole.bit_length() + unit > binary.overflow:
        return infinity
    return arb((whole if mantissa > 0 else -whole, unit))


def unit_in_last_place(magnitude: arb, dtype: str) -> arb:
    """The distance between neighbours in a float dtype at a magnitude; at 0 the smallest positive number."""
    binary = format_of(dtype)
    if binary is None:
        raise ValueError(f"{dtype} has no last place: its numbers are exact")
    exponent = exponent_of(magnitude)
    return power_of_two(binary.smallest if exponent is None else max(exponent - binary.precision, binary.smallest))


def overflows(magnitude: arb, dtype: str) -> bool:
    """Whether a magnitude rounds to infinity for certain."""
    binary = format_of(dtype)
    if binary is None:
        return False
    largest = power_of_two(binary.overflow) - power_of_two(binary.overflow - binary.precision)
    return bool(magnitude > largest + power_of_two(binary.overflow - binary.precision - 1))


def promoted(*dtypes: str) -> str:
    """The dtype that holds the values of all."""
    if "bfloat16" in dtypes:
        others = [dtype for dtype in dtypes if dtype != "bfloat16" and dtype.startswith(("float", "complex"))]
        return promoted("float32", *others) if others else "bfloat16"
    return np.result_type(*dtypes).name


def weak(number: complex, dtype: str) -> str:
    """The dtype that a Python number takes beside an array of `dtype` (NEP 50)."""
    if isinstance(number, complex) and not dtype.startswith("complex"):
        return _COMPLEX.get(dtype, "complex128")
    return dtype
