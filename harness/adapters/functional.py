"""Frameworks in which one differentiates functions; JAX and HIPS autograd are of this kind.

    backward       a call that differentiates the function from all inputs that require a gradient to the root: every
                   call gives a fresh answer, and inputs that do not reach the root get zeros
    x.grad         the variable `x_grad` with the answer of the last such call; None before one, and when it was cleared
    t.grad         of a value in between: a function of t, from t to the root
    grad           the same call with the inputs that the program names; with create_graph a later call differentiates
                   through it, without it the result is a constant to later calls
    not recording  stays outside of the function, which sees a constant
    write          where arrays are immutable a new one; what was computed before keeps the old one, and so does another
                   gradient. Where they are NumPy's, into the array: every call sees its arguments as they are then
    sgd_step       `x = x - 0.1 * x_grad` or `x -= 0.1 * x_grad`, as users write it where there is no optimizer

Keeping the graph, clearing and retaining gradients need no statement: nothing is stored that could be kept or cleared.
What is only needed inside a differentiated function is computed only there.
"""

from abc import abstractmethod
from collections import ChainMap
from collections.abc import Iterator, Mapping
from textwrap import indent
from typing import ClassVar

from msgspec.structs import replace

from harness.adapters.base import Adapter, attempted, data, gradient_name, host_name, observe, subscript
from harness.adapters.dataflow import Dataflow, Derivative, Entry, Node
from harness.errors import Unsupported
from harness.literals import source
from harness.program import (
    RESERVED_NAMES,
    Apply,
    Backward,
    ClearGrad,
    Grad,
    Host,
    Input,
    KeepGradient,
    Observe,
    Program,
    SGDStep,
    Write,
    WriteHost,
)
from harness.script import AnyStatement, Script, Statement


class Functional(Adapter):
    """A framework's own file says how to make arrays, how to differentiate, and what an op is called."""

    immutable: ClassVar[bool] = True
    """Whether a write makes a new array."""

    def script(self, program: Program) -> Script:
        return _Writer(self, program).script()

    @abstractmethod
    def array(self, step: Input) -> str:
        """The expression that makes an input from its host array."""

    def written(self, name: str, step: Write) -> str:
        """The expression for a new array, `name` with elements overwritten: asked for where arrays are immutable."""
        raise NotImplementedError

    @abstractmethod
    def host(self, name: str) -> str:
        """The value as a host array."""

    @abstractmethod
    def differentiate(
        self, function: str, arguments: tuple[str, ...], results: tuple[str, ...], seeds: tuple[str, ...]
    ) -> Iterator[str]:
        """The lines that differentiate `function` at `arguments` into `results`; without seeds the cotangent is 1."""

    def returned(self, roots: tuple[str, ...]) -> str:
        """What a function with several results returns."""
        return ", ".join(roots)


