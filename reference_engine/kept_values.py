"""Values as they were before they were written in place, for semantics under which each op keeps its own copy.

Nothing is copied when an op runs. A write leaves the value from before it with whoever held that memory, and the
reverse pass looks up what each op would have kept. A recorded pass (`create_graph`) differentiates at the new value.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from reference_engine.variable import Value, Variable
from reference_engine.writes import saved_positions


def restore(nodes: Iterable[Variable]) -> None:
    """Give each of `nodes` back what its derivatives need as it was when the op ran."""
    for node in nodes:
        if node.saved is None:
            continue
        saved: list[Any] = list(node.saved)
        for position in saved_positions(node):
            variable = node.operands[position - 1] if position else node
            if isinstance(variable, Variable):
                saved[position] = _value_at(variable, node.index)
        node.saved = tuple(saved)


def _value_at(variable: Variable, time: int) -> Value:
    """The value of the variable before any write later than `time`."""
    earlier: list[tuple[int, Value]] = getattr(variable, "_before_writes", [])
    for written, before in earlier:
        if written > time:
            return before
    if variable.op is not None and variable.saved is not None:
        viewed = variable.operands[0]
        if isinstance(viewed, Variable) and np.may_share_memory(variable.value, viewed.value):
            parameters = variable.saved[1 + len(variable.operands) :]
            named = dict(zip(variable.op.parameters, parameters, strict=True))
            return np.asarray(variable.op.forward(_value_at(viewed, time), **named))
    return variable.value
