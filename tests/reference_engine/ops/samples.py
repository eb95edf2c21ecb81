"""For each op, operands at ordinary points: several shapes, broadcast against each other, away from kinks and poles."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.places import PLACES, is_array


@dataclass(frozen=True)
class Sample:
    """One call of an op."""

    op: str
    operands: tuple[Any, ...]
    parameters: dict[str, Any] = field(default_factory=dict)
    dtypes: tuple[str, ...] = ("float64", "float32", "float16")
    """In which of them it can be computed."""

    def __str__(self) -> str:
        shapes = "-".join("x".join(map(str, np.shape(operand))) or "scalar" for operand in self.operands)
        parameters = "-".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{self.op}-{shapes}-{parameters}".rstrip("-")


def spread(low: float, high: float, *shape: int) -> NDArray[np.float64]:
    """Numbers between the two, in no order, no two alike."""
    size = int(np.prod(shape))
    order = (np.arange(size) * 5 + 3) % size if size % 5 else (np.arange(size) * 7 + 3) % size
    return (low + (high - low) * (order + 0.5) / size).reshape(shape)


def _unary(name: str, low: float, high: float) -> list[Sample]:
    return [Sample(name, (spread(low, high, *shape),)) for shape in ((), (3,), (2, 3))]


def _binary(name: str, first: tuple[float, float], second: tuple[float, float]) -> list[Sample]:
    shapes: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
        ((), ()),
        ((3,), (3,)),
        ((2, 3), (3,)),
        ((2, 1), (1, 3)),
        ((), (2, 3)),
    )
    return [Sample(name, (spread(*first, *one), spread(*second, *other))) for one, other in shapes]


def _reduction(name: str, **parameters: Any) -> list[Sample]:
    choices: tuple[dict[str, Any], ...] = (
        {},
        {"axis": 0},
        {"axis": -1, "keepdims": True},
        {"axis": (0, 2)},
        {"axis": None, "keepdims": True},
    )
    return [Sample(name, (spread(-1.7, 2.0, 2, 3, 2),), {**choice, **parameters}) for choice in choices]


_BY_HAND: list[Sample] = [
    # arithmetic
    *_binary("add", (-2, 2), (-1, 3)),
    *_binary("subtract", (-2, 2), (-1, 3)),
    *_binary("multiply", (-2, 2), (-1, 3)),
    *_binary("divide", (-2, 2), (1, 3)),
    *_unary("negative", -2, 2),
    *_unary("positive", -2, 2),
    *_unary("reciprocal", 1, 3),
    # powers
    *_binary("pow", (0.5, 2), (-1.5, 2.5)),
    Sample("pow", (spread(-2, 2, 3), 3)),
    Sample("pow", (spread(-2, 2, 3), np.array([2, 0, 1]))),
    Sample("pow", (2.0, spread(-2, 2, 3))),
    *_unary("square", -2, 2),
    *_unary("sqrt", 0.5, 2),
    *_binary("hypot", (-2, 2), (1, 3)),
    # exponential
    *_unary("exp", -2, 2),
    *_unary("expm1", -2, 2),
    *_unary("exp2", -2, 2),
    *_unary("log", 0.5, 3),
    *_unary("log1p", -0.5, 3),
    *_unary("log2", 0.5, 3),
    *_unary("log10", 0.5, 3),
    *_binary("logaddexp", (-2, 2), (-1, 3)),
    # trigonometric
    *_unary("sin", -2, 2),
    *_unary("cos", -2, 2),
    *_unary("tan", -1, 1),
    *_unary("asin", -0.7, 0.7),
    *_unary("acos", -0.7, 0.7),
    *_unary("atan", -2, 2),
    *_binary("atan2", (-2, 2), (0.5, 3)),
    Sample("atan2", (spread(0.5, 2, 3), spread(-3, -0.5, 3))),
    # hyperbolic
    *_unary("sinh", -2, 2),
    *_unary("cosh", -2, 2),
    *_unary("tanh", -2, 2),
    *_unary("asinh", -2, 2),
    *_unary("acosh", 1.5, 3),
    *_unary("atanh", -0.7, 0.7),
    # selection
    Sample("where", (np.array([True, False, True]), spread(-2, 2, 2, 3), spread(-1, 3, 3))),
    Sample("where", (np.array([[True], [False]]), spread(-2, 2), spread(-1, 3, 1, 3))),
    *_binary("maximum", (-2, 0.9), (1, 3)),
    Sample("maximum", (np.array([1.0, -2.0, 3.0]), np.array([[0.5], [2.0]]))),
    *_binary("minimum", (-2, 0.9), (1, 3)),
    Sample("minimum", (np.array([1.0, -2.0, 3.0]), np.array([[0.5], [2.0]]))),
    Sample("clip", (np.array([-2.0, -0.5, 0.5, 2.0]),), {"min": -1.0, "max": 1.0}),
    Sample("clip", (np.array([-2.0, -0.5, 0.5, 2.0]),), {"min": 0.0}),
    Sample("clip", (np.array([-2.0, -0.5, 0.5, 2.0]),), {"max": 0.0}),
    Sample("clip", (np.array([-2.0, -0.5, 0.5, 2.0]),)),
    Sample("abs", (np.array([-2.0, -0.5, 0.5, 2.0]),)),
    Sample("sign", (np.array([-2.0, -0.5, 0.5, 2.0]),)),
    *[Sample(name, (np.array([-2.4, -0.7, 0.7, 2.4]),)) for name in ("floor", "ceil", "round", "trunc")],
    # reductions
    *_reduction("sum"),
    *_reduction("mean"),
    *_reduction("prod"),
    *_reduction("max"),
    *_reduction("min"),
    *_reduction("amax"),
    *_reduction("var"),
    *_reduction("var", correction=1.0),
    *_reduction("std"),
    *_reduction("std", correction=0.5),
    *_reduction("logsumexp"),
    *_reduction("vector_norm"),
    # cumulative
    *[Sample(name, (spread(-1.7, 2.0, *shape),), parameters) for name in ("cumulative_sum", "cumulative_prod")
      for shape, parameters in (((5,), {}), ((2, 3, 2), {"axis": 1}), ((3, 2), {"axis": -1}), ((0,), {}))],
    Sample("cumulative_prod", (np.array([2.0, 0.0, -1.5, 0.0, 3.0]),)),
    # linear
    Sample("matmul", (spread(-1, 2, 2, 3), spread(-2, 1, 3, 2))),
    Sample("matmul", (spread(-1, 2, 3), spread(-2, 1, 3))),
    Sample("matmul", (spread(-1, 2, 3), spread(-2, 1, 3, 2))),
    Sample("matmul", (spread(-1, 2, 2, 3), spread(-2, 1, 3))),
    Sample("matmul", (spread(-1, 2, 3), spread(-2, 1, 2, 3, 2))),
    Sample("matmul", (spread(-1, 2, 2, 2, 3), spread(-2, 1, 3))),
    Sample("matmul", (spread(-1, 2, 2, 1, 2, 3), spread(-2, 1, 3, 3, 1))),
    Sample("linear", (spread(-1, 2, 2, 3), spread(-2, 1, 3, 2), spread(-1, 1, 2))),
    Sample("linear", (spread(-1, 2, 3), spread(-2, 1, 3, 2), spread(-1, 1, 2))),
    Sample("linear", (spread(-1, 2, 2, 2, 3), spread(-2, 1, 3, 2), spread(-1, 1, 2))),
    *[Sample("det", (spread(-1, 2, *shape),)) for shape in ((1, 1), (2, 2), (4, 4), (2, 3, 3))],
    Sample("det", (np.array([[0.25, 0.5, 0.75], [0.5, 1.0, 1.5], [0.75, 0.5, 1.0]]),)),
    # shape
    Sample("reshape", (spread(-1, 2, 2, 3),), {"shape": (3, 2)}),
    Sample("reshape", (spread(-1, 2, 2, 3),), {"shape": (-1,)}),
    Sample("permute_dims", (spread(-1, 2, 2, 3, 4),), {"axes": (2, 0, 1)}),
    Sample("permute_dims", (spread(-1, 2, 2, 3, 4),), {"axes": (-1, 1, 0)}),
    Sample("broadcast_to", (spread(-1, 2, 3),), {"shape": (2, 3)}),
    Sample("broadcast_to", (spread(-1, 2, 2, 1),), {"shape": (4, 2, 3)}),
    Sample("expand_dims", (spread(-1, 2, 2, 3),), {"axis": 1}),
    Sample("expand_dims", (spread(-1, 2, 2, 3),), {"axis": -1}),
    Sample("squeeze", (spread(-1, 2, 2, 1, 3),), {"axis": 1}),
    Sample("squeeze", (spread(-1, 2, 1, 3, 1),), {"axis": (0, -1)}),
    Sample("concat", (spread(-1, 2, 2, 3), spread(-1, 1, 1, 3), spread(0, 1, 3, 3))),
    Sample("concat", (spread(-1, 2, 2, 3), spread(-1, 1, 2, 1)), {"axis": -1}),
    Sample("concat", (spread(-1, 2, 2, 3),), {"axis": 1}),
    Sample("stack", (spread(-1, 2, 2, 3), spread(-1, 1, 2, 3)), {"axis": 1}),
    Sample("stack", (spread(-1, 2, 2, 3), spread(-1, 1, 2, 3)), {"axis": -1}),
    # indexing
    Sample("getitem", (spread(-1, 2, 3, 4),), {"index": 1}),
    Sample("getitem", (spread(-1, 2, 3, 4),), {"index": (slice(None, None, -2), ..., None, 2)}),
    Sample("getitem", (spread(-1, 2, 3, 4),), {"index": [0, 2, 0]}),
    Sample("take", (spread(-1, 2, 3, 4), np.array([0, 2, 0, -1]))),
    Sample("take", (spread(-1, 2, 3, 4), np.array([[0, 3], [3, 3]])), {"axis": -1}),
    Sample("take", (spread(-1, 2, 3, 4), np.array(1)), {"axis": 1}),
    # casting
    Sample("astype", (spread(-1, 2, 2, 3),), {"dtype": "complex128"}),
    Sample("astype", (spread(-1, 2, 3) * (1 + 2j),), {"dtype": "float64"}),
    # activations
    Sample("relu", (np.array([-2.0, -0.5, 0.5, 2.0]),)),
    *_unary("sigmoid", -3, 3),
    *_unary("softplus", -3, 3),
    *[Sample(name, (spread(-1, 2, 2, 3),), parameters) for name in ("softmax", "log_softmax")
      for parameters in ({}, {"axis": 0})],
]  # fmt: skip


def _of_places(op: str) -> Iterator[Sample]:
    """The ordinary places of an op as samples."""
    for place in PLACES[op].of("ordinary"):
        operands = (np.asarray(operand) if is_array(operand) else operand for operand in place.operands)
        yield Sample(op, tuple(operands), dict(place.parameters), ("float64", *PLACES[op].dtypes))


WITHOUT_DERIVATIVE = ["equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "stop_gradient"]
"""Ops whose results are constants."""

SAMPLES: list[Sample] = [
    *_BY_HAND,
    *(
        sample
        for op in PLACES
        if op not in {sample.op for sample in _BY_HAND} | {*WITHOUT_DERIVATIVE}
        for sample in _of_places(op)
    ),
]

HOLOMORPHIC = [
    "add", "subtract", "multiply", "divide", "negative", "positive", "reciprocal", "pow", "square", "sqrt", "exp",
    "expm1", "exp2", "log", "log1p", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh",
    "tanh", "asinh", "acosh", "atanh", "where", "sum", "mean", "prod", "matmul", "linear", "reshape",
    "permute_dims", "broadcast_to", "expand_dims", "squeeze", "concat", "stack", "getitem", "take", "cumulative_sum",
    "cumulative_prod", "det",
]  # fmt: skip
"""Ops that are the same formula for complex numbers."""


def turned(sample: Sample) -> Sample:
    """The sample with its floats turned away from the real line; but `acosh` is right of 1, where it has no cut."""
    if sample.op == "acosh":
        return sample
    floats = [np.asarray(operand).dtype.kind == "f" for operand in sample.operands]
    operands = [
        operand * (0.8 + 0.3j) + 0.1j if is_float else operand
        for operand, is_float in zip(sample.operands, floats, strict=True)
    ]
    return Sample(sample.op, tuple(operands), sample.parameters)
