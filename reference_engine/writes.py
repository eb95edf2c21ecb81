"""Writing into values, and finding out that it was done in place."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar
from warnings import warn

import numpy as np
from numpy.typing import ArrayLike

from reference_engine.errors import NoGradients, SavedValueWritten
from reference_engine.semantics import Options, current
from reference_engine.variable import Value, Variable, tick, value_of

Target = TypeVar("Target", Variable, Value)


def write(target: Target, value: ArrayLike | Variable, index: Any = ...) -> Target:
    """Write `value` into `target[index]`, which is not recorded, and return what the target is afterwards.

    `target` is a variable, or an array such as `grad` returns. It is written in place, or a variable gets a new array
    and an array has a new one in its place, by the dimension `array_writes`. What the derivative of an earlier op
    needs: `saved_value_written`.
    """
    in_place = current().array_writes != "new_array"
    if not isinstance(target, Variable):
        array = target if in_place else target.copy()
        array[index] = value_of(value)
        return array
    if in_place:
        Variable._last_write = tick()
        keeps_values = current().saved_value_written == "old_value"
        for holder in _holders(target):
            holder._written = Variable._last_write
            if keeps_values:
                _keep_value(holder)
    else:
        target.value = target.value.copy()  # ops that came before hold the old array
    target.value[index] = value_of(value)
    return target


def _keep_value(holder: Variable) -> None:
    """Let the variable remember its value from before the write that is about to be made."""
    before = (Variable._last_write, holder.value.copy())
    holder._before_writes = [*getattr(holder, "_before_writes", ()), before]


def write_grad(variable: Variable, value: ArrayLike | Variable, index: Any = ...) -> None:
    """Write `value` into `variable.grad[index]`: in place, or into a copy that takes its place, as `write` does.

    Raises `TypeError` if there is no gradient.
    """
    gradient = variable.grad
    if gradient is None:
        raise TypeError(f"{variable!r} has no gradient to write into: call backward before")
    variable._grad = write(gradient, value, index)


def check_unwritten(nodes: Iterable[Variable]) -> None:
    """Raise `SavedValueWritten` if a value that the derivatives at `nodes` need was written after it was used."""
    for node in nodes:
        for position in saved_positions(node):
            saved = node.operands[position - 1] if position else node
            if isinstance(saved, Variable) and _last_written(saved) > node.index:
                raise SavedValueWritten(
                    f"the derivative of {node.op!r} needs a value that was written in place after it was used: "
                    "write before it, or into a copy"
                )


def compute_again(nodes: Sequence[Variable]) -> None:
    """Replace what `nodes`, the youngest first, saved by what their ops give for the leaves as they are now."""
    values: dict[Variable, Value] = {}
    for node in reversed(nodes):
        if node.op is None or node.saved is None:
            continue
        count = len(node.operands)
        arrays = [
            values.get(operand, operand.value) if isinstance(operand, Variable) else saved
            for operand, saved in zip(node.operands, node.saved[1:], strict=False)
        ]
        parameters = dict(zip(node.op.parameters, node.saved[1 + count :], strict=True))
        values[node] = value_of(node.op(*arrays, **parameters))
        node.saved = (values[node], *arrays, *parameters.values())


def saved_positions(node: Variable) -> set[int]:
    """Which of (output, *operands) the derivatives at `node` need the values of."""
    rules = () if node.op is None else node.op.rules_under(current())
    return {
        position
        for operand, rule in zip(node.operands, rules, strict=False)
        if rule is not None and isinstance(operand, Variable) and operand.requires_grad
        for position in rule.saves
    }


def _last_written(variable: Variable) -> int:
    return max(getattr(holder, "_written", 0) for holder in _holders(variable))


def _holders(variable: Variable) -> Iterator[Variable]:
    """The variable and, if its value is a view of what it was made from, that, and so on."""
    yield variable
    while variable.operands:
        viewed = variable.operands[0]  # an op whose result is a view has one operand
        if not isinstance(viewed, Variable) or not np.may_share_memory(variable.value, viewed.value):
            return
        yield viewed
        variable = viewed


def sgd_step(variables: Sequence[Variable], learning_rate: float) -> None:
    """One step of gradient descent, written into each variable: `value - learning_rate * grad`.

    A variable without a gradient: `optimizer_without_gradient`. The rate's precision: `learning_rate`.
    """
    options = current()
    rate = learning_rate if options.learning_rate == "exact" else float(np.float32(learning_rate))
    missing = sum(variable.grad is None for variable in variables)
    if missing and options.optimizer_without_gradient == "raises_if_all_missing":
        if missing == len(variables):
            raise NoGradients("no variable has a gradient: nothing connects them to what backward was called on")
        warn(f"{missing} of {len(variables)} variables have no gradient", stacklevel=2)
    for variable in variables:
        gradient = _gradient_for_step(variable, options)
        if gradient is not None:
            step = rate * gradient
            downhill = options.step_direction == "downhill"
            write(variable, variable.value - step if downhill else variable.value + step)


def _gradient_for_step(variable: Variable, options: Options) -> Value | None:
    if variable.grad is None and options.optimizer_without_gradient == "raises":
        raise NoGradients(f"{variable!r} has no gradient: call backward before the step")
    if variable.grad is None and options.optimizer_without_gradient == "fills_with_zeros":
        variable._grad = np.zeros_like(variable.value)
    return variable.grad
