"""The values that derivatives need, and what is done about those that were written in the meantime.

That is the dimension `saved_value_written`. Nothing is copied when an op runs: a write leaves the value from before it
with whoever held that memory (see `write`), and the reverse pass looks up what each op would have kept. A recorded pass
(`create_graph`) differentiates at the new value.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from reference_engine.errors import SavedValueWritten
from reference_engine.semantics import Options, current, default
from reference_engine.variable import Value, Variable, value_of
from reference_engine.views import same_view, viewed
from reference_engine.writes import last_written


def prepare(nodes: Sequence[Variable], options: Options) -> None:
    """See to what `nodes`, the youngest first, saved, before a pass through them; may raise `SavedValueWritten`."""
    if nodes and Variable._last_write > nodes[-1].index:
        if options.saved_value_written == "raises":
            _check_unwritten(nodes)
        elif options.saved_value_written == "old_value":
            _restore(nodes)
    # Also without a write that the engine knows of: somebody may have written into an array that a leaf shares.
    if options is not default() and options.saved_value_written == "computed_again":
        _compute_again(nodes)


def saved_positions(node: Variable) -> set[int]:
    """Which of (output, *operands) the derivatives at `node` need the values of."""
    rules = () if node.op is None else node.op.rules_under(current())
    return {
        position
        for operand, rule in zip(node.operands, rules, strict=False)
        if rule is not None and isinstance(operand, Variable) and operand.requires_grad
        for position in rule.saves
    }


def _check_unwritten(nodes: Iterable[Variable]) -> None:
    """Raise `SavedValueWritten` if a value that the derivatives at `nodes` need was written after it was used."""
    for node in nodes:
        for position in saved_positions(node):
            saved = node.operands[position - 1] if position else node
            if isinstance(saved, Variable) and last_written(saved) > node.index:
                raise SavedValueWritten(
                    f"the derivative of {node.op!r} needs a value that was written in place after it was used: "
                    "write before it, or into a copy"
                )


def _restore(nodes: Iterable[Variable]) -> None:
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
    base = viewed(variable)
    if base is None or variable.saved is None:
        return variable.value
    return same_view(variable, _value_at(base, time))


def _compute_again(nodes: Sequence[Variable]) -> None:
    """Replace what `nodes` saved by what their ops give for the leaves as they are now."""
    values: dict[Variable, Value] = {}
    for node in reversed(nodes):
        if node.op is None or node.saved is None:
            continue
        arrays = [
            values.get(operand, operand.value) if isinstance(operand, Variable) else saved
            for operand, saved in zip(node.operands, node.saved[1:], strict=False)
        ]
        parameters = dict(zip(node.op.parameters, node.saved[1 + len(node.operands) :], strict=True))
        values[node] = value_of(node.op(*arrays, **parameters))
        node.saved = (values[node], *arrays, *parameters.values())
