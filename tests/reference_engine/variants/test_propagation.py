"""The pass under chosen options, of which none plays a part, does what that under the default options does."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable, semantics

PROGRAMS: list[Callable[[Any, Any], Any]] = [
    lambda x, w: engine.sum(engine.tanh(x @ w) ** 2),
    lambda x, w: engine.mean(x * x - x) + engine.sum(w) * engine.sum(w),
    lambda x, w: engine.sum(engine.softmax(x + w[0]) * x) + engine.sum(engine.relu(w)),
]


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_two_passes_agree_to_the_bit(program: Callable[[Any, Any], Any]) -> None:
    def gradients() -> list[bytes]:
        x, w = Variable([[1.5, -0.25], [2.0, 3.0]]), Variable([[0.5, 1.0], [-2.0, 0.75]])
        y = program(x, w)
        y.backward()
        first = engine.grad(program(x, w), [x, w], create_graph=True)
        second = engine.grad(engine.sum(first[0]) * engine.sum(first[1]), [x, w])
        return [np.asarray(one).tobytes() for one in (x.grad, w.grad, first[0].value, first[1].value, *second)]

    expected = gradients()
    with semantics.using(host_view="copied"):  # nobody asks for a host array
        assert expected == gradients()
