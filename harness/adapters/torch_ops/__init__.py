"""The ops in PyTorch's words, a file for each kind; what it lacks, with the reason that the report shows."""

from harness.adapters.tables import together
from harness.adapters.torch_ops import (
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
