"""The ops that stand for the engine's where arrays are enclosed: the same rules, with what a framework may do instead.

A twin's rule gives the hull of what the engine's own rule gives and of the other usual formulas (`variants`), each
factor in any order. Where a choice is uncertain (which element is the largest?), it gives what lies between the
answers (`selections`); where nothing can be said, anything.
"""

from collections.abc import Callable, Iterable
from functools import cache, partial
from inspect import signature
from typing import Any

import numpy as np

from reference_engine.enclosure import (  # noqa: F401 -- some declare functions and variants
    layers,
    matrices,
    orders,
    selections,
    special_functions,
    transforms,
    variants,
    variants_of_activations,
    variants_of_losses,
)
from reference_engine.enclosure.elementwise import function
from reference_engine.enclosure.enclosed import Enclosed, Uncertain
from reference_engine.enclosure.formats import WIDE, format_of
from reference_engine.enclosure.functions import FUNCTIONS
from reference_engine.enclosure.interval import Interval, anything, chosen, hull, point
from reference_engine.enclosure.rounding import rounded
from reference_engine.enclosure.scales import scale
from reference_engine.enclosure.sums import summed
from reference_engine.op import Op
from reference_engine.rule import Rule, Saved
from reference_engine.semantics import Options
from reference_engine.variable import Variable, value_of

REORDERED_ULPS = 2.0
"""What it may cost to multiply the factors of a rule in another order, or by a reciprocal instead of dividing."""

HANDING_ON = frozenset({"abs", "relu", "sign", "take", "put", "gather", "scatter", "where"})
"""Ops whose rules look at values only to hand the cotangent on, or not."""

SHARING_OUT = frozenset({"segment_max", "segment_min"})
"""Ops that pick, whose rules divide the cotangent by the number of equal elements."""


@cache
def twin(op: Op[Any]) -> Op[Any]:
    """The twin of an op, made once; a twin's is itself."""
    return op if isinstance(op, _Twin) else _Twin(op)


class _Twin(Op[Any]):
    """An op with the forward function and the rules for enclosed arrays."""

    def __init__(self, op: Op[Any]) -> None:
        super().__init__(op.forward)
        self.forward = FORWARDS.get(op.__name__) or _covering_forward(op)
        self.rules = _covering(op, op.rules)
        self._op = op

    def rules_under(self, options: Options) -> Iterable[Rule | None]:
        return _covering(self._op, self._op.rules_under(options))


def _covering_forward(op: Op[Any]) -> Callable[..., Any]:
    """The forward function, or the one that is declared where NumPy has none, so that it covers what others compute."""
    is_of_numpy = isinstance(getattr(np, op.__name__, None), np.ufunc)
    own = function(op.__name__) if op.__name__ in FUNCTIONS and not is_of_numpy else op.forward
    other_formulas = variants.FORWARD.get(op.__name__, ())
    if not other_formulas:
        return own

    def forward(*operands: Any, **parameters: Any) -> Any:
        result = own(*operands, **parameters)
        for formula in other_formulas:
            result = _forward_covering(result, formula(*operands, **parameters))
        return result

    return forward


def _covering(op: Op[Any], rules: Iterable[Rule | None]) -> Iterable[Rule | None]:
    if not isinstance(rules, tuple):
        return rules  # those of an op with any number of operands only hand on
    return tuple(None if rule is None else _covered(op, position, rule) for position, rule in enumerate(rules))


def _covered(op: Op[Any], position: int, rule: Rule) -> Rule:
    """The rule for the operand at `position`, so that it covers what others compute."""
    operand = op.operands[position]
    other_formulas = [_with_arguments(function, op) for function in variants.VARIANTS.get((op.__name__, operand), ())]
    selection = selections.SELECTIONS.get(op.__name__) or orders.SELECTIONS.get(op.__name__)
    if rule.select is None and not other_formulas:
        return rule

    def function(g: Any, *saved: Any) -> Any:
        apply: Callable[..., Any] = partial(_engines_own, rule)
        try:
            result = apply(g, saved) if selection is None else selection(apply, g, saved)
        except Uncertain:
            nothing_known = value_of(saved[1 + position])
            return Enclosed([anything(np.shape(nothing_known))] * (1 + np.iscomplexobj(nothing_known)),
                            nothing_known.dtype, format_of(nothing_known.dtype))  # fmt: skip
        multiplies = selection is None or op.__name__ in SHARING_OUT
        if rule.saves and multiplies and op.__name__ not in HANDING_ON:
            result = reordered(result) if isinstance(result, Variable) else _forward_reordered(result)
        for formula in other_formulas:
            another = formula(g, saved)
            recorded = isinstance(result, Variable)
            result = covering(result, another) if recorded else _forward_covering(result, another)
        return result

    return Rule(function, tuple, rule.saves)


