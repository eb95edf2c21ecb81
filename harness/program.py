"""A Program: a small differentiable computation as plain data.

It is what every stage downstream reads. It can be saved, mailed, hashed and replayed; and it is validated whenever it
is made, so that whoever holds one knows that it names only known ops, parameters of the declared types, and names that
are defined before they are used.
"""

import builtins
import hashlib
import keyword
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from harness.arrays import ITEM_SIZES, LARGEST_ARRAY_BYTES, Array
from harness.errors import ProgramError
from harness.literals import Index, Number, Scalar, Value
from harness.ops import OPS, Op

_NAME = r"^[A-Za-z][A-Za-z0-9_]*\Z"
_POINT = r"^[^\x00-\x1f\x7f\ud800-\udfff]+\Z"
_LONGEST_NAME = 64
_LONGEST_POINT = 120
Name = Annotated[str, msgspec.Meta(pattern=_NAME, max_length=_LONGEST_NAME)]
Point = Annotated[str, msgspec.Meta(pattern=_POINT, max_length=_LONGEST_POINT)]
Operand = Name | Scalar
"""A value computed before, or a Python number."""

# Words that the frameworks' scripts use for themselves, Python's builtins among them.
RESERVED_NAMES = frozenset(dir(builtins)) | {
    "F", "autograd", "chainer", "engine", "error", "jax", "jnp", "mg", "model", "mygrad", "np", "numpy", "observe",
    "optimizer", "os", "read", "seen", "shares_memory", "tf", "torch", "warned", "warnings",
}  # fmt: skip
RESERVED_SUFFIXES = ("_np", "_grad", "_tape")


class Step(msgspec.Struct, frozen=True, tag_field="step", omit_defaults=True):
    """One thing that a program does."""

    @property
    def defines(self) -> tuple[str, ...]:
        """The names that exist from here on."""
        return ()

    @property
    def uses(self) -> tuple[str, ...]:
        """The names that have to exist before."""
        return ()


class Input(Step, frozen=True, tag="input"):
    """A leaf made from a host array; `shared` asks for the framework's way to make it without a copy."""

    name: Name
    array: Array
    requires_grad: bool = True
    shared: bool = False

    @property
    def defines(self) -> tuple[str, ...]:
        return (self.name,)