class _Writer:
    """Writes the script of one program."""

    def __init__(self, adapter: Functional, program: Program) -> None:
        self._adapter = adapter
        self._program = program
        self._taken = {*RESERVED_NAMES, *(name for step in program.steps for name in step.defines)}
        entries = Dataflow(program, adapter.immutable).entries
        self._entries = _needed(entries)
        self._names = self._script_names([node for entry in entries for node in entry.defines])
        self._functions: dict[str, str] = {}
        """The names of the functions that stand at top level, by what they compute."""
        self._new_functions: list[Statement] = []
        self._gradients: set[str] = set()
        """The variables that hold a gradient, or None after an attempt that failed."""

    def script(self) -> Script:
        statements: list[AnyStatement] = []
        unsupported: dict[str, str] = {}
        for entry in self._entries:
            try:
                statements += self._say(entry)
            except Unsupported as reason:
                if not isinstance(entry.step, Observe):
                    raise
                unsupported[entry.step.point] = str(reason)
        points = tuple(point for point in self._program.points if point not in unsupported)
        return Script(tuple(statements), points, unsupported)

    # Names

    def _script_names(self, nodes: list[Node]) -> dict[Node, str]:
        """The variable of each node: a new version takes its predecessor's over if nobody needs that any more."""
        last_use: dict[Node, int] = {}
        for node in nodes:
            last_use.update((operand, node.order) for operand in node.operands)
        for entry in self._entries:
            last_use.update((node, max(last_use.get(node, 0), entry.order)) for node in entry.needs)
        names: dict[Node, str] = {}
        for node in nodes:
            if node.previous is None:
                names[node] = node.name
            elif last_use[node.previous] <= node.order:
                names[node] = names[node.previous]
            else:
                names[node] = self._unused(node.name)
        return names

    def _unused(self, hint: str) -> str:
        name, number = hint, 1
        while name in self._taken:
            number += 1
            name = f"{hint}_{number}"
        self._taken.add(name)
        return name

    # Statements

    def _say(self, entry: Entry) -> Iterator[AnyStatement]:
        match step := entry.step:
            case Input():
                yield data(step)
                yield Statement(f"{step.name} = {self._adapter.array(step)}")
            case KeepGradient():
                yield from self._preset([gradient_name(step.of)])
                yield Statement(f"{self._names[entry.defines[0]]} = {gradient_name(step.of)}")
            case Write(kind="gradient"):
                gradient = gradient_name(step.target)
                yield from self._preset([gradient])
                if self._adapter.immutable:
                    yield Statement(f"{gradient} = {self._adapter.written(gradient, step)}")
                else:
                    yield _written_in_place(gradient, step)
            case Write() if not entry.defines:
                yield _written_in_place(step.target, step)
            case Apply() | Host() | Write():
                yield Statement(self._assignment(entry.defines[0], self._names))
            case WriteHost():
                yield Statement(f"{host_name(step.input)}{subscript(step.index)} = {source(step.value)}")
            case Grad(unconnected="none"):
                raise Unsupported("an input that no output depends on gets zeros, and one cannot ask for None")
            case Backward() | Grad():
                yield from self._differentiate(entry.derivatives, step)
            case SGDStep():
                yield from self._sgd_step(entry, step)
            case ClearGrad():
                self._gradients.discard(gradient_name(step.of))
            case Observe():
                yield from self._observe(entry, step)

    def _assignment(self, node: Node, names: Mapping[Node, str]) -> str:
        operands = {operand.name: names[operand] for operand in node.operands}
        match step := node.step:
            case Apply():
                renamed = tuple(operands[each] if isinstance(each, str) else each for each in step.operands)
                expression = self._adapter.expression(replace(step, operands=renamed))
            case Host():
                expression = self._adapter.host(operands[step.of])
            case Write():
                expression = self._adapter.written(operands[step.target], step)
            case _:
                raise TypeError(f"{node.name!r} is not computed by an expression")
        return f"{names[node]} = {expression}"

    def _differentiate(self, derivatives: tuple[Derivative, ...], step: Backward | Grad) -> Iterator[AnyStatement]:
        lines = [line for derivative in derivatives for line in self._calls(derivative, frozenset())]
        results = [result for derivative in derivatives for result in derivative.results]
        if isinstance(step, Grad) and step.set_grad:
            stored = list(map(gradient_name, step.inputs))
            lines += [f"{gradient} = {result}" for gradient, result in zip(stored, step.names, strict=True)]
            results += stored
        yield from self._new_functions
        self._new_functions.clear()
        if step.attempt is not None:
            yield from self._preset(results)
        self._gradients.update(results)
        yield from attempted(step, tuple(map(Statement, lines)))

    def _sgd_step(self, entry: Entry, step: SGDStep) -> Iterator[AnyStatement]:
        yield from self._preset(list(map(gradient_name, step.variables)))
        rate = source(step.learning_rate)
        if not self._adapter.immutable:
            updates = (Statement(f"{name} -= {rate} * {gradient_name(name)}") for name in step.variables)
            yield from attempted(step, tuple(updates))
            return
        lines = []
        for old, new in zip(entry.uses, entry.defines, strict=True):
            if step.attempt is not None and self._names[new] != self._names[old]:
                yield Statement(f"{self._names[new]} = {self._names[old]}")
            lines.append(f"{self._names[new]} = {self._names[old]} - {rate} * {gradient_name(old.name)}")
        yield from attempted(step, tuple(map(Statement, lines)))

    def _preset(self, gradients: list[str]) -> Iterator[AnyStatement]:
        """A gradient that nobody asked for yet is None."""
        unset = [name for name in dict.fromkeys(gradients) if name not in self._gradients]
        if unset:
            self._gradients.update(unset)
            yield Statement(" = ".join([*unset, "None"]))

    def _observe(self, entry: Entry, step: Observe) -> Iterator[AnyStatement]:
        values = {node.name: self._names[node] for node in entry.uses}
        texts = []
        gradients = []
        for quantity in step.quantities:
            if quantity.kind == "gradient":
                gradients.append(gradient_name(quantity.of))
                texts.append(gradients[-1])
            else:
                texts.append(values[quantity.of])
        observed = observe(step.point, _observed(step, texts))
        yield from self._preset(gradients)
        yield observed

    # Differentiated functions

    def _calls(self, derivative: Derivative, local: frozenset[Node]) -> list[str]:
        """The lines that compute a derivative inside a function with these local nodes; at top level there are none."""
        function = derivative.function
        arguments = tuple(self._names[node] for node in function.arguments)
        body = "\n".join(self._body(derivative, local | function.local))
        text = f"({', '.join(arguments)}):\n{indent(body, '    ')}"
        definition = []
        if not local.isdisjoint(function.free):
            # It reads variables of the function around it, so it has to stand in there.
            name = self._function_name()
            definition = [f"def {name}{text}"]
        elif (key := self._without_local_names(derivative) or text) in self._functions:
            name = self._functions[key]
        else:
            name = self._functions[key] = self._function_name()
            self._new_functions.append(Statement(f"\ndef {name}{text}\n"))
        seeds = tuple(self._names[node] for node in derivative.seeds)
        return definition + list(self._adapter.differentiate(name, arguments, derivative.results, seeds))

    def _body(self, derivative: Derivative, local: frozenset[Node]) -> Iterator[str]:
        said: list[Derivative] = []
        for node in derivative.function.body:
            if node.derivative is None:
                yield self._assignment(node, self._names)
            elif node.derivative not in said:
                said.append(node.derivative)
                yield from self._calls(node.derivative, local)
        yield self._return(derivative, self._names)

    def _without_local_names(self, derivative: Derivative) -> str | None:
        """The same for functions that differ only in the names of their variables, as in a training loop."""
        function = derivative.function
        if any(node.derivative is not None for node in function.body):
            return None
        names = ChainMap({node: f"_{number}" for number, node in enumerate(function.body)}, self._names)
        lines = [self._assignment(node, names) for node in function.body]
        arguments = ", ".join(names[node] for node in function.arguments)
        return "\n".join([arguments, *lines, self._return(derivative, names)])

    def _return(self, derivative: Derivative, names: Mapping[Node, str]) -> str:
        """Without seeds several roots stand for their sum; with seeds each root has its own."""
        roots = tuple(names[root] for root in derivative.function.roots)
        if derivative.seeds and len(roots) > 1:
            return f"return {self._adapter.returned(roots)}"
        return f"return {' + '.join(roots)}"

    def _function_name(self) -> str:
        """A name such that the name of its pullback is free too."""
        name = self._unused("f")
        while pullback_name(name) in self._taken:
            name = self._unused("f")
        return name


