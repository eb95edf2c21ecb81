"""What a use by a recorded op does to what is used: it may lock arrays, and clear gradients.

That is the option `locked` of the dimension `array_writes`, and `cleared` of `gradient_after_use`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from reference_engine.semantics import Options
from reference_engine.variable import Value, Variable
from reference_engine.variants.locks import lock


def use(operands: Sequence[Any], arrays: Sequence[Any], result: Value, options: Options) -> None:
    """Note that an op made `result` from `operands`, whose values are `arrays`.

    What gives a view is no use that clears gradients.
    """
    if options.array_writes == "locked":
        lock((*arrays, result))
    if any(np.may_share_memory(result, array) for array in arrays):
        return
    for operand in operands:
        if isinstance(operand, Variable) and operand._grad is not None and options.gradient_after_use == "cleared":
            operand._grad = None
