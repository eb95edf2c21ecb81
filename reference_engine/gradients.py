"""The verbs: backward, grad, and reading a gradient."""

from collections.abc import Sequence
from typing import Any, Literal
from warnings import warn

import numpy as np
from numpy.typing import ArrayLike

from reference_engine.backward import gives_up, reverse_pass
from reference_engine.buffers import stored
from reference_engine.errors import UnconnectedInput
from reference_engine.foreign import as_array
from reference_engine.ops.casting import conj
from reference_engine.seeds import seeded
from reference_engine.semantics import Options, current, default
from reference_engine.variable import Value, Variable, constant, tick
from reference_engine.variants.forgotten_graphs import forget
from reference_engine.variants.single_inputs import handed_out
from reference_engine.variants.view_gradients import gradients_of_views


def backward(output: Variable, seed: ArrayLike | None = None, *, keep_graph: bool = False) -> None:
    """Leave the derivative of `output` in `.grad` of every variable it was computed from: see `Variable.backward`."""
    options = current()
    cotangents = seeded([output], [seed])
    reverse_pass(cotangents, keep_graph=keep_graph)
    Variable._last_pass = tick()
    if options.gradient_buffers != "private":
        cotangents = stored(cotangents, output, options, is_seeded=seed is not None)
    if options is not default():
        cotangents = handed_out(cotangents, cotangents, options)
    keeps_all = options.intermediate_gradients == "kept"
    for variable, cotangent in cotangents.items():
        if keeps_all or variable.op is None or _retains(variable):
            gradient = _gradient(variable, cotangent, options)
            if seed is not None and variable is output and _adds_to_the_seed(variable, gradient, options):
                continue
            _receive(variable, gradient, options)
    if options is not default():
        gradients_of_views(cotangents, options)
        if gives_up(options, keep_graph=keep_graph):
            forget([output], options)


def grad(
    outputs: Variable | Sequence[Variable],
    inputs: Variable | Sequence[Variable],
    seeds: Sequence[Any] | None = None,
    *,
    create_graph: bool = False,
    keep_graph: bool = False,
    set_grad: bool = False,
    retain_grad: bool = False,
    unconnected: Literal["none", "zeros"] | None = None,
) -> list[Any]:
    """The derivatives, with respect to each of `inputs`, of the sum of `outputs` weighed by `seeds`.

    They are arrays of the inputs' shapes and dtypes, or Variables that can be differentiated again with
    `create_graph`; where the outputs do not depend on an input, what `unconnected` asks for, or else the dimension
    `unconnected_input`. `.grad` stays as it is, except the inputs' with `set_grad` and, with `retain_grad`, that of the
    variables on the way to them, outputs included. `keep_graph` and errors: see `Variable.backward`; and
    `UnconnectedInput`.
    """
    options = current()
    outputs = [outputs] if isinstance(outputs, Variable) else list(outputs)
    inputs = [inputs] if isinstance(inputs, Variable) else list(inputs)
    cotangents = seeded(outputs, seeds or [None] * len(outputs), functional=True, create_graph=create_graph)
    reverse_pass(cotangents, inputs=inputs, keep_graph=keep_graph, create_graph=create_graph)
    if options.gradient_buffers != "private" and options.returned_buffers == "as_backward" and not create_graph:
        cotangents = stored(cotangents, outputs[0], options, is_seeded=seeds is not None)
    if options is not default():
        cotangents = handed_out(cotangents, inputs, options)
    found = {variable: _gradient(variable, cotangent, options) for variable, cotangent in cotangents.items()}
    absent = unconnected or options.unconnected_input
    gradients = [
        found[variable] if variable in found else _unconnected(variable, absent, options) for variable in inputs
    ]
    if set_grad or retain_grad:
        shown = dict(zip(inputs, gradients, strict=True)) if set_grad else {}
        if retain_grad:
            on_the_way = found.keys() - set(inputs)
            shown.update((one, found[one]) for one in on_the_way if one.op is not None)
        for variable, gradient in shown.items():
            variable._grad = None
            value = gradient.value if isinstance(gradient, Variable) else gradient
            _receive(variable, None if value is None else value.copy(), options)
    if options is not default() and gives_up(options, keep_graph=keep_graph, create_graph=create_graph):
        forget(outputs, options)
    if create_graph:
        return [one if one is None or isinstance(one, Variable) else constant(one) for one in gradients]
    return gradients


def read(variable: Variable) -> Value | None:
    """The gradient of `variable` as the semantics in force show it."""
    options = current()
    gradient = variable._grad
    if options is default():
        return gradient
    if options.accumulation == "stateless" and getattr(variable, "_grad_pass", 0) != Variable._last_pass:
        gradient = None
    if gradient is not None:
        return gradient
    if variable.op is not None and options.intermediate_gradients != "kept" and not _retains(variable):
        if options.intermediate_gradients == "dropped_with_warning":
            message = "the gradient of a variable that was computed is not kept; call its retain_grad() before backward"
            warn(message, stacklevel=3)
        return None
    if options.unconnected_input == "zeros" and variable.requires_grad and _is_asked_for(variable):
        return np.zeros_like(variable.value)
    return None


def _is_asked_for(variable: Variable) -> bool:
    """Whether there was a pass since the variable was made, and since its gradient was cleared."""
    return Variable._last_pass > max(variable.index, getattr(variable, "_grad_pass", 0))


def _retains(variable: Variable) -> bool:
    return getattr(variable, "_retains_grad", False)


def _gradient(variable: Variable, cotangent: Any, options: Options) -> Any:
    """The gradient that the user is given: in the chosen convention of complex numbers and of integers."""
    kind = variable.value.dtype.kind
    if cotangent.dtype.kind == "c":
        if options.complex_gradient == "conjugate":
            cotangent = conj(cotangent)
    elif kind not in "fc" and options.integer_input not in ("value", "refused_by_ops"):
        return np.zeros_like(cotangent) if options.integer_input == "zeros" else None
    return np.asarray(cotangent) if isinstance(cotangent, np.generic) else cotangent


def _adds_to_the_seed(output: Variable, seed: Value | None, options: Options) -> bool:
    """Add a seed to that of an earlier pass, in place and so in the caller's array, as mistaken engines do."""
    if output._grad is None or seed is None or options.seed_use != "kept_by_reference":
        return False
    output._grad += seed
    return True


def _unconnected(variable: Variable, option: str, options: Options) -> Value | None:
    if variable._grad is not None and options.unused_input == "stale":
        return variable._grad
    if option == "raises":
        raise UnconnectedInput(f"the outputs do not depend on {variable!r}; unconnected_input says what to give then")
    return np.zeros_like(variable.value) if option == "zeros" else None


def _receive(variable: Variable, gradient: Value | None, options: Options) -> None:
    """Put a gradient into `.grad`, with what is there."""
    earlier = variable._grad
    if earlier is None or gradient is None or not _adds(variable, options):
        variable._grad = gradient
    elif options.contributions != "added":
        variable._grad = gradient if options.contributions == "last_kept" else earlier
    elif options.accumulation_write == "rebinds":
        variable._grad = as_array(earlier + gradient)
    else:
        earlier += gradient
    if options.accumulation == "stateless":
        variable._grad_pass = Variable._last_pass


def _adds(variable: Variable, options: Options) -> bool:
    """Whether the gradient of a pass is added to that of an earlier one; `options.accumulation` and what refines it."""
    if options.accumulation != "adds":
        return False
    return variable.op is None or (options.retained_gradients == "adds" and options.second_pass == "starts_afresh")
