"""The ops in TensorFlow's words. Functions of `tf.experimental.numpy` stand where `tf` and `tf.math` have none."""

from harness.adapters.base import Template
from harness.errors import Unsupported
from harness.literals import Index, index_source, source


def _reduction(function: str) -> Template:
    def text(x: str, *, axis: int | tuple[int, ...] | None, keepdims: bool) -> str:
        return f"{function}({x}{_axis(axis, keepdims)})"

    return text


def _spread(function: str) -> Template:
    def text(x: str, *, axis: int | tuple[int, ...] | None, keepdims: bool, correction: float) -> str:
        if correction:
            raise Unsupported(f"{function} divides by n; TensorFlow has no variance with a correction")
        return f"{function}({x}{_axis(axis, keepdims)})"

    return text


def _axis(axis: int | tuple[int, ...] | None, keepdims: bool) -> str:
    given = "" if axis is None else f", axis={source(axis)}"
    return f"{given}, keepdims=True" if keepdims else given


def _clip(x: str, *, min: float | None, max: float | None) -> str:  # noqa: A002
    if min is None:
        return f"tf.identity({x})" if max is None else f"tf.minimum({x}, {source(max)})"
    if max is None:
        return f"tf.maximum({x}, {source(min)})"
    return f"tf.clip_by_value({x}, {source(min)}, {source(max)})"


def _getitem(x: str, *, index: Index) -> str:
    return f"{x}[{index_source(index)}]"


OPS: dict[str, Template] = {
    # arithmetic
    "add": "{0} + {1}",
    "subtract": "{0} - {1}",
    "multiply": "{0} * {1}",
    "divide": "{0} / {1}",
    "negative": "-{0}",
    "positive": "tf.experimental.numpy.positive({0})",
    "reciprocal": "tf.math.reciprocal({0})",
    # powers
    "pow": "{0} ** {1}",
    "square": "tf.square({0})",
    "sqrt": "tf.sqrt({0})",
    "hypot": "tf.experimental.numpy.hypot({0}, {1})",
    # exponential
    "exp": "tf.exp({0})",
    "expm1": "tf.math.expm1({0})",
    "exp2": "tf.experimental.numpy.exp2({0})",
    "log": "tf.math.log({0})",
    "log1p": "tf.math.log1p({0})",
    "log2": "tf.experimental.numpy.log2({0})",
    "log10": "tf.experimental.numpy.log10({0})",
    "logaddexp": "tf.experimental.numpy.logaddexp({0}, {1})",
    # trigonometric
    "sin": "tf.sin({0})",
    "cos": "tf.cos({0})",
    "tan": "tf.tan({0})",
    "asin": "tf.asin({0})",
    "acos": "tf.acos({0})",
    "atan": "tf.atan({0})",
    "atan2": "tf.atan2({0}, {1})",
    # hyperbolic
    "sinh": "tf.sinh({0})",
    "cosh": "tf.cosh({0})",
    "tanh": "tf.tanh({0})",
    "asinh": "tf.asinh({0})",
    "acosh": "tf.acosh({0})",
    "atanh": "tf.atanh({0})",
    # comparison
    "equal": "tf.equal({0}, {1})",
    "not_equal": "tf.not_equal({0}, {1})",
    "less": "{0} < {1}",
    "less_equal": "{0} <= {1}",
    "greater": "{0} > {1}",
    "greater_equal": "{0} >= {1}",
    # selection
    "where": "tf.where({0}, {1}, {2})",
    "maximum": "tf.maximum({0}, {1})",
    "minimum": "tf.minimum({0}, {1})",
    "clip": _clip,
    "abs": "tf.abs({0})",
    "sign": "tf.sign({0})",
    "floor": "tf.floor({0})",
    "ceil": "tf.math.ceil({0})",
    "round": "tf.round({0})",
    "trunc": "tf.experimental.numpy.fix({0})",
    # reductions
    "sum": _reduction("tf.reduce_sum"),
    "mean": _reduction("tf.reduce_mean"),
    "prod": _reduction("tf.reduce_prod"),
    "max": _reduction("tf.reduce_max"),
    "min": _reduction("tf.reduce_min"),
    "amax": _reduction("tf.reduce_max"),
    "var": _spread("tf.math.reduce_variance"),
    "std": _spread("tf.math.reduce_std"),
    "logsumexp": _reduction("tf.reduce_logsumexp"),
    "vector_norm": _reduction("tf.norm"),
    # cumulative
    "cumulative_sum": "tf.cumsum({0}, axis={axis})",
    "cumulative_prod": "tf.math.cumprod({0}, axis={axis})",
    # linear; the layer is made where its weights are
    "matmul": "{0} @ {1}",
    "linear": "{1}_layer({0})",
    "det": "tf.linalg.det({0})",
    # shape
    "reshape": "tf.reshape({0}, {shape})",
    "permute_dims": "tf.transpose({0}, perm={axes})",
    "broadcast_to": "tf.broadcast_to({0}, {shape})",
    "expand_dims": "tf.expand_dims({0}, axis={axis})",
    "squeeze": "tf.squeeze({0}, axis={axis})",
    "concat": "tf.concat([{*}], axis={axis})",
    "stack": "tf.stack([{*}], axis={axis})",
    # indexing
    "getitem": _getitem,
    "take": "tf.gather({0}, {1}, axis={axis})",
    # casting
    "astype": "tf.cast({0}, {dtype})",
    "stop_gradient": "tf.stop_gradient({0})",
    # activations
    "relu": "tf.nn.relu({0})",
    "sigmoid": "tf.sigmoid({0})",
    "softplus": "tf.math.softplus({0})",
    "softmax": "tf.nn.softmax({0}, axis={axis})",
    "log_softmax": "tf.nn.log_softmax({0}, axis={axis})",
}
