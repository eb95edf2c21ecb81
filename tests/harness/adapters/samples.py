"""Sample calls of every op, as data: operands away from kinks, parameters, the shape of the result.

Each sample is also a Program that asks for the value and, where the op has a derivative, for the gradient of each
operand under a fixed seed that is different at every element; so an adapter's table is tested by running `SAMPLES`.
"""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from harness.arrays import Array
from harness.literals import Number, Value, index_of
from harness.ops import OPS
from harness.program import AnyStep, Apply, Backward, Input, Observe, Operand, Program, Quantity

_COMPARISONS = ("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")

CONSTANT_OPS = frozenset({*_COMPARISONS, "stop_gradient"})
"""Ops whose results are constants to differentiation: samples of them observe the value alone."""

STEP_OPS = frozenset({"sign", "floor", "ceil", "round", "trunc"})
"""Ops that are constant between their jumps: a framework may answer zeros or None for their gradient."""


@dataclass(frozen=True)
class Sample:
    """One call of one op. Operands are nested tuples (arrays) and Python numbers (numbers beside arrays)."""

    op: str
    operands: tuple[Any, ...]
    result: tuple[int, ...]
    """The shape of the result."""
    parameters: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        texts = [str(operand) if np.isscalar(operand) else f"{np.shape(operand)}" for operand in self.operands]
        texts += [f"{name}={value}" for name, value in self.parameters.items()]
        return f"{self.op}({', '.join(texts)})"

    @property
    def has_gradient(self) -> bool:
        return self.op not in CONSTANT_OPS

    @property
    def inputs(self) -> dict[str, Array]:
        """The array operands under the names that the program gives them."""
        names = (name.lstrip("*") for name in OPS[self.op].operands)
        if OPS[self.op].variadic:
            names = (f"x{number}" for number in range(1, len(self.operands) + 1))
        named = zip(names, self.operands, strict=True)
        return {name: Array.of(operand) for name, operand in named if not np.isscalar(operand)}

    @property
    def differentiated(self) -> tuple[str, ...]:
        """The names of the inputs that have a gradient: those of a floating dtype, where the op has a derivative."""
        return tuple(name for name, array in self.inputs.items() if self.has_gradient and array.dtype == "float64")

    @property
    def seed(self) -> Array:
        """0.5, 0.75, 1.0, ... in the shape of the result, in its dtype."""
        dtype = self.parameters.get("dtype", "float64")
        return Array.of(0.5 + 0.25 * np.arange(math.prod(self.result)).reshape(self.result), dtype)

    @property
    def program(self) -> Program:
        """Inputs, `y = op(...)`, and the points `y` and `NAME.grad` for each of `differentiated`."""
        names = iter(self.inputs)
        operands: tuple[Operand, ...] = tuple(
            _scalar(operand) if np.isscalar(operand) else next(names) for operand in self.operands
        )
        parameters = {name: _parameter(name, value) for name, value in self.parameters.items()}
        steps: list[AnyStep] = [
            Input(name, array, requires_grad=name in self.differentiated) for name, array in self.inputs.items()
        ]
        steps += [Apply("y", self.op, operands, parameters), Observe("y", "content", (Quantity("y"),))]
        if self.differentiated:
            steps += [Input("seed", self.seed, requires_grad=False), Backward("y", "seed")]
        for name in self.differentiated:
            steps.append(Observe(f"{name}.grad", "content", (Quantity(name, "gradient"),)))
        return Program(tuple(steps))


def _scalar(value: Any) -> Operand:
    return Number.of(value) if isinstance(value, float) else value


def _parameter(name: str, value: Any) -> Value:
    if name == "index":
        return index_of(value)
    return Number.of(value) if isinstance(value, float) else value


def sample(op: str, *operands: Any, result: tuple[int, ...], **parameters: Any) -> Sample:
    return Sample(op, operands, result, parameters)


ZERO_DIMENSIONAL = np.array(0.625)
VECTOR = (0.3, -0.7, 1.2)
OTHER_VECTOR = (1.1, 0.45, -0.9)
MATRIX = ((0.3, -0.7, 1.2), (1.7, 0.4, -1.1))
OTHER_MATRIX = ((-0.2, 1.3, 0.8), (0.6, -1.9, 2.1))
COLUMN = ((0.9,), (-1.4,))
POSITIVE = ((0.3, 0.7, 1.2), (1.7, 2.4, 3.1))
FRACTIONS = (0.3, -0.7, 0.15)
ABOVE_ONE = (1.3, 2.7, 1.05)
CUBE = (((0.3, -0.7), (1.2, 0.9)), ((1.7, 0.4), (-1.1, 2.2)), ((-0.5, 0.6), (0.1, -1.8)))

