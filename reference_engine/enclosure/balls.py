"""Bounds as balls of arbitrary precision, for functions that NumPy lacks or has not in `WIDE`, and back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import flint
import numpy as np

from reference_engine.enclosure.formats import WIDE, Bound
from reference_engine.enclosure.interval import Interval, chosen, point

BITS = 128
"""Of the balls: more than twice those of a bound."""
_SIGNIFICAND = np.finfo(WIDE).nmant + 1
"""The bits of a bound."""


@contextmanager
def computing() -> Iterator[None]:
    """Compute balls in the block with so many bits. Their precision is global: not for several threads at a time."""
    before, flint.ctx.prec = flint.ctx.prec, BITS
    try:
        yield
    finally:
        flint.ctx.prec = before


def by_balls(function: Callable[..., flint.arb]) -> Callable[..., Interval]:
    """The image of a real function of real operands, increasing or not, as ball arithmetic has it.

    It is narrow where the operands are: of wide ones it may say too much, but never too little. NaN where an operand
    is; anything where one is not finite, or the ball holds a singular point.
    """

    def image(*operands: Interval, **parameters: Any) -> Interval:
        bounds = np.broadcast_arrays(*(bound for operand in operands for bound in operand))
        found = np.empty((2, *bounds[0].shape), WIDE)
        with computing():
            for index in np.ndindex(bounds[0].shape):
                ends = [bound[index] for bound in bounds]
                found[(slice(None), *index)] = bounds_of(_value(function, ends, parameters))
        undefined = np.any(np.isnan(bounds), axis=0)
        return chosen(undefined, point(np.nan), Interval(found[0], found[1]))

    return image


def _value(function: Callable[..., flint.arb], ends: Sequence[Bound], parameters: Mapping[str, Any]) -> flint.arb:
    if not np.isfinite(ends).all():
        return flint.arb("nan")
    return function(*(ball(*ends[start : start + 2]) for start in range(0, len(ends), 2)), **parameters)


def ball(lower: Bound, upper: Bound) -> flint.arb:
    """What lies between two finite numbers."""
    return _exactly(lower).union(_exactly(upper))


def _exactly(number: Bound) -> flint.arb:
    fraction, exponent = np.frexp(WIDE(number))
    return flint.arb((int(np.ldexp(fraction, _SIGNIFICAND)), int(exponent) - _SIGNIFICAND))


def bounds_of(value: flint.arb) -> tuple[Bound, Bound]:
    """The ends of a ball, each to an ulp of `WIDE`; infinite where it is not finite."""
    if not value.is_finite():
        return WIDE(-np.inf), WIDE(np.inf)
    return _wide(value.lower()), _wide(value.upper())


def _wide(number: flint.arb) -> Bound:
    high = float(number)
    return WIDE(high) + WIDE(float(number - flint.arb(high))) if np.isfinite(high) else WIDE(high)
