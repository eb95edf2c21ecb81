"""The reference engine, which has the ops under the names that a Program uses."""

from collections.abc import Iterator
from typing import ClassVar

from harness.adapters.base import Template, host_name, subscript, tuple_text
from harness.adapters.define_by_run import Context, DefineByRun, arguments, getitem
from harness.adapters.numpy_errors import PICKING_ERRORS, SHAPE_ERRORS
from harness.errors import Unsupported
from harness.literals import source
from harness.ops import OPS, Op
from harness.program import Backward, ClearGrad, Grad, Host, Input, RetainGrad, SGDStep, Write
from harness.script import AnyStatement, Language, Statement

_OPERATORS = {
    "add": "{0} + {1}",
    "subtract": "{0} - {1}",
    "multiply": "{0} * {1}",
    "divide": "{0} / {1}",
    "negative": "-{0}",
    "positive": "+{0}",
    "pow": "{0} ** {1}",
    "equal": "{0} == {1}",
    "not_equal": "{0} != {1}",
    "less": "{0} < {1}",
    "less_equal": "{0} <= {1}",
    "greater": "{0} > {1}",
    "greater_equal": "{0} >= {1}",
    "matmul": "{0} @ {1}",
    "abs": "abs({0})",
}


def _call(op: Op) -> Template:
    """`engine.sum(x, axis=0)`: the parameters that differ from the op's defaults are said."""

    def template(*operands: str, **parameters: object) -> str:
        said = [f"{name}={source(value)}" for name, value in parameters.items() if value != op.parameters[name].default]
        return f"engine.{op.name}({', '.join((*operands, *said))})"

    return template


def _astype(x: str, *, dtype: str) -> str:
    if dtype == "bfloat16":
        raise Unsupported("the reference engine computes with NumPy, which has no bfloat16")
    return f"{x}.astype({source(dtype)})"


class Reference(DefineByRun):
    framework = "reference"
    no_recording = "engine.not_recording()"
    errors = (
        ("graph_freed", "GraphFreed", ""),
        ("seed_required", "SeedRequired", ""),
        ("seed_required", "MissingCotangent", ""),
        ("seed_mismatch", "SeedMismatch", ""),
        ("complex_root", "ComplexOutput", ""),
        ("nothing_recorded", "NothingRecorded", ""),
        ("saved_value_written", "SavedValueWritten", ""),
        ("unconnected_input", "UnconnectedInput", ""),
        ("integer_input", "IntegerInput", ""),
        ("mixed_dtypes", "MixedDtypes", ""),
        ("no_gradients", "NoGradients", ""),
        ("no_derivative", "NoDerivative", ""),
        ("singular_matrix", "SingularMatrix", ""),
        ("not_positive_definite", "NotPositiveDefinite", ""),
        ("read_only", "ValueError", "assignment destination is read-only"),
        ("no_gradient", "TypeError", "has no gradient to write into"),
        ("too_many_visits", "TooManyVisits", ""),
        ("shape_mismatch", "ShapeMismatch", ""),
        *PICKING_ERRORS,
        *SHAPE_ERRORS,
    )
    ops: ClassVar[dict[str, Template]] = {
        **{name: _call(op) for name, op in OPS.items()},
        **_OPERATORS,
        "getitem": getitem,
        "astype": _astype,
    }

    @property
    def language(self) -> Language:
        return Language(
            framework="reference",
            title="reference engine",
            imports="import numpy as np\nimport reference_engine as engine",
            reader='''
def read(value):
    """A variable as its NumPy array, a dtype as its name, anything else as it is."""
    if isinstance(value, np.dtype):
        return value.name
    return value.value if isinstance(value, engine.Variable) else value
''',
        )

    def input(self, step: Input, context: Context) -> Iterator[AnyStatement]:
        if step.array.dtype == "bfloat16":
            raise Unsupported("the reference engine computes with NumPy, which has no bfloat16")
        # Unless told otherwise, floats require a gradient and integers do not.
        by_default = step.array.dtype.startswith(("float", "complex"))
        asked = "" if step.requires_grad is by_default else f", requires_grad={step.requires_grad}"
        shared = ", copy=False" if step.shared else ""
        yield Statement(f"{step.name} = engine.Variable({host_name(step.name)}{asked}{shared})")

    def backward(self, step: Backward, context: Context) -> Iterator[AnyStatement]:
        given = ([step.seed] if step.seed is not None else []) + (["keep_graph=True"] if step.keep_graph else [])
        yield Statement(f"{step.root}.backward({', '.join(given)})")

    def grad(self, step: Grad, context: Context) -> Iterator[AnyStatement]:
        seeds = "" if step.seeds is None else f", [{', '.join(step.seeds)}]"
        asked = arguments(
            create_graph=step.create_graph,
            keep_graph=step.keep_graph,
            set_grad=step.set_grad,
            retain_grad=step.retain_grad,
            unconnected=step.unconnected,
        )
        yield Statement(
            f"{tuple_text(step.names)} = engine.grad"
            f"([{', '.join(step.outputs)}], [{', '.join(step.inputs)}]{seeds}{asked})"
        )

    def optimizer_step(self, step: SGDStep) -> str:
        return f"engine.sgd_step([{', '.join(step.variables)}], {source(step.learning_rate)})"

    def write(self, step: Write, context: Context) -> Iterator[AnyStatement]:
        place = "" if step.index is None else f", np.s_{subscript(step.index)}"
        written = source(step.value)
        maker = next(made for made in context.program.steps if step.target in made.defines)
        if step.kind == "gradient":
            before = f"{step.target}.grad{subscript(step.index)} + " if step.how == "add" else ""
            yield Statement(f"{step.target}.write_grad({before}{written}{place})")
        elif isinstance(maker, Host):
            yield Statement(f"{step.target}{subscript(step.index)} {'+=' if step.how == 'add' else '='} {written}")
        elif isinstance(maker, Grad):
            before = f"{step.target}{subscript(step.index)} + " if step.how == "add" else ""
            yield Statement(f"{step.target} = engine.write({step.target}, {before}{written}{place})")
        else:
            before = f"{step.target}.value{subscript(step.index)} + " if step.how == "add" else ""
            yield Statement(f"{step.target}.write({before}{written}{place})")

    def host(self, name: str) -> str:
        return f"{name}.numpy()"

    def clear_grad(self, step: ClearGrad) -> AnyStatement:
        return Statement(f"{step.of}.clear_grad()")

    def retain_grad(self, step: RetainGrad) -> Iterator[AnyStatement]:
        yield Statement(f"{step.of}.retain_grad()")
