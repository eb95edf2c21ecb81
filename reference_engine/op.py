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
from functools import partial
from inspect import Parameter, signature
from typing import Any, Generic, ParamSpec, TypeAlias

import numpy as np

from reference_engine.dtypes import (
    SCALARS,
    check_integers,
    check_mixed,
    narrowed,
    with_axes,
    with_bounds,
    with_floats,
    with_numbers,
)
from reference_engine.foreign import ForeignArray, as_array
from reference_engine.recording import is_recording
from reference_engine.rule import Rule, rule, variadic_rules
from reference_engine.semantics import Options, current, default
from reference_engine.variable import Variable, tick
from reference_engine.variants.recorded_use import use

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
        self._mistaken: dict[str, Iterable[Rule | None]] = {}
        """By option of the dimension below: `rules`, one of them replaced by a mistaken one."""
        self._mistaken_by = ""

    def __repr__(self) -> str:
        return f"<op {self.__name__}>"

    def derivative(self, operand: str, *, unsaved: str = "") -> Callable[[Callable[..., Array]], Callable[..., Array]]:
        """Register the decorated function as the rule for `operand`.

        `unsaved` is an operand that the function asks for without counting as one whose value the derivative needs:
        by default it does not.
        """

        def register(function: Callable[..., Array]) -> Callable[..., Array]:
            self.rules = self._replaced(self.rules, operand, function, unsaved)
            return function

        return register

    def mistaken(
        self, operand: str, dimension: str, option: str
    ) -> Callable[[Callable[..., Array]], Callable[..., Array]]:
        """Register the decorated function as what stands in for the rule for `operand` under a faulty option.

        An op has one such dimension, for an engine has one rule for an operand, right or wrong.
        """

        def register(function: Callable[..., Array]) -> Callable[..., Array]:
            self._mistaken_by = dimension
            self._mistaken[option] = self._replaced(self._mistaken.get(option, self.rules), operand, function)
            return function

        return register

    def rules_under(self, options: Options) -> Iterable[Rule | None]:
        """The rules as engines with these options have them; only an op that can be mistaken asks for any."""
        if not self._mistaken_by:
            return self.rules
        return self._mistaken.get(getattr(options, self._mistaken_by), self.rules)

    def _replaced(
        self, rules: Iterable[Rule | None], operand: str, function: Callable[..., Array], unsaved: str = ""
    ) -> Iterable[Rule | None]:
        """`rules` with `function` as that for `operand`."""
        if self.variadic:
            return variadic_rules(function, self.parameters)
        replaced = list(rules or [None] * len(self.operands))
        replaced[self.operands.index(operand)] = rule(function, self.operands, self.parameters, unsaved)
        return tuple(replaced)

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
                arrays.append(as_array(operand))
        given = {**self.defaults, **parameters} if self.parameters else parameters
        is_default = current() is _DEFAULT
        forward: Callable[..., Array] = self.forward if is_default else partial(self._forward_under_options, operands)
        value = forward(*arrays, **given)
        if type(value) is not np.ndarray:
            if not is_default and isinstance(value, ForeignArray):
                self = value.twin(self)  # whose rules are for such arrays
            else:
                value = np.asarray(value)  # NumPy gives scalars for arrays without axes
        if not has_variable:
            return value

        result = _new_variable(Variable)
        result.value = value
        result._grad = None
        result.index = tick()
        # An op without rules, and a region that does not record, record all the same under a mistake each.
        if (
            tracked
            and (self.rules or self.rules_under(current()))
            and (is_recording() or current().unrecorded_regions == "ignored")
        ):
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

    def _forward_under_options(self, operands: tuple[Any, ...], *arrays: Array, **parameters: Any) -> Array:
        """The forward function, where the semantics say something about dtypes, or about what becomes of operands."""
        foreign = next((array for array in arrays if isinstance(array, ForeignArray)), None)
        forward: Callable[..., Array] = self.forward if foreign is None else foreign.twin(self).forward
        values = list(map(narrowed, arrays))
        together = range(len(values)) if self.variadic else self.promoted
        if self._derivatives_need_values():
            check_integers(self.__name__, [values[position] for position in together or (0,)])
        combined = [values[position] for position in together]
        check_mixed(self.__name__, combined)
        combined = with_numbers(self.__name__, combined)
        parameters = with_bounds(self.__name__, parameters)
        for position, value in zip(together, with_floats(with_axes(combined)), strict=True):
            values[position] = value
        result = narrowed(as_array(forward(*values, **parameters)))
        if is_recording():
            use(operands, arrays, result, current())
        return result

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
