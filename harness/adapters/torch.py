"""PyTorch. Idioms as in https://docs.pytorch.org/docs/stable/notes/autograd.html."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from harness.adapters.base import Template, host_name, subscript, tuple_text
from harness.adapters.define_by_run import Context, DefineByRun, along, arguments, getitem
from harness.errors import Unsupported
from harness.literals import source
from harness.program import Backward, ClearGrad, Grad, Input, Program, Quantity, RetainGrad, SGDStep, Write
from harness.script import AnyStatement, Language, Statement, With

Axis = int | tuple[int, ...] | None


def _of_tensors(function: str) -> Callable[..., str]:
    """A function of two tensors that takes no Python numbers: a number becomes a tensor like the other operand."""

    def template(x1: str, x2: str) -> str:
        like = x1 if x1.isidentifier() else x2
        operands = (text if text.isidentifier() else f"torch.full_like({like}, {text})" for text in (x1, x2))
        return f"{function}({', '.join(operands)})"

    return template


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


def _amax(x: str, *, axis: Axis, keepdims: bool) -> str:
    return f"torch.amax({x}{arguments(dim=axis, keepdim=keepdims)})"


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


def _norm(x: str, *, axis: Axis, keepdims: bool) -> str:
    return f"torch.linalg.vector_norm({x}{arguments(dim=axis, keepdim=keepdims)})"


def _clip(x: str, *, min: float | None, max: float | None) -> str:  # noqa: A002 -- the parameters' names
    return f"torch.clamp({x}{arguments(min=min, max=max)})"


def _take(x: str, indices: str, *, axis: int) -> str:
    return x + along(axis, indices)


_CASTS = {"float16": "half", "float32": "float", "float64": "double"}


def _astype(x: str, *, dtype: str) -> str:
    return f"{x}.{_CASTS[dtype]}()" if dtype in _CASTS else f"{x}.to(torch.{dtype})"


class Torch(DefineByRun):
    framework = "torch"
    no_recording = "torch.no_grad()"
    errors = (
        ("graph_freed", "RuntimeError", "Trying to backward through the graph a second time"),
        ("seed_required", "RuntimeError", "grad can be implicitly created only for scalar outputs"),
        ("seed_mismatch", "RuntimeError", "Mismatch in shape: grad_output"),
        ("complex_root", "RuntimeError", "grad can be implicitly created only for real scalar outputs"),
        ("nothing_recorded", "RuntimeError", "does not require grad and does not have a grad_fn"),
        ("saved_value_written", "RuntimeError", "modified by an inplace operation"),
        ("unconnected_input", "RuntimeError", "appears to not have been used in the graph"),
        ("unconnected_input", "RuntimeError", "One of the differentiated Tensors does not require grad"),
        ("integer_input", "RuntimeError", "nly Tensors of floating point"),
        ("mixed_dtypes", "RuntimeError", "to have the same dtype"),
        ("mixed_dtypes", "RuntimeError", "to have same dtype"),
        ("mixed_dtypes", "RuntimeError", "must have the same dtype"),
    )
    ops: ClassVar[dict[str, Template]] = {
        # arithmetic, powers
        "add": "{0} + {1}",
        "subtract": "{0} - {1}",
        "multiply": "{0} * {1}",
        "divide": "{0} / {1}",
        "negative": "-{0}",
        "positive": "+{0}",
        "reciprocal": "torch.reciprocal({0})",
        "pow": "{0} ** {1}",
        "square": "torch.square({0})",
        "sqrt": "torch.sqrt({0})",
        "hypot": _of_tensors("torch.hypot"),
        # exponential
        "exp": "torch.exp({0})",
        "expm1": "torch.expm1({0})",
        "exp2": "torch.exp2({0})",
        "log": "torch.log({0})",
        "log1p": "torch.log1p({0})",
        "log2": "torch.log2({0})",
        "log10": "torch.log10({0})",
        "logaddexp": _of_tensors("torch.logaddexp"),
        # trigonometric, hyperbolic
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
        # comparison, selection
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
        "floor": "torch.floor({0})",
        "ceil": "torch.ceil({0})",
        "round": "torch.round({0})",
        "trunc": "torch.trunc({0})",
        # reductions
        "sum": _reduction("torch.sum"),
        "mean": _reduction("torch.mean"),
        "prod": _prod,
        "max": _largest("max"),
        "min": _largest("min"),
        "amax": _amax,
        "var": _spread("torch.var"),
        "std": _spread("torch.std"),
        "logsumexp": _logsumexp,
        "vector_norm": _norm,
        # cumulative
        "cumulative_sum": "torch.cumsum({0}, dim={axis})",
        "cumulative_prod": "torch.cumprod({0}, dim={axis})",
        # linear: torch keeps the weight as (out, in)
        "matmul": "{0} @ {1}",
        "linear": "torch.nn.functional.linear({0}, {1}.T, {2})",
        "det": "torch.linalg.det({0})",
        # shape
        "reshape": "{0}.reshape({shape})",
        "permute_dims": "torch.permute({0}, {axes})",
        "broadcast_to": "torch.broadcast_to({0}, {shape})",
        "expand_dims": "torch.unsqueeze({0}, dim={axis})",
        "squeeze": "torch.squeeze({0}, dim={axis})",
        "concat": "torch.cat([{*}], dim={axis})",
        "stack": "torch.stack([{*}], dim={axis})",
        # indexing, casting
        "getitem": getitem,
        "take": _take,
        "astype": _astype,
        "stop_gradient": "{0}.detach()",
        # activations
        "relu": "torch.relu({0})",
        "sigmoid": "torch.sigmoid({0})",
        "softplus": "torch.nn.functional.softplus({0})",
        "softmax": "torch.softmax({0}, dim={axis})",
        "log_softmax": "torch.log_softmax({0}, dim={axis})",
    }

    @property
    def language(self) -> Language:
        return Language(
            framework="torch",
            title="PyTorch",
            imports="import numpy as np\nimport torch\n\ntorch.set_warn_always(True)  # not once per process",
            reader='''
def read(value):
    """A tensor as the NumPy array on the same memory, a dtype as its name, anything else as it is."""
    if isinstance(value, torch.dtype):
        return str(value).replace("torch.", "")
    if isinstance(value, np.dtype):
        return value.name
    if not isinstance(value, torch.Tensor):
        return value
    value = value.detach().resolve_conj().resolve_neg()
    if value._is_zerotensor():  # zeros without memory, which some second derivatives are
        value = value + 0
    if value.dtype == torch.bfloat16:  # NumPy has none: its bits, in a field of that name
        return value.view(torch.int16).numpy().view(np.dtype([("bfloat16", np.uint16)]))
    return value.numpy()
''',
            environment={"CUDA_VISIBLE_DEVICES": "-1"},
        )

    def parameter(self, value: Any) -> str:
        return f"torch.{value}" if isinstance(value, str) else source(value)

    def input(self, step: Input, context: Context) -> Iterator[AnyStatement]:
        host = host_name(step.name)
        if step.shared:
            if step.array.dtype == "bfloat16":
                raise Unsupported("NumPy has no bfloat16, so a bfloat16 tensor cannot share a host array's memory")
            requires = ".requires_grad_()" if step.requires_grad else ""
            yield Statement(f"{step.name} = torch.from_numpy({host}){requires}")
        else:
            dtype = ", dtype=torch.bfloat16" if step.array.dtype == "bfloat16" else ""
            yield Statement(f"{step.name} = torch.tensor({host}{dtype}{arguments(requires_grad=step.requires_grad)})")

    def backward(self, step: Backward, context: Context) -> Iterator[AnyStatement]:
        given = ([step.seed] if step.seed is not None else []) + (["retain_graph=True"] if step.keep_graph else [])
        yield Statement(f"{step.root}.backward({', '.join(given)})")

    def grad(self, step: Grad, context: Context) -> Iterator[AnyStatement]:
        if step.retain_grad:
            for name in _between(step, context.program):
                yield Statement(f"{name}.retain_grad()")
        seeds = "" if step.seeds is None else f", [{', '.join(step.seeds)}]"
        asked = arguments(
            retain_graph=step.keep_graph,
            create_graph=step.create_graph,
            allow_unused=step.unconnected == "none",
            materialize_grads=step.unconnected == "zeros",
        )
        yield Statement(
            f"{tuple_text(step.names)} = torch.autograd.grad"
            f"([{', '.join(step.outputs)}], [{', '.join(step.inputs)}]{seeds}{asked})"
        )
        if step.set_grad:
            for name, result in zip(step.inputs, step.names, strict=True):
                yield Statement(f"{name}.grad = {result}")

    def optimizer(self, step: SGDStep) -> Iterator[AnyStatement]:
        yield Statement(f"optimizer = torch.optim.SGD([{', '.join(step.variables)}], lr={source(step.learning_rate)})")

    def optimizer_step(self, step: SGDStep) -> str:
        return "optimizer.step()"

    def write(self, step: Write, context: Context) -> Iterator[AnyStatement]:
        sign = "+=" if step.how == "add" else "="
        written = self.quantity(Quantity(step.target, step.kind)) + subscript(step.index)
        yield With("torch.no_grad()", (Statement(f"{written} {sign} {source(step.value)}"),))

    def host(self, name: str) -> str:
        return f"{name}.detach().numpy()"

    def clear_grad(self, step: ClearGrad) -> AnyStatement:
        return Statement(f"{step.of}.grad = None")

    def retain_grad(self, step: RetainGrad) -> Iterator[AnyStatement]:
        yield Statement(f"{step.of}.retain_grad()")


def _between(step: Grad, program: Program) -> list[str]:
    """What was computed by recorded ops from the inputs of `step` on the way to its outputs, in order."""
    from_inputs = set(step.inputs)
    computed = []
    for name, application in program.applications.items():
        if application.recorded and name not in step.inputs and from_inputs.intersection(application.uses):
            from_inputs.add(name)
            computed.append(name)
    to_outputs = set(step.outputs)
    for name in reversed(computed):
        if name in to_outputs:
            to_outputs.update(program.applications[name].uses)
    return [name for name in computed if name in to_outputs]
