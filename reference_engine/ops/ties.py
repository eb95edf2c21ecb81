"""Sharing out a cotangent among equal extrema."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray


def shares(chosen: NDArray[np.bool_], axes: tuple[int, ...], option: str) -> NDArray[Any]:
    """The part of the cotangent for each element of `chosen`, a mask of the extrema over `axes`; 0 outside the mask.

    `option` is one of the dimension `max_ties`. The order of elements is that of their indices, the last axis fastest.
    """
    if option == "all":
        return chosen.astype(np.float64)
    if option == "split":
        count = np.sum(chosen, axis=axes, keepdims=True, dtype=np.float64)
        return np.divide(chosen, count, out=np.zeros(chosen.shape), where=chosen)
    others = tuple(axis for axis in range(chosen.ndim) if axis not in axes)
    order = (*others, *sorted(axes))
    moved = np.transpose(chosen, order)
    rows = moved.reshape(*moved.shape[: len(others)], math.prod(chosen.shape[axis] for axis in axes))
    if option == "last":
        rows = rows[..., ::-1]
    single = rows & (np.cumsum(rows, axis=-1) == 1)
    if option == "last":
        single = single[..., ::-1]
    return np.transpose(single.reshape(moved.shape), np.argsort(order)).astype(np.float64)
