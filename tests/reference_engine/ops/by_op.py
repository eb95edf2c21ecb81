"""One test for each op, of all its samples: thousands of tests take more time to count than to run."""

from collections import defaultdict
from collections.abc import Iterable

import pytest

from tests.reference_engine.ops.samples import Sample


def by_op(samples: Iterable[Sample]) -> pytest.MarkDecorator:
    """`@by_op(SAMPLES)` gives a test, as its argument `samples`, those of one op."""
    of: defaultdict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        of[sample.op].append(sample)
    return pytest.mark.parametrize("samples", [pytest.param(several, id=op) for op, several in of.items()])
