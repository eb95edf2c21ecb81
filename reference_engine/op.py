"""What an op is: a forward function and, for each operand, the rule of its derivative.

    @op
    def multiply(x1: Array, x2: Array) -> Array:
        \"\"\"x1 * x2.\"\"\"
        return np.multiply(x1, x2)

    @multiply.derivative("x1")
    def _(g: Array, x2: Array) -> Array:
        return g * x2

The forward function sees arrays: its positional arguments are the operands, its keywords the parameters. A rule maps
`g`, the cotangent of the output, to that of one operand, as the transposed linear map (so for complex numbers without
a conjugate). The names of its other arguments say what it needs, and so what the graph saves:

    y           the output                          x, x1, ...     an operand, by its name
    x_shape     only the shape of operand `x`       axis, ...      a parameter

A rule is written with operators and ops, which work on arrays as on variables, so that it can be differentiated
again. It need not undo broadcasting or promotion: `reference_engine.fit` does that for all.
"""

from collections.abc import Callable, Iterable
from inspect import Parameter, signature
from typing import Any, Generic, ParamSpec, TypeAlias

import numpy as np

from reference_engine.dtypes import SCALARS, check_integers, check_mixed, narrowed, with_axes, with_floats
from reference_engine.recording import is_recording
from reference_engine.rule import Rule, rule, variadic_rules
from reference_engine.semantics import current, default
from reference_engine.variable import Variable, tick

# An array in a first-order pass, a Variable in one that is recorded: rules are written for both.
Array: TypeAlias = Any
Arguments = ParamSpec("Arguments")

OPS: dict[str, "Op[Any]"] = {}
"""Every op by name, also those that only rules use."""

_DEFAULT = default()
_new_variable = object.__new__


class Op(Generic[Arguments]):
    """A forward function with its rules. Called with variables it records; called with arrays it computes."""

    def __init__(self, forward: Callable[Arguments, Array]) -> None:
        self.forward = forward
        self.__name__ = forward.__name__
        self.__doc__ = forward.__doc__
        self.__signature__ = signature(forward)
        arguments = self.__signature__.parameters.values()
        self.variadic = any(argument.kind is Parameter.VAR_POSITIONAL for argument in arguments)
        self.operands = tuple(argument.name for argument in arguments if argument.kind is not Parameter.KEYWORD_ONLY)
        keywords = [argument for argument in arguments if argument.kind is Parameter.KEYWORD_ONLY]
        self.parameters = tuple(argument.name for argument in keywords)
        self.defaults = {argument.name: argument.default for argument in keywords
                         if argument.default is not Parameter.empty}  # fmt: skip
        # The array API calls operands that are promoted together x1, x2 or arrays.
        self.promoted = tuple(position for position, name in enumerate(self.operands) if name in ("x1", "x2"))
        self.rules: Iterable[Rule | None] = ()
        """In the order of the operands; empty for an op whose results are constants."""

    def __repr__(self) -> str:
        return f"<op {self.__name__}>"

    def derivative(self, operand: str) -> Callable[[Callable[..., Array]], Callable[..., Array]]:
        """Register the decorated function as the rule for `operand`."""

        def register(function: Callable[..., Array]) -> Callable[..., Array]:
            if self.variadic:
                self.rules = variadic_rules(function, self.parameters)
            else:
                rules = list(self.rules or [None] * len(self.operands))
                rules[self.operands.index(operand)] = rule(function, self.operands, self.parameters)
                self.rules = tuple(rules)
            return function

        return register

    def __call__(self, *operands: Arguments.args, **parameters: Arguments.kwargs) -> Any:
        """Apply the op: a Variable if an operand is one, else an array.

        Operands broadcast and promote as in NumPy; Python numbers are weak. Warnings are NumPy's, as `np.errstate`
        has them.
        """
        arrays = []
        has_variable = tracked = False
        operand: Any
        for operand in operands:
            kind = type(operand)
            if kind is Variable:
                has_variable = True
                if operand.requires_grad:
                    tracked = True
                arrays.append(operand.value)
            elif kind is np.ndarray or kind in SCALARS:
                arrays.append(operand)
            else:
                arrays.append(np.asarray(operand))
        given = {**self.defaults, **parameters} if self.parameters else parameters
        forward: Callable[..., Array] = self.forward if current() is _DEFAULT else self._forward_under_options
        value = forward(*arrays, **given)
        if type(value) is not np.ndarray:
            value = np.asarray(value)  # NumPy gives scalars for arrays without axes
        if not has_variable:
            return value

        result = _new_variable(Variable)
        result.value = value
        result._grad = None
        result.index = tick()
        if tracked and self.rules and is_recording():
            result.requires_grad = True
            result.op = self
            result.operands = operands
            if self.parameters:
                result.saved = (value, *arrays, *[given[name] for name in self.parameters])
            else:
                result.saved = (value, *arrays)
        else:
            result.requires_grad = False
            result.op = None
            result.operands = ()
            result.saved = None
        return result

    def _forward_under_options(self, *arrays: Array, **parameters: Any) -> Array:
        """The forward function, where the semantics say something about dtypes."""
        forward: Callable[..., Array] = self.forward
        values = list(map(narrowed, arrays))
        together = range(len(values)) if self.variadic else self.promoted
        if self._derivatives_need_values():
            check_integers(self.__name__, [values[position] for position in together or (0,)])
        combined = [values[position] for position in together]
        check_mixed(self.__name__, combined)
        for position, value in zip(together, with_floats(with_axes(combined)), strict=True):
            values[position] = value
        return narrowed(np.asarray(forward(*values, **parameters)))

    def _derivatives_need_values(self) -> bool:
        """Whether a rule needs the output, or an operand that is promoted, or the only one."""
        if self.variadic:
            return False
        needed = {0, *(position + 1 for position in self.promoted or (0,))}
        return any(rule is not None and not needed.isdisjoint(rule.saves) for rule in self.rules)


def op(forward: Callable[Arguments, Array]) -> Op[Arguments]:
    """Make the decorated forward function an op; its rules follow by `@<op>.derivative("<operand>")`."""
    made = Op(forward)
    OPS[made.__name__] = made
    return made
