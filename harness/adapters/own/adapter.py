"""The adapter of an engine that a file describes: the steps of define-by-run in the file's own templates."""

import ast
import os
from collections.abc import Iterable, Iterator
from typing import NoReturn

import msgspec

from harness.adapters.base import host_name, subscript, tuple_text
from harness.adapters.define_by_run import Context, DefineByRun
from harness.adapters.numpy_errors import SHAPE_ERRORS
from harness.adapters.own import renaming
from harness.adapters.own.description import Description, Template
from harness.errors import Unsupported
from harness.literals import index_source, quoted, source
from harness.ops import OPS
from harness.program import (
    AnyStep,
    Apply,
    Backward,
    ClearGrad,
    Grad,
    Host,
    Input,
    Observe,
    Program,
    Quantity,
    RetainGrad,
    SGDStep,
    Write,
)
from harness.script import AnyStatement, Attempt, Language, Script, Statement, With


class OwnEngine(DefineByRun):
    """Somebody's engine, as its description says."""

    errors = (
        ("not_an_array", "NotAnArray", ""),
        ("unsupported", "NotImplementedError", ""),
        ("read_only", "ValueError", "is read-only"),
        ("read_only", "TypeError", "does not support item assignment"),
        *SHAPE_ERRORS,
    )

    def __init__(self, described: Description) -> None:
        super().__init__()
        self.framework = described.name
        self.described = described
        self._templates = described.templates
        self._numbers = "number" in described.templates["variable"].placeholders
        """Whether the engine's values are single numbers."""
        self._taken = _names_in([*described.templates.values(), *described.ops.values()])

    @property
    def language(self) -> Language:
        return Language(
            framework=self.framework,
            title=self.described.title,
            imports=self.described.prelude,
            reader=_READER.format(
                value=self._templates["value"].fill(x="value"), number="float(value)" if self._numbers else "value"
            ),
            file=str(self.described.file),
            path=(str(self.described.file.parent), os.getcwd()),
        )

    def script(self, program: Program) -> Script:
        if "constant" not in self._templates:
            self._check_roots(program)
        return super().script(renaming.without(program, self._taken))

    def category(self, error_type: str, message: str) -> str:
        said = f"{error_type}: {message}"
        for words, kind in self.described.errors.items():
            if words in said:
                return kind
        return super().category(error_type, message)

    def _check_roots(self, program: Program) -> None:
        """Without constants, what depends on constants alone would be differentiated all the same."""
        varying = {name for name, step in program.inputs.items() if step.requires_grad}
        for step in program.steps:
            match step:
                case Apply(recorded=True) if step.op != "stop_gradient" and varying.intersection(step.uses):
                    varying.add(step.name)
                case Grad():
                    varying.update(step.names)
                case Backward(root=root) if root not in varying:
                    self._lacks("constant", "a leaf that gets no gradient")

    # Statements, each with the line of the template that it is made from

    def _say(self, step: AnyStep, context: Context) -> Iterator[AnyStatement]:
        if isinstance(step, Observe) and (reason := self._unobservable(step, context.program)):
            context.unsupported[step.point] = reason
            return
        if isinstance(step, Apply) and not step.recorded and "no_recording" not in self._templates:
            self._lacks("no_recording", "a context in which nothing is recorded")
        line = self._line(step)
        for statement in super()._say(step, context):
            yield _at(line, statement)

    def _line(self, step: AnyStep) -> int:
        match step:
            case Apply():
                template = self.described.ops.get(step.op)
            case Observe(quantities=(first, *_)):
                template = self._templates["gradient" if first.kind == "gradient" else "value"]
            case Backward():
                template = self._templates.get("backward" if step.seed is None else "seeded_backward")
            case _:
                template = self._templates.get(_TEMPLATE_OF.get(type(step), "value"))
        return template.line if template else 0

    @property
    def no_recording(self) -> str:  # type: ignore[override]
        return self._templates["no_recording"].text

    def expression(self, step: Apply) -> str:
        template, op = self.described.ops.get(step.op), OPS[step.op]
        if template is None:
            raise Unsupported(f"{self._title} has no op {step.op}")
        texts = {}
        for name, value in op.bind(step.parameters).items():
            if name not in template.placeholders and value != op.parameters[name].default:
                raise Unsupported(f"{self._title} has {step.op} without the parameter {name}")
            texts[name] = index_source(value) if name == "index" else source(value)
        dtype = texts.get("dtype")
        if dtype is not None:
            self._check_dtype(ast.literal_eval(dtype))
        operands = [self.operand(operand) for operand in step.operands]
        if len(operands) > 1:
            operands = [f"({text})" if text.startswith("-") else text for text in operands]
        texts.update({str(position): text for position, text in enumerate(operands)})
        return template.fill(**{"*": ", ".join(operands)}, **texts)

    def input(self, step: Input, context: Context) -> Iterator[AnyStatement]:
        if step.shared:
            raise Unsupported("whether an own engine has a way to make a leaf without a copy is not asked")
        self._check_dtype(step.array.dtype)
        if self._numbers and (step.array.shape or step.array.dtype != "float64"):
            kind = "an array" if step.array.shape else f"of {step.array.dtype}"
            raise Unsupported(f"{self._title} computes with single Python floats, and an input is {kind}")
        given = "variable" if step.requires_grad or "constant" not in self._templates else "constant"
        host = host_name(step.name)
        made = self._templates[given].fill(array=host, number=f"float({host})", dtype=quoted(step.array.dtype))
        yield Statement(f"{step.name} = {made}")

    def backward(self, step: Backward, context: Context) -> Iterator[AnyStatement]:
        name = "backward" if step.seed is None else "seeded_backward"
        if name not in self._templates:
            self._lacks(name, "backward with a seed")
        text = self._templates[name].fill(
            y=step.root,
            seed=step.seed or "",
            keep_graph=source(step.keep_graph),
            retain_grad=source(context.retains_gradients),
        )
        yield Statement(text)

    def grad(self, step: Grad, context: Context) -> Iterator[AnyStatement]:
        if "grad" not in self._templates:
            self._lacks("grad", "the functional form")
        template = self._templates["grad"]
        asked = {
            "seeds": step.seeds is not None,
            "create_graph": step.create_graph,
            "set_grad": step.set_grad,
            "retain_grad": step.retain_grad,
            "unconnected": step.unconnected is not None,
        }
        for name, is_asked in asked.items():
            if is_asked and name not in template.placeholders:
                raise Unsupported(f"{self._title} has the functional form without {name}")
        text = template.fill(
            outputs=f"[{', '.join(step.outputs)}]",
            inputs=f"[{', '.join(step.inputs)}]",
            seeds="None" if step.seeds is None else f"[{', '.join(step.seeds)}]",
            create_graph=source(step.create_graph),
            keep_graph=source(step.keep_graph),
        )
        yield Statement(f"{tuple_text(step.names)} = {text}")

    def sgd_step(self, step: SGDStep, context: Context) -> Iterable[AnyStatement]:
        raise Unsupported("optimizers of own engines are not examined")

    def optimizer_step(self, step: SGDStep) -> str:
        raise Unsupported("optimizers of own engines are not examined")

    def write(self, step: Write, context: Context) -> Iterator[AnyStatement]:
        """Into the array, wherever it is; a number is replaced."""
        maker = next(made for made in context.program.steps if step.target in made.defines)
        sign = "+=" if step.how == "add" else "="
        if isinstance(maker, Host):
            place = step.target + subscript(step.index)
        elif self._numbers:
            if step.index is not None:
                raise Unsupported(f"{self._title} computes with single numbers, which have no elements")
            place = (
                self._value(step.target) if step.kind == "value" else self.quantity(Quantity(step.target, "gradient"))
            )
        else:
            where = self.quantity(Quantity(step.target, step.kind))
            place = f"read({where}){subscript(step.index)}"
        yield Statement(f"{place} {sign} {source(step.value)}")

    def host(self, name: str) -> str:
        return self._value(name)

    def clear_grad(self, step: ClearGrad) -> AnyStatement:
        if "clear" not in self._templates:
            self._lacks("clear", "which forgets a gradient")
        return Statement(self._templates["clear"].fill(x=step.of))

    def retain_grad(self, step: RetainGrad) -> Iterator[AnyStatement]:
        if "retain" in self._templates:
            text = self._templates["retain"].fill(x=step.of)
            if text.strip() != "pass":
                yield Statement(text)
        elif "retain_grad" not in self._templates["backward"].placeholders:
            self._lacks("retain", "which keeps the gradient of a computed variable")

    def quantity(self, quantity: Quantity) -> str:
        return self._templates["gradient"].fill(x=quantity.of) if quantity.kind == "gradient" else quantity.of

    def observed(self, step: Observe) -> str:
        return f"read({self.quantity(step.quantities[0])}).dtype" if step.aspect == "dtype" else super().observed(step)

    def is_leaf(self, quantity: Quantity) -> str:
        return self._templates["is_leaf"].fill(x=quantity.of)

    def requires_grad(self, quantity: Quantity) -> str:
        return self._templates["requires_grad"].fill(x=quantity.of)

    # What the description does not say

    @property
    def _title(self) -> str:
        return self.described.title

    def _value(self, name: str) -> str:
        return self._templates["value"].fill(x=name)

    def _lacks(self, name: str, purpose: str) -> NoReturn:
        raise Unsupported(f"{self.described.file.name} does not assign `{name}`, {purpose}")

    def _check_dtype(self, dtype: str) -> None:
        if dtype == "bfloat16":
            raise Unsupported("NumPy has no bfloat16")
        if dtype not in self.described.dtypes:
            raise Unsupported(f"{self.described.file.name} leaves {dtype} out of `dtypes`")

    def _unobservable(self, step: Observe, program: Program) -> str:
        """Why a point cannot be observed; empty if it can."""
        if step.aspect in ("is_leaf", "requires_grad"):
            if step.aspect not in self._templates:
                return f"{self.described.file.name} does not assign `{step.aspect}`"
            if step.quantities[0].kind == "gradient":
                return "a stored gradient may be an array, which cannot be asked"
        if self._numbers and step.aspect in ("dtype", "same_object", "shares_memory"):
            return f"{self._title} computes with Python floats, which have neither dtype nor memory of their own"
        if "constant" not in self._templates:
            constants = {name for name, made in program.inputs.items() if not made.requires_grad}
            for quantity in step.quantities:
                asks_gradient = quantity.kind == "gradient" or step.aspect == "requires_grad"
                if quantity.of in constants and asks_gradient:
                    return f"{self.described.file.name} does not assign `constant`, a leaf that gets no gradient"
        return ""


