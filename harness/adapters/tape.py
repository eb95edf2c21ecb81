"""Frameworks with an explicit tape, which records what is computed while it is open; TensorFlow is of this kind.

    backward       `x_grad, w_grad = tape.gradient(y, [x, w])`: every call gives a fresh answer and adds to nothing
    x.grad         the variable `x_grad` with the answer of the last such call; None when there was none
    t.grad         of a value in between: one more thing that the same call asks for
    grad           the same call with the inputs that the program names
    keep_graph     a persistent tape; the second call on any other tape raises
    create_graph   the call stands inside another tape, which records it
    not recording  stands before or after the tape, or in it while the tapes stop recording

Clearing and retaining gradients need no statement: nothing is stored that could be cleared or dropped.

`harness.adapters.tape_plan` says where tapes open and close. Where recording goes on after a call, the call stands
inside the open tape. That tape must then be persistent, and it stops recording meanwhile, so as not to record the call.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence

from harness.adapters.base import Adapter, attempted, gradient_name, host_name, observe, subscript
from harness.adapters.tape_gradients import wanted_gradients
from harness.adapters.tape_plan import Level, Stretch, is_recorded, stretches
from harness.errors import Unsupported
from harness.literals import source
from harness.program import (
    RESERVED_NAMES,
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


class Tape(Adapter):
    """A framework's own file says how to make variables and tapes, how to ask a tape, and what an op is called."""

    def script(self, program: Program) -> Script:
        return TapeWriter(self, program).script()

    @abstractmethod
    def tape(self, *, persistent: bool) -> str:
        """The context manager that records."""

    @abstractmethod
    def stop_recording(self, tape: str) -> str:
        """The context manager under which an open tape records nothing."""

    @abstractmethod
    def watch(self, tape: str, names: Sequence[str]) -> AnyStatement:
        """Record what is computed from `names` too, though they are no variables."""

    @abstractmethod
    def gradient(
        self, tape: str, outputs: Sequence[str], inputs: Sequence[str], seeds: Sequence[str] | None, zeros: bool
    ) -> str:
        """The call that asks the tape for the gradient of each of `inputs`: with `zeros`, zeros where there is none."""

    @abstractmethod
    def watched(self, tape: str, name: str) -> str:
        """Whether the tape watches a variable."""

    @abstractmethod
    def watched_by_itself(self, step: Input) -> bool:
        """Whether tapes watch this input without being told."""

    @abstractmethod
    def input(self, step: Input, program: Program) -> Iterator[AnyStatement]:
        """Make the input from its host array."""

    @abstractmethod
    def write(self, step: Write, program: Program) -> AnyStatement:
        """Overwrite a value in place."""

    @abstractmethod
    def host(self, name: str) -> str:
        """The value as a host array."""

    @abstractmethod
    def optimizer(self, step: SGDStep) -> AnyStatement:
        """Make the optimizer, once in a script."""

    @abstractmethod
    def learning_rate(self, step: SGDStep) -> AnyStatement:
        """Change the optimizer's learning rate."""

    @abstractmethod
    def sgd_step(self, step: SGDStep, gradients: Sequence[str]) -> AnyStatement:
        """One step of the optimizer; `gradients` in the order of the variables."""

    def observed(self, step: Observe, texts: Sequence[str]) -> str:
        """What stands behind the point's name in `observe(point, ...)`."""
        match step.aspect:
            case "dtype":
                return f"{texts[0]}.dtype"
            case "same_object":
                return f"{texts[0]} is {texts[1]}"
            case "shares_memory":
                return f"shares_memory({texts[0]}, {texts[1]})"
            case "warnings":
                return "warned()"
            case "is_leaf" | "requires_grad":
                raise Unsupported(f"{self.language.title}'s values do not know whether a tape watches them")
        return texts[0]