_UNARY: dict[str, Any] = {
    "negative": VECTOR,
    "positive": VECTOR,
    "reciprocal": VECTOR,
    "square": VECTOR,
    "sqrt": POSITIVE,
    "exp": MATRIX,
    "expm1": (0.3, -0.7, 1e-9),
    "exp2": VECTOR,
    "log": POSITIVE,
    "log1p": (0.3, -0.7, 1e-9),
    "log2": POSITIVE,
    "log10": POSITIVE,
    "sin": VECTOR,
    "cos": VECTOR,
    "tan": VECTOR,
    "asin": FRACTIONS,
    "acos": FRACTIONS,
    "atan": VECTOR,
    "sinh": VECTOR,
    "cosh": VECTOR,
    "tanh": VECTOR,
    "asinh": VECTOR,
    "acosh": ABOVE_ONE,
    "atanh": FRACTIONS,
    "abs": VECTOR,
    "sign": VECTOR,
    "floor": VECTOR,
    "ceil": VECTOR,
    "round": VECTOR,
    "trunc": VECTOR,
    "stop_gradient": VECTOR,
    "relu": MATRIX,
    "sigmoid": MATRIX,
    "softplus": MATRIX,
}

_ELEMENTWISE = (
    *(sample(op, x, result=np.shape(x)) for op, x in _UNARY.items()),
    *(sample(op, ZERO_DIMENSIONAL, result=()) for op in ("negative", "exp", "tanh", "abs", "relu", "sigmoid")),
)

_ARITHMETIC = (
    *(sample(op, VECTOR, OTHER_VECTOR, result=(3,)) for op in ("add", "subtract", "multiply", "divide")),
    *(sample(op, MATRIX, COLUMN, result=(2, 3)) for op in ("add", "subtract", "multiply", "divide")),
    *(sample(op, VECTOR, MATRIX, result=(2, 3)) for op in ("add", "subtract", "multiply", "divide")),
    *(sample(op, 2, VECTOR, result=(3,)) for op in ("add", "subtract", "multiply", "divide")),
    *(sample(op, VECTOR, -0.5, result=(3,)) for op in ("add", "subtract", "multiply", "divide")),
    sample("multiply", ZERO_DIMENSIONAL, MATRIX, result=(2, 3)),
    sample("pow", VECTOR, 2, result=(3,)),
    sample("pow", VECTOR, 3.0, result=(3,)),
    sample("pow", POSITIVE, -0.5, result=(2, 3)),
    sample("pow", 2.5, VECTOR, result=(3,)),
    sample("pow", POSITIVE, MATRIX, result=(2, 3)),
    sample("pow", POSITIVE, VECTOR, result=(2, 3)),
    sample("logaddexp", VECTOR, OTHER_VECTOR, result=(3,)),
    sample("logaddexp", MATRIX, OTHER_VECTOR, result=(2, 3)),
    sample("atan2", VECTOR, OTHER_VECTOR, result=(3,)),
    sample("atan2", MATRIX, COLUMN, result=(2, 3)),
    sample("hypot", VECTOR, OTHER_VECTOR, result=(3,)),
    sample("hypot", MATRIX, COLUMN, result=(2, 3)),
    sample("hypot", VECTOR, 0.5, result=(3,)),
)

_CONDITION = ((True, False, True), (False, False, True))
_SELECTION = (
    *(sample(op, VECTOR, (0.3, 0.4, -0.9), result=(3,)) for op in _COMPARISONS),
    *(sample(op, MATRIX, 0.4, result=(2, 3)) for op in _COMPARISONS),
    sample("where", _CONDITION, MATRIX, OTHER_MATRIX, result=(2, 3)),
    sample("where", _CONDITION, VECTOR, COLUMN, result=(2, 3)),
    sample("where", _CONDITION, MATRIX, 0.0, result=(2, 3)),
    sample("where", _CONDITION, -1.0, MATRIX, result=(2, 3)),
    *(sample(op, MATRIX, OTHER_MATRIX, result=(2, 3)) for op in ("maximum", "minimum")),
    *(sample(op, MATRIX, OTHER_VECTOR, result=(2, 3)) for op in ("maximum", "minimum")),
    *(sample(op, VECTOR, 0, result=(3,)) for op in ("maximum", "minimum")),
    *(sample(op, VECTOR, -0.5, result=(3,)) for op in ("maximum", "minimum")),
    *(sample(op, 0.5, VECTOR, result=(3,)) for op in ("maximum", "minimum")),
    sample("clip", MATRIX, min=-0.5, max=1.0, result=(2, 3)),
    sample("clip", MATRIX, min=0.0, result=(2, 3)),
    sample("clip", MATRIX, max=-0.25, result=(2, 3)),
)

_REDUCTION_PARAMETERS: tuple[tuple[dict[str, Any], tuple[int, ...]], ...] = (
    ({}, ()),
    ({"keepdims": True}, (1, 1, 1)),
    ({"axis": 0}, (2, 2)),
    ({"axis": -1, "keepdims": True}, (3, 2, 1)),
    ({"axis": (0, 2)}, (2,)),
    ({"axis": (1, 2), "keepdims": True}, (3, 1, 1)),
)
_REDUCTIONS = (
    *(
        sample(op, CUBE, **parameters, result=result)
        for op in ("sum", "mean", "prod", "max", "min", "amax", "var", "std", "logsumexp", "vector_norm")
        for parameters, result in _REDUCTION_PARAMETERS
    ),
    *(sample(op, MATRIX, axis=1, correction=1.0, result=(2,)) for op in ("var", "std")),
    *(sample(op, MATRIX, correction=0.5, result=()) for op in ("var", "std")),
)

