"""The tracer `g`: runs a case's function once and writes down the Program.

What the function computes are `Traced` names, not numbers. The scripts read better with the names that the author of
the case chose, so `t = g.add(x0, x1)` becomes a step named `t`: the tracer asks `executing` which variable the
expression is assigned to.
"""

import ast
import difflib
import keyword
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any, Literal, NoReturn

import executing
import numpy as np
import numpy.typing as npt

from harness.arrays import Array
from harness.errors import CaseError, ProgramError
from harness.literals import Number, Scalar, index_of
from harness.ops import OPS
from harness.program import (
    RESERVED_NAMES,
    RESERVED_SUFFIXES,
    AnyStep,
    Apply,
    Aspect,
    Backward,
    ClearGrad,
    Grad,
    Host,
    Input,
    KeepGradient,
    Observe,
    Operand,
    Program,
    Quantity,
    RetainGrad,
    SGDStep,
    Write,
    WriteHost,
)

ArrayLike = npt.ArrayLike


@dataclass(frozen=True, slots=True)
class Observable:
    """Something that `g.observe` can record."""

    aspect: Aspect
    quantities: tuple[Quantity, ...]


class Traced:
    """A value in a program under construction. Use the operators, or the ops of `g`."""

    __slots__ = ("_tracer", "name")
    __array_ufunc__ = None  # NumPy arrays on the left of an operator defer to ours

    def __init__(self, tracer: "Tracer", name: str) -> None:
        self._tracer = tracer
        self.name = name

    @property
    def grad(self) -> "Gradient":
        """The gradient stored for this value."""
        return Gradient(self._tracer, self.name)

    @property
    def dtype(self) -> Observable:
        return Observable("dtype", (Quantity(self.name),))

    @property
    def is_leaf(self) -> Observable:
        """Whether it is a leaf: an input, not something computed from one."""
        return Observable("is_leaf", (Quantity(self.name),))

    @property
    def requires_grad(self) -> Observable:
        return Observable("requires_grad", (Quantity(self.name),))

    def astype(self, dtype: str) -> "Traced":
        return self._tracer._apply("astype", (self,), {"dtype": dtype})

    def __getitem__(self, key: Any) -> "Traced":
        return self._tracer._apply("getitem", (self,), {"index": index_of(key)})

    def _refuse(self, *_: object) -> NoReturn:
        raise CaseError(
            f"{self.name!r} is a name in a program, not a number: a case cannot branch on it, loop over it or convert "
            "it. Use g.where for a choice, and x[i] with a known range for a loop"
        )

    __bool__ = __float__ = __int__ = __len__ = __array__ = _refuse
    __iter__ = _refuse


class Gradient:
    """The gradient of a value: something to observe, to keep, or to write into."""

    __slots__ = ("_tracer", "name")

    def __init__(self, tracer: "Tracer", name: str) -> None:
        self._tracer = tracer
        self.name = name

    @property
    def dtype(self) -> Observable:
        return Observable("dtype", (Quantity(self.name, "gradient"),))


@dataclass(frozen=True, slots=True)
class Kept:
    """A gradient as it was when `g.keep` held on to it: something to observe."""

    name: str


def _operators() -> None:
    """Give `Traced` the operators of the array API."""

    def forward(op: str) -> Callable[..., Traced]:
        return lambda self, other: self._tracer._apply(op, (self, other), {})

    def reflected(op: str) -> Callable[..., Traced]:
        return lambda self, other: self._tracer._apply(op, (other, self), {})

    def unary(op: str) -> Callable[..., Traced]:
        return lambda self: self._tracer._apply(op, (self,), {})

    binary = {"add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide", "pow": "pow", "matmul": "matmul"}
    for suffix, op in binary.items():
        setattr(Traced, f"__{suffix}__", forward(op))
        setattr(Traced, f"__r{suffix}__", reflected(op))
    comparisons = {"lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal"}
    for suffix, op in {**comparisons, "eq": "equal", "ne": "not_equal"}.items():
        setattr(Traced, f"__{suffix}__", forward(op))
    for suffix, op in {"neg": "negative", "pos": "positive", "abs": "abs"}.items():
        setattr(Traced, f"__{suffix}__", unary(op))


