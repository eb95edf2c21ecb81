"""What is taken over axes, or along one, in PyTorch's words."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments
from harness.literals import source
from harness.ops import Axis


def _reduction(function: str) -> Callable[..., str]:
    """Reductions that take any axis; `keepdim` without one needs `dim=None` in words."""

    def template(x: str, *, axis: Axis, keepdims: bool) -> str:
        every = ", dim=None" if keepdims and axis is None else ""
        return f"{function}({x}{every}{arguments(dim=axis, keepdim=keepdims)})"

    return template


def _largest(function: str) -> Callable[..., str]:
    """`torch.max` and `torch.min`: along one axis they also give indices; several axes are left to `amax`, `amin`."""

    def template(x: str, *, axis: Axis, keepdims: bool) -> str:
        if isinstance(axis, int):
            return f"torch.{function}({x}{arguments(dim=axis, keepdim=keepdims)}).values"
        if axis is None and not keepdims:
            return f"torch.{function}({x})"
        return f"torch.a{function}({x}{arguments(dim=axis, keepdim=keepdims)})"

    return template


def _reduction_by(function: str) -> Callable[..., str]:
    """Reductions for which no axis at all is every axis."""

    def template(x: str, *, axis: Axis, keepdims: bool) -> str:
        return f"{function}({x}{arguments(dim=axis, keepdim=keepdims)})"

    return template


def _prod(x: str, *, axis: Axis, keepdims: bool) -> str:
    """`torch.prod` takes all axes or one; several are taken one after the other."""
    if axis is None:
        return f"torch.prod({x})" + (f".reshape([1] * {x}.ndim)" if keepdims else "")
    if isinstance(axis, int):
        return f"torch.prod({x}{arguments(dim=axis, keepdim=keepdims)})"
    for each in axis:
        x = f"torch.prod({x}, dim={each}, keepdim=True)"
    return x if keepdims else f"{x}.squeeze({source(axis)})"


def _spread(function: str) -> Callable[..., str]:
    """`torch.var` and `torch.std`."""

    def template(x: str, *, axis: Axis, keepdims: bool, correction: float) -> str:
        less = int(correction) if correction.is_integer() else correction
        return f"{function}({x}{arguments(dim=axis)}, correction={source(less)}{arguments(keepdim=keepdims)})"

    return template


def _logsumexp(x: str, *, axis: Axis, keepdims: bool) -> str:
    dim = f"tuple(range({x}.ndim))" if axis is None else source(axis)
    return f"torch.logsumexp({x}, dim={dim}{arguments(keepdim=keepdims)})"


def _norm(x: str, *, axis: Axis, keepdims: bool, ord: float) -> str:  # noqa: A002
    said = arguments(ord=None if ord == 2 else ord, dim=axis, keepdim=keepdims)
    return f"torch.linalg.vector_norm({x}{said})"


OPS: dict[str, Template] = {
    "sum": _reduction("torch.sum"),
    "mean": _reduction("torch.mean"),
    "prod": _prod,
    "max": _largest("max"),
    "min": _largest("min"),
    "amax": _reduction_by("torch.amax"),
    "amin": _reduction_by("torch.amin"),
    "nansum": _reduction("torch.nansum"),
    "nanmean": _reduction("torch.nanmean"),
    "var": _spread("torch.var"),
    "std": _spread("torch.std"),
    "logsumexp": _logsumexp,
    "vector_norm": _norm,
    "cumulative_sum": "torch.cumsum({0}, dim={axis})",
    "cumulative_prod": "torch.cumprod({0}, dim={axis})",
    "cumulative_logsumexp": "torch.logcumsumexp({0}, dim={axis})",
}
LACKS = {
    "ptp": "PyTorch has no ptp",
    "nanprod": "PyTorch has no nanprod",
    "average": "PyTorch has no weighted mean",
}
