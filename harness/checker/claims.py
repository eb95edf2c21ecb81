"""What an observed gradient claims to be: the derivative of which function, in which variable.

A program is followed up to the observation point. A stored gradient, `x.grad`, claims to be the derivative of the roots
of the passes that reached it since it was last cleared, each weighed by its seed:

- where `accumulation` adds, of all of them together; where it overwrites, of the last one that reached x; where it is
  stateless, of the last one, reached or not. For values that were computed `retained_gradients` says whether they add;
- a pass that raised has left everything as it was; whether it did is itself an observation, of its attempt's point;
- `grad` with `set_grad`, and with `retain_grad` for the values in between, replaces what is stored.

A result of `grad` claims to be the derivative of its outputs in its input, and a gradient that was kept what the stored
one was then. Computed with further, a result of `grad` with `create_graph` is a function like any other; without, it
is a constant. So it is judged by what was recorded, which is not always what the author of a program meant.

The options are those by which a framework's answers are predicted (dimension -> option, the default where there is
none), for whether gradients add up is a framework's choice and no mistake: the sum is judged as a sum, and the answer
of one call as that.

What rests on more than mathematics is no claim; `NoClaim` carries the reason: what is no gradient, what was looked at
after a write in place or computed after an optimizer step, gradients in integers, and a gradient object that was kept
while a further pass went over it, which may or may not have been added to.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from harness.checker.recorded_function import FunctionBuilder
from harness.program import (
    AnyStep,
    Backward,
    ClearGrad,
    Grad,
    KeepGradient,
    Observe,
    Program,
    SGDStep,
    Write,
    WriteHost,
)
from reference_engine.oracle import Question
from reference_engine.semantics import DIMENSIONS

Weights = tuple[tuple[str, str | None], ...]
"""Outputs with their seeds; None stands for ones."""


class NoClaim(Exception):
    """The observation is no claim about a derivative; the message is the reason, a sentence."""


def claim(program: Program, point: str, options: Mapping[str, str], raised: Collection[str] = ()) -> Question:
    """The derivative that an observation point claims to show.

    `raised` names the attempts that raised. Raises `NoClaim`.
    """
    following = _Following(options, raised)
    for step in program.steps:
        if isinstance(step, Observe) and step.point == point:
            return following.claimed_by(step)
        following.take(step)
    raise NoClaim("What was attempted there has no value.")


@dataclass
class _Stored:
    """What a stored gradient claims to be."""

    weights: Weights = ()
    passes: int = 0
    """How many passes reached it."""


@dataclass
class _Following:
    """A program's gradients, as its steps go by."""

    options: Mapping[str, str]
    raised: Collection[str]
    stored: dict[str, _Stored] = field(default_factory=dict)
    results: dict[str, tuple[str, Weights]] = field(default_factory=dict)
    """By the name of a result of `grad`: the input and the outputs."""
    kept: dict[str, tuple[str, _Stored]] = field(default_factory=dict)
    """By the name of a kept gradient: whose it is, and what it was."""
    written: str = ""
    """Why nothing can be said any more after a write; empty if there was none."""
    stepped: bool = False
    after_step: set[str] = field(default_factory=set)
    """Whose gradient, and which results, are from a pass after an optimizer step."""

    def __post_init__(self) -> None:
        self.builder = FunctionBuilder(self.options)

    def take(self, step: AnyStep) -> None:
        if isinstance(step, Backward | Grad | SGDStep) and step.attempt in self.raised:
            return
        match step:
            case Backward():
                self._backward(step)
            case Grad():
                self._grad(step)
            case ClearGrad():
                self._clear(self.builder.resolved(step.of))
            case KeepGradient():
                of = self.builder.resolved(step.of)
                self.kept[step.name] = of, self.stored.get(of, _Stored())
            case Write() | WriteHost():
                self.written = "Something was overwritten in place before; what gradients show then is a convention."
            case SGDStep():
                self.stepped = True
        self.builder.take(step)

    def claimed_by(self, observation: Observe) -> Question:
        if observation.aspect != "content":
            raise NoClaim("It is no number.")
        (quantity,) = observation.quantities
        variable, weights = self._looked_at(quantity.of, quantity.kind == "gradient")
        if self.written:
            raise NoClaim(self.written)
        if not weights:
            raise NoClaim("No pass went over it.")
        if not self.builder.may_move(variable):
            raise NoClaim("Integers have no derivative.")
        return self.builder.question(variable, weights)

    def _looked_at(self, name: str, is_stored: bool) -> tuple[str, Weights]:
        if is_stored:
            variable = self.builder.resolved(name)
            weights = self.stored.get(variable, _Stored()).weights
        elif name in self.kept:
            variable, then = self.kept[name]
            weights = then.weights
            if self.stored.get(variable, _Stored()).passes != then.passes:
                raise NoClaim("A later pass may or may not have been added to the gradient that was kept.")
        elif name in self.results:
            variable, weights = self.results[name]
        else:
            raise NoClaim("It is a value, not a gradient.")
        if (variable if is_stored else name) in self.after_step:
            raise NoClaim("An optimizer step changed the variables before the pass.")
        return variable, weights

    def _backward(self, step: Backward) -> None:
        root = self.builder.resolved(step.root)
        weight = (root, step.seed)
        reached = self.builder.recorded_ancestors(root)
        for variable in self.builder.names:
            before = self.stored.get(variable, _Stored())
            passes = before.passes + (variable in reached)
            if self._adds(variable) and before.weights:
                weights = (*before.weights, weight) if variable in reached else before.weights
            elif self._option("accumulation") == "stateless" or variable in reached or not before.weights:
                weights = (weight,)
            else:
                weights = before.weights
            self.stored[variable] = _Stored(weights, passes)
            self._note_step(variable)

    def _grad(self, step: Grad) -> None:
        outputs = tuple(map(self.builder.resolved, step.outputs))
        inputs = tuple(map(self.builder.resolved, step.inputs))
        weights = tuple(zip(outputs, step.seeds or (None,) * len(outputs), strict=True))
        for name, variable in zip(step.names, inputs, strict=True):
            self.results[name] = variable, weights
            self._note_step(name)
        replaced = set(inputs) if step.set_grad else set()
        if step.retain_grad:
            on_the_way = {name for output in outputs for name in self.builder.recorded_ancestors(output)}
            replaced |= {name for name in on_the_way - set(inputs) if self.builder.is_computed(name)}
        for variable in replaced:
            self.stored[variable] = _Stored(weights, self.stored.get(variable, _Stored()).passes + 1)
            self._note_step(variable)

    def _clear(self, variable: str) -> None:
        self.stored[variable] = _Stored(passes=self.stored.get(variable, _Stored()).passes)
        self.after_step.discard(variable)

    def _note_step(self, name: str) -> None:
        if self.stepped:
            self.after_step.add(name)

    def _adds(self, variable: str) -> bool:
        is_leaf = not self.builder.is_computed(variable)
        return self._option("accumulation") == "adds" and (is_leaf or self._option("retained_gradients") == "adds")

    def _option(self, dimension: str) -> str:
        return self.options.get(dimension, DIMENSIONS[dimension].default)