def pullback_name(function: str) -> str:
    """The variable that holds the function from cotangents of the results to cotangents of the arguments."""
    return f"{function}_vjp"


def pulled_back(function: str, seeds: tuple[str, ...]) -> str:
    """The call for the cotangents of the arguments; those of several results go there as one tuple."""
    cotangents = ", ".join(seeds)
    return f"{pullback_name(function)}({cotangents if len(seeds) == 1 else f'({cotangents})'})"


def _written_in_place(target: str, step: Write) -> Statement:
    return Statement(f"{target}{subscript(step.index)} {'+=' if step.how == 'add' else '='} {source(step.value)}")


def _needed(entries: list[Entry]) -> list[Entry]:
    """Without the ops whose results are only needed inside differentiated functions, or nowhere."""
    needed: set[Node] = set()
    kept = []
    for entry in reversed(entries):
        if not isinstance(entry.step, Apply) or not needed.isdisjoint(entry.defines):
            needed.update(entry.needs)
            kept.append(entry)
    return kept[::-1]


def _observed(step: Observe, texts: list[str]) -> str:
    """What stands behind the point's name in `observe(point, ...)`."""
    match step.aspect:
        case "dtype":
            return f"{texts[0]}.dtype"
        case "is_leaf":
            raise Unsupported("arrays are plain values: none is a leaf of a graph, or all are")
        case "watched":
            raise Unsupported("there is no tape: what is differentiated is said when one differentiates")
        case "requires_grad":
            raise Unsupported("arrays are plain values: what is differentiated is said when one differentiates")
        case "same_object":
            return f"{texts[0]} is {texts[1]}"
        case "shares_memory":
            return f"shares_memory({texts[0]}, {texts[1]})"
        case "warnings":
            return "warned()"
    return texts[0]
