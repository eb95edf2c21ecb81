"""Functions of numbers, element by element, in Chainer's words."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.literals import source


def _arrays(*operands: str) -> str:
    """Operands of a function that takes arrays of one dtype alone: a number becomes an array of the others' dtype."""
    dtype = next((f", dtype={text}.dtype" for text in operands if text.isidentifier()), "")
    return ", ".join(text if text.isidentifier() else f"np.array({text}{dtype})" for text in operands)


def _of_arrays(function: str) -> Callable[..., str]:
    def template(x1: str, x2: str) -> str:
        return f"{function}({_arrays(x1, x2)})"

    return template


def _where(condition: str, x1: str, x2: str) -> str:
    return f"F.where({condition}, {_arrays(x1, x2)})"


def _compare(sign: str) -> Callable[..., str]:
    """Variables do not compare; one compares their arrays."""

    def template(x1: str, x2: str) -> str:
        left, right = (f"{text}.array" if text.isidentifier() else text for text in (x1, x2))
        return f"{left} {sign} {right}"

    return template


def _clip(x: str, *, min: float | None, max: float | None) -> str:  # noqa: A002 -- the parameters' names
    return f"F.clip({x}, {source(min)}, {source(max)})"


OPS: dict[str, Template] = {
    "add": "{0} + {1}",
    "subtract": "{0} - {1}",
    "multiply": "{0} * {1}",
    "divide": "{0} / {1}",
    "negative": "-{0}",
    "positive": "+{0}",
    "reciprocal": "1 / {0}",
    "floor_divide": "{0} // {1}",
    "pow": "{0} ** {1}",
    "square": "F.square({0})",
    "sqrt": "F.sqrt({0})",
    "hypot": "F.sqrt({0} ** 2 + {1} ** 2)",
    "exp": "F.exp({0})",
    "expm1": "F.expm1({0})",
    "exp2": "2 ** {0}",
    "log": "F.log({0})",
    "log1p": "F.log1p({0})",
    "log2": "F.log2({0})",
    "log10": "F.log10({0})",
    "sin": "F.sin({0})",
    "cos": "F.cos({0})",
    "tan": "F.tan({0})",
    "asin": "F.arcsin({0})",
    "acos": "F.arccos({0})",
    "atan": "F.arctan({0})",
    "atan2": _of_arrays("F.arctan2"),
    "sinh": "F.sinh({0})",
    "cosh": "F.cosh({0})",
    "tanh": "F.tanh({0})",
    "equal": _compare("=="),
    "not_equal": _compare("!="),
    "less": _compare("<"),
    "less_equal": _compare("<="),
    "greater": _compare(">"),
    "greater_equal": _compare(">="),
    "where": _where,
    "maximum": _of_arrays("F.maximum"),
    "minimum": _of_arrays("F.minimum"),
    "clip": _clip,
    "abs": "abs({0})",
    "sign": "F.sign({0})",
    "floor": "F.floor({0})",
    "ceil": "F.ceil({0})",
    "trunc": "F.fix({0})",
}
LACKS = {
    "logaddexp": "Chainer has no logaddexp",
    "asinh": "Chainer has no inverse hyperbolic functions",
    "acosh": "Chainer has no inverse hyperbolic functions",
    "atanh": "Chainer has no inverse hyperbolic functions",
    "copysign": "Chainer has no copysign",
    "remainder": "Chainer has no remainder; the result of F.fmod has the sign of x1",
    **dict.fromkeys(("conj", "real", "imag"), "Chainer's functions take no complex numbers"),
    "round": "Chainer has no round; it has floor, ceil and fix",
}
