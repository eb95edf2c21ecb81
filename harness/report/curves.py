"""Which curves a case has: gradients of a one-dimensional input over that input, and values of the same shape."""

from collections.abc import Iterator, Mapping

import numpy as np

from harness.arrays import Array
from harness.program import Apply, Grad, Input, Observe, Program
from harness.report.plot import Curve, Plot, Values, is_axis, plot
from harness.results import Observation

FEWEST, MOST = 5, 2_000
"""Points of a curve."""

ByEnvironment = Mapping[str, Mapping[str, Observation]]


def plots(program: Program, observations: ByEnvironment) -> list[Plot]:
    """One plot for each input that makes an axis and has an observed gradient."""
    return [made for step in program.inputs.values() if (made := _plot_over(step, program, observations)) is not None]


def _plot_over(step: Input, program: Program, observations: ByEnvironment) -> Plot | None:
    x = _axis(step.array)
    if x is None:
        return None
    gradients: list[Curve] = []
    values: list[Curve] = []
    for point, kind in _contents(program, step.name):
        for environment, observed in observations.items():
            curve = _curve(observed.get(point), x)
            if curve is not None:
                (gradients if kind == "gradient" else values).append(Curve(point, environment, curve))
    if not gradients:
        return None
    return plot(f"Observed values and gradients over {step.name}", step.name, x, values + gradients)


def _axis(array: Array) -> Values | None:
    if len(array.shape) != 1 or not FEWEST <= array.shape[0] <= MOST or array.dtype.startswith(("complex", "bool")):
        return None
    x = array.numpy().astype(np.float64)
    return x if is_axis(x) else None


def _contents(program: Program, axis: str) -> Iterator[tuple[str, str]]:
    """The points that look at a content: at a gradient with respect to the axis or a cast of it, or at a value."""
    axes = {axis}
    for step in program.steps:
        if isinstance(step, Apply) and step.op == "astype" and axes.issuperset(step.uses):
            axes.add(step.name)
    gradients = {
        name
        for step in program.steps
        if isinstance(step, Grad)
        for name, of in zip(step.names, step.inputs, strict=True)
        if of in axes
    }
    for step in program.steps:
        if isinstance(step, Observe) and step.aspect == "content":
            (quantity,) = step.quantities
            if quantity.of in gradients or (quantity.kind == "gradient" and quantity.of in axes):
                yield step.point, "gradient"
            elif quantity.kind == "value" and quantity.of not in axes:
                yield step.point, "value"


def _curve(observation: Observation | None, x: Values) -> Values | None:
    if observation is None or observation.outcome != "array" or observation.shape != x.shape:
        return None
    if observation.array.dtype.startswith("complex"):
        return None
    return observation.array.numpy().astype(np.float64)
