"""Complex numbers: arithmetic by parts, functions by rectangles in ball arithmetic.

Errors are relative to the modulus, as libraries have it (Brent, Percival and Zimmermann, Error bounds on complex
floating-point multiplication, 2007): a part that is much smaller than the other has few sure digits of its own.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import flint
import numpy as np

from reference_engine.enclosure.arithmetic import OPERATIONS, real_operation
from reference_engine.enclosure.balls import ball, bounds_of, computing
from reference_engine.enclosure.formats import WIDE, Bound, Format
from reference_engine.enclosure.images import longer_side
from reference_engine.enclosure.interval import (
    Interval,
    added,
    chosen,
    divided,
    multiplied,
    point,
    squared,
    subtracted,
)
from reference_engine.enclosure.rounding import grain, limited, rounded, spread_at

if TYPE_CHECKING:
    from reference_engine.enclosure.enclosed import Enclosed

Parts = Sequence[Interval]

PRODUCT_ULPS = 3.0
"""Of the modulus: the bound is sqrt(5) units."""
QUOTIENT_ULPS = 8.0
"""Smith's method, and the textbook's by the conjugate."""
FUNCTION_ULPS = 16.0
"""Functions are made of several real ones; frameworks promise nothing."""
MODULUS_ULPS = 3.0


def arithmetic(name: str, operands: Sequence["Enclosed"], target: Format) -> list[Interval]:
    """The parts of a sum, a product, a quotient or a root."""
    pairs = [operand.in_parts(2) for operand in operands]
    match name:
        case "add" | "subtract":
            return [real_operation(OPERATIONS[name], [pair[position] for pair in pairs], target) for position in (0, 1)]
        case "multiply":
            return _product(pairs[0], pairs[1], target)
        case "square":
            return _product(pairs[0], pairs[0], target)
        case "divide":
            return _quotient(pairs[0], pairs[1], target)
        case "reciprocal":
            return _quotient((point(1.0), point(0.0)), pairs[0], target)
    return _by_rectangles(flint.acb.sqrt, [pairs[0]], FUNCTION_ULPS, target)


def _product(x1: Parts, x2: Parts, target: Format) -> list[Interval]:
    (a, b), (c, d) = x1, x2
    real = subtracted(multiplied(a, c), multiplied(b, d))
    imaginary = added(multiplied(a, d), multiplied(b, c))
    magnitude = np.hypot(a.largest, b.largest) * np.hypot(c.largest, d.largest)
    units = np.minimum(grain(a.lower), grain(b.lower)) * np.minimum(grain(c.lower), grain(d.lower))
    points = a.is_point & b.is_point & c.is_point & d.is_point
    exact = points & (units >= target.ulp(2 * magnitude))
    return _spread([real, imaginary], magnitude, PRODUCT_ULPS, target, exact)


def _quotient(x1: Parts, x2: Parts, target: Format) -> list[Interval]:
    (a, b), (c, d) = x1, x2
    size = added(squared(c), squared(d))
    real = divided(added(multiplied(a, c), multiplied(b, d)), size)
    imaginary = divided(subtracted(multiplied(b, c), multiplied(a, d)), size)
    magnitude = np.hypot(a.largest, b.largest) / np.hypot(c.smallest, d.smallest)
    return _spread([real, imaginary], magnitude, QUOTIENT_ULPS, target, False)


def _spread(parts: Parts, modulus: Bound, ulps: float, target: Format, exact: object) -> list[Interval]:
    """The parts, each off by some ulps of the modulus."""
    spread = spread_at(modulus, target, ulps)
    return [limited(part, spread, spread, target, exact) for part in parts]


def modulus(parts: Parts, target: Format) -> Interval:
    return rounded(longer_side(*parts), target, MODULUS_ULPS)


def direction(parts: Parts, target: Format) -> list[Interval]:
    """x / abs(x), and 0 at 0."""
    length = longer_side(*parts)
    at_zero = length.largest == 0
    quotients = [chosen(at_zero, point(0.0), divided(part, length)) for part in parts]
    return _spread(quotients, np.ones_like(length.upper), QUOTIENT_ULPS, target, at_zero)


_FUNCTIONS: dict[str, Callable[..., flint.acb]] = {
    "exp": flint.acb.exp,
    "exp2": lambda z: flint.acb(2) ** z,
    "expm1": flint.acb.expm1,
    "log": flint.acb.log,
    "log1p": flint.acb.log1p,
    "log2": lambda z: z.log() / flint.arb(2).log(),
    "log10": lambda z: z.log() / flint.arb(10).log(),
    "sin": flint.acb.sin,
    "cos": flint.acb.cos,
    "tan": flint.acb.tan,
    "arcsin": flint.acb.asin,
    "arccos": flint.acb.acos,
    "arctan": flint.acb.atan,
    "sinh": flint.acb.sinh,
    "cosh": flint.acb.cosh,
    "tanh": flint.acb.tanh,
    "arcsinh": flint.acb.asinh,
    "arccosh": flint.acb.acosh,
    "arctanh": flint.acb.atanh,
    "power": flint.acb.__pow__,
}


def function(name: str, operands: Sequence["Enclosed"], target: Format) -> list[Interval]:
    """The parts of a function's value."""
    return _by_rectangles(_FUNCTIONS[name], [operand.in_parts(2) for operand in operands], FUNCTION_ULPS, target)


def _by_rectangles(
    function: Callable[..., flint.acb], operands: Sequence[Parts], ulps: float, target: Format
) -> list[Interval]:
    """The image of each rectangle; anything where an operand is not finite, or a branch is cut."""
    bounds = np.broadcast_arrays(*(bound for parts in operands for part in parts for bound in part))
    shape = bounds[0].shape
    found = np.empty((4, *shape), WIDE)
    with computing():
        for index in np.ndindex(shape):
            here = [bound[index] for bound in bounds]
            found[(slice(None), *index)] = _corners(function, here) if np.isfinite(here).all() else _ANYTHING
    parts = [Interval(found[0], found[1]), Interval(found[2], found[3])]
    return _spread(parts, np.hypot(parts[0].largest, parts[1].largest), ulps, target, False)


_ANYTHING = (-WIDE(np.inf), WIDE(np.inf)) * 2
_TINY = flint.arb((1, -20_000))
"""Below all numbers of `WIDE`."""


def _corners(function: Callable[..., flint.acb], ends: Sequence[Bound]) -> tuple[Bound, ...]:
    """The ends of the real and the imaginary part of a function's image of rectangles, of which each has four ends.

    A part that is 0 has a sign, which says on what side of a branch cut it is (ISO C, annex G). Balls have none, so
    they take a tiny number in its place; but not at a singular point, where that would make all the difference.
    """
    pairs = list(zip(ends[::2], ends[1::2], strict=True))
    value = _applied(function, [ball(*pair) for pair in pairs])
    if value.is_finite() and any(pair == (0, 0) for pair in pairs):
        value = _applied(function, [_beside_zero(*pair) if pair == (0, 0) else ball(*pair) for pair in pairs])
    return (*bounds_of(value.real), *bounds_of(value.imag))


def _applied(function: Callable[..., flint.acb], parts: Sequence[flint.arb]) -> flint.acb:
    return function(*(flint.acb(real, imaginary) for real, imaginary in zip(parts[::2], parts[1::2], strict=True)))


def _beside_zero(lower: Bound, upper: Bound) -> flint.arb:
    first, last = (-_TINY if np.signbit(bound) else _TINY for bound in (lower, upper))
    return first.union(last)