_TEMPLATE_OF: dict[type[AnyStep], str] = {
    Input: "variable",
    ClearGrad: "clear",
    RetainGrad: "retain",
    Grad: "grad",
    Write: "value",
}

_READER = '''
class NotAnArray(TypeError):
    """What the engine gave is neither an array nor a number."""


def read(value):
    """The array or number of whatever the engine yields; None, bools and texts as they are."""
    if isinstance(value, np.dtype):
        return value.name
    if value is None or isinstance(value, (bool, str, np.generic)):
        return value
    if not isinstance(value, (np.ndarray, int, float, complex, list, tuple, dict, set)):
        value = {value}
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return {number}
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "biufc":
        return value
    if value is None or isinstance(value, complex):
        return value
    kind = type(value).__name__
    if isinstance(value, (np.ndarray, np.generic)):
        kind += " of " + value.dtype.name
    raise NotAnArray("a NumPy array or a number is needed here, and this is a " + kind)
'''


def _names_in(templates: Iterable[Template]) -> frozenset[str]:
    """The variables that templates use: the engine's functions and classes, and what the file made of them."""
    filled = (template.fill(**dict.fromkeys(template.placeholders, "_")) for template in templates)
    return frozenset(
        node.id for text in filled for node in ast.walk(ast.parse(text.strip())) if isinstance(node, ast.Name)
    )


def _at(line: int, statement: AnyStatement) -> AnyStatement:
    match statement:
        case Statement():
            return msgspec.structs.replace(statement, line=line)
        case With() | Attempt():
            return msgspec.structs.replace(statement, body=tuple(_at(line, inner) for inner in statement.body))
    return statement
