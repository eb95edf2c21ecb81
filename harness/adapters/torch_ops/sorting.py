"""What depends on the order of elements, in PyTorch's words."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments
from harness.literals import source


def _sort(x: str, *, axis: int, descending: bool) -> str:
    return f"torch.sort({x}, dim={axis}{arguments(descending=descending)}).values"


def _quantile(x: str, *, q: float, axis: int | None, keepdims: bool, method: str) -> str:
    interpolation = None if method == "linear" else method
    return f"torch.quantile({x}, {source(q)}{arguments(dim=axis, keepdim=keepdims, interpolation=interpolation)})"


def _median(x: str, *, axis: int | None, keepdims: bool) -> str:
    """What the documentation of `torch.median`, which is the lower one, says to use for the mean of both."""
    return _quantile(x, q=0.5, axis=axis, keepdims=keepdims, method="linear")


def _lower_median(x: str, *, axis: int | None, keepdims: bool) -> str:
    if axis is None:
        return f"torch.median({x})" + (f".reshape([1] * {x}.ndim)" if keepdims else "")
    return f"torch.median({x}{arguments(dim=axis, keepdim=keepdims)}).values"


def _values(function: str) -> Callable[..., str]:
    def template(x: str, *, axis: int) -> str:
        return f"{function}({x}, dim={axis}).values"

    return template


OPS: dict[str, Template] = {
    "sort": _sort,
    "topk": "torch.topk({0}, {k}, dim={axis}).values",
    "median": _median,
    "lower_median": _lower_median,
    "quantile": _quantile,
    "cumulative_max": _values("torch.cummax"),
    "cumulative_min": _values("torch.cummin"),
}
