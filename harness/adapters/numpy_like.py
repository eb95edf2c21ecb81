"""Ops of frameworks whose functions are NumPy's: `jnp.sum(x, axis=0)`, `mg.sum(x, axis=0)`, autograd's own `np.sum`."""

from collections.abc import Callable, Iterable

from harness.adapters.base import Template
from harness.adapters.define_by_run import along, arguments, getitem
from harness.adapters.numpy_like_arrays import array_ops
from harness.adapters.numpy_like_fourier import fourier_ops
from harness.adapters.numpy_linear_algebra import linear_algebra_ops

Axis = int | tuple[int, ...] | None

_OPERATORS: dict[str, Template] = {
    "add": "{0} + {1}",
    "subtract": "{0} - {1}",
    "multiply": "{0} * {1}",
    "divide": "{0} / {1}",
    "negative": "-{0}",
    "positive": "+{0}",
    "pow": "{0} ** {1}",
    "equal": "{0} == {1}",
    "not_equal": "{0} != {1}",
    "less": "{0} < {1}",
    "less_equal": "{0} <= {1}",
    "greater": "{0} > {1}",
    "greater_equal": "{0} >= {1}",
    "matmul": "{0} @ {1}",
    "linear": "{0} @ {1} + {2}",
}

_NAMES = {
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "atan2": "arctan2",
    "asinh": "arcsinh",
    "acosh": "arccosh",
    "atanh": "arctanh",
}
"""What NumPy calls the functions that the array API calls otherwise."""

_OF_ONE = (
    "reciprocal", "square", "sqrt", "exp", "expm1", "exp2", "log", "log1p", "log2", "log10", "sin", "cos", "tan",
    "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "abs", "sign", "floor", "ceil", "round",
    "trunc", "sinc", "cbrt", "deg2rad", "rad2deg", "conj", "real", "imag",
)  # fmt: skip
_OF_TWO = (
    "hypot", "logaddexp", "logaddexp2", "atan2", "maximum", "minimum", "fmax", "fmin", "copysign", "floor_divide",
    "remainder",
)  # fmt: skip
_REDUCTIONS = ("sum", "mean", "prod", "max", "min", "amax", "amin")


def numpy_ops(module: str, *, without: Iterable[str] = ()) -> dict[str, Template]:
    """The ops that NumPy has as operators or as functions, the functions from `module`; `without` those it lacks."""
    ops: dict[str, Template] = {
        **_OPERATORS,
        **{op: f"{module}.{_NAMES.get(op, op)}({{0}})" for op in _OF_ONE},
        **{op: f"{module}.{_NAMES.get(op, op)}({{0}}, {{1}})" for op in _OF_TWO},
        "where": f"{module}.where({{0}}, {{1}}, {{2}})",
        "clip": f"{module}.clip({{0}}, {{min}}, {{max}})",
        **{op: reduction(f"{module}.{op}") for op in _REDUCTIONS},
        **{op: spread(f"{module}.{op}") for op in ("var", "std")},
        "vector_norm": norm(f"{module}.linalg.norm"),
        "cumulative_sum": f"{module}.cumsum({{0}}, axis={{axis}})",
        "cumulative_prod": f"{module}.cumprod({{0}}, axis={{axis}})",
        "reshape": f"{module}.reshape({{0}}, {{shape}})",
        "permute_dims": f"{module}.transpose({{0}}, {{axes}})",
        "broadcast_to": f"{module}.broadcast_to({{0}}, {{shape}})",
        "expand_dims": f"{module}.expand_dims({{0}}, axis={{axis}})",
        "squeeze": f"{module}.squeeze({{0}}, axis={{axis}})",
        "concat": f"{module}.concatenate([{{*}}], axis={{axis}})",
        "stack": f"{module}.stack([{{*}}], axis={{axis}})",
        **array_ops(module),
        **fourier_ops(module),
        **linear_algebra_ops(module),
        "getitem": getitem,
        "embedding": "{1}[{0}]",
        "boolean_mask": "{0}[{1}]",
        "gather_nd": f"{{0}}[tuple({module}.moveaxis({{1}}, -1, 0))]",
        "masked_fill": f"{module}.where({{1}}, {{value}}, {{0}})",
        "take": _take,
    }
    return {op: template for op, template in ops.items() if op not in without}


def reduction(function: str) -> Callable[..., str]:
    """A template with `axis` and `keepdims`, each only where the program says it."""

    def template(x: str, *, axis: Axis, keepdims: bool) -> str:
        return f"{function}({x}{arguments(axis=axis, keepdims=keepdims)})"

    return template


def norm(function: str) -> Callable[..., str]:
    """A template for norms of vectors, with the order only where it is another than 2."""

    def template(x: str, *, axis: Axis, keepdims: bool, ord: float) -> str:  # noqa: A002
        return f"{function}({x}{arguments(ord=None if ord == 2 else ord, axis=axis, keepdims=keepdims)})"

    return template


def spread(function: str) -> Callable[..., str]:
    """A template for variance and standard deviation, which divide by n - ddof."""

    def template(x: str, *, axis: Axis, keepdims: bool, correction: float) -> str:
        ddof = int(correction) if correction.is_integer() else correction
        return f"{function}({x}{arguments(axis=axis, keepdims=keepdims, ddof=ddof or None)})"

    return template


def _take(x: str, indices: str, *, axis: int) -> str:
    """`x[:, indices]`, NumPy's advanced index."""
    return x + along(axis, indices)
