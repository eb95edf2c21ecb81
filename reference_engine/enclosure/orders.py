"""Ops that pick by the order of elements, or by what is largest: on bounds, and their rules where the order is certain.

They are increasing in each element, so they map lower bounds to lower bounds and upper ones to upper ones.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from reference_engine.enclosure.enclosed import Enclosed, Uncertain
from reference_engine.enclosure.interval import Interval
from reference_engine.enclosure.selections import Apply, Saved, Selection, bounds_of, in_own_dtype, inside
from reference_engine.enclosure.sums import joined
from reference_engine.op import OPS

PICKING = ("sort", "topk", "cumulative_max", "cumulative_min", "segment_max", "segment_min")
"""Ops whose first operand is picked from."""


def _on_bounds(name: str) -> Callable[..., Enclosed]:
    """The forward function, on the bounds."""

    def forward(x: Enclosed, *others: Any, **parameters: Any) -> Enclosed:
        if np.any(x.parts[0].is_anything):
            raise Uncertain("what may be NaN has no place in an order")
        return x.with_parts([x.parts[0].mapped(lambda bound: OPS[name].forward(bound, *others, **parameters))])

    return forward


def _in_certain_order(name: str) -> Selection:
    """The engine's rule, shown numbers within the bounds. Raises `Uncertain` if bounds overlap and are not equal."""

    def select(apply: Apply, g: Any, saved: Saved) -> Any:
        op, (_, x, *others) = OPS[name], saved
        bounds = bounds_of(x)
        if not _is_certain(bounds):
            raise Uncertain("the order of elements depends on more digits than there are")
        numbers = inside(bounds)
        operands, parameters = others[: len(op.operands) - 1], others[len(op.operands) - 1 :]
        picked = op.forward(numbers, *operands, **dict(zip(op.parameters, parameters, strict=True)))
        return in_own_dtype(apply(g, (picked, numbers, *others)), g, x)

    return select


def _is_certain(bounds: Interval) -> bool:
    """Whether any two elements are apart, or both are numbers."""
    if np.all(bounds.is_point | bounds.is_nan):
        return True
    order = np.argsort(bounds.lower, axis=None)
    return bool(np.all(bounds.upper.ravel()[order][:-1] < bounds.lower.ravel()[order][1:]))


def _running_logsumexp(x: Enclosed, *, axis: int = 0) -> Enclosed:
    """Each by the one before, as a framework has it that goes along the axis."""
    elements = list(x.mapped(lambda bound: np.moveaxis(bound, axis, 0)))
    sums = elements[:1]
    for element in elements[1:]:
        sums.append(OPS["logaddexp"](sums[-1], element))
    return joined([one.mapped(lambda bound: np.expand_dims(bound, axis)) for one in sums], axis) if sums else x


FORWARDS: dict[str, Callable[..., Any]] = {
    **{name: _on_bounds(name) for name in PICKING},
    "cumulative_logsumexp": _running_logsumexp,
}
SELECTIONS: dict[str, Selection] = {name: _in_certain_order(name) for name in PICKING}
