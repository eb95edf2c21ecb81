"""Chainer. Idioms as in https://docs.chainer.org/en/stable/guides/variables.html."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from harness.adapters.base import Template, host_name, subscript, tuple_text
from harness.adapters.define_by_run import Context, DefineByRun, along, arguments, getitem
from harness.errors import Unsupported
from harness.literals import source
from harness.program import Backward, ClearGrad, Grad, Host, Input, Quantity, RetainGrad, SGDStep, Write
from harness.script import AnyStatement, Language, Statement, With

Axis = int | tuple[int, ...] | None


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


def _norm(x: str, *, axis: Axis, keepdims: bool) -> str:
    """The root of the sum of squares: Chainer has no norm that gives one number."""
    return f"F.sqrt(F.sum({x} ** 2{arguments(axis=axis, keepdims=keepdims)}))"


def _clip(x: str, *, min: float | None, max: float | None) -> str:  # noqa: A002 -- the parameters' names
    return f"F.clip({x}, {source(min)}, {source(max)})"


def _take(x: str, indices: str, *, axis: int) -> str:
    return x + along(axis, f"{indices}.array")


def _astype(x: str, *, dtype: str) -> str:
    if dtype == "bfloat16":
        raise Unsupported("Chainer has no bfloat16")
    _check_real(dtype)
    return f"F.cast({x}, {source(dtype)})"


def _check_real(dtype: str) -> None:
    if dtype.startswith("complex"):
        raise Unsupported("Chainer's functions take no complex numbers")


class Chainer(DefineByRun):
    framework = "chainer"
    no_recording = "chainer.no_backprop_mode()"
    errors = (
        # Without a seed Chainer passes None on, until some op computes with it.
        ("seed_required", "TypeError", "NoneType'"),
        ("seed_required", "AttributeError", "'NoneType' object has no attribute"),
        ("seed_required", "UFuncTypeError", "from dtype('O')"),
        ("seed_mismatch", "ValueError", "Shape of data and grad mismatch"),
        ("seed_mismatch", "TypeError", "Dtype of data and grad mismatch"),
        ("integer_input", "InvalidType", ".kind == f\nActual: i"),
        ("integer_input", "InvalidType", ".kind == f\nActual: u"),
        ("integer_input", "InvalidType", ".kind == f\nActual: b"),
        ("mixed_dtypes", "InvalidType", ".dtype == "),
        ("singular_matrix", "ValueError", "Input has singular matrices"),
        # The gradient of a sum is one number that is seen from all places.
        ("read_only", "ValueError", "assignment destination is read-only"),
    )
    lacks: ClassVar[dict[str, str]] = {
        "logaddexp": "Chainer has no logaddexp",
        "asinh": "Chainer has no inverse hyperbolic functions",
        "acosh": "Chainer has no inverse hyperbolic functions",
        "atanh": "Chainer has no inverse hyperbolic functions",
        "round": "Chainer has no round; it has floor, ceil and fix",
    }
    ops: ClassVar[dict[str, Template]] = {
        # arithmetic, powers
        "add": "{0} + {1}",
        "subtract": "{0} - {1}",
        "multiply": "{0} * {1}",
        "divide": "{0} / {1}",
        "negative": "-{0}",
        "positive": "+{0}",
        "reciprocal": "1 / {0}",
        "pow": "{0} ** {1}",
        "square": "F.square({0})",
        "sqrt": "F.sqrt({0})",
        "hypot": "F.sqrt({0} ** 2 + {1} ** 2)",
        # exponential
        "exp": "F.exp({0})",
        "expm1": "F.expm1({0})",
        "exp2": "2 ** {0}",
        "log": "F.log({0})",
        "log1p": "F.log1p({0})",
        "log2": "F.log2({0})",
        "log10": "F.log10({0})",
        # trigonometric, hyperbolic
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
        # comparison, selection
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
        # reductions: there is one maximum
        "sum": _reduction("F.sum"),
        "mean": _reduction("F.mean"),
        "prod": _reduction("F.prod"),
        "max": _reduction("F.max"),
        "min": _reduction("F.min"),
        "amax": _reduction("F.max"),
        "var": _var,
        "std": _std,
        "logsumexp": _logsumexp,
        "vector_norm": _norm,
        # cumulative
        "cumulative_sum": "F.cumsum({0}, axis={axis})",
        "cumulative_prod": "F.cumprod({0}, axis={axis})",
        # linear: Chainer keeps the weight as (out, in)
        "matmul": "{0} @ {1}",
        "linear": "F.linear({0}, {1}.T, {2})",
        "det": "F.det({0})",
        # shape
        "reshape": "F.reshape({0}, {shape})",
        "permute_dims": "F.transpose({0}, {axes})",
        "broadcast_to": "F.broadcast_to({0}, {shape})",
        "expand_dims": "F.expand_dims({0}, {axis})",
        "squeeze": "F.squeeze({0}, axis={axis})",
        "concat": "F.concat([{*}], axis={axis})",
        "stack": "F.stack([{*}], axis={axis})",
        # indexing, casting
        "getitem": getitem,
        "take": _take,
        "astype": _astype,
        "stop_gradient": "chainer.Variable({0}.array, requires_grad=False)",
        # activations
        "relu": "F.relu({0})",
        "sigmoid": "F.sigmoid({0})",
        "softplus": "F.softplus({0})",
        "softmax": "F.softmax({0}, axis={axis})",
        "log_softmax": "F.log_softmax({0}, axis={axis})",
    }

    @property
    def language(self) -> Language:
        return Language(
            framework="chainer",
            title="Chainer",
            imports="import chainer\nimport chainer.functions as F\nimport numpy as np",
            reader='''
def read(value):
    """A variable as its NumPy array, a dtype as its name, anything else as it is."""
    if isinstance(value, np.dtype):
        return value.name
    return value.array if isinstance(value, chainer.Variable) else value
''',
        )

    def input(self, step: Input, context: Context) -> Iterator[AnyStatement]:
        """A Variable holds the host array itself, so the shared form is the same; what SGD updates is a Parameter."""
        if step.array.dtype == "bfloat16":
            raise Unsupported("Chainer has no bfloat16")
        _check_real(step.array.dtype)
        host = host_name(step.name)
        if any(isinstance(other, SGDStep) and step.name in other.variables for other in context.program.steps):
            if not step.requires_grad:
                raise Unsupported("Chainer's optimizers update Parameters, which always require a gradient")
            yield Statement(f"{step.name} = chainer.Parameter({host})")
            yield Statement(f"{step.name}.cleargrad()")
        else:
            constant = "" if step.requires_grad else ", requires_grad=False"
            yield Statement(f"{step.name} = chainer.Variable({host}{constant})")

    def backward(self, step: Backward, context: Context) -> Iterator[AnyStatement]:
        """The graph is always kept; gradients of values in between are kept all or none, which each pass says anew."""
        if step.seed is not None:
            yield Statement(f"{step.root}.grad = {step.seed}.array")
        yield Statement(f"{step.root}.backward({'retain_grad=True' if context.retains_gradients else ''})")

    def grad(self, step: Grad, context: Context) -> Iterator[AnyStatement]:
        """An input that no output depends on gets None."""
        if step.unconnected == "zeros":
            raise Unsupported("chainer.grad gives None for an input that no output depends on, and never zeros")
        seeds = "" if step.seeds is None else f", grad_outputs=[{', '.join(step.seeds)}]"
        asked = arguments(
            set_grad=step.set_grad, retain_grad=step.retain_grad, enable_double_backprop=step.create_graph
        )
        yield Statement(
            f"{tuple_text(step.names)} = chainer.grad"
            f"([{', '.join(step.outputs)}], [{', '.join(step.inputs)}]{seeds}{asked})"
        )

    def optimizer(self, step: SGDStep) -> Iterator[AnyStatement]:
        yield Statement("model = chainer.Link()")
        yield With("model.init_scope()", tuple(Statement(f"model.{name} = {name}") for name in step.variables))
        yield Statement(f"optimizer = chainer.optimizers.SGD(lr={source(step.learning_rate)})")
        yield Statement("optimizer.setup(model)")

    def optimizer_step(self, step: SGDStep) -> str:
        return "optimizer.update()"

    def write(self, step: Write, context: Context) -> Iterator[AnyStatement]:
        """In the array, which is what `.grad` of a variable is, and what a host array is itself."""
        sign = "+=" if step.how == "add" else "="
        is_host_array = any(isinstance(made, Host) and made.name == step.target for made in context.program.steps)
        array = step.target if is_host_array else f"{step.target}.{'grad' if step.kind == 'gradient' else 'array'}"
        yield Statement(f"{array}{subscript(step.index)} {sign} {source(step.value)}")

    def host(self, name: str) -> str:
        return f"{name}.array"

    def clear_grad(self, step: ClearGrad) -> AnyStatement:
        return Statement(f"{step.of}.cleargrad()")

    def retain_grad(self, step: RetainGrad) -> tuple[AnyStatement, ...]:
        """Nothing here: `backward` says it."""
        return ()

    def is_leaf(self, quantity: Quantity) -> str:
        return f"{self._variable(quantity)}.creator is None"

    def requires_grad(self, quantity: Quantity) -> str:
        return f"{self._variable(quantity)}.requires_grad"

    def _variable(self, quantity: Quantity) -> str:
        """The gradient's Variable; `.grad` is its array."""
        return f"{quantity.of}.grad_var" if quantity.kind == "gradient" else quantity.of