_operators()


class Tracer:
    """What a case's function gets as `g`."""

    def __init__(self) -> None:
        self._steps: list[AnyStep] = []
        self._taken: set[str] = set()
        self._recording: bool | None = None
        self._has_recording_region = False
        self._attempt: str | None = None

    # Inputs and ops

    def input(
        self, name: str, value: ArrayLike, dtype: str = "float64", requires_grad: bool = True, *, shared: bool = False
    ) -> Traced:
        """A leaf. `shared=True` makes it without copying the host array, where the framework can."""
        if name in self._taken:
            raise CaseError(f"input {name!r} is defined twice")
        self._taken.add(name)
        return self._leaf(name, value, dtype, requires_grad, shared)

    def _leaf(self, name: str, value: ArrayLike, dtype: str, requires_grad: bool, shared: bool) -> Traced:
        try:
            array = Array.of(value, dtype)
        except (TypeError, ValueError, OverflowError) as error:
            raise CaseError(f"input {name!r} is no array of {dtype}: {error}") from None
        self._steps.append(Input(name, array, requires_grad, shared))
        return Traced(self, name)

    def __getattr__(self, op: str) -> Callable[..., Traced]:
        if op.startswith("_"):
            raise AttributeError(op)
        if op not in OPS:
            near = difflib.get_close_matches(op, OPS)
            hint = f"did you mean {' or '.join(near)}?" if near else "`crossgrad list ops` shows all"
            raise CaseError(f"there is no op {op!r}; {hint}")
        return lambda *operands, **parameters: self._apply(op, operands, parameters)

    def getitem(self, x: Traced, index: Any) -> Traced:
        return x[index]

    def _apply(self, op: str, operands: Sequence[Any], parameters: dict[str, Any]) -> Traced:
        if OPS[op].variadic and len(operands) == 1 and isinstance(operands[0], list | tuple):
            operands = tuple(operands[0])
        OPS[op].check_operands(len(operands))
        bound = OPS[op].bind(parameters)
        given = {
            key: Number.of(value) if isinstance(value, float) else value
            for key, value in bound.items()
            if value != OPS[op].parameters[key].default
        }
        name = self._name()
        self._steps.append(Apply(name, op, tuple(map(self._operand, operands)), given, self._is_recording()))
        return Traced(self, name)

    def _operand(self, value: Any) -> Operand:
        return value.name if isinstance(value, Traced) else _scalar(value)

    # Differentiation

    def backward(self, root: Traced, seed: Traced | ArrayLike | None = None, *, keep_graph: bool = False) -> None:
        """The reverse pass; gradients are then at `x.grad`. Without `seed` the cotangent is 1."""
        seed_name = None if seed is None else self._seed(seed)
        self._steps.append(Backward(_value_name(root), seed_name, keep_graph, self._attempt))

    def grad(
        self,
        outputs: Traced | Sequence[Traced],
        inputs: Traced | Sequence[Traced],
        seeds: Sequence[Traced | ArrayLike] | None = None,
        *,
        create_graph: bool = False,
        keep_graph: bool = False,
        set_grad: bool = False,
        retain_grad: bool = False,
        unconnected: Literal["none", "zeros"] | None = None,
    ) -> Any:
        """The gradients of `outputs` with respect to `inputs`: a new value for an input, a tuple for a sequence.

        `unconnected` asks for None or for zeros where no output depends on an input; by default the framework decides.
        """
        single = isinstance(inputs, Traced)
        output_names, input_names = _value_names(outputs), _value_names(inputs)
        seed_names = None if seeds is None else tuple(map(self._seed, seeds))
        names = self._names(len(input_names))
        self._steps.append(
            Grad(
                names,
                output_names,
                input_names,
                seed_names,
                create_graph,
                keep_graph,
                set_grad,
                retain_grad,
                unconnected,
                self._attempt,
            )
        )
        results = tuple(Traced(self, name) for name in names)
        return results[0] if single else results

    def _seed(self, seed: Traced | ArrayLike) -> str:
        if isinstance(seed, Traced):
            return seed.name
        return self._leaf(self._unused("seed"), seed, "float64", requires_grad=False, shared=False).name

    def clear_grad(self, x: Traced) -> None:
        """Forget the gradient stored for `x`."""
        self._steps.append(ClearGrad(_value_name(x)))

    def retain_grad(self, x: Traced) -> None:
        """Ask that the gradient of `x`, which is no leaf, be kept."""
        self._steps.append(RetainGrad(_value_name(x)))

    def keep(self, gradient: Gradient) -> Kept:
        """Hold on to the object that is at `x.grad` now, to compare it with what is there later."""
        if not isinstance(gradient, Gradient):
            raise CaseError(f"one keeps a stored gradient, as in kept = g.keep(x.grad), not {gradient!r}")
        name = self._name()
        self._steps.append(KeepGradient(name, gradient.name))
        return Kept(name)

    def sgd_step(self, variables: Traced | Sequence[Traced], learning_rate: float) -> None:
        """One optimizer step on inputs, from their gradients."""
        self._steps.append(SGDStep(_value_names(variables), Number.of(float(learning_rate)), self._attempt))

    # Regions

    @contextmanager
    def recording(self) -> Iterator[None]:
        """A program that uses this region records in it, and nowhere else."""
        if not self._has_recording_region:
            self._has_recording_region = True
            self._steps = [
                Apply(s.name, s.op, s.operands, s.parameters, recorded=False) if isinstance(s, Apply) else s
                for s in self._steps
            ]
        with self._region(True):
            yield

    @contextmanager
    def not_recording(self) -> Iterator[None]:
        """What is computed in this region is a constant to differentiation."""
        with self._region(False):
            yield

    @contextmanager
    def _region(self, recording: bool) -> Iterator[None]:
        outer, self._recording = self._recording, recording
        try:
            yield
        finally:
            self._recording = outer

    def _is_recording(self) -> bool:
        return not self._has_recording_region if self._recording is None else self._recording

    @contextmanager
    def attempt(self, point: str) -> Iterator[None]:
        """Record under `point` whether the one backward, grad or sgd_step inside raises, and go on either way."""
        if self._attempt is not None:
            raise CaseError(f"attempt {point!r} stands inside attempt {self._attempt!r}")
        before, self._attempt = len(self._steps), point
        try:
            yield
        finally:
            self._attempt = None
        attempted = [s for s in self._steps[before:] if isinstance(s, Backward | Grad | SGDStep)]
        if len(attempted) != 1:
            raise CaseError(
                f"attempt {point!r} holds {len(attempted)} of backward, grad and sgd_step; it needs exactly one"
            )

    # Writes behind the back of differentiation

    def write(self, target: Traced | Gradient, value: complex, index: Any = None) -> None:
        """Overwrite `target`, or `target[index]`, in place; `target` may be a stored gradient, `x.grad`."""
        self._write(target, value, index, "set")

    def write_add(self, target: Traced | Gradient, value: complex, index: Any = None) -> None:
        """Add to `target`, or to `target[index]`, in place; `target` may be a stored gradient, `x.grad`."""
        self._write(target, value, index, "add")

    def _write(self, target: Traced | Gradient, value: complex, index: Any, how: Literal["set", "add"]) -> None:
        kind: Literal["value", "gradient"] = "gradient" if isinstance(target, Gradient) else "value"
        name = target.name if isinstance(target, Gradient) else _value_name(target)
        self._steps.append(Write(name, _scalar(value), None if index is None else index_of(index), how, kind))

    def write_host(self, x: Traced, value: complex, index: Any = None) -> None:
        """Overwrite the host array that the input `x` was made from."""
        self._steps.append(WriteHost(_value_name(x), _scalar(value), None if index is None else index_of(index)))

    def host(self, x: Traced) -> Traced:
        """The value as a host array, as `x.numpy()` gives it."""
        of, name = _value_name(x), self._name()
        self._steps.append(Host(name, of))
        return Traced(self, name)

    # Observations

    @property
    def warnings(self) -> Observable:
        """The categories of the warnings since the observation before."""
        return Observable("warnings", ())

    def same_object(self, a: "Looked", b: "Looked") -> Observable:
        """Whether `a` and `b` are one object."""
        return Observable("same_object", (_quantity(a), _quantity(b)))

    def shares_memory(self, a: "Looked", b: "Looked") -> Observable:
        """Whether `a` and `b` live in the same memory; None where one of them is missing."""
        return Observable("shares_memory", (_quantity(a), _quantity(b)))

    def watched(self, x: Traced) -> Observable:
        """Whether the last tape watches `x`, in frameworks with a tape that knows what it watches."""
        return Observable("watched", (Quantity(_value_name(x)),))

    def observe(self, point: str, what: "Looked | Observable", expected: ArrayLike | None = None) -> None:
        """Record `what` under the name `point`; `expected` where mathematics gives it in closed form."""
        if not isinstance(what, Observable):
            what = Observable("content", (_quantity(what),))
        array = (
            None if expected is None else Array.of(expected, "complex128" if np.iscomplexobj(expected) else "float64")
        )
        self._steps.append(Observe(point, what.aspect, what.quantities, array))

    # Names

    def _name(self) -> str:
        return self._names(1)[0]

    def _names(self, count: int) -> tuple[str, ...]:
        """The variables that the caller's expression is assigned to, made unique; numbered where there are none."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_globals.get("__name__") == __name__:
            frame = frame.f_back
        hints = _assigned_names(frame) if frame is not None else []
        if len(hints) != count:
            hints = [""] * count
        return tuple(map(self._unused, hints))

    def _unused(self, hint: str) -> str:
        """The hint, made usable and unique; `v1`, `v2`, ... where there is none."""
        if keyword.iskeyword(hint) or hint in RESERVED_NAMES or hint.endswith(RESERVED_SUFFIXES):
            hint += "_"
        name, number = hint or "v1", 1
        while name in self._taken:
            number += 1
            name = f"{hint}_{number}" if hint else f"v{number}"
        self._taken.add(name)
        return name


def _assigned_names(frame: FrameType) -> list[str]:
    """`["t"]` while `t = g.add(x0, x1)` runs in `frame`, `["a", "b"]` for `a, b = ...`, `[]` for no assignment."""
    node: Any = executing.Source.executing(frame).node
    parent = getattr(node, "parent", None)
    if not isinstance(parent, ast.Assign) or parent.value is not node or len(parent.targets) != 1:
        return []
    target = parent.targets[0]
    targets = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    usable = len(names) == len(targets) and all(name[0].isalpha() and name.isascii() for name in names)
    return names if usable else []


Looked = Traced | Gradient | Kept
"""What can be looked at."""


def _value_name(x: object) -> str:
    if isinstance(x, Traced):
        return x.name
    if isinstance(x, Gradient):
        raise CaseError(
            f"{x.name}.grad is a stored gradient, and this takes a value: give {x.name!r} itself. With a gradient one "
            "can g.observe, g.keep and g.write; to compute with one, get it as a value from g.grad"
        )
    raise CaseError(f"expected a traced value, got {x!r}; g.input makes one")


def _value_names(x: Traced | Sequence[Traced]) -> tuple[str, ...]:
    return tuple(map(_value_name, x)) if isinstance(x, list | tuple) else (_value_name(x),)


def _quantity(x: Looked) -> Quantity:
    match x:
        case Traced() | Kept():
            return Quantity(x.name)
        case Gradient():
            return Quantity(x.name, "gradient")
    raise CaseError(f"one can observe a traced value, its .grad, .dtype, ..., not {x!r}")


def _scalar(value: object) -> Scalar:
    match value:
        case bool() | int():
            return value
        case float() | complex():
            return Number.of(value)
    raise CaseError(f"expected a traced value or a Python number, got {value!r}; for arrays: g.input")


def trace(function: Callable[[Tracer], object]) -> Program:
    """The Program that `function(g)` describes."""
    g = Tracer()
    function(g)
    try:
        # A case is held to what a file may say: the reader checks the types of everything.
        program = Program.from_json(Program(tuple(g._steps)).to_json())
    except (TypeError, UnicodeEncodeError) as error:
        raise ProgramError(f"not a program: {error}") from None
    if not program.points:
        raise ProgramError("the case observes nothing; add g.observe(point, what)")
    return program