class Apply(Step, frozen=True, tag="apply"):
    """An op; when not `recorded`, what it computes is a constant to differentiation."""

    name: Name
    op: str
    operands: tuple[Operand, ...]
    parameters: dict[str, Value] = {}
    recorded: bool = True

    @property
    def defines(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def uses(self) -> tuple[str, ...]:
        return tuple(operand for operand in self.operands if isinstance(operand, str))

    def __hash__(self) -> int:
        return hash((self.name, self.op, self.operands, frozenset(self.parameters.items()), self.recorded))


class Backward(Step, frozen=True, tag="backward"):
    """The reverse pass from `root` into the gradients of the inputs.

    `attempt` names the observation point that records whether it raised; without it an exception ends the program.
    """

    root: Name
    seed: Name | None = None
    keep_graph: bool = False
    attempt: Point | None = None

    @property
    def uses(self) -> tuple[str, ...]:
        return (self.root,) if self.seed is None else (self.root, self.seed)


class Grad(Step, frozen=True, tag="grad"):
    """The functional form: new values, one for each of `inputs`, instead of gradients stored in them."""

    names: tuple[Name, ...]
    outputs: tuple[Name, ...]
    inputs: tuple[Name, ...]
    seeds: tuple[Name, ...] | None = None
    create_graph: bool = False
    keep_graph: bool = False
    set_grad: bool = False
    """Also store the result as the gradient of each of `inputs`."""
    retain_grad: bool = False
    """Also store the gradients of the values in between."""
    unconnected: Literal["none", "zeros"] | None = None
    """What an input gets that no output depends on; None leaves it to the framework."""
    attempt: Point | None = None

    @property
    def defines(self) -> tuple[str, ...]:
        return self.names

    @property
    def uses(self) -> tuple[str, ...]:
        return self.outputs + self.inputs + (self.seeds or ())


class ClearGrad(Step, frozen=True, tag="clear_grad"):
    """Forget the stored gradient."""

    of: Name

    @property
    def uses(self) -> tuple[str, ...]:
        return (self.of,)


class RetainGrad(Step, frozen=True, tag="retain_grad"):
    """Ask that the gradient of a value in between be kept."""

    of: Name

    @property
    def uses(self) -> tuple[str, ...]:
        return (self.of,)


class KeepGradient(Step, frozen=True, tag="keep_gradient"):
    """Hold on to the gradient stored for a value as it is now; what is kept can only be looked at."""

    name: Name
    of: Name

    @property
    def defines(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def uses(self) -> tuple[str, ...]:
        return (self.of,)


class Write(Step, frozen=True, tag="write"):
    """Overwrite (or add to) elements of a value, or of its stored gradient, in place, behind the back of
    differentiation.
    """

    target: Name
    value: Scalar
    index: Index | None = None
    how: Literal["set", "add"] = "set"
    kind: Literal["value", "gradient"] = "value"

    @property
    def uses(self) -> tuple[str, ...]:
        return (self.target,)


class WriteHost(Step, frozen=True, tag="write_host"):
    """Overwrite elements of the host array that an input was made from."""

    input: Name
    value: Scalar
    index: Index | None = None

    @property
    def uses(self) -> tuple[str, ...]:
        return (self.input,)


class Host(Step, frozen=True, tag="host"):
    """The value as a host (NumPy) array, by the framework's usual call."""

    name: Name
    of: Name

    @property
    def defines(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def uses(self) -> tuple[str, ...]:
        return (self.of,)


class SGDStep(Step, frozen=True, tag="sgd_step"):
    """One step of stochastic gradient descent on inputs, from their gradients as they stand."""

    variables: tuple[Name, ...]
    learning_rate: Number
    attempt: Point | None = None

    @property
    def uses(self) -> tuple[str, ...]:
        return self.variables


class Quantity(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something to look at: a value, or its gradient."""

    of: Name
    kind: Literal["value", "gradient"] = "value"


Aspect = Literal["content", "dtype", "is_leaf", "requires_grad", "watched", "same_object", "shares_memory", "warnings"]


class Observe(Step, frozen=True, tag="observe"):
    """Look at one thing and record it under the name `point`."""

    point: Point
    aspect: Aspect = "content"
    quantities: tuple[Quantity, ...] = ()
    expected: Array | None = None
    """What mathematics gives in closed form, where it does."""

    @property
    def uses(self) -> tuple[str, ...]:
        return tuple(quantity.of for quantity in self.quantities)


AnyStep = (
    Input | Apply | Backward | Grad | ClearGrad | RetainGrad | KeepGradient | Write | WriteHost | Host | SGDStep
    | Observe
)  # fmt: skip

QUANTITIES_OF_ASPECT: dict[Aspect, int] = {
    "content": 1, "dtype": 1, "is_leaf": 1, "requires_grad": 1, "watched": 1, "same_object": 2, "shares_memory": 2,
    "warnings": 0,
}  # fmt: skip


class Program(msgspec.Struct, frozen=True, cache_hash=True):
    """Steps in the order in which they happen. Making one raises `ProgramError` if it is not well formed."""

    steps: tuple[AnyStep, ...]

    def __post_init__(self) -> None:
        _validate(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Program":
        """Read a program from anywhere; `ProgramError` says what is wrong with it and where."""
        try:
            return msgspec.json.decode(text, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ProgramError(f"not a program: {error}") from None

    def to_json(self) -> bytes:
        return msgspec.json.encode(self)

    @property
    def digest(self) -> str:
        """The same for the same program, on every machine."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()

    @property
    def points(self) -> tuple[str, ...]:
        """The names of the observation points, in order."""
        return tuple(_points(self))

    @property
    def inputs(self) -> dict[str, Input]:
        return {step.name: step for step in self.steps if isinstance(step, Input)}

    @property
    def applications(self) -> dict[str, Apply]:
        return {step.name: step for step in self.steps if isinstance(step, Apply)}

    @property
    def ops(self) -> frozenset[str]:
        """The names of the ops that it applies."""
        return frozenset(step.op for step in self.applications.values())


def _points(program: Program) -> Iterator[str]:
    for step in program.steps:
        if isinstance(step, Observe):
            yield step.point
        elif isinstance(step, Backward | Grad | SGDStep) and step.attempt is not None:
            yield step.attempt


def check_name(name: str) -> None:
    """Raise `ProgramError` unless a script of any framework may use `name` as a variable."""
    if not isinstance(name, str) or not re.match(_NAME, name) or len(name) > _LONGEST_NAME:
        raise ProgramError(f"{name!r} is no name: letters, digits and underscores, at most {_LONGEST_NAME}")
    if keyword.iskeyword(name) or name in RESERVED_NAMES or name.endswith(RESERVED_SUFFIXES):
        raise ProgramError(f"{name!r} is a word that the scripts use themselves; choose another name")


def _validate(program: Program) -> None:
    defined: dict[str, Step] = {}
    for number, step in enumerate(program.steps, 1):
        where = f"step {number} ({step.__struct_config__.tag})"
        for name in step.uses:
            if name not in defined:
                raise ProgramError(f"{where}: {name!r} is not defined before it is used")
            if isinstance(defined[name], KeepGradient) and not isinstance(step, Observe):
                raise ProgramError(f"{where}: {name!r} is a gradient that was kept; it can only be looked at")
        for name in step.defines:
            check_name(name)
            if name in defined:
                raise ProgramError(f"{where}: {name!r} is defined twice")
            defined[name] = step
        try:
            _validate_step(step, defined)
        except ProgramError as error:
            raise ProgramError(f"{where}: {error}") from None
    points = list(_points(program))
    for point in points:
        if not isinstance(point, str) or not re.match(_POINT, point) or len(point) > _LONGEST_POINT:
            raise ProgramError(f"{point!r} is no observation point: one line of at most {_LONGEST_POINT} characters")
    for point, count in Counter(points).items():
        if count > 1:
            raise ProgramError(f"the observation point {point!r} occurs twice; each needs its own name")


def _validate_step(step: Step, defined: dict[str, Step]) -> None:
    match step:
        case Apply():
            op = OPS.get(step.op)
            if op is None:
                raise ProgramError(f"there is no op {step.op!r}; `crossgrad list ops` shows all")
            op.check_operands(len(step.operands))
            if not step.uses:
                raise ProgramError(f"op {step.op!r} needs an array among its operands, not only numbers")
            for operand in step.operands:
                if isinstance(operand, int) and not -(2**63) <= operand < 2**63:
                    raise ProgramError(f"the operand {operand} does not fit into 64 bits")
            _check_size(op, op.bind(step.parameters))
        case Grad():
            if not step.outputs or len(step.names) != len(step.inputs):
                raise ProgramError("grad needs at least one output, and one result name for each input")
            if step.seeds is not None and len(step.seeds) != len(step.outputs):
                raise ProgramError("grad needs one seed for each output, or none at all")
        case WriteHost() if not isinstance(defined[step.input], Input):
            raise ProgramError(f"{step.input!r} is not an input, so there is no host array that it was made from")
        case SGDStep():
            for name in step.variables:
                if not isinstance(defined[name], Input):
                    raise ProgramError(f"an optimizer updates inputs; {name!r} is computed")
        case Observe():
            wanted = QUANTITIES_OF_ASPECT[step.aspect]
            if len(step.quantities) != wanted:
                raise ProgramError(f"{step.aspect!r} looks at {wanted} quantities, got {len(step.quantities)}")
            for quantity in step.quantities:
                if quantity.kind == "gradient" and isinstance(defined[quantity.of], KeepGradient):
                    raise ProgramError(f"{quantity.of!r} is a gradient that was kept; it has no gradient itself")
            if step.aspect == "watched" and step.quantities[0].kind == "gradient":
                raise ProgramError("what is watched or not is a value, not a gradient")


def _check_size(op: Op, parameters: dict[str, object]) -> None:
    shape = parameters.get("shape")
    if isinstance(shape, tuple) and math.prod(map(abs, shape)) * max(ITEM_SIZES.values()) > LARGEST_ARRAY_BYTES:
        raise ProgramError(f"op {op.name!r} would make an array of shape {shape}, larger than a program may hold")
