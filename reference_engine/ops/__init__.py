"""The ops, by family.

Names and meaning are those of the Python array API standard (https://data-apis.org/array-api/latest/) where it has
them, NumPy's otherwise.
"""

from reference_engine.ops import mistaken_arrays, mistaken_elementwise  # noqa: F401 -- they register mistaken rules
from reference_engine.ops.activations import log_softmax, relu, sigmoid, softmax, softplus
from reference_engine.ops.arithmetic import add, divide, multiply, negative, positive, reciprocal, subtract
from reference_engine.ops.casting import astype, stop_gradient
from reference_engine.ops.comparison import equal, greater, greater_equal, less, less_equal, not_equal
from reference_engine.ops.cumulative import cumulative_prod, cumulative_sum
from reference_engine.ops.exponential import exp, exp2, expm1, log, log1p, log2, log10, logaddexp
from reference_engine.ops.hyperbolic import acosh, asinh, atanh, cosh, sinh, tanh
from reference_engine.ops.indexing import getitem, take
from reference_engine.ops.linear import linear, matmul
from reference_engine.ops.matrices import det, vector_norm
from reference_engine.ops.powers import hypot, pow, sqrt, square  # noqa: A004 -- array API names
from reference_engine.ops.reductions import amax, logsumexp, max, mean, min, prod, std, sum, var  # noqa: A004
from reference_engine.ops.selection import abs, clip, maximum, minimum, sign, where  # noqa: A004
from reference_engine.ops.shape import broadcast_to, concat, expand_dims, permute_dims, reshape, squeeze, stack
from reference_engine.ops.steps import ceil, floor, round, trunc  # noqa: A004 -- array API names
from reference_engine.ops.trigonometric import acos, asin, atan, atan2, cos, sin, tan

__all__ = [
    "abs",
    "acos",
    "acosh",
    "add",
    "amax",
    "asin",
    "asinh",
    "astype",
    "atan",
    "atan2",
    "atanh",
    "broadcast_to",
    "ceil",
    "clip",
    "concat",
    "cos",
    "cosh",
    "cumulative_prod",
    "cumulative_sum",
    "det",
    "divide",
    "equal",
    "exp",
    "exp2",
    "expand_dims",
    "expm1",
    "floor",
    "getitem",
    "greater",
    "greater_equal",
    "hypot",
    "less",
    "less_equal",
    "linear",
    "log",
    "log1p",
    "log2",
    "log10",
    "log_softmax",
    "logaddexp",
    "logsumexp",
    "matmul",
    "max",
    "maximum",
    "mean",
    "min",
    "minimum",
    "multiply",
    "negative",
    "not_equal",
    "permute_dims",
    "positive",
    "pow",
    "prod",
    "reciprocal",
    "relu",
    "reshape",
    "round",
    "sigmoid",
    "sign",
    "sin",
    "sinh",
    "softmax",
    "softplus",
    "sqrt",
    "square",
    "squeeze",
    "stack",
    "std",
    "stop_gradient",
    "subtract",
    "sum",
    "take",
    "tan",
    "tanh",
    "trunc",
    "var",
    "vector_norm",
    "where",
]  # fmt: skip
