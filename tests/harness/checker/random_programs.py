"""Random smooth Programs: a few inputs, a few ops on whatever there is, one number at the end and its gradients."""

from contextlib import suppress

import numpy as np

import reference_engine as engine
from harness.arrays import Array
from harness.literals import Number
from harness.program import AnyStep, Apply, Backward, Input, Observe, Operand, Program, Quantity

_UNARY = (
    "tanh", "sin", "cos", "exp", "sigmoid", "softplus", "atan", "asinh", "negative", "square", "sinh", "cosh", "expm1",
)  # fmt: skip
_OF_POSITIVE = ("log", "sqrt", "log1p", "reciprocal", "log2")
_BINARY = ("add", "subtract", "multiply")
_ALONG_AN_AXIS = ("softmax", "log_softmax")
_REDUCTIONS = ("sum", "mean", "logsumexp", "prod", "var")
_SHAPES: tuple[tuple[int, ...], ...] = ((), (3,), (2, 3), (3, 2))
LARGEST = 100.0
"""A value further from 0 is not used: so nothing overflows in float16."""


class _Rejected(Exception):
    """An op that the program does without."""


def random_program(seed: int, dtype: str) -> Program:
    """The same for the same seed and dtype, on every machine."""
    return _Writer(np.random.default_rng(seed), dtype).program()


class _Writer:
    """Writes a program, computing along to see where values are."""

    def __init__(self, random: np.random.Generator, dtype: str) -> None:
        self._random = random
        self._dtype = dtype
        self._steps: list[AnyStep] = []
        self._values: dict[str, np.ndarray] = {}
        self._inputs: list[str] = []

    def program(self) -> Program:
        shapes = [_SHAPES[self._random.integers(4)] for _ in range(self._random.integers(1, 4))]
        for number, shape in enumerate(shapes):
            self._input(f"x{number}", shape)
        wanted = self._random.integers(3, 13)
        while len(self._steps) - len(self._inputs) < wanted:
            with suppress(_Rejected):
                self._any_op()
        root = self._apply("mean", list(self._values)[-1])
        self._steps += [Backward(root), Observe(root, quantities=(Quantity(root),))]
        self._steps += [Observe(f"{name}.grad", quantities=(Quantity(name, "gradient"),)) for name in self._inputs]
        return Program(tuple(self._steps))

    def _input(self, name: str, shape: tuple[int, ...]) -> None:
        array = Array.of(self._random.normal(0.0, 1.0, shape), self._dtype)
        self._inputs.append(name)
        self._steps.append(Input(name, array))
        self._values[name] = array.numpy().astype(np.float64)

    def _any_op(self) -> None:
        first, second = self._pick(), self._pick()
        match self._random.integers(6):
            case 0 | 1:
                self._apply(str(self._random.choice(_UNARY)), first)
            case 2 | 3:
                self._of_two(first, second)
            case 4:
                positive = self._apply("add", self._apply("square", first), Number.of(1.0))
                op = str(self._random.choice((*_OF_POSITIVE, "divide")))
                self._apply(op, *((second, positive) if op == "divide" else (positive,)))
            case 5:
                self._of_axes(first)

    def _pick(self) -> str:
        """A name, the youngest ones more often."""
        names = list(self._values)
        return names[max(-len(names), -1 - int(self._random.geometric(0.4)))]

    def _of_two(self, first: str, second: str) -> None:
        one, other = self._values[first], self._values[second]
        fit = one.ndim and other.ndim and one.shape[-1] == other.shape[-2 if other.ndim > 1 else -1]
        self._apply("matmul" if fit and self._random.integers(2) else str(self._random.choice(_BINARY)), first, second)

    def _of_axes(self, name: str) -> None:
        if self._values[name].ndim == 0:
            return
        if self._random.integers(3) == 0:
            self._apply(str(self._random.choice(_ALONG_AN_AXIS)), name)
        else:
            self._apply(str(self._random.choice(_REDUCTIONS)), name, axis=[None, -1][self._random.integers(2)])

    def _apply(self, op: str, *operands: Operand, **parameters: int | None) -> str:
        """The name of the result. Raises `_Rejected` if there is none within the limits."""
        values = [self._values[one] if isinstance(one, str) else float(one.value) for one in operands]  # type: ignore[union-attr]
        try:
            with np.errstate(all="ignore"):
                value = getattr(engine, op)(*values, **parameters)
        except ValueError:
            raise _Rejected("shapes that do not fit") from None
        if not np.all(np.abs(value) < LARGEST):
            raise _Rejected("too large")
        name = f"t{len(self._steps)}"
        given = {key: value for key, value in parameters.items() if value is not None}
        self._steps.append(Apply(name, op, operands, given))
        self._values[name] = value
        return name
