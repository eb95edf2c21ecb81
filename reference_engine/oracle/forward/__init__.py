"""The forward function of every op on arrays of balls, by the op's name, each straight from its definition.

Nothing here knows a derivative, and nothing is taken from the engine's own ops: what judges them has to be independent
of them. Choices between numbers are made only where the balls leave no doubt; else `Uncertain` is raised, and whoever
asked comes back with more bits. Outside its domain a function is NaN.

An op is added in the file of its family:

- a function of numbers under `@elementwise(name)`, one of the numbers over axes under `@reduction(name)`, any other one
  of arrays under `@forward(name)`; operands are positional, parameters by keyword, with the defaults of the op's row
- where the formula changes at a border of the domain ask `elementwise.side`; a choice between numbers goes through
  `selection.larger`, `smaller` or `Working.current.ordered`, and `chosen` for arrays: so a tie is noted, and a step
  that would lead across a choice is known to be too large
- what is computed inside a function of arrays goes through `for_each` or `Working.current.computed`: so equal numbers
  are known to be equal, and the work is counted
- an op whose value jumps at a tie is named in `evaluation.JUMPING`

A new module is imported below; an op without a function here is `not applicable`, with that reason. The samples of
`tests/reference_engine/ops/samples.py` then hold it against the engine's values, and its slopes against the rules.
"""

from reference_engine.oracle.forward import (
    activations,
    attention,
    complex_parts,
    eigenvalues,
    eigenvectors,
    elementwise,
    factorizations,
    fourier,
    images,
    indexing,
    linear_systems,
    losses,
    matrices,
    matrix_parts,
    missing,
    normalization,
    norms,
    numbers,
    reductions,
    selection,
    sequences,
    shape,
    sorting,
    special_functions,
    vector_products,
    whole_quotients,
    windows,
)
from reference_engine.oracle.forward.table import FORWARD

__all__ = [
    "FORWARD",
    "activations",
    "attention",
    "complex_parts",
    "eigenvalues",
    "eigenvectors",
    "elementwise",
    "factorizations",
    "fourier",
    "images",
    "indexing",
    "linear_systems",
    "losses",
    "matrices",
    "matrix_parts",
    "missing",
    "normalization",
    "norms",
    "numbers",
    "reductions",
    "selection",
    "sequences",
    "shape",
    "sorting",
    "special_functions",
    "vector_products",
    "whole_quotients",
    "windows",
]
