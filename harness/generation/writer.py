"""A program under construction, computed along, so that the shape and the dtype of each value are known."""

import warnings
from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

import reference_engine
from harness.arrays import Array
from harness.literals import Number, plain_value
from harness.ops import OPS
from harness.program import AnyStep, Apply, Input, Operand, Program

LARGEST = 4096
"""Elements of a value: more of them say no more about a gradient."""


class Refused(Exception):
    """An op that does not take these operands."""


class Writer:
    """Writes steps. What raises `Refused` leaves no trace."""

    def __init__(self, dtype: str, *, has_complex: bool) -> None:
        self.dtype = dtype
        """Of the real inputs."""
        self.has_complex = has_complex
        """Whether there may be complex inputs."""
        self.steps: list[AnyStep] = []
        self.values: dict[str, NDArray[Any]] = {}
        """By name, the oldest first; as they are before anything is written into them."""
        self._names: Counter[str] = Counter()
        self.connected: set[str] = set()
        """The values, leaves among them, that gradients come through."""

    @property
    def leaves(self) -> list[str]:
        """The inputs that require a gradient."""
        return [step.name for step in self.steps if isinstance(step, Input) and step.requires_grad]

    @property
    def roots(self) -> list[str]:
        """The computed values that a gradient could be asked of, the youngest first."""
        leaves = set(self.leaves)
        return [name for name in reversed(self.values) if name in self.connected and name not in leaves]

    def leaf(self, value: NDArray[Any], *, requires_grad: bool = True, shared: bool = False) -> str:
        """An input that holds `value`."""
        differentiable = requires_grad and value.dtype.kind in "fc"
        name = self._name("x")
        self.steps.append(Input(name, Array.of(value), differentiable, shared))
        self.values[name] = value
        if differentiable:
            self.connected.add(name)
        return name

    def seed(self, like: str) -> str:
        """An input in the shape and dtype of a value, which differs from element to element: a cotangent."""
        value = self.values[like]
        steps = 0.5 + 0.25 * np.arange(value.size).reshape(value.shape)
        weights = steps * (1 - 0.5j) if value.dtype.kind == "c" else steps
        return self.leaf(weights.astype(value.dtype), requires_grad=False)

    def apply(
        self, op: str, operands: tuple[Any, ...], parameters: dict[str, Any] | None = None, *, recorded: bool = True
    ) -> str:
        """The name of the result; operands are names and Python numbers. Raises `Refused`."""
        value = self._computed(op, operands, parameters or {})
        name = self._name("y")
        given = {
            key: Number.of(one) if isinstance(one, float) else one
            for key, one in (parameters or {}).items()
            if one != OPS[op].parameters[key].default
        }
        self.steps.append(Apply(name, op, tuple(map(_operand, operands)), given, recorded))
        self.values[name] = value
        hands_on = recorded and op != "stop_gradient" and value.dtype.kind in "fc"
        if hands_on and any(isinstance(operand, str) and operand in self.connected for operand in operands):
            self.connected.add(name)
        return name

    def back_to(self, length: int) -> None:
        """Forget all steps but the first so many."""
        for step in self.steps[length:]:
            for name in step.defines:
                self.values.pop(name, None)
                self.connected.discard(name)
        del self.steps[length:]

    def uses(self, name: str) -> set[str]:
        """The ops that take a value."""
        return {step.op for step in self.steps if isinstance(step, Apply) and name in step.uses}

    def ancestors(self, name: str) -> set[str]:
        """What a value is computed from, itself among it."""
        found = {name}
        for step in reversed(self.steps):
            if isinstance(step, Apply) and step.name in found:
                found.update(step.uses)
        return found

    def keep(self, name: str) -> None:
        """Forget everything that a value does not depend on."""
        needed = self.ancestors(name)
        self.steps = [step for step in self.steps if needed.issuperset(step.defines)]
        self.values = {name: value for name, value in self.values.items() if name in needed}
        self.connected &= needed

    @property
    def program(self) -> Program:
        return Program(tuple(self.steps))

    def _name(self, letter: str) -> str:
        self._names[letter] += 1
        return f"{letter}{self._names[letter]}"

    def _computed(self, op: str, operands: tuple[Any, ...], parameters: dict[str, Any]) -> NDArray[Any]:
        values = [self.values[operand] if isinstance(operand, str) else operand for operand in operands]
        plain = {name: plain_value(value) for name, value in parameters.items()}
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            try:
                value = np.asarray(getattr(reference_engine, op)(*values, **plain))
            except (ValueError, TypeError, IndexError, ArithmeticError) as error:
                raise Refused(f"{op}: {error}") from None
        if value.size > LARGEST:
            raise Refused(f"{op} gives {value.size} elements")
        return value


def _operand(operand: Any) -> Operand:
    return Number.of(operand) if isinstance(operand, float | complex) else operand
