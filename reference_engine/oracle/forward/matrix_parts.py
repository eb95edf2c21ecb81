"""Parts of matrices, and matrices made of parts: the same balls in other places."""

import numpy as np
from flint import arb
from numpy.typing import NDArray

from reference_engine.oracle.balls import Balls
from reference_engine.oracle.forward.table import FORWARD, forward
from reference_engine.oracle.working import Working


@forward("matrix_transpose")
def matrix_transpose(x: Balls) -> Balls:
    return np.swapaxes(x, -1, -2)


@forward("diagonal")
def diagonal(x: Balls, *, offset: int = 0) -> Balls:
    return np.diagonal(x, offset, -2, -1)


@forward("trace")
def trace(x: Balls) -> Balls:
    return FORWARD["sum"](diagonal(x), axis=-1)


@forward("diag")
def diag(x: Balls, *, offset: int = 0) -> Balls:
    size = len(x) + abs(offset)
    result = np.full((size, size), Working.current.kept(arb(0)), object)
    for position, element in enumerate(x):
        result[position + max(-offset, 0), position + max(offset, 0)] = element
    return result


@forward("tril")
def tril(x: Balls, *, k: int = 0) -> Balls:
    return _only(_below(x, k), x)


@forward("triu")
def triu(x: Balls, *, k: int = 0) -> Balls:
    return _only(~_below(x, k - 1), x)


def _only(kept: NDArray[np.bool_], x: Balls) -> Balls:
    """The elements where the mask holds, and 0 elsewhere."""
    result = np.full(x.shape, Working.current.kept(arb(0)), object)
    result[..., kept] = x[..., kept]
    return result


def _below(x: Balls, k: int) -> NDArray[np.bool_]:
    """Where a matrix is on or below the diagonal k."""
    rows, columns = x.shape[-2:]
    return np.tri(rows, columns, k, dtype=np.bool_)
