"""Gradients of a single input, which are what the last derivative gave, and of several, which are added into zeros.

That is the options `shared_if_alone` of `gradient_buffers` and `promoted_if_alone` of `gradient_dtype`.
"""

from collections.abc import Collection
from typing import Any

import numpy as np

from reference_engine.buffers import buffers_of
from reference_engine.dtypes import SCALARS
from reference_engine.fit import fit
from reference_engine.semantics import Options
from reference_engine.variable import Variable

_HOLD_FLOAT64 = frozenset(
    {"mean", "max", "min", "amax", "amin", "var", "std", "maximum", "minimum", "where", "relu", "exp2", "log2", "log10"}
)
"""Ops whose derivatives hold float64 of their own: a count of elements, zeros to choose from, the logarithm of 2."""

_CASTS = frozenset({"cast", "recorded_discretized"})


def promoted(contribution: Any, node: Variable, operand: Variable) -> np.dtype[Any]:
    """The dtype of what `operand` gets from the derivative of `node`, if nobody casts it."""
    op = node.op.__name__ if node.op else ""
    own, given = operand.value.dtype, contribution.dtype
    if op in _CASTS or own.kind != "f" or given.kind != "f":
        return own
    is_power_of_number = op == "pow" and type(node.operands[0]) in SCALARS
    return np.result_type(own, given, np.float64 if op in _HOLD_FLOAT64 or is_power_of_number else own)


def handed_out(cotangents: dict[Variable, Any], inputs: Collection[Variable], options: Options) -> dict[Variable, Any]:
    """`cotangents` as a call for the gradients of `inputs` hands them out."""
    several = {variable for variable in inputs if variable.op is None}
    if len(several) < 2:
        return cotangents
    return {
        variable: _added_into_zeros(variable, cotangent, options) if variable in several else cotangent
        for variable, cotangent in cotangents.items()
    }


def _added_into_zeros(variable: Variable, cotangent: Any, options: Options) -> Any:
    if options.gradient_dtype == "promoted_if_alone" and variable.dtype.kind == "f":
        cotangent = fit(cotangent, cotangent.shape, variable.dtype)
    if isinstance(cotangent, np.ndarray) and buffers_of(options, functional=True) == "shared_if_alone":
        return cotangent.copy()
    return cotangent
