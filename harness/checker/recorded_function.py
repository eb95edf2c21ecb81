"""A program's steps as the function that a framework recorded, in the oracle's words."""

from collections.abc import Mapping

import numpy as np

from harness.literals import Number, Scalar, plain_value
from harness.ops import OPS
from harness.program import AnyStep, Apply, Grad, Host, Input, Operand
from reference_engine.oracle import Applied, Differentiated, Function, Leaf, Question
from reference_engine.semantics import DIMENSIONS

_NARROW = {"float64": "float32", "complex128": "complex64", "int64": "int32"}
_FLOATS = ("float", "bfloat", "complex")


class FunctionBuilder:
    """Takes steps as they go by. `options` are those of the framework, dimension -> option."""

    def __init__(self, options: Mapping[str, str]) -> None:
        self._options = options
        self._leaves: list[Leaf] = []
        self._steps: list[Applied | Differentiated] = []
        self._dtypes: dict[str, str] = {}
        """Where they are plain to see: of inputs and casts."""
        self._same: dict[str, str] = {}
        """What is another name of the same variable."""
        self._ancestors: dict[str, frozenset[str]] = {}
        """Of what was recorded: what it follows, itself among them."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that has a value by now."""
        return tuple(self._ancestors)

    def resolved(self, name: str) -> str:
        """The first name of the same variable."""
        return self._same.get(name, name)

    def is_computed(self, name: str) -> bool:
        """Whether a step made it, not an input."""
        return all(leaf.name != name for leaf in self._leaves)

    def may_move(self, name: str) -> bool:
        """Whether it is not plainly made of integers."""
        return self._dtypes.get(name, "float64").startswith(_FLOATS)

    def recorded_ancestors(self, name: str) -> frozenset[str]:
        """What its value follows, itself among them."""
        return self._ancestors.get(name, frozenset())

    def question(self, variable: str, weights: tuple[tuple[str, str | None], ...]) -> Question:
        """The derivative of weighed outputs in a variable."""
        wanted = [variable, *(name for weight in weights for name in weight if name is not None)]
        function = Function(tuple(self._leaves), tuple(self._steps)).restricted(wanted)
        return Question(function, variable, weights, plain=self._plain)

    @property
    def _plain(self) -> bool:
        return self._option("complex_gradient") == "plain"

    def take(self, step: AnyStep) -> None:
        """Add what a step computes, if it computes something."""
        match step:
            case Input():
                dtype = self._narrowed(step.array.dtype)
                values = step.array.numpy()
                if dtype != step.array.dtype:
                    with np.errstate(over="ignore"):
                        values = values.astype(dtype)
                self._leaves.append(Leaf(step.name, values, dtype))
                self._dtypes[step.name] = dtype
                self._ancestors[step.name] = frozenset((step.name,))
            case Apply():
                self._apply(step)
            case Grad():
                outputs = tuple(map(self.resolved, step.outputs))
                inputs = tuple(map(self.resolved, step.inputs))
                seeds = step.seeds or (None,) * len(outputs)
                self._add(Differentiated(step.names, outputs, inputs, seeds, self._plain, step.create_graph))
            case Host():
                self._add(Applied(step.name, "stop_gradient", (self.resolved(step.of),)))

    def _apply(self, step: Apply) -> None:
        operands = tuple(map(self._operand, step.operands))
        parameters = {name: plain_value(value) for name, value in OPS[step.op].bind(step.parameters).items()}
        if step.op == "astype":
            dtype = parameters["dtype"] = self._narrowed(str(parameters["dtype"]))
            source = str(operands[0])
            option = self._option("same_dtype_cast")
            is_same = option in ("same_object", "same_object_if_recorded" if step.recorded else "new_node_if_recorded")
            if is_same and self._dtypes.get(source) == dtype:
                self._same[step.name] = source
                return
            self._dtypes[step.name] = dtype
        self._add(Applied(step.name, self._function(step.op), operands, tuple(parameters.items()), step.recorded))

    def _function(self, op: str) -> str:
        """The name of the function that an op is; an option may say that it reads one triangle of a matrix alone."""
        is_of_eigen = op in ("eigvalsh", "eigh_vectors")
        is_of_triangle = is_of_eigen and self._option("eigvalsh_reads") == "lower_triangle_alone"
        return f"{op}_of_lower_triangle" if is_of_triangle else op

    def _add(self, step: Applied | Differentiated) -> None:
        self._steps.append(step)
        followed = frozenset(one for name in step.arrays for one in self.recorded_ancestors(name) if step.moves)
        for name in step.names:
            self._ancestors[name] = followed | {name}

    def _operand(self, operand: Operand) -> str | complex:
        return self.resolved(operand) if isinstance(operand, str) else _number(operand)

    def _narrowed(self, dtype: str) -> str:
        return _NARROW.get(dtype, dtype) if self._option("default_float") == "float32" else dtype

    def _option(self, dimension: str) -> str:
        return self._options.get(dimension, DIMENSIONS[dimension].default)


def _number(scalar: Scalar) -> complex:
    return scalar.value if isinstance(scalar, Number) else scalar
