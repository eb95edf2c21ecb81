"""Functions that NumPy has not, element by element in ball arithmetic: each value is the nearest to the exact one.

    @by_balls(at_infinity=1.0, at_minus_infinity=-1.0)
    def error_function(x: arb) -> arb:
        return x.erf()

    error_function(np.array([0.5, 1.0], np.float32))

(Fredrik Johansson, Arb: efficient arbitrary-precision midpoint-radius interval arithmetic, IEEE Transactions on
Computers 66, 2017.) The functions are given exact numbers and answer with balls, which are computed with more and more
bits until they are narrow enough. Dtypes: float16, float32, float64 and long doubles, in which the result is too;
integers count as float64.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from flint import arb

from reference_engine.op import Array
from reference_engine.precision import precision

Ball = Any
"""An `arb`, or a float where the function is infinite or undefined."""

GUARD_BITS = 24
"""So many bits more than the dtype has: a value is not the nearest only where its further bits are all alike."""
SIGNIFICAND = np.finfo(np.longdouble).nmant + 1
"""The bits of the widest dtype."""
MOST_BITS = 1 << 14
"""A value that is not told from 0 by then is 0."""
LARGEST_EXPONENT = 40_000
"""Beyond the exponents of every dtype, whichever the mantissa."""


class SpecialFunction:
    """A real function of arrays that broadcast."""

    def __init__(self, function: Callable[..., Ball], at_infinity: float, at_minus_infinity: float) -> None:
        self.of_ball = function
        """Of one finite ball; a float where the function is infinite or undefined."""
        self._at_infinity = at_infinity
        self._at_minus_infinity = at_minus_infinity

    def __call__(self, x: Array, **parameters: int) -> Array:
        """The values in the dtype of `x`; parameters go to the function. NaN gives NaN."""
        array = np.asarray(x)
        dtype = array.dtype if array.dtype.kind == "f" else np.dtype(np.float64)
        # Subnormal numbers have fewer bits than the others, but none has more.
        bits = np.finfo(dtype).nmant + 1 + GUARD_BITS
        result = np.empty(array.shape, dtype)
        for index, number in np.ndenumerate(array):
            result[index] = self._value(number, bits, dtype, parameters)
        return result

    def _value(self, number: Any, bits: int, dtype: np.dtype[Any], parameters: dict[str, int]) -> Any:
        if np.isnan(number):
            return math.nan
        if np.isinf(number):
            return self._at_infinity if number > 0 else self._at_minus_infinity
        exact = _exact(number)
        used = bits
        while used < MOST_BITS:
            with precision(used):
                value = self.of_ball(exact, **parameters)
                if isinstance(value, float):
                    return value
                if value.is_exact() or (value.is_finite() and value.rel_accuracy_bits() >= bits):
                    return _nearest(value, dtype, number)
            used *= 2
        return 0.0


def by_balls(*, at_infinity: float, at_minus_infinity: float) -> Callable[[Callable[..., Ball]], SpecialFunction]:
    """Make the decorated function of a finite `arb` a function of arrays, with these limits."""
    return lambda function: SpecialFunction(function, at_infinity, at_minus_infinity)


def _exact(number: Any) -> arb:
    """The number as a ball without a radius."""
    fraction, exponent = np.frexp(np.longdouble(number))
    return arb((int(np.ldexp(fraction, SIGNIFICAND)), int(exponent) - SIGNIFICAND))


def _nearest(value: arb, dtype: np.dtype[Any], number: Any) -> Any:
    """The midpoint in the dtype; a zero gets the sign of the operand, which functions that are 0 at 0 keep."""
    mantissa, exponent = (int(part) for part in value.mid().man_exp())
    if mantissa == 0:
        return math.copysign(0.0, number)
    wide = np.longdouble if dtype == np.longdouble else np.float64
    surplus = max(0, mantissa.bit_length() - SIGNIFICAND - 2 * GUARD_BITS)
    scale = max(-LARGEST_EXPONENT, min(exponent + surplus, LARGEST_EXPONENT))
    return dtype.type(np.ldexp(wide(mantissa >> surplus), scale))
