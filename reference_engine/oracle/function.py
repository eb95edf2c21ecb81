"""What is differentiated, as plain data: leaves, and the steps that are computed from them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from numpy.typing import NDArray

from reference_engine.oracle.rounding import format_of


@dataclass(frozen=True, eq=False)
class Leaf:
    """A value that is given. `dtype` names it too where NumPy has none: bfloat16 comes as the float32 of its values."""

    name: str
    values: NDArray[Any]
    dtype: str

    @property
    def words(self) -> tuple[Any, ...]:
        little = self.values.astype(self.values.dtype.newbyteorder("<"))
        return "leaf", self.name, self.dtype, little.dtype.str, self.values.shape, little.tobytes().hex()


@dataclass(frozen=True, eq=False)
class Applied:
    """An op. Operands are names, or Python numbers, which take the dtype of the arrays they meet.

    What is not `recorded` is a constant: it keeps its value while the leaves move.
    """

    name: str
    op: str
    operands: tuple[str | complex, ...]
    parameters: tuple[tuple[str, Any], ...] = ()
    recorded: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def arrays(self) -> tuple[str, ...]:
        """The operands that are not Python numbers."""
        return tuple(operand for operand in self.operands if isinstance(operand, str))

    @property
    def moves(self) -> bool:
        """Whether its value follows its operands."""
        if self.op == "astype" and format_of(dict(self.parameters)["dtype"]) is None:
            return False  # integers do not move a little
        return self.recorded and self.op != "stop_gradient"

    @property
    def words(self) -> tuple[Any, ...]:
        operands = tuple(one if isinstance(one, str) else (repr(one),) for one in self.operands)
        return "applied", self.name, self.op, operands, repr(self.parameters), self.recorded


@dataclass(frozen=True, eq=False)
class Differentiated:
    """The gradient of `outputs`, weighed by `seeds`, in each of `inputs`, as values to compute with.

    None among the seeds stands for ones. `plain` chooses the convention for complex numbers, as in `Question`. What is
    not `recorded` is a constant.
    """

    names: tuple[str, ...]
    outputs: tuple[str, ...]
    inputs: tuple[str, ...]
    seeds: tuple[str | None, ...]
    plain: bool = False
    recorded: bool = True

    @property
    def arrays(self) -> tuple[str, ...]:
        return (*self.outputs, *self.inputs, *(seed for seed in self.seeds if seed is not None))

    @property
    def moves(self) -> bool:
        """Whether its value follows its operands."""
        return self.recorded

    @property
    def words(self) -> tuple[Any, ...]:
        return "differentiated", self.names, self.outputs, self.inputs, self.seeds, self.plain, self.recorded


Step = Applied | Differentiated


@dataclass(frozen=True, eq=False)
class Function:
    """Steps in the order in which they are computed."""

    leaves: tuple[Leaf, ...]
    steps: tuple[Step, ...]

    @cached_property
    def depths(self) -> tuple[int, ...]:
        """For each step, how many gradients are taken inside each other up to its value."""
        by_name: dict[str, int] = {}
        found = []
        for step in self.steps:
            depth = max((by_name.get(name, 0) for name in step.arrays), default=0) + isinstance(step, Differentiated)
            by_name |= dict.fromkeys(step.names, depth)
            found.append(depth)
        return tuple(found)

    @property
    def depth(self) -> int:
        """How many gradients are taken inside each other."""
        return max(self.depths, default=0)

    def following(self, changed: Iterable[str]) -> tuple[int, ...]:
        """The positions of the steps whose values change when those of `changed` do."""
        reached, found = set(changed), []
        for position, step in enumerate(self.steps):
            if step.moves and not reached.isdisjoint(step.arrays):
                found.append(position)
                reached |= set(step.names)
        return tuple(found)

    def restricted(self, wanted: Iterable[str]) -> "Function":
        """The same function, without what `wanted` does not need."""
        needed, steps = set(wanted), []
        for step in reversed(self.steps):
            if not needed.isdisjoint(step.names):
                steps.append(step)
                needed |= set(step.arrays)
        return Function(tuple(leaf for leaf in self.leaves if leaf.name in needed), tuple(reversed(steps)))


@dataclass(frozen=True, eq=False)
class Question:
    """Which derivative: of the sum of outputs, each weighed by its seed, in `variable`, a leaf or a step's value.

    A seed is a name, None stands for ones. Complex numbers count as two real ones each. With w the output, s the seed
    and z the variable, the gradient is by one of two conventions, in which * conjugates (W. Wirtinger, 1927):

    conjugate   df/dRe(z) + i df/dIm(z) for f = Re(s* w), which is 2 df/dz* for a real function and s = 1
    plain       df/dRe(z) - i df/dIm(z) for f = Re(s w), which is 2 df/dz, or dw/dz for a holomorphic w and s = 1
    """

    function: Function
    variable: str
    weights: tuple[tuple[str, str | None], ...]
    plain: bool = False

    @cached_property
    def digest(self) -> str:
        """The same for the same question, on every machine."""
        words = (
            tuple(leaf.words for leaf in self.function.leaves),
            tuple(step.words for step in self.function.steps),
            self.variable,
            self.weights,
            self.plain,
        )
        return hashlib.sha256(repr(words).encode()).hexdigest()
