"""Functions of numbers, element by element, in TensorFlow's words."""

from harness.adapters.base import Template
from harness.literals import source


def _clip(x: str, *, min: float | None, max: float | None) -> str:  # noqa: A002
    if min is None:
        return f"tf.identity({x})" if max is None else f"tf.minimum({x}, {source(max)})"
    if max is None:
        return f"tf.maximum({x}, {source(min)})"
    return f"tf.clip_by_value({x}, {source(min)}, {source(max)})"


OPS: dict[str, Template] = {
    "add": "{0} + {1}",
    "subtract": "{0} - {1}",
    "multiply": "{0} * {1}",
    "divide": "{0} / {1}",
    "negative": "-{0}",
    "positive": "tf.experimental.numpy.positive({0})",
    "reciprocal": "tf.math.reciprocal({0})",
    "floor_divide": "{0} // {1}",
    "remainder": "{0} % {1}",
    "conj": "tf.math.conj({0})",
    "real": "tf.math.real({0})",
    "imag": "tf.math.imag({0})",
    "pow": "{0} ** {1}",
    "square": "tf.square({0})",
    "sqrt": "tf.sqrt({0})",
    "hypot": "tf.experimental.numpy.hypot({0}, {1})",
    "exp": "tf.exp({0})",
    "expm1": "tf.math.expm1({0})",
    "exp2": "tf.experimental.numpy.exp2({0})",
    "log": "tf.math.log({0})",
    "log1p": "tf.math.log1p({0})",
    "log2": "tf.experimental.numpy.log2({0})",
    "log10": "tf.experimental.numpy.log10({0})",
    "logaddexp": "tf.experimental.numpy.logaddexp({0}, {1})",
    "sin": "tf.sin({0})",
    "cos": "tf.cos({0})",
    "tan": "tf.tan({0})",
    "asin": "tf.asin({0})",
    "acos": "tf.acos({0})",
    "atan": "tf.atan({0})",
    "atan2": "tf.atan2({0}, {1})",
    "sinh": "tf.sinh({0})",
    "cosh": "tf.cosh({0})",
    "tanh": "tf.tanh({0})",
    "asinh": "tf.asinh({0})",
    "acosh": "tf.acosh({0})",
    "atanh": "tf.atanh({0})",
    "equal": "tf.equal({0}, {1})",
    "not_equal": "tf.not_equal({0}, {1})",
    "less": "{0} < {1}",
    "less_equal": "{0} <= {1}",
    "greater": "{0} > {1}",
    "greater_equal": "{0} >= {1}",
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
}
LACKS = {
    "copysign": "TensorFlow has no copysign",
}
