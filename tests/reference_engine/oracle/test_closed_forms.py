"""The oracle against SymPy: closed forms, differentiated symbolically, evaluated to 50 digits by mpmath."""

from dataclasses import dataclass, field
from typing import Any

import mpmath
import pytest
import sympy
from flint import arb

from reference_engine.oracle import Applied, Truth
from reference_engine.oracle.working import comparing
from tests.reference_engine.oracle.questions import question, step

x = sympy.Symbol("x", real=True)

DIGITS = 25


@dataclass(frozen=True)
class Function:
    """A formula, and the steps that compute it: each an op and its operands, `_` for the value before."""

    formula: Any
    steps: tuple[tuple[Any, ...], ...]
    points: tuple[float, ...]
    parameters: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.formula).replace(" ", "")

    def applied(self) -> list[Applied]:
        made: list[Applied] = []
        for number, (op, *operands) in enumerate(self.steps):
            before = f"v{number - 1}" if number else "x"
            made.append(step(f"v{number}", op, *(before if operand == "_" else operand for operand in operands)))
        return made


FUNCTIONS = [
    Function(x + 3, (("add", "_", 3),), (0.0, 1.5)),
    Function(5 - x, (("subtract", 5, "_"),), (0.0, -2.5)),
    Function(x * x, (("multiply", "_", "_"),), (0.0, 0.1, -3.0)),
    Function(1 / x, (("divide", 1, "_"),), (0.1, -3.0, 1e-300, 1e300)),
    Function(1 / x, (("reciprocal", "_"),), (0.1, -3.0)),
    Function(-x, (("negative", "_"),), (0.0, 7.0)),
    Function(x**2, (("square", "_"),), (0.0, 1e-200, -0.3)),
    Function(x**3, (("pow", "_", 3),), (0.0, -0.7, 1.1)),
    Function(x**-2, (("pow", "_", -2),), (0.3, -0.7)),
    Function(x ** sympy.Rational(5, 2), (("pow", "_", 2.5),), (0.3, 1e-10)),
    Function(2**x, (("pow", 2, "_"),), (0.0, -0.7, 10.3)),
    Function(x**x, (("pow", "_", "_"),), (0.5, 2.0)),
    Function(sympy.sqrt(x), (("sqrt", "_"),), (0.3, 1e-300, 2.0)),
    Function(sympy.sqrt(1 + x**2), (("hypot", "_", 1),), (0.0, 0.3, 1e-30)),
    Function(sympy.exp(x), (("exp", "_"),), (0.0, -700.0, 710.0)),
    Function(sympy.exp(x) - 1, (("expm1", "_"),), (0.0, 1e-20, -30.0)),
    Function(2**x, (("exp2", "_"),), (0.0, 0.3)),
    Function(sympy.log(x), (("log", "_"),), (0.3, 1e-310, 1e300)),
    Function(sympy.log(1 + x), (("log1p", "_"),), (0.0, 1e-20, -0.999)),
    Function(sympy.log(x) / sympy.log(2), (("log2", "_"),), (0.3, 8.0)),
    Function(sympy.log(x) / sympy.log(10), (("log10", "_"),), (0.3, 1000.0)),
    Function(sympy.log(sympy.exp(x) + sympy.exp(2)), (("logaddexp", "_", 2),), (2.0, -50.0, 90.0)),
    Function(sympy.sin(x), (("sin", "_"),), (0.0, 0.1, 1e10)),
    Function(sympy.cos(x), (("cos", "_"),), (0.0, 0.1, 1e10)),
    Function(sympy.tan(x), (("tan", "_"),), (0.0, 1.5, -1.57)),
    Function(sympy.asin(x), (("asin", "_"),), (0.0, 0.3, -0.9999999)),
    Function(sympy.acos(x), (("acos", "_"),), (0.0, 0.3, 0.9999999)),
    Function(sympy.atan(x), (("atan", "_"),), (0.0, 1e8)),
    Function(sympy.atan2(x, 3), (("atan2", "_", 3),), (0.0, -0.7)),
    Function(sympy.sinh(x), (("sinh", "_"),), (0.0, -20.0)),
    Function(sympy.cosh(x), (("cosh", "_"),), (0.0, -20.0)),
    Function(sympy.tanh(x), (("tanh", "_"),), (0.0, 0.1, -20.0, 100.0)),
    Function(sympy.asinh(x), (("asinh", "_"),), (0.0, 1e8)),
    Function(sympy.acosh(x), (("acosh", "_"),), (1.0000001, 3.0)),
    Function(sympy.atanh(x), (("atanh", "_"),), (0.0, 0.9999999)),
    Function(1 / (1 + sympy.exp(-x)), (("sigmoid", "_"),), (0.0, 40.0, -700.0)),
    Function(sympy.log(1 + sympy.exp(x)), (("softplus", "_"),), (0.0, 40.0, -700.0)),
    Function(abs(x), (("abs", "_"),), (0.3, -1e-300)),
    Function(sympy.Max(x, 0), (("relu", "_"),), (0.3, -0.3)),
    Function(sympy.Max(x, 2), (("maximum", "_", 2),), (2.1, 1.9)),
    Function(sympy.Min(x, 2), (("minimum", "_", 2),), (2.1, 1.9)),
    Function(sympy.exp(sympy.sin(x)), (("sin", "_"), ("exp", "_")), (0.0, 1.5707963267948966)),
    Function(sympy.log(sympy.cosh(x)), (("cosh", "_"), ("log", "_")), (0.0, 0.2)),
    Function(sympy.sqrt(sympy.exp(x)), (("exp", "_"), ("sqrt", "_")), (0.0, -3.3)),
    Function(sympy.tanh(sympy.tanh(x)), (("tanh", "_"), ("tanh", "_")), (0.5, 30.0)),
    Function(sympy.sin(1 / x), (("reciprocal", "_"), ("sin", "_")), (0.01, 1e-6)),
    Function(x * sympy.sin(1 / x), (("reciprocal", "_"), ("sin", "_"), ("multiply", "_", "x")), (0.01, 1e-6)),
    Function(sympy.exp(-1 / x**2), (("pow", "_", -2), ("negative", "_"), ("exp", "_")), (0.05, 0.2, -1.0)),
    Function(sympy.sin(x) / x, (("sin", "_"), ("divide", "_", "x")), (1e-9, 0.3)),
    Function(x * sympy.exp(x), (("exp", "_"), ("multiply", "_", "x")), (0.0, -1.0, 3.0)),
    Function(x**2 * abs(x), (("abs", "_"), ("multiply", "_", "x"), ("multiply", "_", "x")), (0.0, 0.4, -0.4)),
    Function(sympy.log(1 - x**2), (("square", "_"), ("subtract", 1, "_"), ("log", "_")), (0.0, 0.99999)),
    Function(sympy.atan(1 / x), (("divide", 1, "_"), ("atan", "_")), (0.3, -1e-5)),
    Function(sympy.acos(sympy.cos(x)), (("cos", "_"), ("acos", "_")), (0.3, 4.0)),
    Function(sympy.sqrt(x**2), (("square", "_"), ("sqrt", "_")), (0.3, -1e-150)),
    Function((1 + x) ** 10, (("add", "_", 1), ("pow", "_", 10)), (0.0, 0.1)),
    Function(1 - sympy.cos(x), (("cos", "_"), ("subtract", 1, "_")), (0.0, 1e-8)),
    Function(sympy.exp(x) / (1 + sympy.exp(x)) ** 2, (("sigmoid", "_"), ("subtract", 1, "_"), ("multiply", "_", "v0")),
             (0.0, 3.0, -30.0)),
    Function(sympy.exp(sympy.exp(x)), (("exp", "_"), ("exp", "_")), (0.0, 5.0)),
    Function(sympy.log(sympy.log(x)), (("log", "_"), ("log", "_")), (1.0000001, 30.0)),
    Function(sympy.sin(x) ** 2 + sympy.cos(x) ** 2,
             (("sin", "_"), ("square", "_"), ("cos", "x"), ("square", "_"), ("add", "_", "v1")), (0.3, 100.0)),
    Function(sympy.cos(10 * x) * sympy.exp(-x),
             (("exp", "_"), ("multiply", 10, "x"), ("cos", "_"), ("divide", "_", "v0")), (0.0, 0.7)),
    Function(x**4 / (1 + x**2), (("pow", "_", 2), ("add", "_", 1), ("pow", "x", 4), ("divide", "_", "v1")), (0.0, 2.3)),
    Function(sympy.asinh(sympy.sinh(x)), (("sinh", "_"), ("asinh", "_")), (0.0, 11.0)),
]  # fmt: skip

