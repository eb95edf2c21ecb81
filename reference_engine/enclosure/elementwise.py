"""What NumPy's elementwise functions, and its matrix product, do with enclosed operands."""

from collections.abc import Callable
from typing import Any

import numpy as np

from reference_engine.enclosure import complexes, truth
from reference_engine.enclosure.arithmetic import OPERATIONS, SHARED_DIVISOR, Operation, real_operation
from reference_engine.enclosure.enclosed import Enclosed, Pair, Terms, constant
from reference_engine.enclosure.formats import Format, format_of
from reference_engine.enclosure.functions import FUNCTIONS
from reference_engine.enclosure.images import increasing
from reference_engine.enclosure.interval import Interval, absolute, corners, negated
from reference_engine.enclosure.products import matrix_product
from reference_engine.enclosure.rounding import CORRECT, rounded
from reference_engine.enclosure.scales import SCALES, of_sum, scale
from reference_engine.enclosure.signs import with_sign
from reference_engine.enclosure.sums import added_in_any_order
from reference_engine.enclosure.whole_quotients import rest, whole_quotient


def together(*operands: Any) -> list[Enclosed]:
    """The operands of one op, all enclosed; plain ones are constants in the format of the others."""
    target = finest(*operands)
    return [operand if isinstance(operand, Enclosed) else constant(operand, target) for operand in operands]


def finest(*operands: Any) -> Format:
    """The format of the operands that have one; of several, as of promoted dtypes, the finest."""
    enclosed = [operand for operand in operands if isinstance(operand, Enclosed)]
    numbers = [operand for operand in enclosed if operand.dtype.kind in "fc"] or enclosed
    return max((operand.format for operand in numbers), key=lambda one: one.precision)


def promoted(*operands: Any) -> np.dtype[Any]:
    """The dtype of the operands together, where Python's numbers are weak."""
    kinds = [operand if type(operand) in (bool, int, float, complex) else operand.dtype for operand in operands]
    return np.result_type(*kinds)


def _by_parts(function: Callable[..., Interval], *operands: Any) -> Enclosed:
    """A function of each part by itself, which rounds nothing."""
    enclosed = together(*operands)
    count = max(len(operand.parts) for operand in enclosed)
    parts = zip(*(operand.in_parts(count) for operand in enclosed), strict=True)
    return Enclosed([function(*part) for part in parts], promoted(*operands), finest(*operands))


def _exact(function: Callable[..., Interval]) -> Callable[..., Enclosed]:
    return lambda *operands: _by_parts(function, *operands)


def _arithmetic(name: str) -> Callable[..., Enclosed]:
    """Sums, products, quotients and roots: correctly rounded."""

    def apply(*operands: Any) -> Enclosed:
        enclosed, target = together(*operands), finest(*operands)
        if any(operand.is_complex for operand in enclosed):
            parts = complexes.arithmetic(name, enclosed, target)
        else:
            parts = [real_operation(_operation(name, enclosed), [operand.parts[0] for operand in enclosed], target)]
        scales = SCALES[name](*enclosed) if name in SCALES else None
        return Enclosed(parts, promoted(*operands), target, scale=scales)

    return apply


def _operation(name: str, operands: list[Enclosed]) -> Operation:
    """The operation of that name; of quotients, one whose divisor is repeated has a kind of its own."""
    is_shared = name == "divide" and operands[1].shape != _shape(operands)
    return SHARED_DIVISOR if is_shared else OPERATIONS[name]


def function(name: str) -> Callable[..., Enclosed]:
    """A function from the table of those."""
    declared = FUNCTIONS[name]

    def apply(*operands: Any, **parameters: Any) -> Enclosed:
        enclosed, target = together(*operands), finest(*operands)
        if any(operand.is_complex for operand in enclosed):
            parts = complexes.function(name, enclosed, target)
        else:
            intervals = [operand.parts[0] for operand in enclosed]
            points = np.all([np.broadcast_to(one.is_point, _shape(enclosed)) for one in intervals], axis=0)
            image = declared.image(*intervals, **parameters)
            unrounded = points & declared.exact_at(*(one.lower for one in intervals)) & target.holds(image.lower)
            parts = [rounded(image, target, declared.ulps, unrounded=unrounded)]
        return Enclosed(parts, promoted(*operands), target)

    return apply


def _shape(operands: list[Enclosed]) -> tuple[int, ...]:
    return np.broadcast_shapes(*(operand.shape for operand in operands))


