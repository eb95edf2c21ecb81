"""Whose memory gradients are in, by the dimensions `gradient_buffers` and `returned_buffers`."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from reference_engine.semantics import Options
from reference_engine.variable import Variable


def buffers_of(options: Options, *, functional: bool) -> str:
    """The option of `gradient_buffers` that holds for backward, or for `grad`, the functional form."""
    if options.accumulation_write == "in_place_borrowed":
        return "shared"  # the fault is to write into what is shared
    return "shared" if functional and options.returned_buffers == "shared" else options.gradient_buffers


def is_copied(contribution: Any, cotangent: Any, buffers: str) -> bool:
    """Whether what a rule gave is copied: it may be the cotangent itself, a view of it, or an array of its own."""
    if contribution is cotangent:
        return buffers == "private"
    if contribution.base is None:
        return False
    # One that broadcast_to made cannot be written into, so it is always copied.
    if buffers in ("private", "handed_on") or not contribution.flags.writeable:
        return True
    return buffers == "shared_if_contiguous" and not contribution.flags.c_contiguous


def stored(
    cotangents: dict[Variable, Any], output: Variable, options: Options, *, is_seeded: bool
) -> dict[Variable, Any]:
    """The cotangents of a pass from `output`, as `gradient_buffers` stores them, or has grad return them."""
    copies: Callable[[Variable, Any], bool]
    if options.gradient_buffers == "handed_on":

        def copies(variable: Variable, cotangent: Any) -> bool:
            return variable.op is not None and not is_seeded

    elif options.gradient_buffers == "shared_if_alone":
        inputs = [variable for variable in cotangents if variable.op is None]

        def copies(variable: Variable, cotangent: Any) -> bool:
            """Without a seed of the caller's, each value's gradient is the answer of a call of its own."""
            return not is_seeded or (variable.op is None and len(inputs) > 1)

    elif options.gradient_buffers == "views":
        seed = cotangents.get(output)
        waiting = Counter(id(cotangent) for variable, cotangent in cotangents.items() if variable.op is None)

        def copies(variable: Variable, cotangent: Any) -> bool:
            """The last leaf to which an array is handed has it, if the array is not the caller's seed."""
            if variable.op is not None:
                return True
            waiting[id(cotangent)] -= 1
            return cotangent is seed or waiting[id(cotangent)] > 0 or not cotangent.flags.c_contiguous

    else:
        return cotangents
    return {
        variable: cotangent.copy() if copies(variable, cotangent) else cotangent
        for variable, cotangent in cotangents.items()
    }
