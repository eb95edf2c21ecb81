"""Everything that the reference engine raises on purpose.

    EngineError
    +-- GraphFreed            the graph, or the values it saved, were given up by an earlier backward pass
    +-- NothingRecorded       backward from a variable that was computed from nothing that requires a gradient
    +-- SeedRequired          backward from an array of several elements without a seed
    +-- ComplexOutput         backward from a complex number without a seed, under semantics that ask for one
    +-- SeedMismatch          the seed has not the shape of the output, or not its dtype
    +-- ShapeMismatch         an op does not take operands of these shapes
    +-- MissingCotangent      an op computed with a cotangent that nobody gave
    +-- UnconnectedInput      the outputs do not depend on an input
    +-- TooManyVisits         a mistaken pass that visits each op once for each path to it came to no end
    +-- SavedValueWritten     a value that the reverse pass needs was written in place after it was used
    +-- IntegerInput          a gradient is asked of integers
    +-- UnsupportedDtype      values of a dtype the engine does not compute with
    +-- MixedDtypes           operands of different dtypes, under semantics that do not promote
    +-- NoDerivative          an op without a derivative, under semantics that refuse it what requires a gradient
    +-- SingularMatrix        the derivative divides by a determinant that is 0, under semantics that do so
    +-- NoGradients           an optimizer step of which no variable has a gradient
    +-- UnknownDimension      semantics has no dimension of that name
    +-- UnknownOption         the dimension has no option of that name

`str(error)` says what happened and what to do. What deserves no more than a warning is a plain `UserWarning`, the
category that the frameworks use.
"""


class EngineError(Exception):
    """The base of the tree."""


class GraphFreed(EngineError):
    """The graph, or the values it saved, were given up by an earlier backward pass."""


class NothingRecorded(EngineError):
    """Backward from a variable that was computed from nothing that requires a gradient."""


class SeedRequired(EngineError):
    """Backward from an array of several elements without a seed."""


class ComplexOutput(EngineError):
    """Backward from a complex number without a seed, under semantics that ask for one."""


class SeedMismatch(EngineError):
    """The seed has not the shape of the output, or not its dtype."""


class ShapeMismatch(EngineError, ValueError):
    """An op does not take operands of these shapes."""


class MissingCotangent(EngineError, TypeError):
    """An op computed with a cotangent that nobody gave."""


class UnconnectedInput(EngineError):
    """The outputs do not depend on an input."""


class TooManyVisits(EngineError):
    """A mistaken pass that visits each op once for each path to it came to no end."""


class SavedValueWritten(EngineError):
    """A value that the reverse pass needs was written in place after it was used."""


class IntegerInput(EngineError, TypeError):
    """A gradient is asked of integers."""


class UnsupportedDtype(EngineError, TypeError):
    """Values of a dtype the engine does not compute with."""


class MixedDtypes(EngineError, TypeError):
    """Operands of different dtypes, under semantics that do not promote."""


class NoDerivative(EngineError):
    """An op without a derivative, under semantics that refuse it what requires a gradient."""


class SingularMatrix(EngineError, ArithmeticError):
    """A matrix without an inverse is inverted, or a derivative divides by its determinant."""


class NotPositiveDefinite(EngineError, ArithmeticError):
    """A matrix has no Cholesky factor."""


class NoGradients(EngineError, ValueError):
    """An optimizer step of which no variable has a gradient."""


class UnknownDimension(EngineError, LookupError):
    """Semantics has no dimension of that name."""


class UnknownOption(EngineError, LookupError):
    """The dimension has no option of that name."""
