"""Which results of `WIDE` arithmetic are exact: error-free transformations.

They are those of Muller et al., Handbook of Floating-Point Arithmetic, section 4.3.

They keep small whole numbers points, however many ops they go through, so that it stays certain who is at a kink.
"""

import numpy as np

from reference_engine.enclosure.formats import WIDE, Bound
from reference_engine.enclosure.interval import Mask

_SPLITTER = WIDE(2) ** ((np.finfo(WIDE).nmant + 2) // 2) + 1
"""It halves a significand of nmant + 1 bits, rounded up."""


def sum_is_exact(x1: Bound, x2: Bound, total: Bound) -> Mask:
    """Knuth's TwoSum: the rounding error is 0."""
    back = total - x1
    error: Bound = (x1 - (total - back)) + (x2 - back)
    return error == 0


def product_is_exact(x1: Bound, x2: Bound, product: Bound) -> Mask:
    """Dekker's product of halves: the rounding error is 0."""
    (high1, low1), (high2, low2) = _halves(x1), _halves(x2)
    error: Bound = (((high1 * high2 - product) + high1 * low2) + low1 * high2) + low1 * low2
    return error == 0


def quotient_is_exact(x1: Bound, x2: Bound, quotient: Bound) -> Mask:
    product = quotient * x2
    return (product == x1) & product_is_exact(quotient, x2, product)


def root_is_exact(x: Bound, root: Bound) -> Mask:
    product = root * root
    return (product == x) & product_is_exact(root, root, product)


def _halves(x: Bound) -> tuple[Bound, Bound]:
    """Two numbers of half as many bits that add up to `x` (Veltkamp)."""
    scaled = x * _SPLITTER
    high = scaled - (scaled - x)
    return high, x - high
