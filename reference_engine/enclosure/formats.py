"""The floating-point formats that frameworks compute in."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

WIDE = np.longdouble
"""What bounds are computed in: 64 bits of precision where the C compiler has them, on Linux and x86.

Where its long double is a double, as on Windows and on Apple's processors, bounds are just as true, for what `WIDE`
may round is added to them (`rounding.WIDE_ULPS`). What is lost is sharpness in float64 and complex128: each op has some
16 ulps more, so that an error of 8 ulps in a derivative is outside for two ops in three and no more for 19 in 20; and
where a product of several factors may overflow, nothing is known. Bounds of the other dtypes are the same.
"""
Bound: TypeAlias = Any
"""An array of `WIDE`, or one number of it."""


@dataclass(frozen=True)
class Format:
    """One binary format (IEEE 754-2019, section 3.3, and bfloat16)."""

    name: str
    precision: int
    """Bits of the significand, the implied one included."""
    largest_exponent: int
    """Every finite number is below 2 to the power of this."""
    is_widened: bool
    """Whether some compute with it in a wider format, and round now or later: so that a result which overflows may
    still be a number for the op that comes next."""

    @cached_property
    def smallest_normal(self) -> Bound:
        """The numbers below are subnormal."""
        return np.ldexp(WIDE(1), 2 - self.largest_exponent)

    @cached_property
    def overflow(self) -> Bound:
        """The smallest number that is rounded to infinity."""
        return np.ldexp(WIDE(2) - np.ldexp(WIDE(1), -self.precision), self.largest_exponent - 1)

    @cached_property
    def smallest_ulp(self) -> Bound:
        """The distance of subnormal numbers."""
        return np.ldexp(self.smallest_normal, 1 - self.precision)

    def ulp(self, value: Bound) -> Bound:
        """The distance of neighbours at `value`: one unit in the last place. NaN for what is not finite."""
        _, exponent = np.frexp(value)  # not np.spacing, which is NaN below a power of two for some long doubles
        spacing = np.ldexp(WIDE(1), exponent - self.precision) * (value != 0)
        return np.maximum(spacing, self.smallest_ulp) + (value - value)

    def holds(self, value: Bound) -> Any:
        """Which numbers are in this format to the last bit, and normal or 0."""
        in_units = value / self.ulp(value)
        size = np.abs(value)
        return (in_units == np.rint(in_units)) & (size < self.overflow) & ((size >= self.smallest_normal) | (size == 0))

    def nearest(self, value: Bound) -> Bound:
        """The nearest number of this format, of two the even one; infinite beyond the overflow threshold."""
        ulp = np.where(np.isfinite(value), self.ulp(value), 1)
        rounded = np.rint(value / ulp) * ulp
        return np.where(np.abs(rounded) >= self.overflow, np.copysign(WIDE(np.inf), value), rounded)


FLOAT16 = Format("float16", 11, 16, is_widened=True)
BFLOAT16 = Format("bfloat16", 8, 128, is_widened=True)
FLOAT32 = Format("float32", 24, 128, is_widened=False)
FLOAT64 = Format("float64", 53, 1024, is_widened=False)

_FORMATS = {"float16": FLOAT16, "float32": FLOAT32, "float64": FLOAT64, "complex64": FLOAT32, "complex128": FLOAT64}
_HALF: ContextVar[Format] = ContextVar("half", default=FLOAT16)


def format_of(dtype: np.dtype[Any]) -> Format:
    """The format of the numbers, or of both parts, of an array of a float or complex dtype."""
    return _HALF.get() if dtype.name == "float16" else _FORMATS.get(dtype.name, FLOAT64)


@contextmanager
def bfloat16_as_float16() -> Iterator[None]:
    """NumPy has no bfloat16, and float16 is promoted as it is: for a while, that dtype stands for bfloat16."""
    token = _HALF.set(BFLOAT16)
    try:
        yield
    finally:
        _HALF.reset(token)
