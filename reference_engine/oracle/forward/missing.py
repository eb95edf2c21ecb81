"""Reductions that leave NaN out, means with weights, and ranges."""

from collections.abc import Callable

from flint import arb

from reference_engine.oracle.balls import NOT_A_NUMBER, Ball, Balls
from reference_engine.oracle.forward.elementwise import divide, multiply, subtract
from reference_engine.oracle.forward.reductions import mean_of, product_of, sum_of
from reference_engine.oracle.forward.table import FORWARD, Axis, for_each, forward, over_axes
from reference_engine.oracle.working import Working


def _without_nan(name: str, function: Callable[..., Ball], of_none: Ball) -> None:
    """Enter a reduction of the elements that are not NaN."""

    def one(*elements: Ball) -> Ball:
        present = tuple(element for element in elements if not element.is_nan())
        return Working.current.computed(name, function, present) if present else of_none

    forward(name)(lambda x, *, axis=None, keepdims=False: over_axes(one, x, axis, keepdims))


_without_nan("nansum", sum_of, arb(0))
_without_nan("nanprod", product_of, arb(1))
_without_nan("nanmean", mean_of, NOT_A_NUMBER)


@forward("average")
def average(x: Balls, weights: Balls, *, axis: Axis = None) -> Balls:
    total = FORWARD["sum"]
    return for_each(
        "divide", divide, total(for_each("multiply", multiply, x, weights), axis=axis), total(weights, axis=axis)
    )


@forward("ptp")
def ptp(x: Balls, *, axis: Axis = None, keepdims: bool = False) -> Balls:
    largest, smallest = (FORWARD[name](x, axis=axis, keepdims=keepdims) for name in ("max", "min"))
    return for_each("subtract", subtract, largest, smallest)
