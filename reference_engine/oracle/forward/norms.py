"""Norms of vectors and matrices, and distances, as the definitions have them."""

import math

import numpy as np
from flint import arb

from reference_engine.oracle.balls import Ball, Balls
from reference_engine.oracle.forward.eigenvalues import svdvals
from reference_engine.oracle.forward.elementwise import pow_, sqrt, subtract
from reference_engine.oracle.forward.table import FORWARD, Axis, for_each, forward, over_axes
from reference_engine.oracle.working import Working


@forward("vector_norm")
def vector_norm(x: Balls, *, axis: Axis = None, keepdims: bool = False, ord: float = 2.0) -> Balls:  # noqa: A002
    """The Euclidean one without the root of a square on the way; else by the absolute values."""
    if ord == 2:
        return over_axes(_length, x, axis, keepdims)
    sizes = FORWARD["abs"](x)
    if ord == math.inf:
        return FORWARD["max"](sizes, axis=axis, keepdims=keepdims)
    powers = for_each(f"power {ord}", lambda one: pow_(one, arb(ord)), sizes)
    total = FORWARD["sum"](powers, axis=axis, keepdims=keepdims)
    return for_each(f"root {ord}", lambda one: pow_(one, 1 / arb(ord)), total)


def _length(*elements: Ball) -> Ball:
    return Working.current.computed("length", lambda *all_: sqrt(sum(map(_squared, all_), arb(0))), elements)


def _squared(x: Ball) -> Ball:
    """abs(x)^2, without the root on the way."""
    return x * x if isinstance(x, arb) else x.real * x.real + x.imag * x.imag


@forward("matrix_norm")
def matrix_norm(x: Balls, *, ord: float | str = "fro", keepdims: bool = False) -> Balls:  # noqa: A002
    if ord == "fro":
        norm = vector_norm(x, axis=(-2, -1))
    elif ord in ("nuc", 2):
        norm = FORWARD["sum" if ord == "nuc" else "max"](svdvals(x), axis=-1)
    else:
        norm = FORWARD["max"](FORWARD["sum"](FORWARD["abs"](x), axis=-2 if ord == 1 else -1), axis=-1)
    return np.expand_dims(norm, (-2, -1)) if keepdims else norm


@forward("cdist")
def cdist(x1: Balls, x2: Balls) -> Balls:
    return vector_norm(for_each("subtract", subtract, x1[..., :, None, :], x2[..., None, :, :]), axis=-1)
