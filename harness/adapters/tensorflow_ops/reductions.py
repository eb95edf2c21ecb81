"""What is taken over axes, or along one, in TensorFlow's words."""

from harness.adapters.base import Template
from harness.errors import Unsupported
from harness.literals import source


def _reduction(function: str) -> Template:
    def text(x: str, *, axis: int | tuple[int, ...] | None, keepdims: bool) -> str:
        return f"{function}({x}{_axis(axis, keepdims)})"

    return text


def _norm(x: str, *, axis: int | tuple[int, ...] | None, keepdims: bool, ord: float) -> str:  # noqa: A002
    said = "" if ord == 2 else f", ord={source(ord)}"
    return f"tf.norm({x}{said}{_axis(axis, keepdims)})"


def _spread(function: str) -> Template:
    def text(x: str, *, axis: int | tuple[int, ...] | None, keepdims: bool, correction: float) -> str:
        if correction:
            raise Unsupported(f"{function} divides by n; TensorFlow has no variance with a correction")
        return f"{function}({x}{_axis(axis, keepdims)})"

    return text


def _average(x: str, weights: str, *, axis: int | tuple[int, ...] | None) -> str:
    return f"tf.experimental.numpy.average({x}, weights={weights}{_axis(axis, keepdims=False)})"


def _axis(axis: int | tuple[int, ...] | None, keepdims: bool) -> str:
    given = "" if axis is None else f", axis={source(axis)}"
    return f"{given}, keepdims=True" if keepdims else given


OPS: dict[str, Template] = {
    "sum": _reduction("tf.reduce_sum"),
    "mean": _reduction("tf.reduce_mean"),
    "prod": _reduction("tf.reduce_prod"),
    "max": _reduction("tf.reduce_max"),
    "min": _reduction("tf.reduce_min"),
    "amax": _reduction("tf.reduce_max"),
    "amin": _reduction("tf.reduce_min"),
    "ptp": _reduction("tf.experimental.numpy.ptp"),
    "nansum": _reduction("tf.experimental.numpy.nansum"),
    "nanmean": _reduction("tf.experimental.numpy.nanmean"),
    "nanprod": _reduction("tf.experimental.numpy.nanprod"),
    "average": _average,
    "var": _spread("tf.math.reduce_variance"),
    "std": _spread("tf.math.reduce_std"),
    "logsumexp": _reduction("tf.reduce_logsumexp"),
    "vector_norm": _norm,
    "cumulative_sum": "tf.cumsum({0}, axis={axis})",
    "cumulative_logsumexp": "tf.math.cumulative_logsumexp({0}, axis={axis})",
    "cumulative_prod": "tf.math.cumprod({0}, axis={axis})",
}
