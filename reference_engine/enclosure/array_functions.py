"""What NumPy's other functions do with enclosed arrays: shapes, selections and reductions."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from reference_engine.enclosure.elementwise import UFUNCS, finest, promoted, together
from reference_engine.enclosure.enclosed import Enclosed, constant
from reference_engine.enclosure.factors import product, running_product
from reference_engine.enclosure.interval import Interval, anything, chosen, hull, point
from reference_engine.enclosure.rounding import limited, spread_at
from reference_engine.enclosure.scales import scale
from reference_engine.enclosure.sums import Axes, running_sum, summed
from reference_engine.enclosure.transforms import TRANSFORMS
from reference_engine.enclosure.truth import bounds_of_truth

_multiply, _divide, _subtract = UFUNCS["multiply"], UFUNCS["divide"], UFUNCS["subtract"]


def _moving(function: Callable[..., Any]) -> Callable[..., Enclosed]:
    """A function that only moves, picks or repeats elements."""

    def apply(x: Enclosed, *arguments: Any, **keywords: Any) -> Enclosed:
        return x.mapped(lambda bound: function(bound, *arguments, **keywords))

    return apply


def _joining(function: Callable[..., Any]) -> Callable[..., Enclosed]:
    """A function that joins arrays."""

    def apply(arrays: Sequence[Any], axis: int = 0) -> Enclosed:
        enclosed = together(*arrays)
        count = max(len(array.parts) for array in enclosed)
        parts = [
            Interval(*(function([array.in_parts(count)[part][end] for array in enclosed], axis) for end in (0, 1)))
            for part in range(count)
        ]
        scales = function([np.broadcast_to(scale(array), array.shape) for array in enclosed], axis)
        return Enclosed(parts, promoted(*arrays), finest(*arrays), scale=scales)

    return apply


def _pad(x: Enclosed, widths: Sequence[tuple[int, int]], constant_values: float) -> Enclosed:
    """A number around the elements, or the nearest to it in their format."""
    number = constant(constant_values, x.format)
    ends = zip(x.parts, number.in_parts(len(x.parts)), strict=True)
    parts = [Interval(*(np.pad(one, widths, constant_values=other) for one, other in zip(part, around, strict=True)))
             for part, around in ends]  # fmt: skip
    scales = np.pad(np.broadcast_to(scale(x), x.shape), widths, constant_values=scale(number))
    return x.with_parts(parts, scales)


def _where(condition: Any, x1: Any, x2: Any) -> Enclosed:
    """What is chosen for certain, and what is between the two where it is not."""
    surely, possibly = bounds_of_truth(condition)
    target = finest(*(operand for operand in (x1, x2, condition) if isinstance(operand, Enclosed)))
    one, other = (operand if isinstance(operand, Enclosed) else constant(operand, target) for operand in (x1, x2))
    count = max(len(one.parts), len(other.parts))
    parts = []
    for first, second in zip(one.in_parts(count), other.in_parts(count), strict=True):
        part = chosen(surely, first, second)
        parts.append(part if np.array_equal(surely, possibly) else chosen(surely ^ possibly, hull(first, second), part))
    scales = None
    if one.scale is not None or other.scale is not None:
        larger = np.maximum(scale(one), scale(other))
        scales = np.select([surely, possibly], [scale(one), larger], scale(other))
    return Enclosed(parts, promoted(x1, x2), target, scale=scales)


def _extremum(function: Callable[..., Any]) -> Callable[..., Enclosed]:
    def apply(x: Enclosed, axis: Axes = None, keepdims: bool = False) -> Enclosed:
        def over(bound: Any) -> Any:
            return function(bound, axis=axis, keepdims=keepdims)

        may_be_nan = np.any(x.parts[0].is_anything, axis=axis, keepdims=keepdims)
        part = x.parts[0].mapped(over)
        return x.with_parts([chosen(may_be_nan & ~part.is_nan, anything(()), part)])

    return apply


def _clip(x: Enclosed, low: Any, high: Any) -> Enclosed:
    result = x if low is None else UFUNCS["maximum"](x, low)
    return result if high is None else UFUNCS["minimum"](result, high)


def _sum(x: Enclosed, axis: Axes = None, keepdims: bool = False, dtype: Any = None) -> Enclosed:
    return summed(x, axis, keepdims)


def _count(x: Enclosed, axis: Axes) -> int:
    axes = range(x.ndim) if axis is None else (axis,) if isinstance(axis, int) else axis
    return math.prod(x.shape[one] for one in axes)


def _mean(x: Enclosed, axis: Axes = None, keepdims: bool = False) -> Enclosed:
    return _over(summed(x, axis, keepdims), _count(x, axis))


def _over(x: Enclosed, count: float) -> Enclosed:
    result: Enclosed = _divide(x, float(count))
    return Enclosed(result.parts, x.dtype, x.format, scale=result.scale)


def _var(x: Enclosed, axis: Axes = None, keepdims: bool = False, correction: float = 0.0) -> Enclosed:
    """The mean of squared deviations, in two passes."""
    deviation = _subtract(x, _mean(x, axis, True))
    squares = deviation.real if deviation.is_complex else UFUNCS["square"](deviation)
    if deviation.is_complex:
        squares = _multiply(deviation, UFUNCS["conjugate"](deviation)).real
    return _over(summed(squares, axis, keepdims), _count(x, axis) - correction)


def _std(x: Enclosed, axis: Axes = None, keepdims: bool = False, correction: float = 0.0) -> Enclosed:
    result: Enclosed = UFUNCS["sqrt"](_var(x, axis, keepdims, correction))
    return result


def _round(x: Enclosed) -> Enclosed:
    result: Enclosed = UFUNCS["rint"](x)
    return result


def _vector_norm(x: Enclosed, axis: Axes = None, keepdims: bool = False) -> Enclosed:
    size = UFUNCS["absolute"](x)
    result: Enclosed = UFUNCS["sqrt"](summed(UFUNCS["square"](size), axis, keepdims))
    return result


DET_ULPS = 4.0
"""For each row, of the products' absolute values together: elimination, and NumPy's way through a logarithm."""


def _det(x: Enclosed) -> Enclosed:
    """The determinant; 0 where it is, and where elimination finds it to the last bit."""
    value = _by_minors(x)
    spread = spread_at(scale(value), x.format, DET_ULPS * x.shape[-1])
    is_zero = np.logical_and.reduce([part.largest == 0 for part in value.parts]) & (_by_elimination(x) == 0)
    parts = [limited(part, spread, spread, x.format, is_zero) for part in value.parts]
    return value.with_parts(parts, value.scale)


def _by_elimination(x: Enclosed) -> Any:
    """What LAPACK gives for the lower bounds: for the numbers, where they are points."""
    real, imaginary = (part.lower.astype(np.float64) for part in x.in_parts(2))
    return np.linalg.det(real + 1j * imaginary if x.is_complex else real)


def _by_minors(x: Enclosed) -> Enclosed:
    """By those of the first row (Laplace), which divides by nothing."""
    size = x.shape[-1]
    if size == 0:
        return product(x, axis=(-2, -1))
    if size == 1:
        return x[..., 0, 0]
    terms = []
    for column in range(size):
        others = [other for other in range(size) if other != column]
        term = _multiply(x[..., 0, column], _by_minors(x[..., 1:, :][..., others]))
        terms.append(UFUNCS["negative"](term) if column % 2 else term)
    return summed(_joining(np.stack)(terms, -1), -1, False)


def _full_like(number: float) -> Callable[..., Enclosed]:
    def apply(x: Enclosed) -> Enclosed:
        parts = [np.full(x.shape, number), *[np.zeros(x.shape)] * x.is_complex]
        return x.with_parts([Interval(point(part).lower, point(part).upper.copy()) for part in parts])

    return apply


def _share_memory(function: Callable[..., bool]) -> Callable[[Any, Any], bool]:
    def apply(x1: Any, x2: Any) -> bool:
        one, other = (x.parts[0].lower if isinstance(x, Enclosed) else x for x in (x1, x2))
        return function(one, other)

    return apply


def _text(x: Enclosed, **_: Any) -> str:
    return repr(x)


ARRAY_FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{
        function.__name__: _moving(function)
        for function in (
            np.reshape, np.transpose, np.broadcast_to, np.expand_dims, np.squeeze, np.take, np.copy, np.moveaxis,
            np.swapaxes, np.flip, np.roll, np.tile, np.repeat, np.tril, np.triu,
        )
    },
    **TRANSFORMS,
    "concatenate": _joining(np.concatenate),
    "stack": _joining(np.stack),
    "pad": _pad,
    "where": _where,
    "clip": _clip,
    "max": _extremum(np.max),
    "min": _extremum(np.min),
    "amax": _extremum(np.max),
    "amin": _extremum(np.min),
    "sum": _sum,
    "mean": _mean,
    "prod": product,
    "var": _var,
    "std": _std,
    "cumsum": running_sum,
    "cumprod": running_product,
    "round": _round,
    "vector_norm": _vector_norm,
    "det": _det,
    "real": lambda x: x.real,
    "imag": lambda x: x.imag,
    "shape": lambda x: x.shape,
    "ndim": lambda x: x.ndim,
    "size": lambda x: x.size,
    "iscomplexobj": lambda x: x.is_complex,
    "zeros_like": _full_like(0.0),
    "ones_like": _full_like(1.0),
    "may_share_memory": _share_memory(np.may_share_memory),
    "shares_memory": _share_memory(np.shares_memory),
    "array2string": _text,
}  # fmt: skip
"""By the name of NumPy's function."""
