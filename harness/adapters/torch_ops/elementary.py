"""Functions of numbers, element by element, in PyTorch's words."""

from collections.abc import Callable

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments


def _of_tensors(function: str) -> Callable[..., str]:
    """A function of two tensors that takes no Python numbers: a number becomes a tensor like the other operand."""

    def template(x1: str, x2: str) -> str:
        like = x1 if x1.isidentifier() else x2
        operands = (text if text.isidentifier() else f"torch.full_like({like}, {text})" for text in (x1, x2))
        return f"{function}({', '.join(operands)})"

    return template


def _clip(x: str, *, min: float | None, max: float | None) -> str:  # noqa: A002 -- the parameters' names
    return f"torch.clamp({x}{arguments(min=min, max=max)})"


OPS: dict[str, Template] = {
    "add": "{0} + {1}",
    "subtract": "{0} - {1}",
    "multiply": "{0} * {1}",
    "divide": "{0} / {1}",
    "negative": "-{0}",
    "positive": "+{0}",
    "reciprocal": "torch.reciprocal({0})",
    "floor_divide": "{0} // {1}",
    "remainder": "{0} % {1}",
    "conj": "torch.conj({0})",
    "real": "torch.real({0})",
    "imag": "torch.imag({0})",
    "pow": "{0} ** {1}",
    "square": "torch.square({0})",
    "sqrt": "torch.sqrt({0})",
    "hypot": _of_tensors("torch.hypot"),
    "exp": "torch.exp({0})",
    "expm1": "torch.expm1({0})",
    "exp2": "torch.exp2({0})",
    "log": "torch.log({0})",
    "log1p": "torch.log1p({0})",
    "log2": "torch.log2({0})",
    "log10": "torch.log10({0})",
    "logaddexp": _of_tensors("torch.logaddexp"),
    "sin": "torch.sin({0})",
    "cos": "torch.cos({0})",
    "tan": "torch.tan({0})",
    "asin": "torch.asin({0})",
    "acos": "torch.acos({0})",
    "atan": "torch.atan({0})",
    "atan2": _of_tensors("torch.atan2"),
    "sinh": "torch.sinh({0})",
    "cosh": "torch.cosh({0})",
    "tanh": "torch.tanh({0})",
    "asinh": "torch.asinh({0})",
    "acosh": "torch.acosh({0})",
    "atanh": "torch.atanh({0})",
    "equal": "{0} == {1}",
    "not_equal": "{0} != {1}",
    "less": "{0} < {1}",
    "less_equal": "{0} <= {1}",
    "greater": "{0} > {1}",
    "greater_equal": "{0} >= {1}",
    "where": "torch.where({0}, {1}, {2})",
    "maximum": _of_tensors("torch.maximum"),
    "minimum": _of_tensors("torch.minimum"),
    "clip": _clip,
    "abs": "torch.abs({0})",
    "sign": "torch.sign({0})",
    "copysign": _of_tensors("torch.copysign"),
    "floor": "torch.floor({0})",
    "ceil": "torch.ceil({0})",
    "round": "torch.round({0})",
    "trunc": "torch.trunc({0})",
}
