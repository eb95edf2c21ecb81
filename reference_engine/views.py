"""Gradients of views, by the option `of_the_base` of the dimension `view_gradients`."""

from collections.abc import Iterable
from operator import attrgetter

import numpy as np

from reference_engine.semantics import Options
from reference_engine.variable import Variable


def gradients_of_views(variables: Iterable[Variable], options: Options) -> None:
    """Make the gradients of `variables` that are views of others the same views of the others' gradients."""
    for view in sorted(variables, key=attrgetter("index")):
        base = _viewed(view)
        if base is None or base._grad is None or view._grad is None or options.view_gradients == "own":
            continue
        op, saved = view.op, view.saved
        if op is not None and saved is not None:
            view._grad = op.forward(base._grad, **dict(zip(op.parameters, saved[2:], strict=True)))


def _viewed(variable: Variable) -> Variable | None:
    """The variable in whose memory this one's value is, if an op put it there."""
    if len(variable.operands) != 1 or not isinstance(variable.operands[0], Variable):
        return None
    operand: Variable = variable.operands[0]
    return operand if np.may_share_memory(variable.value, operand.value) else None
