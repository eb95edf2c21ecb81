"""Parts of matrices, and matrices made of parts. Nothing is computed but sums: elements are picked and put."""

import numpy as np

from reference_engine.op import Array, op
from reference_engine.ops.indexing import getitem, putitem
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.shape import permute_dims
from reference_engine.shapes import check_least_ndim, check_ndim

Places = tuple[Array, Array]


def matrix_transpose(x: Array) -> Array:
    """The matrices on the last two axes with rows and columns swapped."""
    check_least_ndim("matrix_transpose", "x", x, 2)
    return permute_dims(x, axes=(*range(x.ndim - 2), x.ndim - 1, x.ndim - 2))


def diagonal(x: Array, *, offset: int = 0) -> Array:
    """x[i, i + offset] of the matrices on the last two axes: above the main diagonal for a positive offset."""
    check_least_ndim("diagonal", "x", x, 2)
    return getitem(x, index=(..., *_on_diagonal(x.shape[-2], x.shape[-1], offset)))


def trace(x: Array) -> Array:
    """The sum of the elements x[i, i] of the matrices on the last two axes."""
    return sum_of(diagonal(x), axis=-1)


def diag(x: Array, *, offset: int = 0) -> Array:
    """The matrix with the vector x on a diagonal, and 0 elsewhere."""
    check_ndim("diag", "x", x, 1)
    size = x.shape[0] + abs(offset)
    return putitem(x, shape=(size, size), index=_on_diagonal(size, size, offset))


def _on_diagonal(rows: int, columns: int, offset: int) -> Places:
    start = max(-offset, 0)
    row = np.arange(start, max(min(rows, columns - offset), start))
    return row, row + offset


@op
def tril(x: Array, *, k: int = 0) -> Array:
    """x[i, j] where j <= i + k, else 0: the lower triangle.  What is set to 0 gets no cotangent."""
    check_least_ndim("tril", "x", x, 2)
    return np.tril(x, k)


@tril.derivative("x")
def _(g: Array, k: int) -> Array:
    return tril(g, k=k)


@op
def triu(x: Array, *, k: int = 0) -> Array:
    """x[i, j] where j >= i + k, else 0: the upper triangle.  What is set to 0 gets no cotangent."""
    check_least_ndim("triu", "x", x, 2)
    return np.triu(x, k)


@triu.derivative("x")
def _(g: Array, k: int) -> Array:
    return triu(g, k=k)
