"""Every op by itself, at every place where its formula changes character: `crossgrad run clip` runs those of clip.

The cases are derived from the places that are declared for each op (`harness.places`), and are called FAMILY/OP/PLACE.
An op of numbers is also looked at where all of them are: at signed zeros, at infinities and NaN, at the ends of the
dtype's range, without axes, without elements, and broadcast.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import starmap
from math import inf, nan
from typing import Any, NamedTuple

import numpy as np

from harness import case
from harness.declaration import Case
from harness.ops import OPS
from harness.places import PLACES, Place, Places, is_array, operand_dtype, result
from harness.trace import Traced, Tracer


class Look(NamedTuple):
    """One case to be: where to look at an op, and in which dtype."""

    name: str
    title: str
    place: Place
    dtype: str = "float64"
    is_twice: bool = False
    """Whether the derivative of the derivative is asked for."""


NUMBERS = {
    "signed_zeros": ("at 0 and -0", (0.0, -0.0)),
    "not_finite": ("at infinity, minus infinity and NaN", (inf, -inf, nan)),
    "tiny_and_huge": ("at a subnormal and at a huge number", (2.5e-310, 1.5e308)),
}
"""Where every function of numbers is looked at: the words for it, and the numbers."""


def looks(places: Places) -> Iterator[Look]:
    """All the looks at an op."""
    op, ordinary = places.op, places.ordinary
    for place in places.all:
        title = f"The gradient of {op} where it is smooth{_said(place)}"
        if place.sentence:
            title = f"{op}: {place.sentence[0].lower()}{place.sentence[1:]}"
        yield Look(place.name, title, place)
    for dtype in places.dtypes if _reals(ordinary) else ():
        yield Look(dtype, f"The gradient of {op} in {dtype}", ordinary, dtype)
    if places.is_twice:
        yield Look("second_order", f"The second derivative of {op}", ordinary, is_twice=True)
    if places.is_elementwise:
        yield from starmap(Look, _of_numbers(op, ordinary))


def _said(place: Place) -> str:
    name = "" if place.name == place.kind else f" ({place.name.replace('_', ' ')})"
    if place.kind == "complex":
        return f", of complex numbers{name}"
    return "".join(f", {one} {value}" for one, value in place.parameters.items()) + name


def _of_numbers(op: str, ordinary: Place) -> Iterator[tuple[str, str, Place]]:
    floats = _floats(ordinary)
    for name, (words, numbers) in NUMBERS.items():
        for position in floats:
            operand = f" {_names(op, ordinary)[position]}" if len(floats) > 1 else ""
            operands = _with(ordinary, partial(np.resize, new_shape=len(numbers)))
            operands[position] = numbers
            title = f"The gradient of {op}{' where' + operand + ' is' if operand else ''} {words}"
            yield name + operand.replace(" ", "_"), title, _at(ordinary, operands)
    first = _with(ordinary, lambda operand: np.ravel(operand)[:1].reshape(()))
    yield "without_axes", f"The gradient of {op} of numbers without axes", _at(ordinary, first)
    nothing = _with(ordinary, lambda operand: np.ravel(operand)[:0])
    yield "no_elements", f"The gradient of {op} of no elements", _at(ordinary, nothing)
    arrays = [position for position, operand in enumerate(ordinary.operands) if is_array(operand)]
    if len(arrays) > 1:
        broadcast = _with(ordinary, np.ravel)
        broadcast[arrays[0]] = np.reshape(broadcast[arrays[0]], (-1, 1))
        yield (
            "broadcast",
            f"The gradient of {op} where one operand is a column and the other a row",
            _at(ordinary, broadcast),
        )


def _floats(place: Place) -> list[int]:
    """The positions of the operands that have a gradient."""
    return [
        position
        for position, operand in enumerate(place.operands)
        if is_array(operand) and np.asarray(operand).dtype.kind in "fc"
    ]


def _reals(place: Place) -> list[int]:
    """Those of them that hold real numbers."""
    return [position for position in _floats(place) if np.asarray(place.operands[position]).dtype.kind == "f"]


def _with(place: Place, function: Callable[[Any], Any]) -> list[Any]:
    """The operands, each array replaced by a function of it."""
    return [function(np.asarray(operand)) if is_array(operand) else operand for operand in place.operands]


def _at(place: Place, operands: list[Any]) -> Place:
    return Place(place.kind, place.name, "", tuple(operands), place.parameters)


def _names(op: str, place: Place) -> list[str]:
    """The names of the operands: x1, x2, ... where there may be any number."""
    if OPS[op].variadic:
        return [f"x{number}" for number in range(1, len(place.operands) + 1)]
    return list(OPS[op].operands)


def derived(op: str, look: Look) -> Case:
    """The case: the op's value, and the gradient of each operand under a seed that differs from element to element."""

    def function(g: Tracer) -> None:
        place = look.place
        floats = _floats(place)
        operands: list[Any] = []
        for position, (name, operand) in enumerate(zip(_names(op, place), place.operands, strict=True)):
            if is_array(operand):
                dtype = operand_dtype(operand, look.dtype)
                operand = g.input(name, operand, dtype, requires_grad=position in floats)
            operands.append(operand)
        y = getattr(g, op)(*operands, **place.parameters)
        g.observe("y", y)
        leaves = [operands[position] for position in floats]
        value = result(op, place, look.dtype)
        if not leaves or value is None:
            return
        seed = g.input("seed", weights(value), value.dtype.name, requires_grad=False)
        if look.is_twice:
            _twice(g, y, seed, leaves, [weights(np.asarray(place.operands[position])) for position in floats])
            return
        g.backward(y, seed)
        for leaf in leaves:
            g.observe(f"{leaf.name}.grad", leaf.grad)

    return case(f"{OPS[op].family}/{op}/{look.name}", title=look.title)(function)


def _twice(g: Tracer, y: Traced, seed: Traced, leaves: list[Traced], others: list[Any]) -> None:
    """The derivative of the derivative of y * y: that of y alone is a constant for many an op."""
    z = y * y
    first = g.grad([z], leaves, [seed], create_graph=True)
    seeds = [
        g.input(f"{leaf.name}_seed", other, operand_dtype(other), requires_grad=False)
        for leaf, other in zip(leaves, others, strict=True)
    ]
    slopes = g.grad(first, leaves, seeds)
    for leaf, slope in zip(leaves, slopes, strict=True):
        g.observe(f"{leaf.name}.slope", slope)


def weights(value: Any) -> Any:
    """A seed for a result: 0.5, 0.75, 1.0, ... in its shape; turned, where it is complex."""
    steps = 0.5 + 0.25 * np.arange(value.size).reshape(value.shape)
    return steps * (1 - 0.5j) if value.dtype.kind == "c" else steps


CASES = [derived(places.op, look) for places in PLACES.values() for look in looks(places)]
