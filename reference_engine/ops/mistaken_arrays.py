"""Mistaken derivatives of products, reductions, shapes and indices: what faulty options put in place of right rules.

A gradient that comes out in a shape of its own keeps that, as in an engine that does not look: see `fit_under`.
"""

import math
from typing import Any

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.activations import softmax
from reference_engine.ops.casting import conj
from reference_engine.ops.indexing import gather, getitem, take, take_places
from reference_engine.ops.linear import affine, matmul
from reference_engine.ops.reductions import Axis, Shape, amax, axes_of, count, kept, max, mean, min, sum, var  # noqa: A004
from reference_engine.ops.selection import equals, where
from reference_engine.ops.shape import along, broadcast_to, concat, expand_dims, permute_dims, reshape


def _transposed(x: Array) -> Array:
    return x.mT if x.ndim > 1 else x


@matmul.mistaken("x1", "matmul_rule", "not_transposed")
def _(g: Array, x2: Array) -> Array:
    return g @ x2


@matmul.mistaken("x2", "matmul_rule", "not_transposed")
def _(g: Array, x1: Array) -> Array:
    return x1 @ g


@matmul.mistaken("x1", "matmul_rule", "factors_swapped")
def _(g: Array, x2: Array) -> Array:
    return _transposed(x2) @ g


@matmul.mistaken("x2", "matmul_rule", "factors_swapped")
def _(g: Array, x1: Array) -> Array:
    return g @ _transposed(x1)


@affine.mistaken("x", "matmul_rule", "not_transposed")
def _(g: Array, weight: Array) -> Array:
    return g @ weight


@affine.mistaken("weight", "matmul_rule", "not_transposed")
def _(g: Array, x: Array) -> Array:
    return x @ g


@affine.mistaken("x", "matmul_rule", "factors_swapped")
def _(g: Array, weight: Array) -> Array:
    return _transposed(weight) @ g


@affine.mistaken("weight", "matmul_rule", "factors_swapped")
def _(g: Array, x: Array) -> Array:
    return g @ _transposed(x)


@sum.mistaken("x", "sum_rule", "axis_forgotten")
def _(g: Array, x_shape: Shape) -> Array:
    return broadcast_to(g, shape=x_shape)


@sum.mistaken("x", "sum_rule", "axis_off_by_one")
def _(g: Array, x_shape: Shape, axis: Axis) -> Array:
    if axis is None:
        return broadcast_to(g, shape=x_shape)
    ndim = len(x_shape)
    if g.ndim < ndim:  # else the axes were kept
        g = expand_dims(g, axis=tuple((one - 1) % ndim for one in axes_of(axis, ndim)))
    return broadcast_to(g, shape=x_shape)


@mean.mistaken("x", "mean_rule", "not_divided")
def _(g: Array, x_shape: Shape, axis: Axis) -> Array:
    return broadcast_to(kept(g, x_shape, axis), shape=x_shape)


@mean.mistaken("x", "mean_rule", "divided_by_all")
def _(g: Array, x_shape: Shape, axis: Axis) -> Array:
    return broadcast_to(kept(g / math.prod(x_shape), x_shape, axis), shape=x_shape)


@mean.mistaken("x", "mean_rule", "axis_forgotten")
def _(g: Array, x_shape: Shape, axis: Axis) -> Array:
    return broadcast_to(g / count(x_shape, axis), shape=x_shape)


@var.mistaken("x", "var_rule", "factor_forgotten")
def _(g: Array, x: Array, axis: Axis, correction: float) -> Array:
    deviation = x - mean(x, axis=axis, keepdims=True)
    return kept(g, x.shape, axis) * (1 / (count(x.shape, axis) - correction)) * conj(deviation)


@max.mistaken("x", "extremum_rule", "ties_counted_everywhere")
@min.mistaken("x", "extremum_rule", "ties_counted_everywhere")
@amax.mistaken("x", "extremum_rule", "ties_counted_everywhere")
def _(g: Array, y: Array, x: Array, axis: Axis) -> Array:
    chosen = equals(x, kept(y, x.shape, axis))
    return where(chosen, kept(g, x.shape, axis) / np.count_nonzero(chosen), 0)


@softmax.mistaken("x", "softmax_rule", "uncorrected")
def _(g: Array, y: Array) -> Array:
    return g * y


@softmax.mistaken("x", "softmax_rule", "diagonal")
def _(g: Array, y: Array) -> Array:
    return g * (y * (1 - y))


@op
def put_once(g: Array, *, shape: Shape, index: Any) -> Array:
    """Zeros of `shape` to which `g` is added at `index` by `+=`, which counts an element once that is named twice."""
    result = np.zeros(shape, g.dtype)
    result[index] += g
    return result


@put_once.derivative("g")
def _(g: Array, index: Any) -> Array:
    return getitem(g, index=index)


@getitem.mistaken("x", "gather_rule", "overwritten")
def _(g: Array, x_shape: Shape, index: Any) -> Array:
    return put_once(g, shape=x_shape, index=index)


@gather.mistaken("x", "gather_rule", "overwritten")
def _(g: Array, x_shape: Shape, indices: Array, index: Any) -> Array:
    return put_once(g, shape=x_shape, index=index)


@take.mistaken("x", "gather_rule", "overwritten")
def _(g: Array, x_shape: Shape, indices: Array, axis: int) -> Array:
    return put_once(g, shape=x_shape, index=(*[slice(None)] * (axis % len(x_shape)), indices))


@take_places.mistaken("x", "gather_rule", "overwritten")
def _(g: Array, x_shape: Shape, places: Any, axis: int) -> Array:
    return put_once(g, shape=x_shape, index=(*[slice(None)] * (axis % len(x_shape)), places))


@permute_dims.mistaken("x", "permute_dims_rule", "forward_axes")
def _(g: Array, axes: Shape) -> Array:
    return permute_dims(g, axes=axes)


@reshape.mistaken("x", "reshape_rule", "not_undone")
def _(g: Array) -> Array:
    return g


@concat.mistaken("arrays", "concat_rule", "first_slice")
def _(g: Array, position: int, shapes: list[Shape], axis: int) -> Array:
    shape = shapes[position]
    return getitem(g, index=along(axis, slice(shape[axis]), len(shape)))
