"""The ops in TensorFlow's words, a file for each kind; what it lacks, with the reason that the report shows.

Functions of `tf.experimental.numpy` stand where `tf` and `tf.math` have none.
"""

from harness.adapters.tables import together
from harness.adapters.tensorflow_ops import (
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
