"""What becomes of a rule's result: shape, dtype and memory."""

import numpy as np
import pytest

from reference_engine import MixedDtypes, Variable, semantics
from reference_engine.contribution import Settling, check_combines


def settling(*, create_graph: bool = False, **options: str) -> Settling:
    with semantics.using(**options) as chosen:
        return Settling.of(chosen, functional=False, create_graph=create_graph)


def test_a_scalar_becomes_an_array_without_axes() -> None:
    x = Variable(2.0)
    settled = settling().settle(np.float64(3.0), np.ones(()), x * 1.0, x)
    assert (np.ndarray, (), 3.0) == (type(settled), settled.shape, settled)


def test_what_was_broadcast_and_promoted_is_summed_and_cast() -> None:
    x = Variable(np.ones(2, np.float32))
    node = x * np.ones((3, 2))
    settled = settling().settle(np.ones((3, 2)), node.value, node, x)
    assert ([3.0, 3.0], np.float32) == (settled.tolist(), settled.dtype)


def test_a_seed_that_nobody_checked_is_handed_on_as_it_is() -> None:
    x = Variable(np.ones(2))
    node, seed = x + 1.0, np.ones(2, np.float32)
    assert np.float32 == settling(seed_dtype="unchecked").settle(seed, seed, node, x).dtype
    assert np.float64 == settling().settle(seed, seed, node, x).dtype


@pytest.mark.parametrize(("buffers", "shared"), [("private", False), ("shared", True)])
def test_the_cotangent_itself_is_copied_where_buffers_are_private(buffers: str, shared: bool) -> None:
    x = Variable(np.ones(2))
    node, cotangent = x + 1.0, np.ones(2)
    assert shared == (settling(gradient_buffers=buffers).settle(cotangent, cotangent, node, x) is cotangent)


def test_a_recorded_contribution_is_never_copied() -> None:
    x = Variable(np.ones(2))
    cotangent = Variable(np.ones(2))
    assert settling(create_graph=True).settle(cotangent, cotangent, x + 1.0, x) is cotangent


def test_a_cotangent_of_another_dtype_combines_with_no_saved_value() -> None:
    x = Variable(np.ones(2))
    check_combines(np.ones(2, np.float32), x + 1.0)
    with pytest.raises(MixedDtypes, match="multiply"):
        check_combines(np.ones(2, np.float32), x * x)
