"""Operands of shapes that an op does not take are refused, as arrays and as variables; what it takes goes through."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import ShapeMismatch, Variable

Call = Callable[..., Any]

NUMBER, VECTOR, ROWS, WIDE = np.array(2.0), np.ones(3), np.ones((2, 3)), np.ones((1, 3))
IMAGE, STACK = np.ones((1, 2, 2, 2)), np.ones((2, 2, 2))
IDS, LABELS = np.array([0, 1]), np.array([0, 2])

AXES: tuple[tuple[str, Call], ...] = (
    ("sum", lambda x: engine.sum(x, axis=0)),
    ("prod", lambda x: engine.prod(x, axis=-1)),
    ("max", lambda x: engine.max(x, axis=0)),
    ("min", lambda x: engine.min(x, axis=(0,))),
    ("amax", lambda x: engine.amax(x, axis=0)),
    ("amin", lambda x: engine.amin(x, axis=0)),
    ("logsumexp", lambda x: engine.logsumexp(x, axis=0)),
    ("softmax", lambda x: engine.softmax(x)),
    ("log_softmax", lambda x: engine.log_softmax(x)),
    ("cumulative_sum", lambda x: engine.cumulative_sum(x)),
    ("cumulative_prod", lambda x: engine.cumulative_prod(x)),
    ("cumulative_logsumexp", lambda x: engine.cumulative_logsumexp(x)),
    ("cumulative_max", lambda x: engine.cumulative_max(x)),
    ("squeeze", lambda x: engine.squeeze(x, axis=0)),
    ("take", lambda x: engine.take(x, np.array([0]))),
    ("repeat", lambda x: engine.repeat(x, repeats=2, axis=0)),
    ("moveaxis", lambda x: engine.moveaxis(x, source=0, destination=1)),
    ("swapaxes", lambda x: engine.swapaxes(x, axis1=0, axis2=1)),
    ("vector_norm", lambda x: engine.vector_norm(x, axis=1)),
    ("diff", lambda x: engine.diff(x)),
)
"""Asked for an axis of an array that has none, which NumPy overlooks in some functions."""

OTHERS: tuple[tuple[Call, tuple[Any, ...]], ...] = (
    (engine.tril, (VECTOR,)),
    (engine.triu, (VECTOR,)),
    (engine.diagonal, (VECTOR,)),
    (engine.matrix_transpose, (VECTOR,)),
    (engine.det, (ROWS,)),
    (engine.inv, (WIDE,)),
    (engine.eigvalsh, (WIDE,)),
    (engine.cholesky, (WIDE,)),
    (engine.expm, (VECTOR,)),
    (lambda x: engine.matrix_power(x, n=2), (VECTOR,)),
    (engine.solve, (np.eye(2), np.ones(2))),
    (engine.solve, (np.stack([np.eye(2)] * 2), np.ones((2, 1)))),
    (engine.solve_triangular, (np.eye(3), np.ones((4, 2)))),
    (engine.cdist, (ROWS, np.ones((2, 1)))),
    (engine.linear, (ROWS, np.ones((3, 2)), np.ones(1))),
    (engine.bilinear, (ROWS, np.ones((1, 3)), np.ones((1, 3, 3)))),
    (engine.vecdot, (ROWS, np.ones((2, 1)))),
    (engine.cosine_similarity, (ROWS, np.ones((2, 1)))),
    (lambda x1, x2: engine.cosine_similarity(x1, x2, axis=0), (ROWS, np.ones((2, 2, 3)))),
    (lambda x1, x2: engine.tensordot(x1, x2, axes=((1,), (0,))), (VECTOR, VECTOR)),
    (lambda x1, x2: engine.einsum(x1, x2, subscripts="ij,jk->ik"), (np.ones((2, 1)), np.ones((3, 2)))),
    (engine.layer_norm, (ROWS, np.ones((1, 3)), VECTOR)),
    (engine.rms_norm, (ROWS, np.ones(1))),
    (engine.batch_norm, (ROWS, VECTOR, np.ones(1))),
    (engine.instance_norm, (ROWS, VECTOR, VECTOR)),
    (lambda *x: engine.group_norm(*x, num_groups=1), (IMAGE, np.ones((2, 1)), np.ones(2))),
    (lambda x: engine.local_response_norm(x, size=1, alpha=1.0, beta=1.0, k=1.0), (ROWS,)),
    (engine.prelu, (VECTOR, np.ones(1))),
    (lambda *x: engine.scaled_dot_product_attention(*x, scale=1.0), (IMAGE, IMAGE[:, :1], IMAGE)),
    (lambda x: engine.upsample_nearest(x, scale=(2, 2)), (IMAGE[None],)),
    (lambda x: engine.unfold(x, size=(1, 1)), (IMAGE[0],)),
    (engine.embedding, (IDS, VECTOR)),
    (engine.boolean_mask, (ROWS, np.zeros(0, np.bool_))),
    (engine.boolean_mask, (ROWS, np.array(True))),
    (lambda *x: engine.segment_sum(*x, num_segments=2), (WIDE, IDS)),
    (lambda *x: engine.segment_max(*x, num_segments=2), (VECTOR, IDS)),
    (engine.index_set, (ROWS, IDS, VECTOR)),
    (engine.index_add, (ROWS, IDS[None], ROWS)),
    (engine.index_max, (ROWS, IDS, NUMBER)),
    (engine.put_along_axis, (ROWS, np.zeros((1, 1), np.intp), np.ones((1, 1)))),
    (engine.cross_entropy, (ROWS, LABELS[:1])),
    (engine.nll_loss, (ROWS[None], LABELS)),
    (engine.mse_loss, (np.ones((3, 1)), VECTOR)),
    (engine.binary_cross_entropy, (ROWS, VECTOR)),
    (engine.gaussian_nll_loss, (ROWS, ROWS, np.ones((2, 1)))),
    (engine.soft_cross_entropy, (ROWS, VECTOR)),
    (engine.average, (ROWS, VECTOR)),
    (engine.trapezoid, (ROWS, np.ones(2))),
    (engine.correlate, (ROWS, VECTOR)),
    (engine.convolve, (np.ones(2), VECTOR)),
    (lambda x: engine.pad(x, before=(0, 1), after=(0, 1), mode="edge"), (STACK,)),
)  # fmt: skip


@pytest.mark.parametrize(("name", "function"), AXES, ids=[name for name, _ in AXES])
def test_an_axis_that_is_not_there_is_refused(name: str, function: Call) -> None:
    for number in (NUMBER, Variable(NUMBER)):
        with pytest.raises(ShapeMismatch, match=f"{name}: there is no axis -?[01] in an array of 0 axes"):
            function(number)


@pytest.mark.parametrize("number", range(len(OTHERS)))
def test_operands_of_other_shapes_are_refused(number: int) -> None:
    function, arrays = OTHERS[number]
    with pytest.raises(ShapeMismatch):
        function(*arrays)
    with pytest.raises(ShapeMismatch):
        function(*map(Variable, arrays))


def test_all_axes_of_a_number_are_none() -> None:
    assert (2.0, 2.0) == (engine.sum(NUMBER), engine.max(NUMBER, axis=()))


def test_an_axis_counts_from_the_end_where_the_others_broadcast() -> None:
    np.testing.assert_array_equal([3.0, 3.0], engine.vecdot(ROWS, VECTOR))
    with pytest.raises(ShapeMismatch, match=r"vecdot: shapes \(2, 3\) and \(3,\) do not go together along axis 0"):
        engine.vecdot(ROWS, VECTOR, axis=0)
