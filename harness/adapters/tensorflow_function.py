"""TensorFlow's second flavour: the tapes, the calls on them and the optimizer stand inside a `@tf.function`.

The function is called once, right after it. What the program looks at in between is looked at after the call, because
inside there are no numbers yet. Every call has its own variables for the gradients, so that earlier ones are still
there then. Only warnings, the identity of objects and what a tape watches are looked at inside, because Python alone
knows them: what a function returns are new objects, and the tape stays inside.

`autograph=False`, because the steps are straight-line code: there is nothing to rewrite, and rewriting needs a file.
"""

from collections.abc import Iterator
from textwrap import indent

from harness.adapters.base import gradient_name
from harness.adapters.tape import Tape, TapeWriter
from harness.adapters.tape_plan import Stretch
from harness.errors import Unsupported
from harness.program import AnyStep, ClearGrad, KeepGradient, Observe, Program, RetainGrad, SGDStep, Write
from harness.script import AnyStatement, Statement


class FunctionWriter(TapeWriter):
    """Writes the script of one program."""

    def __init__(self, adapter: Tape, program: Program) -> None:
        super().__init__(adapter, program)
        self._changing = {name for step in program.steps if isinstance(step, Write | SGDStep) for name in step.uses}
        self._inside = range(0)
        """The positions of the steps that the function holds which is being written."""
        self._deferred: dict[int, AnyStatement] = {}
        """The observations of these steps, which follow the call."""
        self._gradients: list[str] = []
        """The variables of all gradients so far."""
        self._seen: set[str] = set()
        """Those of them that deferred observations look at."""

    def stretch(self, stretch: Stretch) -> Iterator[AnyStatement]:
        self._inside = range(stretch.start, self._stop(stretch))
        self._deferred = {}
        known = len(self._gradients)
        body = list(self.recorded(stretch))
        for position in range(stretch.answered, self._inside.stop):
            body += self.step(position, None)
        returned = [*self._values_needed_later(), *self._gradients_needed_later(self._gradients[known:])]
        name = self.unused("train_step")
        lines = list(map(str, body)) + ([f"return {', '.join(returned)}"] if returned else [])
        body_text = indent("\n".join(lines), "    ")
        yield Statement(f"\n@tf.function(autograph=False)\ndef {name}():\n{body_text}\n")
        yield Statement(f"{', '.join(returned)} = {name}()" if returned else f"{name}()")
        yield from self._deferred.values()
        after, self._inside = self._inside.stop, range(0)
        yield from self.plain(range(after, stretch.stop))

    def _stop(self, stretch: Stretch) -> int:
        """Behind the last step inside the function: the last call, or what comes next and belongs to it.

        Where the program looks at a variable on the way, the optimizer stays outside: it would have changed by then.
        """
        stop = stretch.answered
        if any(map(self._looks_at_variables, self.program.steps[stretch.start : stop])):
            return stop
        for position in range(stop, stretch.stop):
            step = self.program.steps[position]
            if isinstance(step, SGDStep) or _is_known_while_tracing(step):
                stop = position + 1
            elif not isinstance(step, ClearGrad | RetainGrad | Observe) or self._looks_at_variables(step):
                break
        return stop

    def _looks_at_variables(self, step: AnyStep) -> bool:
        """Whether a step looks at the number of something that the program changes somewhere."""
        return (
            isinstance(step, Observe)
            and not _is_known_while_tracing(step)
            and not self._changing.isdisjoint(_values(step))
        )

    def _values_needed_later(self) -> list[str]:
        """The values that the function computes and a step after it uses."""
        later = {name for position in self._deferred for name in _values(self.program.steps[position])}
        for position in range(self._inside.stop, len(self.program.steps)):
            later.update(_values(self.program.steps[position]), self.wanted.get(position, ()))
        computed = [name for position in self._inside for name in self.program.steps[position].defines]
        return [name for name in computed if name in later and name not in self.program.inputs]

    def _gradients_needed_later(self, computed: list[str]) -> list[str]:
        """The gradients that the program looks at on the way, and the last one of each value."""
        return [name for name in computed if name in self.held.values() or name in self._seen]

    def gradient_variable(self, name: str) -> str:
        variable, number = gradient_name(name), 1
        while variable in self._gradients:
            number += 1
            variable = gradient_name(f"{name}_{number}")
        self._gradients.append(variable)
        return variable

    def observed(self, position: int, step: Observe) -> Iterator[AnyStatement]:
        if step.aspect == "watched" and position not in self._inside:
            raise Unsupported("the tape is inside the tf.function")
        (statement,) = super().observed(position, step)
        if position not in self._inside or _is_known_while_tracing(step):
            yield statement
            return
        later = self.program.steps[position : self._inside.stop]
        if any(isinstance(other, Write | SGDStep) and not set(other.uses).isdisjoint(_values(step)) for other in later):
            raise Unsupported("inside a tf.function one cannot look at a variable before it changes")
        self._deferred[position] = statement
        self._seen.update(self.quantity(quantity) for quantity in step.quantities)


def _is_known_while_tracing(step: AnyStep) -> bool:
    """Whether a step looks at something that Python alone decides, and that the call or its results would hide."""
    return isinstance(step, Observe) and step.aspect in ("warnings", "same_object", "watched")


def _values(step: AnyStep) -> tuple[str, ...]:
    """The values that a step uses, other than by their gradients."""
    if isinstance(step, Observe):
        return tuple(quantity.of for quantity in step.quantities if quantity.kind == "value")
    return () if isinstance(step, ClearGrad | KeepGradient | RetainGrad) else step.uses