def _engines_own(rule: Rule, g: Any, saved: Saved) -> Any:
    return rule.function(g, *(rule.select(saved) if rule.select else ()))


def _with_arguments(function: Callable[..., Any], op: Op[Any]) -> Callable[[Any, Saved], Any]:
    """A variant as a function of the cotangent and everything that is saved."""
    sources = ("y", *op.operands, *op.parameters)
    positions = [sources.index(name) for name in list(signature(function).parameters)[1:]]
    return lambda g, saved: function(g, *(saved[position] for position in positions))


def _forward_covering(value: Any, another: Any) -> Any:
    """`value`, and `another` where that is finite: where a formula overflows or divides by 0, nobody uses it."""
    if not isinstance(value, Enclosed) or not isinstance(another, Enclosed):
        return value
    parts = []
    for one, other in zip(value.parts, another.parts, strict=False):
        parts.append(chosen(np.isfinite(other.largest), hull(one, other), one))
    return value.with_parts(parts, value.scale)


covering: Op[Any] = Op(_forward_covering)
"""The hull of one formula's value and another's; its derivative is that of the first, as inaccurate as they differ."""


@covering.derivative("value")
def _(g: Any, value: Any, another: Any) -> Any:
    return g * _ratio(value_of(value), value_of(another))


def _ratio(value: Any, another: Any) -> Any:
    """From 1 to the quotient of two formulas' values, where it is finite: by so much their slopes may differ."""
    if not isinstance(value, Enclosed) or not isinstance(another, Enclosed) or value.is_complex:
        return 1
    (quotient,) = (another / value).parts
    one = point(np.ones(quotient.lower.shape))
    return value.with_parts([chosen(np.isfinite(quotient.largest), hull(one, quotient), one)])


def _forward_reordered(x: Any) -> Any:
    if not isinstance(x, Enclosed):
        return x
    return x.with_parts([_reordered(part, x) for part in x.parts], x.scale)


def _reordered(part: Interval, x: Enclosed) -> Interval:
    return chosen(part.is_point, part, rounded(part, x.format, REORDERED_ULPS))


reordered: Op[Any] = Op(_forward_reordered)
"""The same factors, multiplied in any order; where the product is exact, it is so in all."""


@reordered.derivative("x")
def _(g: Any) -> Any:
    return g


def _forward_of_putitem(g: Any, *, shape: tuple[int, ...], index: Any) -> Enclosed:
    """Zeros with `g` added at `index`; what is picked twice gets the sum, in any order."""
    return _put(g, shape, index)


def _forward_of_scatter(g: Any, indices: Any, *, shape: tuple[int, ...], index: Any) -> Enclosed:
    return _put(g, shape, index)


def _forward_of_put(g: Any, indices: Any, *, shape: tuple[int, ...], axis: int) -> Enclosed:
    return _put(g, shape, (*[slice(None)] * (axis % len(shape)), indices))


def _put(g: Enclosed, shape: tuple[int, ...], index: Any) -> Enclosed:
    """Layers of zeros with one element in each place at most, and then their sum."""
    places = np.arange(np.prod(shape, dtype=np.intp)).reshape(shape)[index]
    landing = np.broadcast_to(places, g.shape).ravel()
    layer = _earlier_equals(landing)
    count = int(layer.max(initial=0)) + 1
    parts = []
    for part in g.parts:
        layers = Interval(*(np.zeros((count, np.prod(shape, dtype=np.intp)), WIDE) for _ in part))
        for target, bound in zip(layers, part, strict=True):
            target[layer, landing] = bound.ravel()
        parts.append(layers.mapped(lambda bound: bound.reshape(count, *shape)))
    scales = np.zeros(np.prod(shape, dtype=np.intp), WIDE)
    np.add.at(scales, landing, np.broadcast_to(scale(g), g.shape).ravel())
    placed = g.with_parts(parts)
    total = summed(placed, 0, False) if count > 1 else placed[0]
    return total.with_parts(total.parts, scales.reshape(shape))


def _earlier_equals(values: Any) -> Any:
    """For each value, how many before it are equal to it."""
    order = np.argsort(values, kind="stable")
    ranks = np.empty_like(values)
    ranks[order] = np.arange(values.size) - np.searchsorted(values[order], values[order])
    return ranks


FORWARDS: dict[str, Callable[..., Any]] = {
    "putitem": _forward_of_putitem,
    "put": _forward_of_put,
    "scatter": _forward_of_scatter,
    "dct": transforms.dct,
    "transposed_dct": transforms.transposed_dct,
    **layers.FORWARDS,
    **orders.FORWARDS,
    **matrices.FORWARDS,
}
"""Forward functions that write into an array of their own, or compare elements."""
