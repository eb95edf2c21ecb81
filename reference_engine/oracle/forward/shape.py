"""Other shapes, joining and picking: the same balls in other places."""

from typing import Any

import numpy as np

from reference_engine.oracle.balls import Balls
from reference_engine.oracle.forward.table import forward, in_array

Shape = tuple[int, ...]


@forward("reshape")
def reshape(x: Balls, *, shape: Shape) -> Balls:
    return np.reshape(x, shape)


@forward("permute_dims")
def permute_dims(x: Balls, *, axes: Shape) -> Balls:
    return np.transpose(x, axes)


@forward("broadcast_to")
def broadcast_to(x: Balls, *, shape: Shape) -> Balls:
    return np.broadcast_to(x, shape)


@forward("expand_dims")
def expand_dims(x: Balls, *, axis: int = 0) -> Balls:
    return np.expand_dims(x, axis)


@forward("squeeze")
def squeeze(x: Balls, *, axis: int | Shape) -> Balls:
    return np.squeeze(x, axis)


@forward("concat")
def concat(*arrays: Balls, axis: int = 0) -> Balls:
    return np.concatenate(arrays, axis)


@forward("stack")
def stack(*arrays: Balls, axis: int = 0) -> Balls:
    return np.stack(arrays, axis)


@forward("unstack")
def unstack(x: Balls, *, index: int, axis: int = 0) -> Balls:
    return in_array(np.moveaxis(x, axis, 0)[index])


@forward("getitem")
def getitem(x: Balls, *, index: Any) -> Balls:
    return in_array(x[index])


@forward("take")
def take(x: Balls, indices: Balls, *, axis: int = 0) -> Balls:
    places = np.array([int(place.unique_fmpz()) for place in indices.flat], np.intp).reshape(indices.shape)
    return in_array(np.take(x, places, axis))
