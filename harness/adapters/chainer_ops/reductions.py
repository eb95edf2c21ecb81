"""What is taken over axes, or along one, in Chainer's words."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments
from harness.errors import Unsupported
from harness.ops import Axis


def _reduction(function: str) -> Callable[..., str]:
    def template(x: str, *, axis: Axis, keepdims: bool) -> str:
        return f"{function}({x}{arguments(axis=axis, keepdims=keepdims)})"

    return template


def _var(x: str, *, axis: Axis, keepdims: bool, correction: float) -> str:
    """The mean of the squared distance to the mean: Chainer has no variance of its own."""
    if correction:
        raise Unsupported("Chainer has no variance, and the mean of squared distances to the mean has no correction")
    middle = f"F.mean({x}{arguments(axis=axis, keepdims=axis is not None)})"
    return f"F.mean(({x} - {middle}) ** 2{arguments(axis=axis, keepdims=keepdims)})"


def _std(x: str, *, axis: Axis, keepdims: bool, correction: float) -> str:
    return f"F.sqrt({_var(x, axis=axis, keepdims=keepdims, correction=correction)})"


def _logsumexp(x: str, *, axis: Axis, keepdims: bool) -> str:
    """Chainer's keeps no axes; users put one back."""
    reduced = f"F.logsumexp({x}{arguments(axis=axis)})"
    if not keepdims:
        return reduced
    if isinstance(axis, tuple):
        raise Unsupported("Chainer's F.logsumexp does not keep the axes that it reduces")
    return f"F.reshape({reduced}, (1,) * {x}.ndim)" if axis is None else f"F.expand_dims({reduced}, {axis})"


def _norm(x: str, *, axis: Axis, keepdims: bool, ord: float) -> str:  # noqa: A002
    """The root of the sum of squares: Chainer has no norm that gives one number."""
    if ord != 2:
        raise Unsupported("Chainer has no norms")
    return f"F.sqrt(F.sum({x} ** 2{arguments(axis=axis, keepdims=keepdims)}))"


def _average(x: str, weights: str, *, axis: Axis) -> str:
    if axis is not None:
        raise Unsupported("Chainer's F.average takes one list of weights for all rows along an axis")
    return f"F.average({x}, weights={weights})"


OPS: dict[str, Template] = {
    "sum": _reduction("F.sum"),
    "mean": _reduction("F.mean"),
    "prod": _reduction("F.prod"),
    "max": _reduction("F.max"),
    "min": _reduction("F.min"),
    "amax": _reduction("F.max"),  # there is one maximum
    "amin": _reduction("F.min"),
    "average": _average,
    "var": _var,
    "std": _std,
    "logsumexp": _logsumexp,
    "vector_norm": _norm,
    "cumulative_sum": "F.cumsum({0}, axis={axis})",
    "cumulative_prod": "F.cumprod({0}, axis={axis})",
}
LACKS = {
    "ptp": "Chainer has no ptp",
    **dict.fromkeys(("nansum", "nanmean", "nanprod"), "Chainer has no reductions that leave NaN out"),
    "cumulative_logsumexp": "Chainer has no cumulative logsumexp",
}
