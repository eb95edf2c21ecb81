"""Frameworks in which ops record as they run, `y.backward()` walks back, and gradients are stored at `x.grad`.

PyTorch, Chainer and the reference engine are of this kind, and most engines that people write themselves. One line of
the program is one line of the script.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from harness.adapters.base import Adapter, attempted, data, host_name, observe, subscript
from harness.errors import Unsupported
from harness.literals import Index, Number, source
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
    Quantity,
    RetainGrad,
    SGDStep,
    Write,
    WriteHost,
)
from harness.script import AnyStatement, Script, Statement, With


@dataclass
class Context:
    """What a step's text may depend on besides the step: the whole program, and what was said so far."""

    program: Program
    unsupported: dict[str, str] = field(default_factory=dict)
    optimizer: tuple[tuple[str, ...], Number] | None = None
    """The variables and the learning rate that `optimizer` was last made for."""
    retains_gradients: bool = False
    """Whether the gradient of some value in between was asked to be kept."""


class DefineByRun(Adapter):
    """The steps in the words that these frameworks share; each framework overrides what it says differently."""

    no_recording: str
    """The context manager under which nothing is recorded."""

    def script(self, program: Program) -> Script:
        statements: list[AnyStatement] = []
        context = Context(program)
        for unrecorded, steps in groupby(program.steps, lambda step: isinstance(step, Apply) and not step.recorded):
            said = tuple(statement for step in steps for statement in self._say(step, context))
            statements += [With(self.no_recording, said)] if unrecorded else said
        points = tuple(point for point in program.points if point not in context.unsupported)
        return Script(tuple(statements), points, context.unsupported)

    def _say(self, step: AnyStep, context: Context) -> Iterator[AnyStatement]:
        match step:
            case Input():
                yield data(step)
                yield from self.input(step, context)
            case Apply():
                yield Statement(f"{step.name} = {self.expression(step)}")
            case Backward():
                yield from attempted(step, tuple(self.backward(step, context)))
            case Grad():
                yield from attempted(step, tuple(self.grad(step, context)))
            case SGDStep():
                yield from attempted(step, tuple(self.sgd_step(step, context)))
            case ClearGrad():
                yield self.clear_grad(step)
            case RetainGrad():
                context.retains_gradients = True
                yield from self.retain_grad(step)
            case KeepGradient():
                yield Statement(f"{step.name} = {self.quantity(Quantity(step.of, 'gradient'))}")
            case Write():
                yield from self.write(step, context)
            case WriteHost():
                yield Statement(f"{host_name(step.input)}{subscript(step.index)} = {source(step.value)}")
            case Host():
                yield Statement(f"{step.name} = {self.host(step.of)}")
            case Observe():
                try:
                    yield observe(step.point, self.observed(step))
                except Unsupported as reason:
                    context.unsupported[step.point] = str(reason)

    @abstractmethod
    def input(self, step: Input, context: Context) -> Iterable[AnyStatement]:
        """Make the leaf from its host array."""

    @abstractmethod
    def backward(self, step: Backward, context: Context) -> Iterable[AnyStatement]:
        """The reverse pass."""

    @abstractmethod
    def grad(self, step: Grad, context: Context) -> Iterable[AnyStatement]:
        """The functional form."""

    def sgd_step(self, step: SGDStep, context: Context) -> Iterable[AnyStatement]:
        """One step of the optimizer, which is made once for all steps on the same variables."""
        if context.optimizer != (step.variables, step.learning_rate):
            context.optimizer = (step.variables, step.learning_rate)
            yield from self.optimizer(step)
        yield Statement(self.optimizer_step(step))

    def optimizer(self, step: SGDStep) -> Iterable[AnyStatement]:
        """Make the framework's own optimizer, under the name `optimizer`; nothing where a step is a function."""
        return ()

    @abstractmethod
    def optimizer_step(self, step: SGDStep) -> str:
        """One step of the optimizer."""

    @abstractmethod
    def write(self, step: Write, context: Context) -> Iterable[AnyStatement]:
        """Overwrite a value or a stored gradient in place, unrecorded."""

    @abstractmethod
    def host(self, name: str) -> str:
        """The value as a host array."""

    @abstractmethod
    def clear_grad(self, step: ClearGrad) -> AnyStatement:
        """Forget the stored gradient."""

    @abstractmethod
    def retain_grad(self, step: RetainGrad) -> Iterable[AnyStatement]:
        """Keep the gradient of a value in between."""

    def quantity(self, quantity: Quantity) -> str:
        return f"{quantity.of}.grad" if quantity.kind == "gradient" else quantity.of

    def observed(self, step: Observe) -> str:
        """What stands behind the point's name in `observe(point, ...)`."""
        texts = [self.quantity(quantity) for quantity in step.quantities]
        match step.aspect:
            case "dtype":
                return f"{texts[0]}.dtype"
            case "is_leaf":
                return self.is_leaf(step.quantities[0])
            case "requires_grad":
                return self.requires_grad(step.quantities[0])
            case "watched":
                raise Unsupported(f"{self.language.title} has no tape of which one could ask what it watches")
            case "same_object":
                return f"{texts[0]} is {texts[1]}"
            case "shares_memory":
                return f"shares_memory({texts[0]}, {texts[1]})"
            case "warnings":
                return "warned()"
        return texts[0]

    def is_leaf(self, quantity: Quantity) -> str:
        return f"{self.quantity(quantity)}.is_leaf"

    def requires_grad(self, quantity: Quantity) -> str:
        return f"{self.quantity(quantity)}.requires_grad"


def getitem(x: str, *, index: Index) -> str:
    """`x[1:3]`: the same in all frameworks of this kind."""
    return x + subscript(index)


def along(axis: int, indices: str) -> str:
    """`[:, indices]`: NumPy's advanced index with `indices` at an axis, which may count from the end."""
    parts = [":"] * axis + [indices] if axis >= 0 else ["...", indices] + [":"] * (-axis - 1)
    return f"[{', '.join(parts)}]"


def arguments(**given: object) -> str:
    """`, dim=0, keepdim=True`: keyword arguments, each after its comma, without those that are None or False."""
    texts = {name: source(value) for name, value in given.items() if value is not None and value is not False}
    return "".join(f", {name}={text}" for name, text in texts.items())
