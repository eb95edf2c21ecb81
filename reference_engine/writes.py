"""Writing into values and gradients, and when it was done."""

from collections.abc import Iterator
from typing import Any, TypeVar

from numpy.typing import ArrayLike

from reference_engine.semantics import current
from reference_engine.variable import Value, Variable, tick, value_of
from reference_engine.views import viewed

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


def last_written(variable: Variable) -> int:
    """When the memory of the variable's value was last written; 0 if it never was."""
    return max(getattr(holder, "_written", 0) for holder in _holders(variable))


def _holders(variable: Variable) -> Iterator[Variable]:
    """The variable and, if its value is a view of what it was made from, that, and so on."""
    holder: Variable | None = variable
    while holder is not None:
        yield holder
        holder = viewed(holder)
