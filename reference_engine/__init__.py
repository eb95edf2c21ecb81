"""The reference engine: reverse-mode automatic differentiation on NumPy, small enough to be read and believed.

    import numpy as np
    from reference_engine import Variable, tanh

    x = Variable(np.array([0.0, 1.0]))
    y = tanh(x * 2.0)
    y.backward(seed=np.ones(2))
    print(x.grad)

`variable` is a value and how it was made, `op` and `rule` what an op is, `ops` all of them by family, `backward` the
reverse pass, `semantics` the named points on which frameworks legitimately differ or engines are mistaken, and
`variants` what the options there ask of the engine beside its defaults. The engine follows `np.errstate` going
forward, and is silent going backward.
"""

from reference_engine.variable import Variable  # first: this module closes the package's one cycle of imports

# isort: split
from reference_engine import ops, semantics
from reference_engine.errors import (
    ComplexOutput,
    EngineError,
    GraphFreed,
    IntegerInput,
    MissingCotangent,
    MixedDtypes,
    NoDerivative,
    NoGradients,
    NothingRecorded,
    NotPositiveDefinite,
    SavedValueWritten,
    SeedMismatch,
    SeedRequired,
    ShapeMismatch,
    SingularMatrix,
    TooManyVisits,
    UnconnectedInput,
    UnknownDimension,
    UnknownOption,
    UnsupportedDtype,
)
from reference_engine.gradients import grad
from reference_engine.ops import *  # noqa: F403 -- each op, as listed there
from reference_engine.optimizer import sgd_step
from reference_engine.recording import not_recording, recording
from reference_engine.writes import write

__all__ = [
    "ComplexOutput",
    "EngineError",
    "GraphFreed",
    "IntegerInput",
    "MissingCotangent",
    "MixedDtypes",
    "NoDerivative",
    "NoGradients",
    "NotPositiveDefinite",
    "NothingRecorded",
    "SavedValueWritten",
    "SeedMismatch",
    "SeedRequired",
    "ShapeMismatch",
    "SingularMatrix",
    "TooManyVisits",
    "UnconnectedInput",
    "UnknownDimension",
    "UnknownOption",
    "UnsupportedDtype",
    "Variable",
    "grad",
    "not_recording",
    "recording",
    "semantics",
    "sgd_step",
    "write",
]
__all__ += ops.__all__
