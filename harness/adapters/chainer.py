"""Chainer. Idioms as in https://docs.chainer.org/en/stable/guides/variables.html."""

from collections.abc import Iterator

from harness.adapters.base import host_name, subscript, tuple_text
from harness.adapters.chainer_ops import LACKS, OPS
from harness.adapters.chainer_ops.dtypes import check_dtype
from harness.adapters.define_by_run import Context, DefineByRun, arguments
from harness.adapters.numpy_errors import PICKING_ERRORS
from harness.errors import Unsupported
from harness.literals import source
from harness.program import Backward, ClearGrad, Grad, Host, Input, Quantity, RetainGrad, SGDStep, Write
from harness.script import AnyStatement, Language, Statement, With


class Chainer(DefineByRun):
    framework = "chainer"
    no_recording = "chainer.no_backprop_mode()"
    errors = (
        ("no_gradient", "AttributeError", "'NoneType' object has no attribute 'node'"),
        # Without a seed Chainer passes None on, until some op computes with it.
        ("seed_required", "TypeError", "NoneType'"),
        ("seed_required", "AttributeError", "'NoneType' object has no attribute"),
        ("seed_required", "UFuncTypeError", "from dtype('O')"),
        ("seed_required", "TypeError", "grad: object != data"),
        ("seed_mismatch", "ValueError", "Shape of data and grad mismatch"),
        ("seed_mismatch", "TypeError", "Dtype of data and grad mismatch"),
        ("integer_input", "InvalidType", ".kind == f\nActual: i"),
        ("integer_input", "InvalidType", ".kind == f\nActual: u"),
        ("integer_input", "InvalidType", ".kind == f\nActual: b"),
        ("mixed_dtypes", "InvalidType", ".dtype == "),
        ("singular_matrix", "ValueError", "Input has singular matrices"),
        *PICKING_ERRORS,
        ("not_positive_definite", "LinAlgError", "Matrix is not positive definite"),
        # The gradient of a sum is one number that is seen from all places.
        ("read_only", "ValueError", "assignment destination is read-only"),
    )
    lacks = LACKS
    ops = OPS

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
        check_dtype(step.array.dtype)
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
