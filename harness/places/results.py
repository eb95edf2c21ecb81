"""What an op gives at a place, as the reference engine computes it: enough to weigh the result by a seed."""

import warnings
from typing import Any

import numpy as np

import reference_engine
from harness.arrays import Array
from harness.literals import plain_value
from harness.places.place import Place, is_array


def result(op: str, place: Place, dtype: str = "float64") -> np.ndarray[Any, Any] | None:
    """The result, with floats in `dtype`; None if the engine refuses the operands, which is an answer too."""
    operands = [
        Array.of(operand, operand_dtype(operand, dtype)).numpy() if is_array(operand) else operand
        for operand in place.operands
    ]
    parameters = {name: plain_value(value) for name, value in place.parameters.items()}
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
        try:
            return np.asarray(getattr(reference_engine, op)(*operands, **parameters))
        except (ValueError, TypeError, IndexError, ArithmeticError):
            return None


def operand_dtype(operand: Any, dtype: str = "float64") -> str:
    """The dtype of an array operand: `dtype` if it holds floats, complex128 if complex numbers; else int64 or bool."""
    return {"f": dtype, "c": "complex128", "i": "int64", "b": "bool"}[np.asarray(operand).dtype.kind]
