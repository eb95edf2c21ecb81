"""Where a program goes wrong: the first op whose result, or whose share of a gradient, is not as predicted.

Between each value and each op that uses it a tap is put: a new input that holds -0 and is added, which changes no
number. The gradient of the tap is the share of the gradient that comes back through this one use. So ops that use the
same value are told apart, and what an op gets wrong is told apart from how the shares are added up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from harness.arrays import Array
from harness.checker.predict import Predictor
from harness.program import AnyStep, Apply, Backward, Grad, Input, Observe, Program, Quantity, SGDStep, Write

SUM = "sum of gradients"
"""What is wrong where each op's share is as predicted."""


class Place(msgspec.Struct, frozen=True):
    """The step that goes wrong first."""

    op: str
    what: str
    """`value`, `gradient`, or `sum of gradients`."""
    name: str = ""
    """The op's result in the program."""


@dataclass
class Tapped:
    """A program with taps, and the names of the results whose ops are blamed where a point is a surprise."""

    program: Program
    values: dict[str, str] = field(default_factory=dict)
    """By point, in the order of the forward pass."""
    shares: dict[str, str] = field(default_factory=dict)
    """By point, in the order of the backward pass."""

    def blamed(self, surprises: tuple[str, ...]) -> Place:
        """The first step that is wrong, where these points are."""
        applications = self.program.applications
        wrong = set(surprises)
        for what, points in (("value", self.values), ("gradient", self.shares)):
            for point, name in points.items():
                if point in wrong:
                    return Place(applications[name].op, what, name)
        return Place(verbs(self.program), SUM)


def verbs(program: Program) -> str:
    """What a program does beside applying ops: `backward`, `write and backward`."""
    return " and ".join(filter(None, dict.fromkeys(map(_verb, program.steps))))


def _verb(step: AnyStep) -> str:
    match step:
        case Backward():
            return "backward"
        case Grad():
            return "grad"
        case Write():
            return "write"
        case SGDStep():
            return "sgd_step"
    return ""


def tapped(program: Program, predictor: Predictor) -> Tapped:
    """The program with taps. Raises `Unsupported` where the reference engine cannot run it."""
    arrays = _arrays(program, predictor)
    steps: list[AnyStep] = []
    taps: dict[str, str] = {}
    values: dict[str, str] = {}
    shares: list[tuple[str, str, Quantity]] = []
    for step in program.steps:
        match step:
            case Apply():
                operands = list(step.operands)
                for position, operand in enumerate(operands):
                    if step.recorded and operand in arrays:
                        tap = f"tap{len(taps) + 1}"
                        taps[tap] = step.name
                        steps.append(Input(tap, _nothing(arrays[str(operand)])))
                        steps.append(Apply(f"{tap}_sum", "add", (str(operand), tap)))
                        operands[position] = f"{tap}_sum"
                steps.append(msgspec.structs.replace(step, operands=tuple(operands)))
                point = f"value of {step.name}"
                values[point] = step.name
                steps.append(Observe(point, quantities=(Quantity(step.name),)))
            case Grad():
                # What the outputs do not depend on has no share, and frameworks differ in what they say of that.
                reached = _reached(steps, step.outputs)
                slopes = {f"{tap}_by_{step.names[0]}": tap for tap in taps if tap in reached}
                names, inputs = (*step.names, *slopes), (*step.inputs, *slopes.values())
                steps.append(msgspec.structs.replace(step, names=names, inputs=inputs))
                shares += [(slope, taps[tap], Quantity(slope)) for slope, tap in reversed(slopes.items())]
            case _:
                steps.append(step)
    shares += [(f"share {tap}", name, Quantity(tap, "gradient")) for tap, name in reversed(taps.items())]
    steps += [Observe(point, quantities=(quantity,)) for point, _, quantity in shares]
    return Tapped(Program(tuple(steps)), values, {point: name for point, name, _ in shares})


def _reached(steps: Sequence[AnyStep], outputs: Iterable[str]) -> set[str]:
    """What a derivative flows into from the outputs, by the steps so far, themselves included."""
    reached = set(outputs)
    for step in reversed(steps):
        if _hands_on(step) and not reached.isdisjoint(step.defines):
            reached.update(step.uses)
    return reached


def _hands_on(step: AnyStep) -> bool:
    if isinstance(step, Apply):
        return step.recorded and step.op != "stop_gradient"
    return isinstance(step, Grad) and step.create_graph


def _arrays(program: Program, predictor: Predictor) -> dict[object, Array]:
    """The values that a gradient could come back through, by name, as they are when they are computed."""
    observed = predictor.observe(Program(tuple(_with_values(program))))
    computed = {name: observed[f"value of {name}"] for name in program.applications}
    arrays = {name: step.array for name, step in program.inputs.items()}
    arrays |= {name: one.array for name, one in computed.items() if one.outcome == "array"}
    return {name: array for name, array in arrays.items() if array.dtype.startswith(("float", "complex"))}


def _with_values(program: Program) -> Iterator[AnyStep]:
    for step in program.steps:
        yield step
        if isinstance(step, Apply):
            yield Observe(f"value of {step.name}", quantities=(Quantity(step.name),))


def _nothing(like: Array) -> Array:
    """-0 in the shape and dtype of a value: what one can add without changing a number, or the sign of a zero."""
    zero = complex(-0.0, -0.0) if like.dtype.startswith("complex") else -0.0
    return Array.of(np.full(like.shape, zero), like.dtype)