AT_POINTS = [pytest.param(one, point, id=f"{one}-at-{point:g}") for one in FUNCTIONS for point in one.points]


def symbolic(formula: Any, point: float) -> Any:
    """The derivative at exactly that float, to 50 digits and more where it is small."""
    exact = sympy.Rational(point)
    # Absolute values come as SymPy's derivative of Abs: on their own side of 0 they are x or -x.
    sided = formula.replace(sympy.Abs, lambda inner: inner * sympy.sign(inner.subs(x, exact)))
    sided = sided.replace(sympy.Max, lambda *of: max(of, key=lambda one: one.subs(x, exact)))
    sided = sided.replace(sympy.Min, lambda *of: min(of, key=lambda one: one.subs(x, exact)))
    return sympy.diff(sided, x).subs(x, exact).evalf(60, maxn=3000, chop=False)


@pytest.mark.parametrize(("function", "point"), AT_POINTS)
def test_the_derivative_to_25_digits(function: Function, point: float) -> None:
    found = Truth(question(point, *function.applied())).derivative
    assert found is not None
    expected = symbolic(function.formula, point)
    with mpmath.workdps(60), comparing():
        text = mpmath.nstr(mpmath.mpf(str(expected)), 55)
        difference = abs(found[0] - arb(text))
        assert difference <= abs(arb(text)) * arb(10) ** -DIGITS + arb(10) ** -DIGITS * (arb(text) == 0)


