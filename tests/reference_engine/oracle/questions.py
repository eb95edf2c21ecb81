"""Short ways to ask the oracle."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_engine.oracle import (
    Applied,
    Differentiated,
    Function,
    Judgement,
    Leaf,
    Question,
    Tolerance,
    Truth,
    judge,
)

Step = Applied | Differentiated

_DTYPES_NUMPY_LACKS = {"bfloat16": "float32"}


def numbers(values: ArrayLike, dtype: str) -> NDArray[Any]:
    return np.asarray(values, _DTYPES_NUMPY_LACKS.get(dtype, dtype))


def leaf(name: str, values: ArrayLike, dtype: str = "float64") -> Leaf:
    return Leaf(name, numbers(values, dtype), dtype)


def step(name: str, op: str, *operands: str | complex, recorded: bool = True, **parameters: Any) -> Applied:
    return Applied(name, op, operands, tuple(parameters.items()), recorded)


def question(
    leaves: ArrayLike | list[Leaf], *steps: Step, dtype: str = "float64", of: str = "x", plain: bool = False
) -> Question:
    """The derivative of what the last step computes: one leaf is called x."""
    given = (
        leaves if isinstance(leaves, list) and leaves and isinstance(leaves[0], Leaf) else [leaf("x", leaves, dtype)]
    )
    return Question(Function(tuple(given), steps), of, ((steps[-1].names[-1], None),), plain)


def truth(*arguments: Any, **keywords: Any) -> Truth:
    return Truth(question(*arguments, **keywords))


def judged(asked: Question, reported: ArrayLike, dtype: str = "float64", ulps: float = 0.0) -> Judgement:
    return judge(Truth(asked), numbers(reported, dtype), dtype, Tolerance(ulps))
