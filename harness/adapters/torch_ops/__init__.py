"""The ops in PyTorch's words, a file for each kind; what it lacks, with the reason that the report shows."""

from harness.adapters.base import Template
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

OPS: dict[str, Template] = {
    **elementary.OPS,
    **reductions.OPS,
    **linear_algebra.OPS,
    **arrays.OPS,
    **networks.OPS,
    **layers.OPS,
    **losses.OPS,
    **special_functions.OPS,
    **indexing.OPS,
    **sorting.OPS,
    **fourier.OPS,
    **numbers.OPS,
}
LACKS: dict[str, str] = {
    **networks.LACKS,
    **layers.LACKS,
    **losses.LACKS,
    **special_functions.LACKS,
    **reductions.LACKS,
    **fourier.LACKS,
    **numbers.LACKS,
}
