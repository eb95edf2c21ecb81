"""A program's steps as lines that a person reads: what is written, and what has to be known about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from harness.literals import Index, index_source, source
from harness.program import (
    AnyStep,
    Apply,
    Backward,
    ClearGrad,
    Grad,
    Host,
    Input,
    KeepGradient,
    Observe,
    Operand,
    Quantity,
    RetainGrad,
    SGDStep,
    Write,
    WriteHost,
)
from harness.report.texts import array_text, type_text


@dataclass(frozen=True)
class Line:
    """One step: its code in the words of `harness.trace`, and a note."""

    code: str
    note: str = ""


def line(step: AnyStep) -> Line:
    """The step as a line."""
    match step:
        case Input():
            return Line(f"{step.name} = {array_text(step.array)}", _input_note(step))
        case Apply():
            return Line(f"{step.name} = {expression(step)}", "" if step.recorded else "not recorded")
        case Backward():
            arguments = [step.root, _keyword("seed", step.seed), _keyword("keep_graph", step.keep_graph)]
            return Line(_call("backward", arguments), _attempt_note(step.attempt))
        case Grad():
            return Line(f"{', '.join(step.names)} = {_grad(step)}", _attempt_note(step.attempt))
        case ClearGrad():
            return Line(f"clear_grad({step.of})")
        case RetainGrad():
            return Line(f"retain_grad({step.of})")
        case KeepGradient():
            return Line(f"{step.name} = keep({step.of}.grad)", "the object that it is now")
        case Write():
            sign = "+=" if step.how == "add" else "="
            index = "..." if step.index is None else index_source(step.index)
            target = _quantity(Quantity(step.target, step.kind))
            return Line(f"{target}[{index}] {sign} {source(step.value)}", "written in place")
        case WriteHost():
            index = "..." if step.index is None else index_source(step.index)
            return Line(f"{step.input}[{index}] = {source(step.value)}", "written to the host array of the input")
        case Host():
            return Line(f"{step.name} = host({step.of})", "as a host array")
        case SGDStep():
            code = f"sgd_step({', '.join(step.variables)}, learning_rate={source(step.learning_rate)})"
            return Line(code, _attempt_note(step.attempt))
        case Observe():
            expected = "" if step.expected is None else f"expected {array_text(step.expected)}"
            return Line(f"observe {looked_at(step)}", expected)


def expression(step: Apply) -> str:
    """The right-hand side: `add(x0, 2.0)`, `sum(x, axis=0)`, `x[1:3]`."""
    if step.op == "getitem" and isinstance(index := step.parameters["index"], tuple):
        return f"{step.operands[0]}[{index_source(cast(Index, index))}]"
    operands = map(_operand, step.operands)
    parameters = (f"{name}={source(value)}" for name, value in step.parameters.items())
    return f"{step.op}({', '.join([*operands, *parameters])})"


def looked_at(step: Observe) -> str:
    """What an observation looks at: `x.grad`, `x.dtype`, `x.grad is y.grad`, `the warnings`."""
    quantities = [_quantity(quantity) for quantity in step.quantities]
    match step.aspect:
        case "content":
            return quantities[0]
        case "same_object":
            return " is ".join(quantities)
        case "shares_memory":
            return f"shares_memory({', '.join(quantities)})"
        case "warnings":
            return "the warnings"
    return f"{quantities[0]}.{step.aspect}"


def _quantity(quantity: Quantity) -> str:
    return f"{quantity.of}.grad" if quantity.kind == "gradient" else quantity.of


def _operand(operand: Operand) -> str:
    return operand if isinstance(operand, str) else source(operand)


def _input_note(step: Input) -> str:
    gradient = "requires a gradient" if step.requires_grad else "constant"
    shared = ", without a copy of the host array" if step.shared else ""
    return f"{type_text(step.array.dtype, step.array.shape)}, {gradient}{shared}"


def _attempt_note(attempt: str | None) -> str:
    return "" if attempt is None else f"whether it raises is observed as {attempt}"


def _grad(step: Grad) -> str:
    flags = ("create_graph", "keep_graph", "set_grad", "retain_grad")
    arguments = [f"[{', '.join(step.outputs)}]", f"[{', '.join(step.inputs)}]"]
    arguments += [f"seeds=[{', '.join(step.seeds)}]"] if step.seeds is not None else []
    arguments += [_keyword(flag, getattr(step, flag)) for flag in flags]
    return _call("grad", [*arguments, _keyword("unconnected", step.unconnected)])


def _keyword(name: str, value: object) -> str:
    return f"{name}={value}" if value else ""


def _call(name: str, arguments: Iterable[str]) -> str:
    return f"{name}({', '.join(argument for argument in arguments if argument)})"
