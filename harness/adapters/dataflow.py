"""What is computed from what: a Program as a graph of nodes, and the slices of it that are differentiated.

Functional frameworks differentiate functions. A Program names values instead, so for each `backward` or `grad` the
function that leads from the arguments to the root has to be cut out of the Program. Where arrays are immutable, a value
that is written to becomes a new node: whoever was computed from the old value keeps it. Elsewhere it stays what it is,
and whoever reads it later reads what was written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from harness.adapters.base import gradient_name
from harness.errors import Unsupported
from harness.program import (
    AnyStep,
    Apply,
    Backward,
    Grad,
    Host,
    Input,
    KeepGradient,
    Observe,
    Program,
    SGDStep,
    Write,
)


@dataclass(eq=False, slots=True)
class Node:
    """One version of a named value."""

    name: str
    step: AnyStep
    order: int
    """The position of its step in the program."""
    operands: tuple["Node", ...] = ()
    """What has to be there to compute it."""
    recorded: bool = False
    """Whether a derivative flows from it into its operands."""
    previous: "Node | None" = None
    """The version that a write replaced."""
    derivative: "Derivative | None" = None
    """How it is computed, if it is itself a gradient."""

    @property
    def is_leaf(self) -> bool:
        """An input, or an input that was written to or updated."""
        return isinstance(self.step, Input) or (self.previous is not None and self.previous.is_leaf)


@dataclass(frozen=True)
class Function:
    """The part of a program that leads from `arguments` to `roots`."""

    arguments: tuple[Node, ...]
    roots: tuple[Node, ...]
    body: tuple[Node, ...]
    """The nodes that depend on the arguments, in program order."""
    free: tuple[Node, ...]
    """What the body and the roots need from outside."""

    @property
    def local(self) -> frozenset[Node]:
        return frozenset(self.arguments + self.body)


@dataclass(frozen=True)
class Derivative:
    """A call that differentiates a function with respect to its arguments."""

    function: Function
    results: tuple[str, ...]
    """The variables that take the gradients, one for each argument."""
    seeds: tuple[Node, ...] = ()
    """The cotangents of the roots; none for a scalar root, whose cotangent is 1."""

    @property
    def needs(self) -> tuple[Node, ...]:
        return self.function.arguments + self.function.free + self.seeds


@dataclass(frozen=True)
class Entry:
    """A step with the nodes that its names stand for at this place of the program."""

    step: AnyStep
    order: int
    defines: tuple[Node, ...] = ()
    uses: tuple[Node, ...] = ()
    derivatives: tuple[Derivative, ...] = ()

    @property
    def needs(self) -> tuple[Node, ...]:
        """What has to exist before the statements of this step run."""
        return self.uses + tuple(node for derivative in self.derivatives for node in derivative.needs)


@dataclass
class Dataflow:
    """The entries of a program, in order. Making one raises `Unsupported` where no function can be cut out."""

    program: Program
    immutable: bool = True
    """Whether a write makes a new array."""
    entries: list[Entry] = field(default_factory=list)
    _versions: dict[str, list[Node]] = field(default_factory=dict)
    _overwritten: set[Node] = field(default_factory=set)
    """What was computed and then written into, by statements that no differentiated function can hold."""

    def __post_init__(self) -> None:
        for order, step in enumerate(self.program.steps):
            self.entries.append(self._entry(step, order))

    def _entry(self, step: AnyStep, order: int) -> Entry:
        match step:
            case Input():
                return Entry(step, order, (self._add(Node(step.name, step, order)),))
            case Apply():
                uses = self._current(step.uses)
                if step.recorded and not self._overwritten.isdisjoint(uses):
                    raise Unsupported(
                        "what is computed in a function that is differentiated cannot be written into there"
                    )
                return Entry(step, order, (self._add(Node(step.name, step, order, uses, step.recorded)),), uses)
            case Host():
                uses = self._current(step.uses)
                return Entry(step, order, (self._add(Node(step.name, step, order, uses)),), uses)
            case KeepGradient():
                return Entry(step, order, (self._add(Node(step.name, step, order)),))
            case Write(kind="value"):
                return self._write(step, order)
            case SGDStep():
                uses = self._current(step.variables)
                if not self.immutable:
                    return Entry(step, order, uses=uses)
                made = tuple(self._add(Node(old.name, step, order, (old,), previous=old)) for old in uses)
                return Entry(step, order, made, uses)
            case Backward():
                return Entry(step, order, derivatives=self._backward(step, order))
            case Grad():
                return self._grad(step, order)
            case Observe():
                values = tuple(quantity.of for quantity in step.quantities if quantity.kind == "value")
                return Entry(step, order, uses=self._current(values))
        return Entry(step, order)

    def _add(self, node: Node) -> Node:
        self._versions.setdefault(node.name, []).append(node)
        return node

    def _current(self, names: Iterable[str]) -> tuple[Node, ...]:
        return tuple(self._versions[name][-1] for name in names)

    def _write(self, step: Write, order: int) -> Entry:
        (old,) = uses = self._current(step.uses)
        if isinstance(old.step, Host):  # a host array is written in place
            return Entry(step, order, uses=uses)
        if not self.immutable:
            if not old.is_leaf:
                self._overwritten.add(old)
            return Entry(step, order, uses=uses)
        new = Node(old.name, step, order, uses, recorded=not old.is_leaf, previous=old)
        return Entry(step, order, (self._add(new),), uses)

    # Differentiation

    def _backward(self, step: Backward, order: int) -> tuple[Derivative, ...]:
        roots = self._current((step.root,))
        seeds = () if step.seed is None else self._current((step.seed,))
        inputs = tuple(name for name, versions in self._versions.items() if _requires_grad(versions[0]))
        computed = [name for name in self._looked_at_after(order) if self._flows_to_an_input(name)]
        between = tuple(self._derivatives_of(computed, roots, seeds, exclude=inputs))
        if between and not inputs:
            return between
        arguments = tuple(self._version_used(name, roots) for name in inputs)
        return (Derivative(cut_out(arguments, roots), tuple(map(gradient_name, inputs)), seeds), *between)

    def _grad(self, step: Grad, order: int) -> Entry:
        roots = self._current(step.outputs)
        seeds = () if step.seeds is None else self._current(step.seeds)
        derivatives: list[Derivative] = []
        # Inputs can be arguments side by side. Of other values one may be computed from another: each has its own call.
        together: dict[str, str] = {}
        for name, result in zip(step.inputs, step.names, strict=True):
            if name not in together and self._versions[name][0].is_leaf:
                together[name] = result
            else:
                derivatives.append(self._derivative({name: result}, roots, seeds))
        if together:
            derivatives.insert(0, self._derivative(together, roots, seeds))
        made = tuple(
            self._add(Node(result, step, order, derivative.needs, step.create_graph, derivative=derivative))
            for derivative in derivatives
            for result in derivative.results
        )
        if step.retain_grad:
            reached = {node.name for node in _ancestors(roots) if node.recorded}
            on_the_way = [name for name in self._looked_at_after(order) if name in reached]
            derivatives += self._derivatives_of(on_the_way, roots, seeds, exclude=step.inputs)
        return Entry(step, order, made, derivatives=tuple(derivatives))

    def _derivative(self, results: dict[str, str], roots: tuple[Node, ...], seeds: tuple[Node, ...]) -> Derivative:
        arguments = tuple(self._version_used(name, roots) for name in results)
        return Derivative(cut_out(arguments, roots), tuple(results.values()), seeds)

    def _derivatives_of(
        self, computed: Iterable[str], roots: tuple[Node, ...], seeds: tuple[Node, ...], exclude: tuple[str, ...]
    ) -> Iterator[Derivative]:
        """One for each of the values in between."""
        for name in dict.fromkeys(computed):
            if name not in exclude:
                yield self._derivative({name: gradient_name(name)}, roots, seeds)

    def _flows_to_an_input(self, name: str) -> bool:
        """Whether it was computed, and derivatives flow from it into an input that requires a gradient."""
        node = self._versions[name][-1] if name in self._versions else None
        return node is not None and node.recorded and any(map(_requires_grad, _ancestors((node,))))

    def _looked_at_after(self, order: int) -> Iterator[str]:
        """The values whose gradients the program looks at later."""
        for step in self.program.steps[order:]:
            if isinstance(step, Observe):
                yield from (quantity.of for quantity in step.quantities if quantity.kind == "gradient")
            elif isinstance(step, KeepGradient):
                yield step.of
            elif isinstance(step, Write) and step.kind == "gradient":
                yield step.target

    def _version_used(self, name: str, roots: tuple[Node, ...]) -> Node:
        """The version of `name` that the roots are computed from; the current one if they are not."""
        versions = self._versions[name]
        reached = _ancestors(roots)
        used = {
            operand
            for node in reached
            for operand in (node.operands if node.recorded and not isinstance(node.step, Write) else ())
            if operand in versions
        } | set(roots).intersection(versions)
        if len(used) > 1:
            raise Unsupported(
                f"the root is computed from {name!r} as it was before and as it was after a write; "
                "arrays are immutable here, so these are two values, and there is no gradient of both"
            )
        return used.pop() if used else versions[-1]


def cut_out(arguments: tuple[Node, ...], roots: tuple[Node, ...]) -> Function:
    """The function from `arguments` to `roots`: what does not depend on the arguments stays outside."""
    inside = set(arguments)
    ancestors = sorted(_ancestors(roots, stop=frozenset(arguments)), key=lambda node: node.order)
    for node in ancestors:
        hidden = node.derivative.function.body if node.derivative is not None else ()
        if not set(hidden).isdisjoint(arguments):
            raise Unsupported(
                f"{node.name!r} is a gradient, a function of its arguments alone; what lies between is not an argument"
            )
        if node.recorded and not inside.isdisjoint(node.operands):
            inside.add(node)
    body = tuple(node for node in ancestors if node in inside and node not in arguments)
    needed = [operand for node in body for operand in node.operands] + list(roots)
    free = tuple(node for node in dict.fromkeys(needed) if node not in inside)
    return Function(arguments, roots, body, free)


def _ancestors(roots: tuple[Node, ...], stop: frozenset[Node] = frozenset()) -> set[Node]:
    """The roots and all that derivatives flow into from them, up to and including those in `stop`."""
    found: set[Node] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += node.operands if node.recorded and node not in stop else ()
    return found


def _requires_grad(node: Node) -> bool:
    return isinstance(node.step, Input) and node.step.requires_grad
