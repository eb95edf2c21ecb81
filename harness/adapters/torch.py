"""PyTorch. Idioms as in https://docs.pytorch.org/docs/stable/notes/autograd.html."""

from collections.abc import Iterator
from typing import Any

from harness.adapters.base import host_name, subscript, tuple_text
from harness.adapters.define_by_run import Context, DefineByRun, arguments
from harness.adapters.torch_ops import LACKS, OPS
from harness.errors import Unsupported
from harness.literals import source
from harness.program import Backward, ClearGrad, Grad, Input, Program, Quantity, RetainGrad, SGDStep, Write
from harness.script import AnyStatement, Language, Statement, With


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
        ("not_positive_definite", "_LinAlgError", "not positive-definite"),
        ("singular_matrix", "_LinAlgError", "singular"),
        ("unconnected_input", "RuntimeError", "appears to not have been used in the graph"),
        ("unconnected_input", "RuntimeError", "One of the differentiated Tensors does not require grad"),
        ("integer_input", "RuntimeError", "nly Tensors of floating point"),
        ("no_derivative", "RuntimeError", "derivative for aten::floor_divide is not implemented"),
        ("mixed_dtypes", "RuntimeError", "to have the same dtype"),
        ("mixed_dtypes", "RuntimeError", "to have same dtype"),
        ("mixed_dtypes", "RuntimeError", "must have the same dtype"),
        ("no_elements", "RuntimeError", "Expected reduction dim to be specified for input.numel() == 0"),
        ("index_out_of_bounds", "IndexError", "is out of bounds for dimension"),
        ("index_out_of_bounds", "IndexError", "index out of range in self"),
    )
    lacks = LACKS
    ops = OPS

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
