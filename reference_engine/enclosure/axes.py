"""Axes that a reduction takes away, for rules that bring them back."""

import math

from reference_engine.op import Array
from reference_engine.ops.reductions import Axis, axes_of
from reference_engine.ops.shape import reshape

Shape = tuple[int, ...]


def kept_shape(shape: Shape, axis: Axis) -> Shape:
    """`shape` with 1 for the axes that are reduced."""
    axes = axes_of(axis, len(shape))
    return tuple(1 if position in axes else size for position, size in enumerate(shape))


def kept(reduced: Array, shape: Shape, axis: Axis) -> Array:
    """What was reduced from an array of `shape`, so that it broadcasts against that."""
    return reshape(reduced, shape=kept_shape(shape, axis))


def count(shape: Shape, axis: Axis) -> int:
    """The number of elements that each result was reduced from."""
    return math.prod(shape[one] for one in axes_of(axis, len(shape)))