class TapeWriter:
    """Writes the script of one program."""

    def __init__(self, adapter: Tape, program: Program) -> None:
        self.adapter = adapter
        self.program = program
        self.wanted = wanted_gradients(program)
        self._taken = {*RESERVED_NAMES, *(name for step in program.steps for name in step.defines)}
        self.held: dict[str, str] = {}
        """The variables that hold gradients, by what they are the gradients of."""
        self._learning_rate: float | complex | None = None
        self._tape: str | None = None
        """The innermost of the tapes that were opened last."""
        self.unsupported: dict[str, str] = {}

    def script(self) -> Script:
        found = stretches(self.program)
        statements = list(self.plain(range(found[0].start if found else len(self.program.steps))))
        for stretch in found:
            statements += self._before(stretch)
            statements += self.stretch(stretch)
        points = tuple(point for point in self.program.points if point not in self.unsupported)
        return Script(tuple(statements), points, self.unsupported)

    # Tapes

    def _before(self, stretch: Stretch) -> Iterator[AnyStatement]:
        """What one would not write inside a tape: inputs, and the optimizer."""
        steps = self.program.steps[stretch.start : stretch.stop]
        for step in steps[: stretch.answered - stretch.start]:
            if isinstance(step, Input):
                yield from self.adapter.input(step, self.program)
        for step in steps:
            if isinstance(step, SGDStep) and self._learning_rate is None:
                yield self.adapter.optimizer(step)
                self._learning_rate = step.learning_rate.value

    def stretch(self, stretch: Stretch) -> Iterator[AnyStatement]:
        yield from self.recorded(stretch)
        yield from self.plain(range(stretch.answered, stretch.stop))

    def recorded(self, stretch: Stretch) -> Iterator[AnyStatement]:
        """The tapes, and all up to the last call on them."""
        self._tape = self._tape_name(0)
        yield from self._level(stretch, len(stretch.levels) - 1)
        tape = self._tape_name(len(stretch.levels) - 1)
        for position in range(stretch.recorded, stretch.answered):
            yield from self.step(position, tape)

    def _level(self, stretch: Stretch, number: int) -> Iterator[AnyStatement]:
        """The tape of one level around the tapes inside it."""
        level = stretch.levels[number]
        body: list[AnyStatement] = []
        watched = self._watched(stretch, level)
        if watched:
            body.append(self.adapter.watch(self._tape_name(number), watched))
        inner = stretch.levels[number - 1] if number else None
        if inner is not None:
            body += self._level(stretch, number - 1)
        body += self._recording(range(inner.end if inner else level.start, level.end), stretch, number)
        context = self.adapter.tape(persistent=level.persistent)
        yield With(context, tuple(body or [Statement("pass")]), self._tape_name(number))

    def _recording(self, positions: Iterable[int], stretch: Stretch, number: int) -> Iterator[AnyStatement]:
        """Steps inside the tapes from level `number` outwards, which stop for what they must not record."""
        tapes = [self._tape_name(open_) for open_ in range(number, len(stretch.levels))]
        hidden: list[AnyStatement] = []
        for position in positions:
            answering = next(
                (self._tape_name(n) for n, level in enumerate(stretch.levels) if position in level.calls), tapes[0]
            )
            said = tuple(self.step(position, answering))
            step = self.program.steps[position]
            if isinstance(step, Apply | Backward | Grad | SGDStep) and not is_recorded(step):
                hidden += said
            else:
                yield from self._hidden(hidden, tapes)
                hidden = []
                yield from said
        yield from self._hidden(hidden, tapes)

    def _hidden(self, statements: Sequence[AnyStatement], tapes: Sequence[str]) -> Iterator[AnyStatement]:
        if not statements:
            return
        body = tuple(statements)
        for tape in tapes:
            body = (With(self.adapter.stop_recording(tape), body),)
        yield from body

    def _watched(self, stretch: Stretch, level: Level) -> list[str]:
        """Inputs that are asked for and that the tape has to be told of: all if it records nothing by itself."""
        asked = {name for each in stretch.levels for call in each.calls for name in self._asked(call)}
        return [
            name
            for name, step in self.program.inputs.items()
            if name in asked and step.requires_grad
            if level.start == level.end or not self.adapter.watched_by_itself(step)
        ]

    def _asked(self, call: int) -> tuple[str, ...]:
        """Everything that the call at this position is asked for."""
        step = self.program.steps[call]
        return self.wanted.get(call, ()) + (step.inputs if isinstance(step, Grad) else ())

    def _tape_name(self, level: int) -> str:
        return self.unused(("tape", "outer_tape")[level] if level < 2 else f"outer_{level}_tape")

    def unused(self, hint: str) -> str:
        """`hint`, or something like it that the program does not use as a name."""
        while hint in self._taken:
            hint += "_"
        return hint

    # Steps

    def plain(self, positions: Iterable[int]) -> Iterator[AnyStatement]:
        """Steps that no tape sees."""
        for position in positions:
            step = self.program.steps[position]
            if isinstance(step, Input):
                yield from self.adapter.input(step, self.program)
            yield from self.step(position, None)

    def step(self, position: int, tape: str | None) -> Iterator[AnyStatement]:
        """One step, in a place where `tape` answers."""
        step: AnyStep = self.program.steps[position]
        match step:
            case Apply():
                yield Statement(f"{step.name} = {self.adapter.expression(step)}")
            case Backward() | Grad():
                assert tape is not None
                yield from self._call(position, step, tape)
            case SGDStep():
                yield from self._sgd_step(step)
            case ClearGrad():
                self.held.pop(step.of, None)
            case Input() | RetainGrad():
                pass
            case KeepGradient():
                yield Statement(f"{step.name} = {self.quantity(Quantity(step.of, 'gradient'))}")
            case Write():
                yield self.adapter.write(step, self.program)
            case WriteHost():
                yield Statement(f"{host_name(step.input)}{subscript(step.index)} = {source(step.value)}")
            case Host():
                yield Statement(f"{step.name} = {self.adapter.host(step.of)}")
            case Observe():
                try:
                    yield from self.observed(position, step)
                except Unsupported as reason:
                    self.unsupported[step.point] = str(reason)

    def observed(self, position: int, step: Observe) -> Iterator[AnyStatement]:
        if step.aspect == "watched":
            yield observe(step.point, self._watches(step.quantities[0].of))
            return
        texts = [self.quantity(quantity) for quantity in step.quantities]
        yield observe(step.point, self.adapter.observed(step, texts))

    def _watches(self, name: str) -> str:
        made = self.program.inputs.get(name)
        if made is None or not self.adapter.watched_by_itself(made):
            raise Unsupported("a tape tells which variables it watches, not which tensors")
        if self._tape is None:
            raise Unsupported("no tape was opened before")
        return self.adapter.watched(self._tape, name)

    def quantity(self, quantity: Quantity) -> str:
        return self.held.get(quantity.of, "None") if quantity.kind == "gradient" else quantity.of

    def gradient_variable(self, name: str) -> str:
        """The variable that takes the next gradient of `name`."""
        return gradient_name(name)

    def _call(self, position: int, step: Backward | Grad, tape: str) -> Iterator[AnyStatement]:
        wanted = self.wanted.get(position, ())
        stored = {name: self.gradient_variable(name) for name in wanted}
        outputs: tuple[str, ...]
        seeds: tuple[str, ...] | None
        if isinstance(step, Backward):
            outputs, inputs, results = (step.root,), wanted, tuple(stored.values())
            seeds = None if step.seed is None else (step.seed,)
        else:
            outputs, inputs, seeds = step.outputs, step.inputs + wanted, step.seeds
            results = step.names + tuple(stored.values())
        zeros = isinstance(step, Grad) and step.unconnected == "zeros"
        call = self.adapter.gradient(tape, outputs, inputs, seeds, zeros)
        statements = [Statement(f"{', '.join(results)} = {call}" if results else call)]
        if isinstance(step, Grad) and step.set_grad:
            for name, result in zip(step.inputs, step.names, strict=True):
                stored[name] = self.gradient_variable(name)
                statements.append(Statement(f"{stored[name]} = {result}"))
        if step.attempt is not None:
            yield from self._unchanged(step, stored)
        yield from attempted(step, tuple(statements))
        self.held |= stored

    def _unchanged(self, step: Backward | Grad, stored: dict[str, str]) -> Iterator[AnyStatement]:
        """Before a call that may raise: what holds its answers if it does."""
        unset = [*step.defines, *(variable for name, variable in stored.items() if name not in self.held)]
        if unset:
            yield Statement(" = ".join([*unset, "None"]))
        for name, variable in stored.items():
            if self.held.get(name, variable) != variable:
                yield Statement(f"{variable} = {self.held[name]}")

    def _sgd_step(self, step: SGDStep) -> Iterator[AnyStatement]:
        if self._learning_rate is None:
            yield self.adapter.optimizer(step)
        elif self._learning_rate != step.learning_rate.value:
            yield self.adapter.learning_rate(step)
        self._learning_rate = step.learning_rate.value
        gradients = [self.held.get(name, "None") for name in step.variables]
        yield from attempted(step, (self.adapter.sgd_step(step, gradients),))
