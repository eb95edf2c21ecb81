"""What other formulas for the parts of layers may give."""

from collections.abc import Callable
from typing import Any

import numpy as np

from reference_engine.enclosure.enclosed import Enclosed
from reference_engine.enclosure.formats import WIDE
from reference_engine.enclosure.interval import Interval
from reference_engine.enclosure.rounding import CORRECT, spread_at
from reference_engine.enclosure.variants import forward_variant
from reference_engine.op import Array
from reference_engine.ops.exponential import exp
from reference_engine.ops.images import part_after
from reference_engine.ops.reductions import logsumexp

PLACE_ULPS = 4 * CORRECT
"""Of a place between pixels, which takes a shift, a factor that is rounded itself, and a shift back."""


@forward_variant("attention_weights")
def _(scores: Array) -> Array:
    """PyTorch's, which keeps the logarithm of the sum for the way back."""
    return exp(scores - logsumexp(scores, axis=-1, keepdims=True))


def _forward_of_part_after(x: Enclosed, *, axis: int, times: int, align_corners: bool) -> Enclosed:
    """The parts of 1, each as far off as a place is, which may be as large as the axis is long.

    They are exact where twice as many pixels, or four times, lie between powers of two, and at the borders.
    """
    shape = np.empty((0,) * axis + (x.shape[axis],) + (0,) * (x.ndim - 1 - axis))
    part = part_after.forward(shape, axis=axis, times=times, align_corners=align_corners).astype(WIDE)
    spread = spread_at(WIDE(x.shape[axis]), x.format, PLACE_ULPS)
    new = np.arange(x.shape[axis] * times).reshape(part.shape)
    last = new.size - 1
    if align_corners:
        is_exact = (new == 0) | (times == 1)
    else:
        is_exact = (2 * np.minimum(new, last - new) + 1 < times) | (times & (times - 1) == 0)
    lower = np.where(is_exact, part, part - spread)
    upper = np.where(is_exact, part, part + spread)
    return x.with_parts([Interval(lower, upper)])


FORWARDS: dict[str, Callable[..., Any]] = {"part_after": _forward_of_part_after}
"""Forward functions of constants that frameworks round otherwise."""
