"""Products of several arrays, summed over the axes that a text names."""

from collections import Counter

import numpy as np

from reference_engine.errors import ShapeMismatch
from reference_engine.op import Array
from reference_engine.ops.arithmetic import multiply
from reference_engine.ops.indexing import getitem
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.shape import permute_dims, reshape

Names = list[str | int]
"""Of the axes of an array: letters, and numbers for those that `...` stands for, counted from the last one."""


def einsum(*arrays: Array, subscripts: str) -> Array:
    """The sum of products that `subscripts` says: "ij,jk->ik" is the matrix product (NumPy's einsum).

    Each operand's axes have letters; those that are not among the result's, after the arrow, are summed over. A letter
    that an operand has twice takes its diagonal; `...` stands for axes that broadcast. Operands are multiplied from
    left to right.
    """
    inputs, result = subscripts.split("->")
    texts = inputs.split(",")
    if len(texts) != len(arrays):
        raise ValueError(f"{subscripts!r} names the axes of {len(texts)} arrays, and there are {len(arrays)}")
    named = [_on_diagonals(x, _names(text, x.ndim)) for x, text in zip(arrays, texts, strict=True)]
    _check_sizes(subscripts, named)
    rest = max(sum(isinstance(name, int) for name in names) for _, names in named)
    wanted = _names(result, len(result.replace("...", "")) + (rest if "..." in result else 0))
    if len(set(wanted)) < len(wanted) or not set(wanted) <= {name for _, names in named for name in names}:
        raise ValueError(f"the result of {subscripts!r} names an axis twice, or one that no operand has")
    product, names = named[0]
    for position, (x, others) in enumerate(named[1:], 1):
        later = {name for _, following in named[position:] for name in following}
        product, names = _summed(product, names, {*wanted, *later})
        together = [*names, *(name for name in others if name not in names)]
        product, names = multiply(_aligned(product, names, together), _aligned(x, others, together)), together
    product, names = _summed(product, names, set(wanted))
    return permute_dims(product, axes=tuple(names.index(name) for name in wanted))


def _check_sizes(subscripts: str, named: list[tuple[Array, Names]]) -> None:
    """Raise `ShapeMismatch` where a letter has two sizes: only what `...` stands for broadcasts."""
    sizes: dict[str | int, int] = {}
    for x, names in named:
        for name, size in zip(names, x.shape, strict=True):
            if isinstance(name, str) and sizes.setdefault(name, size) != size:
                raise ShapeMismatch(f"{subscripts!r}: the axes {name} have the sizes {sizes[name]} and {size}")


def _names(text: str, ndim: int) -> Names:
    before, dots, after = text.partition("...")
    rest = ndim - len(before) - len(after)
    if rest < 0 or (rest and not dots):
        raise ValueError(f"{text!r} does not name the axes of an array with {ndim} of them")
    return [*before, *range(-rest, 0), *after]


def _on_diagonals(x: Array, names: Names) -> tuple[Array, Names]:
    """Where a name is repeated, the diagonal of its axes, with one axis in their stead, at the end."""
    for name, count in Counter(names).items():
        if count > 1:
            axes = [axis for axis, other in enumerate(names) if other == name]
            others = [axis for axis in range(len(names)) if axis not in axes]
            moved = permute_dims(x, axes=(*others, *axes))
            x = getitem(moved, index=(..., *[np.arange(moved.shape[-1])] * count))
            names = [*(names[axis] for axis in others), name]
    return x, names


def _summed(x: Array, names: Names, kept: set[str | int]) -> tuple[Array, Names]:
    """The sum over the axes whose names are not among those kept."""
    axes = tuple(axis for axis, name in enumerate(names) if name not in kept)
    return (sum_of(x, axis=axes), [name for name in names if name in kept]) if axes else (x, names)


def _aligned(x: Array, names: Names, together: Names) -> Array:
    """The axes in the order of `together`, with axes of size 1 for those that it has not."""
    ordered = permute_dims(x, axes=tuple(names.index(name) for name in together if name in names))
    sizes = dict(zip(names, x.shape, strict=True))
    return reshape(ordered, shape=tuple(sizes.get(name, 1) for name in together))
