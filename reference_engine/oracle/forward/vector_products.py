"""Products of vectors, and sums of products over any axes, each element straight from its definition."""

import math
from collections.abc import Sequence
from itertools import product
from string import ascii_letters

import numpy as np
from flint import arb

from reference_engine.oracle.balls import Ball, Balls
from reference_engine.oracle.forward.elementwise import multiply, subtract
from reference_engine.oracle.forward.table import FORWARD, for_each, forward
from reference_engine.oracle.working import Working

Axes = int | tuple[Sequence[int], Sequence[int]]
_FREE = "αβγδεζηθ"
"""Letters for the axes that `...` stands for, the last one for the last axis."""


@forward("einsum")
def einsum(*arrays: Balls, subscripts: str) -> Balls:
    """For each place of the result, the products at all places that agree with it, added up."""
    inputs, wanted = subscripts.split("->")
    texts = [_with_free_axes(text, x.ndim) for text, x in zip(inputs.split(","), arrays, strict=True)]
    sizes: dict[str, int] = {}
    for text, x in zip(texts, arrays, strict=True):
        for letter, size in zip(text, x.shape, strict=True):
            sizes[letter] = max(size, sizes.get(letter, size))
    wanted = wanted.replace("...", "".join(sorted(letter for letter in sizes if letter in _FREE)))
    summed = [letter for letter in sizes if letter not in wanted]
    result = np.empty(tuple(sizes[letter] for letter in wanted), object)
    for index in np.ndindex(*result.shape):
        elements: list[Ball] = []
        for others in product(*(range(sizes[letter]) for letter in summed)):
            place = dict(zip([*wanted, *summed], [*index, *others], strict=True))
            elements += (_at(x, text, place) for text, x in zip(texts, arrays, strict=True))
        result[index] = _sum_of_products(len(arrays), elements)
    return result


def _with_free_axes(text: str, ndim: int) -> str:
    count = ndim - len(text.replace("...", ""))
    return text.replace("...", _FREE[len(_FREE) - count :])


def _at(x: Balls, text: str, place: dict[str, int]) -> Ball:
    """The element at a place; an axis of size 1 has one for all."""
    return x[tuple(place[letter] if size > 1 else 0 for letter, size in zip(text, x.shape, strict=True))]


def _sum_of_products(length: int, elements: Sequence[Ball]) -> Ball:
    """The sum of the products of each `length` elements."""

    def total(*elements: Ball) -> Ball:
        rows = (elements[start : start + length] for start in range(0, len(elements), length))
        return sum((math.prod(row, start=arb(1)) for row in rows), arb(0))

    return Working.current.computed(f"sum of products of {length}", total, tuple(elements))


@forward("tensordot")
def tensordot(x1: Balls, x2: Balls, *, axes: Axes = 2) -> Balls:
    first, second = (range(x1.ndim - axes, x1.ndim), range(axes)) if isinstance(axes, int) else axes
    letters1, letters2 = list(ascii_letters[: x1.ndim]), list(ascii_letters[x1.ndim : x1.ndim + x2.ndim])
    for one, other in zip(first, second, strict=True):
        letters2[other] = letters1[one]
    wanted = [letter for letter in letters1 + letters2 if (letter in letters1) != (letter in letters2)]
    return einsum(x1, x2, subscripts=f"{''.join(letters1)},{''.join(letters2)}->{''.join(wanted)}")


@forward("outer")
def outer(x1: Balls, x2: Balls) -> Balls:
    return einsum(x1, x2, subscripts="i,j->ij")


@forward("dot")
def dot(x1: Balls, x2: Balls) -> Balls:
    return einsum(x1, x2, subscripts="i,i->")


@forward("inner")
def inner(x1: Balls, x2: Balls) -> Balls:
    return tensordot(x1, x2, axes=((-1,), (-1,)))


@forward("vecdot")
def vecdot(x1: Balls, x2: Balls, *, axis: int = -1) -> Balls:
    conjugated = for_each("conjugate", lambda x: x if isinstance(x, arb) else x.conjugate(), x1)
    return FORWARD["sum"](for_each("multiply", multiply, conjugated, x2), axis=axis)


@forward("kron")
def kron(x1: Balls, x2: Balls) -> Balls:
    shape = (x1.shape[0] * x2.shape[0], x1.shape[1] * x2.shape[1])
    return einsum(x1, x2, subscripts="ij,kl->ikjl").reshape(shape)


@forward("cross")
def cross(x1: Balls, x2: Balls, *, axis: int = -1) -> Balls:
    one, other = np.broadcast_arrays(np.moveaxis(x1, axis, -1), np.moveaxis(x2, axis, -1))
    parts = []
    for first, second in ((1, 2), (2, 0), (0, 1)):
        forth = for_each("multiply", multiply, one[..., first], other[..., second])
        back = for_each("multiply", multiply, one[..., second], other[..., first])
        parts.append(for_each("subtract", subtract, forth, back))
    return np.stack(parts, axis)
