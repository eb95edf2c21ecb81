"""A reference that is written like a case, with `g` for its first parameter: it becomes a program."""

import inspect
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import reference_engine
from harness.arrays import Array
from harness.checker.enclosures import Enclosure
from harness.checker.mathematics import Answer as Truth
from harness.checker.predict import Options, Predictor
from harness.checker.rightness import Rightness
from harness.consistency import drivers
from harness.consistency.asked import Asked
from harness.consistency.expectations import REMEMBERED, Expected, Reference
from harness.consistency.functions import Answer
from harness.errors import CrossgradError, Unsupported, UsageError
from harness.program import Observe, Program
from harness.results import Observation
from harness.trace import Traced, Tracer, trace


class TracedReference(Reference):
    """A function like a case, over the tracer."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._predictor = Predictor()
        self._traced = lru_cache(REMEMBERED)(self._trace)

    @cached_property
    def _rightness(self) -> Rightness:
        return Rightness(self._predictor)

    def answers(self, asks: Sequence[Asked]) -> list[Answer]:
        return [self._answer(ask) for ask in asks]

    def _answer(self, ask: Asked) -> Answer:
        keys, program = self._traced(ask)
        observations = self._predictor.observe(program)
        raised = next((seen.error for seen in observations.values() if seen.error), None)
        return Answer(keys, observations, raised)

    def expected(self, ask: Asked) -> Expected:
        return _OfProgram(self._predictor, self._rightness, self._traced(ask)[1])

    def _trace(self, ask: Asked) -> tuple[tuple[Any, ...] | None, Program]:
        """The keys of the outputs, and the program that shows them and the gradients."""
        forward = _Case(self._function, ask)
        try:
            shown = self._predictor.observe(trace(forward.outputs))
            if any(seen.error for seen in shown.values()):
                return forward.keys, trace(forward.outputs)
            return forward.keys, trace(lambda g: forward.gradients(g, shown))
        except Unsupported as error:
            raise UsageError(f"the function of reference: {error}") from None
        except CrossgradError as error:
            raise UsageError(f"the function of reference is no case: {error}") from None
        except drivers.Refused as error:
            raise UsageError(f"the function of reference: {error}") from None
        except Exception as error:
            raise UsageError(f"the function of reference raised {type(error).__name__}: {error}") from None


class _Case:
    """A function and its inputs as what `trace` takes."""

    def __init__(self, function: Callable[..., Any], ask: Asked) -> None:
        self._function = function
        self._ask = ask
        self._names = [*list(inspect.signature(function).parameters)[1:], *ask.labels]
        self.keys: tuple[Any, ...] | None = None

    def outputs(self, g: Tracer) -> tuple[list[Traced], list[Traced]]:
        """Show the outputs, and whether gradients lead back from them. Returns the inputs and the outputs."""
        leaves = [
            g.input(self._named(place), array.numpy(), array.dtype, place in self._ask.moving)
            for place, array in enumerate(self._ask.inputs)
        ]
        given = list(zip(self._ask.names, leaves, strict=True))
        returned = self._function(
            g,
            *(leaf for name, leaf in given if name is None),
            **{name: leaf for name, leaf in given if name is not None},
        )
        keys, outputs = _Returned(reference_engine).unpacked(returned)
        self.keys = None if keys is None else tuple(keys)
        for place, output in enumerate(outputs):
            g.observe(f"output {place}", output)
            g.observe(f"connected {place}", output.requires_grad)
        return leaves, outputs

    def gradients(self, g: Tracer, shown: dict[str, Observation]) -> None:
        """Show the outputs, their cotangents and the gradients; `shown` is what `outputs` showed."""
        leaves, outputs = self.outputs(g)
        seen = [shown[f"output {place}"].array for place in range(len(outputs))]
        weights = []
        for place, (array, weight) in enumerate(zip(seen, _cotangents(self._ask, seen), strict=True)):
            seed = g.input(f"cotangent{place}", weight.numpy(), array.dtype, requires_grad=False)
            g.observe(f"cotangent {place}", seed)
            weights.append(seed)
        reached = [place for place in range(len(outputs)) if shown[f"connected {place}"].value]
        moving = [leaves[place] for place in self._ask.moving]
        if not moving:
            return
        gradients: Any = [leaf.grad for leaf in moving]  # None: no pass goes over them
        if reached:
            gradients = g.grad([outputs[place] for place in reached], moving, [weights[place] for place in reached])
        for place, gradient in zip(self._ask.moving, gradients, strict=True):
            g.observe(f"gradient {place}", gradient)

    def _named(self, place: int) -> str:
        """A name of an input that programs allow: the keyword, or that of the function's parameter."""
        name = self._ask.names[place] or self._names[place]
        return name if name.isidentifier() and name.isascii() and not name.startswith("_") else f"input{place}"


class _Returned(drivers.Driver):
    """Takes apart what a function over the tracer returned."""

    def is_array(self, value: object) -> bool:
        return isinstance(value, Traced)


class _OfProgram(Expected):
    def __init__(self, predictor: Predictor, rightness: Rightness, program: Program) -> None:
        self._predictor = predictor
        self._rightness = rightness
        self._program = program

    def observe(self, options: Options = frozenset()) -> dict[str, Observation]:
        return self._predictor.observe(self._program, options)

    def consulted(self, options: Options = frozenset()) -> frozenset[str]:
        return self._predictor.predict(self._program, options).consulted

    def enclosure(self, options: Options, point: str) -> Enclosure | None:
        return self._predictor.enclosure(self._program, options, point)

    def truth(self, point: str, seen: dict[str, Observation], options: Options) -> Truth | None:
        step = next(step for step in self._program.steps if isinstance(step, Observe) and step.point == point)
        return self._rightness.answer(self._program, step, seen, options)


def _cotangents(ask: Asked, outputs: Sequence[Array]) -> list[Array]:
    """The cotangents of outputs, in their dtypes: those of `ask`, or the default ones; zeros for integers.

    Raises `UsageError` if those of `ask` do not fit.
    """
    if ask.cotangents is None:
        flat = drivers.default_cotangents([array.numpy().size for array in outputs])
        given = [weight.reshape(array.shape) for weight, array in zip(flat, outputs, strict=True)]
    else:
        given = [array.numpy() for array in ask.cotangents]
    if [weight.shape for weight in given] != [array.shape for array in outputs]:
        raise UsageError(
            f"the function of reference returned arrays of the shapes {[array.shape for array in outputs]}, and "
            f"the cotangents have {[weight.shape for weight in given]}"
        )
    return [Array.of(weight, array.dtype) for weight, array in zip(given, outputs, strict=True)]
