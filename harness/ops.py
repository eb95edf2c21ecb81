"""The ops that a program may use: their names, operands and parameters.

This file is the single list. The tracer's methods (`g.exp`, `g.sum`, ...), the validation of programs that are
read from files, `crossgrad list ops` and every adapter's table are held against it. Names and meaning are those of
the Python array API standard (https://data-apis.org/array-api/latest/) where it has them, NumPy's otherwise.
Operands are positional, parameters are keywords; a parameter declares the type that a program must hold.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import msgspec

from harness.errors import ProgramError
from harness.literals import Index, Number

Axis = int | tuple[int, ...] | None
Shape = tuple[int, ...]
Dtype = Literal[
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float16", "bfloat16", "float32", "float64", "complex64", "complex128",
]  # fmt: skip
DTYPES: tuple[str, ...] = get_args(Dtype)


REQUIRED = object()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A keyword of an op: the type of its value, and the value when a program leaves it out."""

    type: Any
    default: Any = REQUIRED


@dataclass(frozen=True, slots=True)
class Op:
    """What a program may say about one op."""

    name: str
    family: str
    operands: tuple[str, ...]
    """Names of the array operands; one name with a star, as in `*arrays`, stands for one or more."""
    summary: str
    parameters: dict[str, Parameter] = field(default_factory=dict, hash=False)

    @property
    def variadic(self) -> bool:
        return self.operands[0].startswith("*")

    def check_operands(self, count: int) -> None:
        """Raise `ProgramError` if the op does not take `count` operands."""
        if self.variadic:
            if count < 1:
                raise ProgramError(f"op {self.name!r} takes one or more operands, got none")
        elif count != len(self.operands):
            raise ProgramError(f"op {self.name!r} takes {len(self.operands)} ({', '.join(self.operands)}), got {count}")

    def bind(self, given: dict[str, Any]) -> dict[str, Any]:
        """The parameters in full: checked against their types and completed by the defaults.

        Raises `ProgramError` for an unknown parameter, a missing one, or a value of the wrong type.
        """
        unknown = sorted(given.keys() - self.parameters.keys())
        if unknown:
            known = ", ".join(self.parameters) or "none"
            raise ProgramError(f"op {self.name!r} has no parameter {unknown[0]!r} (its parameters: {known})")
        bound = {}
        for name, parameter in self.parameters.items():
            value = given.get(name, parameter.default)
            if isinstance(value, Number):
                value = value.value
            if value is REQUIRED:
                raise ProgramError(f"op {self.name!r} needs its parameter {name!r}")
            try:
                bound[name] = msgspec.convert(value, parameter.type)
            except msgspec.ValidationError as error:
                raise ProgramError(f"parameter {name!r} of op {self.name!r}: {error}") from None
        return bound


OPS: dict[str, Op] = {}


def _family(family: str, *rows: tuple[Any, ...]) -> None:
    for name, operands, summary, *parameters in rows:
        OPS[name] = Op(name, family, tuple(operands.split()), summary, *parameters)


_AXIS_KEEPDIMS = {"axis": Parameter(Axis, None), "keepdims": Parameter(bool, False)}
_CORRECTION = {**_AXIS_KEEPDIMS, "correction": Parameter(float, 0.0)}

