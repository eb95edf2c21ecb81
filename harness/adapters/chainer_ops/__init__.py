"""The ops in Chainer's words, a file for each kind; what it lacks, with the reason that the report shows."""

from harness.adapters.chainer_ops import (
    arrays,
    elementary,
    fourier,
    indexing,
    layers,
    linear_algebra,
    losses,
    networks,
    numbers,
    reductions,
    sorting,
    special_functions,
)
from harness.adapters.tables import together

OPS, LACKS = together(
    arrays,
    elementary,
    fourier,
    indexing,
    layers,
    linear_algebra,
    losses,
    networks,
    numbers,
    reductions,
    sorting,
    special_functions,
)
