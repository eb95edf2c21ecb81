"""What a gradient had to come through: the ops between an input and the point that shows its gradient."""

from dataclasses import dataclass

from harness.ops import OPS
from harness.program import Apply, Grad, KeepGradient, Observe, Program

_CARRIERS = {"add", "subtract", "negative", "positive", "sum"}
"""They hand the cotangent on, and at most change its sign."""
_CARRYING_FAMILIES = {"shape", "indexing", "casting"}
_WEIGHT = "multiply"
"""A program multiplies to give what it is about a cotangent that is not one."""


@dataclass(frozen=True)
class Way:
    """The ops that an input reaches before the point, and the dtypes of the casts among them."""

    ops: frozenset[str]
    casts: frozenset[str]

    @property
    def op(self) -> str | None:
        """The op whose derivative decides the gradient; None if there are several, or none.

        It is the only kind of op on the way, apart from those that hand the cotangent on and from products; where
        there are only products beside these, it is the product.
        """
        deciding = {op for op in self.ops if op not in _CARRIERS and OPS[op].family not in _CARRYING_FAMILIES}
        if len(deciding) > 1:
            deciding.discard(_WEIGHT)
        return next(iter(deciding)) if len(deciding) == 1 else None


def way(program: Program, point: str) -> Way | None:
    """The way of the gradient that an observation point shows; None if the point shows no gradient."""
    inputs = {step.name: step.of for step in program.steps if isinstance(step, KeepGradient)}
    for step in program.steps:
        if isinstance(step, Grad):
            inputs.update(zip(step.names, step.inputs, strict=True))
        elif isinstance(step, Observe) and step.point == point:
            if step.aspect != "content":
                return None
            (quantity,) = step.quantities
            name = quantity.of if quantity.kind == "gradient" else inputs.get(quantity.of)
            return None if name is None else _from(name, program, step)
    return None


def _from(name: str, program: Program, end: Observe) -> Way:
    """The way from a value, over everything that is computed from it before a step."""
    reached = {name}
    applied: list[Apply] = []
    for step in program.steps[: program.steps.index(end)]:
        if isinstance(step, Apply | Grad) and not reached.isdisjoint(step.uses):
            reached.update(step.defines)
            if isinstance(step, Apply):
                applied.append(step)
    casts = frozenset(str(step.parameters["dtype"]) for step in applied if step.op == "astype")
    return Way(frozenset(step.op for step in applied), casts)
