"""Steps of gradient descent."""

from collections.abc import Sequence
from warnings import warn

import numpy as np

from reference_engine.errors import NoGradients
from reference_engine.semantics import Options, current
from reference_engine.variable import Value, Variable
from reference_engine.writes import write


def sgd_step(variables: Sequence[Variable], learning_rate: float) -> None:
    """One step of gradient descent, written into each variable: `value - learning_rate * grad`.

    A variable without a gradient: `optimizer_without_gradient`. Precisions: `learning_rate`, `complex_step`.
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
            if step.dtype.kind == "c" and options.complex_step == "complex64":
                step = step.astype(np.complex64)
            downhill = options.step_direction == "downhill"
            write(variable, variable.value - step if downhill else variable.value + step)


def _gradient_for_step(variable: Variable, options: Options) -> Value | None:
    if variable.grad is None and options.optimizer_without_gradient == "raises":
        raise NoGradients(f"{variable!r} has no gradient: call backward before the step")
    if variable.grad is None and options.optimizer_without_gradient == "fills_with_zeros":
        variable._grad = np.zeros_like(variable.value)
    return variable.grad
