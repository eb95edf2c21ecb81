"""What every adapter has: an op table, a way to say each step, and one method that turns a Program into a Script."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from harness.errors import Unsupported, UsageError
from harness.literals import Index, index_source, quoted, source
from harness.ops import OPS
from harness.program import Apply, Backward, Grad, Input, Operand, Program, SGDStep
from harness.script import AnyStatement, Attempt, Data, Language, Script, Statement

Template = str | Callable[..., str]
"""An op in a framework's words.

Text: `{0}`, `{1}` stand for the operands, `{axis}` and the like for parameters; `{*}` for all operands, separated by
commas. A function, where parameters change the text: it gets the operands' texts and the parameters' values by keyword.
"""


class Adapter(ABC):
    """Turns Programs into Scripts of one framework. A framework's own file fills in the class variables."""

    framework: str
    flavours: ClassVar[tuple[str, ...]] = ("",)
    ops: ClassVar[Mapping[str, Template]]
    lacks: ClassVar[Mapping[str, str]] = {}
    """Ops that the framework does not have, each with the reason that the report shows."""
    errors: tuple[tuple[str, str, str], ...] = ()
    """Categories of exceptions: (category, name of the type, words in the message). The first that fits counts."""

    def __init__(self, flavour: str | None = None) -> None:
        if flavour is None:
            flavour = self.flavours[0]
        if flavour not in self.flavours:
            known = ", ".join(map(repr, self.flavours))
            raise UsageError(f"{self.framework} has no flavour {flavour!r}; it has {known}")
        self.flavour = flavour

    @property
    @abstractmethod
    def language(self) -> Language:
        """Imports and reader of this framework and flavour."""

    @abstractmethod
    def script(self, program: Program) -> Script:
        """The program in the framework's idiom. Raises `Unsupported` with the reason where there is none."""

    # Pieces that all of them share

    def expression(self, step: Apply) -> str:
        """The text of one op: `torch.exp(x)`."""
        op = OPS[step.op]
        template = self.ops.get(step.op)
        if template is None:
            reason = self.lacks.get(step.op, f"{self.framework} has no op {step.op!r}")
            raise Unsupported(reason)
        operands = [self.operand(operand) for operand in step.operands]
        parameters = op.bind(step.parameters)
        if callable(template):
            return template(*operands, **parameters)
        if "{*}" in template:
            template = template.replace("{*}", ", ".join(operands))
        elif _is_infix(template):
            operands = [f"({text})" if text.startswith("-") else text for text in operands]
        return template.format(*operands, **{name: self.parameter(value) for name, value in parameters.items()})

    def operand(self, operand: Operand) -> str:
        return operand if isinstance(operand, str) else source(operand)

    def parameter(self, value: Any) -> str:
        """A parameter's text; frameworks that want dtypes as objects override `dtype`."""
        return source(value)

    def category(self, error_type: str, message: str) -> str:
        """What kind of exception this is, in words that are the same everywhere; `other` if it is not known."""
        for category, name, words in self.errors:
            if name == error_type and words in message:
                return category
        if error_type in ("AttributeError", "TypeError") and _OF_NONE.search(message):
            return "no_gradient"
        return "other"


# A gradient that is missing, asked for its dtype, computed with, or written into.
_OF_NONE = re.compile(r"'NoneType' object (has no attribute|does not support)|unsupported operand type.*'NoneType'")

_INFIX = re.compile(r"\{0\} \S+ \{1\}|[-+]\{0\}")


def _is_infix(template: str) -> bool:
    return _INFIX.fullmatch(template) is not None


def host_name(input_name: str) -> str:
    """The variable that holds the host array of an input."""
    return f"{input_name}_np"


def gradient_name(name: str) -> str:
    """The variable that holds a gradient, in frameworks that return gradients instead of storing them."""
    return f"{name}_grad"


def data(step: Input) -> Data:
    return Data(host_name(step.name), step.array)


def attempted(step: Backward | Grad | SGDStep, statements: tuple[AnyStatement, ...]) -> tuple[AnyStatement, ...]:
    """The statements, inside `try` if the program asks whether they raise."""
    return statements if step.attempt is None else (Attempt(step.attempt, statements),)


def subscript(index: Index | None) -> str:
    """`[1:3]`; `[...]` for the whole array, which also works on 0-d arrays."""
    return "[...]" if index is None else f"[{index_source(index)}]"


def observe(point: str, text: str) -> Statement:
    return Statement(f"observe({quoted(point)}, {text})")


def tuple_text(names: Iterator[str] | tuple[str, ...]) -> str:
    """The left side of an unpacking: `a, b`, and `a,` for one."""
    listed = tuple(names)
    return f"{listed[0]}," if len(listed) == 1 else ", ".join(listed)