_CUMULATIVE = tuple(
    sample(op, x, **parameters, result=np.shape(x))
    for op in ("cumulative_sum", "cumulative_prod")
    for x, parameters in ((VECTOR, {}), (MATRIX, {"axis": -1}), (CUBE, {"axis": 1}))
)

_LINEAR = (
    sample("matmul", MATRIX, ((0.3, -0.7), (1.2, 0.9), (-0.4, 2.0)), result=(2, 2)),
    sample("matmul", MATRIX, VECTOR, result=(2,)),
    sample("matmul", COLUMN, ((0.5, -1.5, 2.5),), result=(2, 3)),
    sample("matmul", VECTOR, OTHER_VECTOR, result=()),
    sample("matmul", CUBE, ((0.3, -0.7), (1.2, 0.9)), result=(3, 2, 2)),
    sample("matmul", CUBE, CUBE, result=(3, 2, 2)),
    sample("linear", MATRIX, ((0.3, -0.7), (1.2, 0.9), (-0.4, 2.0)), (0.1, -0.2), result=(2, 2)),
    sample("det", ((0.3, -0.7), (1.2, 0.9)), result=()),
    sample("det", ((0.3, -0.7, 1.2), (1.7, 0.4, -1.1), (0.2, 0.9, -0.6)), result=()),
    sample("det", (((0.3, -0.7), (1.2, 0.9)), ((1.7, 0.4), (-1.1, 2.2))), result=(2,)),
)

_SHAPE = (
    sample("reshape", MATRIX, shape=(3, 2), result=(3, 2)),
    sample("reshape", MATRIX, shape=(-1,), result=(6,)),
    sample("permute_dims", MATRIX, axes=(1, 0), result=(3, 2)),
    sample("permute_dims", CUBE, axes=(2, 0, 1), result=(2, 3, 2)),
    sample("broadcast_to", VECTOR, shape=(2, 3), result=(2, 3)),
    sample("broadcast_to", COLUMN, shape=(2, 3), result=(2, 3)),
    sample("broadcast_to", ZERO_DIMENSIONAL, shape=(2,), result=(2,)),
    sample("expand_dims", VECTOR, result=(1, 3)),
    sample("expand_dims", VECTOR, axis=-1, result=(3, 1)),
    sample("squeeze", COLUMN, axis=1, result=(2,)),
    sample("squeeze", ((VECTOR,),), axis=(0, 1), result=(3,)),
    sample("concat", VECTOR, (0.5, -1.5), result=(5,)),
    sample("concat", MATRIX, COLUMN, axis=1, result=(2, 4)),
    sample("concat", VECTOR, result=(3,)),
    sample("stack", VECTOR, OTHER_VECTOR, result=(2, 3)),
    sample("stack", VECTOR, OTHER_VECTOR, VECTOR, axis=-1, result=(3, 3)),
)

_INDEXING = (
    sample("getitem", VECTOR, index=1, result=()),
    sample("getitem", VECTOR, index=-1, result=()),
    sample("getitem", VECTOR, index=slice(1, None), result=(2,)),
    sample("getitem", MATRIX, index=(slice(None), slice(None, None, 2)), result=(2, 2)),
    sample("getitem", CUBE, index=(..., 0), result=(3, 2)),
    sample("getitem", VECTOR, index=(None, slice(0, 2)), result=(1, 2)),
    sample("getitem", MATRIX, index=(0, 2), result=()),
    sample("take", VECTOR, (2, 0, 2), result=(3,)),
    sample("take", MATRIX, (2, 1), axis=1, result=(2, 2)),
    sample("take", MATRIX, (1, 1, 0), axis=0, result=(3, 3)),
)

_CASTING = (
    sample("astype", VECTOR, dtype="float32", result=(3,)),
    sample("astype", VECTOR, dtype="float64", result=(3,)),
)

_SOFTMAXES = (
    *(sample(op, MATRIX, result=(2, 3)) for op in ("softmax", "log_softmax")),
    *(sample(op, MATRIX, axis=0, result=(2, 3)) for op in ("softmax", "log_softmax")),
    *(sample(op, CUBE, axis=1, result=(3, 2, 2)) for op in ("softmax", "log_softmax")),
)

SAMPLES: tuple[Sample, ...] = (
    *_ELEMENTWISE,
    *_ARITHMETIC,
    *_SELECTION,
    *_REDUCTIONS,
    *_CUMULATIVE,
    *_LINEAR,
    *_SHAPE,
    *_INDEXING,
    *_CASTING,
    *_SOFTMAXES,
)