_family(
    "arithmetic",
    ("add", "x1 x2", "x1 + x2"),
    ("subtract", "x1 x2", "x1 - x2"),
    ("multiply", "x1 x2", "x1 * x2"),
    ("divide", "x1 x2", "x1 / x2"),
    ("negative", "x", "-x"),
    ("positive", "x", "+x"),
    ("reciprocal", "x", "1 / x"),
)
_family(
    "powers",
    ("pow", "x1 x2", "x1 to the power x2"),
    ("square", "x", "x * x"),
    ("sqrt", "x", "the square root"),
    ("hypot", "x1 x2", "sqrt(x1 * x1 + x2 * x2) without overflow"),
)
_family(
    "exponential",
    ("exp", "x", "e to the power x"),
    ("expm1", "x", "exp(x) - 1, accurate near 0"),
    ("exp2", "x", "2 to the power x"),
    ("log", "x", "the natural logarithm"),
    ("log1p", "x", "log(1 + x), accurate near 0"),
    ("log2", "x", "the logarithm to base 2"),
    ("log10", "x", "the logarithm to base 10"),
    ("logaddexp", "x1 x2", "log(exp(x1) + exp(x2))"),
)
_family(
    "trigonometric",
    ("sin", "x", "the sine"),
    ("cos", "x", "the cosine"),
    ("tan", "x", "the tangent"),
    ("asin", "x", "the inverse sine"),
    ("acos", "x", "the inverse cosine"),
    ("atan", "x", "the inverse tangent"),
    ("atan2", "x1 x2", "the angle of the point (x2, x1)"),
)
_family(
    "hyperbolic",
    ("sinh", "x", "the hyperbolic sine"),
    ("cosh", "x", "the hyperbolic cosine"),
    ("tanh", "x", "the hyperbolic tangent"),
    ("asinh", "x", "the inverse hyperbolic sine"),
    ("acosh", "x", "the inverse hyperbolic cosine"),
    ("atanh", "x", "the inverse hyperbolic tangent"),
)
_family(
    "comparison",
    ("equal", "x1 x2", "x1 == x2"),
    ("not_equal", "x1 x2", "x1 != x2"),
    ("less", "x1 x2", "x1 < x2"),
    ("less_equal", "x1 x2", "x1 <= x2"),
    ("greater", "x1 x2", "x1 > x2"),
    ("greater_equal", "x1 x2", "x1 >= x2"),
)
_family(
    "selection",
    ("where", "condition x1 x2", "x1 where the condition holds, else x2"),
    ("maximum", "x1 x2", "the larger of two, element by element"),
    ("minimum", "x1 x2", "the smaller of two, element by element"),
    (
        "clip",
        "x",
        "x limited to [min, max]",
        {"min": Parameter(float | None, None), "max": Parameter(float | None, None)},
    ),
    ("abs", "x", "the absolute value"),
    ("sign", "x", "-1, 0 or 1"),
    ("floor", "x", "the largest integer not above x"),
    ("ceil", "x", "the smallest integer not below x"),
    ("round", "x", "the nearest integer, of two the even one"),
    ("trunc", "x", "the nearest integer towards 0"),
)
_family(
    "reductions",
    ("sum", "x", "the sum over axes", _AXIS_KEEPDIMS),
    ("mean", "x", "the mean over axes", _AXIS_KEEPDIMS),
    ("prod", "x", "the product over axes", _AXIS_KEEPDIMS),
    ("max", "x", "the maximum over axes", _AXIS_KEEPDIMS),
    ("min", "x", "the minimum over axes", _AXIS_KEEPDIMS),
    ("amax", "x", "the maximum over axes, by the function of that name where a framework has two", _AXIS_KEEPDIMS),
    ("var", "x", "the variance over axes, divided by n - correction", _CORRECTION),
    ("std", "x", "the standard deviation over axes, by n - correction", _CORRECTION),
    ("logsumexp", "x", "log(sum(exp(x))) over axes", _AXIS_KEEPDIMS),
    ("vector_norm", "x", "the Euclidean length over axes", _AXIS_KEEPDIMS),
)
_family(
    "cumulative",
    ("cumulative_sum", "x", "along an axis, the sum of the elements up to each", {"axis": Parameter(int, 0)}),
    ("cumulative_prod", "x", "along an axis, the product of the elements up to each", {"axis": Parameter(int, 0)}),
)
_family(
    "linear",
    ("matmul", "x1 x2", "the matrix product"),
    ("linear", "x weight bias", "a dense layer as users call it: x @ weight + bias"),
    ("det", "x", "the determinant of the matrices on the last two axes"),
)
_family(
    "shape",
    ("reshape", "x", "the same elements in another shape", {"shape": Parameter(Shape)}),
    ("permute_dims", "x", "the axes in another order", {"axes": Parameter(Shape)}),
    ("broadcast_to", "x", "repeated to a larger shape", {"shape": Parameter(Shape)}),
    ("expand_dims", "x", "a new axis of size 1", {"axis": Parameter(int, 0)}),
    ("squeeze", "x", "without an axis of size 1", {"axis": Parameter(int | Shape)}),
    ("concat", "*arrays", "joined along an axis", {"axis": Parameter(int, 0)}),
    ("stack", "*arrays", "joined along a new axis", {"axis": Parameter(int, 0)}),
)
_family(
    "indexing",
    ("getitem", "x", "x[index], by a basic index", {"index": Parameter(Index)}),
    ("take", "x indices", "the elements at indices along an axis", {"axis": Parameter(int, 0)}),
)
_family(
    "casting",
    ("astype", "x", "the same values in another dtype", {"dtype": Parameter(Dtype)}),
    ("stop_gradient", "x", "the same value, a constant to differentiation"),
)
_family(
    "activations",
    ("relu", "x", "max(x, 0)"),
    ("sigmoid", "x", "1 / (1 + exp(-x))"),
    ("softplus", "x", "log(1 + exp(x))"),
    ("softmax", "x", "exp(x) / sum(exp(x)) along an axis", {"axis": Parameter(int, -1)}),
    ("log_softmax", "x", "log(softmax(x)) along an axis", {"axis": Parameter(int, -1)}),
)