def test_there_are_sixty_of_them() -> None:
    assert 60 <= len({str(function.steps) for function in FUNCTIONS})


SINGULAR: list[tuple[list[Applied], float, str, str]] = [
    ([step("y", "sqrt", "x")], 0.0, "undefined", "infinite"),
    ([step("y", "log", "x")], 0.0, "undefined", "undefined"),
    ([step("y", "asin", "x")], 1.0, "infinite", "undefined"),
    ([step("y", "asin", "x")], -1.0, "undefined", "infinite"),
    ([step("y", "acos", "x")], 1.0, "infinite", "undefined"),
    ([step("y", "acosh", "x")], 1.0, "undefined", "infinite"),
    ([step("y", "reciprocal", "x")], 0.0, "undefined", "undefined"),
    ([step("y", "pow", "x", 0.5)], 0.0, "undefined", "infinite"),
    ([step("y", "pow", "x", 1.5)], 0.0, "undefined", "finite"),
    ([step("y", "pow", "x", -1)], 0.0, "undefined", "undefined"),
    ([step("y", "abs", "x")], 0.0, "finite", "finite"),
    ([step("y", "relu", "x")], 0.0, "finite", "finite"),
    ([step("y", "sign", "x")], 0.0, "infinite", "infinite"),
    ([step("y", "floor", "x")], 2.0, "infinite", "finite"),
    ([step("y", "ceil", "x")], 2.0, "finite", "infinite"),
    ([step("y", "round", "x")], 2.5, "finite", "infinite"),
    ([step("y", "trunc", "x")], 0.0, "finite", "finite"),
    ([step("a", "abs", "x"), step("y", "sqrt", "a")], 0.0, "infinite", "infinite"),
    ([step("y", "atan2", "x", -1)], 0.0, "infinite", "finite"),
    ([step("y", "atan2", "x", 0)], 0.0, "infinite", "infinite"),
]


@pytest.mark.parametrize(
    ("steps", "point", "left", "right"), SINGULAR, ids=lambda one: one[-1].op if isinstance(one, list) else str(one)
)
def test_the_slopes_at_singular_points(steps: list[Applied], point: float, left: str, right: str) -> None:
    (sides,) = Truth(question(point, *steps)).partials
    assert (left, right) == (sides.behind.kind, sides.ahead.kind)


KINKS: list[tuple[Any, list[Applied]]] = [
    (abs(x), [step("y", "abs", "x")]),
    (sympy.Max(x, 0), [step("y", "relu", "x")]),
    (sympy.Min(x, 0), [step("y", "minimum", "x", 0)]),
    (sympy.Max(x, 3 * x), [step("t", "multiply", "x", 3), step("y", "maximum", "x", "t")]),
    (abs(sympy.sin(x)), [step("s", "sin", "x"), step("y", "abs", "s")]),
    (sympy.exp(-abs(x)), [step("a", "abs", "x"), step("n", "negative", "a"), step("y", "exp", "n")]),
    (sympy.sqrt(x**2), [step("s", "square", "x"), step("y", "sqrt", "s")]),
    (sympy.sqrt(1 - sympy.cos(x)), [step("c", "cos", "x"), step("d", "subtract", 1, "c"), step("y", "sqrt", "d")]),
    (x * abs(x), [step("a", "abs", "x"), step("y", "multiply", "a", "x")]),
    (abs(x) ** sympy.Rational(3, 2), [step("a", "abs", "x"), step("y", "pow", "a", 1.5)]),
    (sympy.log(1 + abs(x)), [step("a", "abs", "x"), step("y", "log1p", "a")]),
    (sympy.atan(abs(x)), [step("a", "abs", "x"), step("y", "atan", "a")]),
]


@pytest.mark.parametrize(("formula", "steps"), KINKS, ids=lambda one: str(one) if not isinstance(one, list) else "")
def test_the_slopes_on_either_side_of_0(formula: Any, steps: list[Applied]) -> None:
    """As SymPy's limits of the quotients of differences."""
    (sides,) = Truth(question(0.0, *steps)).partials
    step_size = sympy.Symbol("h", positive=True)
    for sign, side in ((1, sides.ahead), (-1, sides.behind)):
        change = formula.subs(x, sign * step_size) - formula.subs(x, 0)
        expected = sympy.limit(change / (sign * step_size), step_size, 0)
        with comparing():
            assert abs(side.number - arb(str(sympy.N(expected, 40)))) <= arb(10) ** -DIGITS
