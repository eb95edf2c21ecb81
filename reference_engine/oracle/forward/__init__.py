"""The forward function of every op on arrays of balls, by the op's name, each straight from its definition.

Nothing here knows a derivative, and nothing is taken from the engine's own ops: what judges them has to be independent
of them. Choices between numbers are made only where the balls leave no doubt; else `Uncertain` is raised, and whoever
asked comes back with more bits. Outside its domain a function is NaN.
"""

from reference_engine.oracle.forward import elementwise, matrices, reductions, selection, shape
from reference_engine.oracle.forward.table import FORWARD

__all__ = ["FORWARD", "elementwise", "matrices", "reductions", "selection", "shape"]