def _add(x1: Any, x2: Any) -> Enclosed:
    """A sum, or a longer one if an operand is a sum itself: that may have been added up in another order."""
    one, other = together(x1, x2)
    target = finest(x1, x2)
    count = max(len(one.parts), len(other.parts))
    sums = [
        added_in_any_order(first, second, target)
        for first, second in zip(_terms(one, count), _terms(other, count), strict=True)
    ]
    parts, terms = zip(*sums, strict=True)
    return Enclosed(parts, promoted(x1, x2), target, scale=of_sum(one, other), terms=terms)


def _terms(x: Enclosed, count: int) -> tuple[Interval | Pair | Terms, ...]:
    return x.terms if len(x.terms) == count else x.in_parts(count)


def _absolute(x: Enclosed) -> Enclosed:
    if not x.is_complex:
        return _by_parts(absolute, x)
    return Enclosed([complexes.modulus(x.parts, x.format)], x.real.dtype, x.format)


def _sign(x: Enclosed) -> Enclosed:
    if not x.is_complex:
        return _by_parts(increasing(np.sign), x)
    return x.with_parts(complexes.direction(x.parts, x.format))


def _conjugate(x: Enclosed) -> Enclosed:
    return x.with_parts((x.parts[0], negated(x.parts[1])), x.scale) if x.is_complex else x.copy()


def _remainder(x1: Any, x2: Any) -> Enclosed:
    target = finest(x1, x2)
    return _by_parts(lambda one, other: rest(one, other, target), x1, x2)


def _matmul(x1: Any, x2: Any) -> Enclosed:
    target = finest(x1, x2)
    one, other = together(x1, x2)
    scales = np.asarray(np.matmul(scale(one), scale(other)))
    return Enclosed(matrix_product(one, other, target), promoted(x1, x2), target, scale=scales)


def _compared(function: Callable[..., Any], *, swapped: bool = False, negated: bool = False) -> Callable[..., Any]:
    def compare(x1: Any, x2: Any) -> Any:
        one, other = together(x1, x2)
        result = function(other, one) if swapped else function(one, other)
        return truth.negation(result) if negated else result

    return compare


def converted(x: Enclosed, dtype: np.dtype[Any]) -> Any:
    """The array in another dtype: see `Enclosed.astype`."""
    if dtype.kind in "biu":
        return truth.discretized(x, dtype)
    target = format_of(dtype)
    parts = x.in_parts(2) if dtype.kind == "c" else x.parts[:1]
    if x.format.precision > target.precision:
        parts = tuple(
            rounded(part, target, CORRECT, unrounded=part.is_point & target.holds(part.lower)) for part in parts
        )
    return Enclosed(parts, dtype, target, scale=x.scale).copy()


UFUNCS: dict[str, Callable[..., Any]] = {
    **{name: _arithmetic(name) for name in OPERATIONS if name != "add"},
    **{name: function(name) for name in FUNCTIONS},
    **{name: _exact(increasing(getattr(np, name))) for name in ("floor", "ceil", "trunc", "rint")},
    "add": _add,
    "positive": lambda x: x.copy(),
    "negative": lambda x: x.with_parts([negated(part) for part in x.parts], x.scale),
    "conjugate": _conjugate,
    "absolute": _absolute,
    "sign": _sign,
    "maximum": _exact(lambda x1, x2: corners(np.maximum, x1, x2)),
    "minimum": _exact(lambda x1, x2: corners(np.minimum, x1, x2)),
    "floor_divide": _exact(whole_quotient),
    "remainder": _remainder,
    "copysign": _exact(with_sign),
    "fmax": _exact(lambda x1, x2: corners(np.fmax, x1, x2)),
    "fmin": _exact(lambda x1, x2: corners(np.fmin, x1, x2)),
    "matmul": _matmul,
    "less": _compared(truth.less),
    "greater": _compared(truth.less, swapped=True),
    "less_equal": _compared(truth.less_equal),
    "greater_equal": _compared(truth.less_equal, swapped=True),
    "equal": _compared(truth.equal),
    "not_equal": _compared(truth.equal, negated=True),
    "invert": truth.negation,
    "logical_not": truth.negation,
    "bitwise_and": truth.both,
    "bitwise_or": truth.either,
    "logical_and": truth.both,
    "logical_or": truth.either,
    "isfinite": truth.is_finite,
    "isnan": truth.is_nan,
}
"""By the name of NumPy's ufunc."""
