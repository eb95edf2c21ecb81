"""A program as a case of the catalogue: the Python source that a person would have written."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import convert

from harness.arrays import source as source_of_array
from harness.errors import UsageError
from harness.literals import Index, index_source, quoted, source
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
    Program,
    RetainGrad,
    SGDStep,
    Write,
    WriteHost,
)

HEADER = '''"""Cases that generated programs led to."""

import numpy as np

from harness import case
'''


def promote(program: Program, identifier: str, title: str, file: Path) -> None:
    """Append the case to a file of cases, made if there is none. Raises `UsageError` if it is in it already."""
    before = file.read_text(encoding="utf-8") if file.exists() else HEADER
    if f"@case({quoted(identifier)}" in before:
        raise UsageError(f"{file} holds a case {identifier!r} already; choose another name with --as")
    file.write_text(f"{before.rstrip()}\n\n\n{case_source(program, identifier, title)}", encoding="utf-8")


def case_source(program: Program, identifier: str, title: str) -> str:
    """The case, as `def`, with its decorator."""
    body = "".join(f"    {line}\n" for step in program.steps for line in _lines(step))
    function = identifier.replace("/", "_").replace("-", "_")
    return f"@case({quoted(identifier)}, title={quoted(title)})\ndef {function}(g):\n{body}"


def _lines(step: AnyStep) -> Iterator[str]:
    attempt = getattr(step, "attempt", None)
    if attempt is not None:
        yield f"with g.attempt({quoted(attempt)}):"
    elif isinstance(step, Apply) and not step.recorded:
        yield "with g.not_recording():"
    else:
        yield _line(step)
        return
    yield f"    {_line(step)}"


def _line(step: AnyStep) -> str:
    match step:
        case Input(name, array, requires_grad, shared):
            flags = ", requires_grad=False" * (not requires_grad) + ", shared=True" * shared
            return f"{name} = g.input({quoted(name)}, {source_of_array(array)}, {quoted(array.dtype)}{flags})"
        case Apply(name, op, operands, parameters):
            if op == "getitem":
                return f"{name} = {operands[0]}[{index_source(convert(parameters['index'], Index))}]"
            texts = [one if isinstance(one, str) else source(one) for one in operands]
            texts += [f"{key}={source(value)}" for key, value in parameters.items()]
            return f"{name} = g.{op}({', '.join(texts)})"
        case Backward(root, seed, keep_graph):
            return f"g.backward({root}{_given(seed)}{_flags(keep_graph=keep_graph)})"
        case Grad():
            return _grad(step)
        case ClearGrad(of):
            return f"g.clear_grad({of})"
        case RetainGrad(of):
            return f"g.retain_grad({of})"
        case KeepGradient(name, of):
            return f"{name} = g.keep({of}.grad)"
        case Write(target, value, index, how, kind):
            verb = "write" if how == "set" else "write_add"
            return f"g.{verb}({target}{'.grad' * (kind == 'gradient')}, {source(value)}{_index(index)})"
        case WriteHost(target, value, index):
            return f"g.write_host({target}, {source(value)}{_index(index)})"
        case Host(name, of):
            return f"{name} = g.host({of})"
        case SGDStep(variables, rate):
            return f"g.sgd_step([{', '.join(variables)}], {source(rate)})"
        case Observe():
            return _observe(step)


def _grad(step: Grad) -> str:
    seeds = "" if step.seeds is None else f", [{', '.join(step.seeds)}]"
    flags = _flags(
        create_graph=step.create_graph, keep_graph=step.keep_graph, set_grad=step.set_grad, retain_grad=step.retain_grad
    )
    wanted = f", unconnected={quoted(step.unconnected)}" if step.unconnected else ""
    names = ", ".join(step.names) + "," * (len(step.names) == 1)
    return f"{names} = g.grad([{', '.join(step.outputs)}], [{', '.join(step.inputs)}]{seeds}{flags}{wanted})"


def _observe(step: Observe) -> str:
    texts = [one.of + ".grad" * (one.kind == "gradient") for one in step.quantities]
    match step.aspect:
        case "content":
            what = texts[0]
        case "warnings":
            what = "g.warnings"
        case "same_object" | "shares_memory" | "watched":
            what = f"g.{step.aspect}({', '.join(texts)})"
        case _:
            what = f"{texts[0]}.{step.aspect}"
    return f"g.observe({quoted(step.point)}, {what})"


def _given(name: str | None) -> str:
    return "" if name is None else f", {name}"


def _index(index: Index | None) -> str:
    return "" if index is None else f", ({index_source(index)},)"


def _flags(**flags: bool) -> str:
    return "".join(f", {name}=True" for name, value in flags.items() if value)
