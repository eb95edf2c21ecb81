"""Values in the memory of others: which variable another is a view of, and the same view of another array."""

import numpy as np

from reference_engine.foreign import as_array
from reference_engine.variable import Value, Variable


def viewed(variable: Variable) -> Variable | None:
    """The variable in whose memory this one's value is, if an op put it there; such an op has one operand."""
    if len(variable.operands) != 1 or not isinstance(variable.operands[0], Variable):
        return None
    operand: Variable = variable.operands[0]
    return operand if np.may_share_memory(variable.value, operand.value) else None


def same_view(view: Variable, array: Value) -> Value:
    """What the op that made `view`, whose graph has not been freed, makes of `array` in place of its operand."""
    assert view.op is not None
    assert view.saved is not None
    parameters = view.saved[2:]  # behind the output and the one operand
    seen: Value = as_array(view.op.forward(array, **dict(zip(view.op.parameters, parameters, strict=True))))
    return seen
