"""What decides whether a number is right: the nearest number, derived bounds, a closed form, or nothing."""

import math

import numpy as np
import pytest

import reference_engine as engine
from harness.arrays import Array
from harness.checker.predict import Predictor
from harness.checker.rightness import Rightness
from harness.program import Observe
from harness.results import Error, Observation
from harness.trace import trace
from reference_engine.enclosure.twins import twin
from reference_engine.enclosure.variants import VARIANTS


@pytest.fixture(scope="module")
def rightness():
    return Rightness(Predictor())


@pytest.fixture
def answer(rightness):
    """The answer about what was observed at the last point of a program, under options."""

    def asked(function, value, dtype="float64", **options):
        program = trace(function)
        step = program.steps[-1]
        assert isinstance(step, Observe)
        seen = value if isinstance(value, Observation) else array(step.point, value, dtype)
        return rightness.answer(program, step, {step.point: seen}, frozenset(options.items()))

    return asked


@pytest.fixture
def formula_without_options(monkeypatch):
    """A formula of logaddexp that is the same under every option: then bounds under one hold what another one gives."""
    monkeypatch.setitem(VARIANTS, ("logaddexp", "x1"), [lambda g, x1, x2: g / (1 + engine.exp(x2 - x1))])
    twin.cache_clear()
    yield
    monkeypatch.undo()
    twin.cache_clear()


def array(point, value, dtype="float64"):
    encoded = Array.of(value, dtype)
    return Observation(
        case="", environment="", point=point, outcome="array",
        dtype=encoded.dtype, shape=encoded.shape, data=encoded.data,
    )  # fmt: skip


def steps_from(value, steps, dtype=np.float64):
    """The number so many representable numbers above a number."""
    number = dtype(value)
    for _ in range(steps):
        number = np.nextafter(number, dtype(np.inf))
    return number


def exp(g):
    x = g.input("x", 0.7)
    g.backward(g.exp(x))
    g.observe("x.grad", x.grad)


EXP_OF_FLOAT32 = math.exp(float(np.float32(0.7)))


def exp_in_float32(g):
    x = g.input("x", 0.7, "float32")
    g.backward(g.exp(x))
    g.observe("x.grad", x.grad)


def twice(g):
    x = g.input("x", 0.7)
    g.backward(x + x)
    g.observe("x.grad", x.grad)


def complex_exp(g):
    x = g.input("x", 0.7 + 0.3j, "complex128")
    g.backward(g.exp(x))
    g.observe("x.grad", x.grad)


def sine_of_a_large_number(g):
    """The argument is 10,000,000 to within half a unit, so the cosine may be anything from -1 to -0.7."""
    x = g.input("x", 0.1, "float32")
    g.backward(g.sin(1e8 * x))
    g.observe("x.grad", x.grad)


def logaddexp_of_equals(g):
    x1 = g.input("x1", 0.0)
    x2 = g.input("x2", 0.0, requires_grad=False)
    g.backward(g.logaddexp(x1, x2))
    g.observe("x1.grad", x1.grad)


# By the oracle


def test_the_nearest_number_is_exact(answer):
    found = answer(exp, math.exp(0.7))
    assert "exact" == found.mathematics
    assert found.ulps <= 0.5


def test_what_rounding_may_do_is_exact_and_keeps_its_distance(answer):
    found = answer(exp, steps_from(math.exp(0.7), 1))
    assert "exact" == found.mathematics
    assert 0.5 < found.ulps <= 1.5


def test_what_is_outside_of_the_bounds_is_wrong_with_a_witness(answer):
    found = answer(exp, steps_from(math.exp(0.7), 40))
    assert "wrong" == found.mathematics
    assert "A step along" in found.sentence
    assert 39 < found.ulps < 41


def test_where_nothing_rounds_the_next_number_is_wrong(answer):
    assert "exact" == answer(twice, 2.0).mathematics
    assert "wrong" == answer(twice, steps_from(2.0, 1)).mathematics


def test_both_parts_of_a_complex_number_have_bounds(answer):
    right = np.conj(np.exp(0.7 + 0.3j))
    assert "exact" == answer(complex_exp, complex(right.real, steps_from(right.imag, 4)), "complex128").mathematics
    assert "wrong" == answer(complex_exp, complex(right.real, steps_from(right.imag, 1000)), "complex128").mathematics


def test_bounds_of_another_dtype_say_nothing_about_the_last_place(answer):
    assert "exact" == answer(exp, np.float32(math.exp(0.7)), "float32").mathematics
    assert "wrong" == answer(exp, steps_from(math.exp(0.7), 1, np.float32), "float32").mathematics
    assert "wrong" == answer(exp_in_float32, EXP_OF_FLOAT32 + 1e-9).mathematics


def test_bounds_under_the_options_decide_where_they_can(answer):
    """Those under the default ones are of another dtype."""
    one_step = steps_from(math.exp(0.7), 1, np.float32)
    assert "exact" == answer(exp, one_step, "float32", default_float="float32").mathematics


def test_a_gradient_of_another_shape_is_wrong(answer):
    found = answer(exp, [math.exp(0.7)])
    assert ("wrong", "The input has shape (), the gradient (1,).") == (found.mathematics, found.sentence)


def test_without_bounds_only_the_nearest_number_is_right(answer):
    """No dtype of NumPy's is left to stand for bfloat16 beside float16, so there are none."""

    def beside_float16(g):
        x = g.input("x", 0.7)
        g.backward(g.exp(x) + g.astype(g.input("a", 1.0, "float16"), dtype="bfloat16"))
        g.observe("x.grad", x.grad)

    assert "exact" == answer(beside_float16, math.exp(0.7)).mathematics
    assert "wrong" == answer(beside_float16, steps_from(math.exp(0.7), 1)).mathematics


def test_within_bounds_that_are_too_wide_nothing_is_told(answer):
    found = answer(sine_of_a_large_number, -8e7, "float32")
    assert "undecided" == found.mathematics
    assert "too wide to tell" in found.sentence
    assert found.truth


def test_outside_of_bounds_that_are_too_wide_it_is_wrong(answer):
    assert "wrong" == answer(sine_of_a_large_number, 3e8, "float32").mathematics


def test_the_nearest_number_is_exact_however_wide_the_bounds_are(answer):
    x = float(np.float32(0.1))
    assert "exact" == answer(sine_of_a_large_number, 1e8 * math.cos(1e8 * x), "float32").mathematics


# By the bounds under the default options


@pytest.mark.usefixtures("formula_without_options")
def test_where_an_option_says_nothing_about_rounding_the_default_does(answer):
    one_step = steps_from(0.5, 1)
    assert "exact" == answer(logaddexp_of_equals, one_step, logaddexp_of_equals="first").mathematics
    assert "wrong" == answer(logaddexp_of_equals, 1.0, logaddexp_of_equals="first").mathematics


@pytest.mark.usefixtures("formula_without_options")
def test_a_default_that_is_wrong_itself_does_not_decide(answer):
    """By default NaN spreads from the branch that is not taken."""

    def masked(g):
        x1 = g.input("x1", 0.0)
        x2 = g.input("x2", 0.0, requires_grad=False)
        y = g.where(g.less(x1, -1.0), g.log(x1), g.logaddexp(x1, x2))
        g.backward(y)
        g.observe("x1.grad", x1.grad)

    options = {"logaddexp_of_equals": "first", "masked_infinity": "masked"}
    assert "exact" == answer(masked, 0.5, **options).mathematics
    assert "undecided" == answer(masked, steps_from(0.5, 1), **options).mathematics


@pytest.mark.usefixtures("formula_without_options")
def test_a_default_in_another_dtype_does_not_decide(answer):
    one_step = steps_from(0.5, 1, np.float32)
    options = {"logaddexp_of_equals": "first", "default_float": "float32"}
    assert "undecided" == answer(logaddexp_of_equals, one_step, "float32", **options).mathematics


# By the closed form


def value_of_exp(g):
    x = g.input("x", 0.7)
    g.observe("y", g.exp(x), expected=math.exp(0.7))


def test_a_value_is_exact_if_it_is_the_closed_form_in_its_dtype(answer):
    assert "exact" == answer(value_of_exp, math.exp(0.7)).mathematics
    assert "exact" == answer(value_of_exp, np.float32(math.exp(0.7)), "float32").mathematics


def test_a_value_is_exact_if_rounding_may_give_it(answer):
    assert "exact" == answer(value_of_exp, steps_from(math.exp(0.7), 1)).mathematics


def test_a_value_that_rounding_cannot_give_is_wrong(answer):
    found = answer(value_of_exp, steps_from(math.exp(0.7), 40))
    assert ("wrong", "It is not what the case gives in closed form.") == (found.mathematics, found.sentence)


def test_a_value_in_another_dtype_is_held_against_no_bounds(answer):
    def in_float32(g):
        g.observe("y", g.exp(g.input("x", 0.7, "float32")), expected=EXP_OF_FLOAT32)

    assert "wrong" == answer(in_float32, EXP_OF_FLOAT32 + 1e-9).mathematics
    assert "exact" == answer(in_float32, steps_from(EXP_OF_FLOAT32, 1, np.float32), "float32").mathematics


def test_a_value_of_another_shape_is_wrong(answer):
    found = answer(value_of_exp, [math.exp(0.7)])
    assert ("wrong", "It has shape (1,), and in closed form ().") == (found.mathematics, found.sentence)


def test_nan_is_right_where_the_closed_form_is_nan(answer):
    def logarithm(g):
        g.observe("y", g.log(g.input("x", -1.0)), expected=math.nan)

    assert "exact" == answer(logarithm, math.nan).mathematics
    assert "exact" == answer(logarithm, math.nan, "float32").mathematics
    assert "wrong" == answer(logarithm, 0.0).mathematics


def test_bounds_that_do_not_hold_the_closed_form_excuse_nothing(answer):
    """The op answers what its rounding allows, and the case says that this is not what is meant."""

    def elsewhere(g):
        g.observe("y", g.exp(g.input("x", 0.7)), expected=2.0)

    assert "wrong" == answer(elsewhere, math.exp(0.7)).mathematics


def test_a_value_within_bounds_that_are_too_wide_is_undecided(answer):
    def value(g):
        x = g.input("x", 0.1, "float32")
        g.observe("y", g.sin(1e8 * x), expected=math.sin(1e8 * float(np.float32(0.1))))

    found = answer(value, 0.0, "float32")
    assert "undecided" == found.mathematics
    assert "too wide to tell" in found.sentence
    assert "wrong" == answer(value, 3.0, "float32").mathematics


# By neither


def test_a_value_without_a_closed_form_is_not_judged(answer):
    def value(g):
        g.observe("y", g.exp(g.input("x", 0.7)))

    assert "not applicable" == answer(value, 5.0).mathematics


def test_an_exception_and_none_are_no_numbers_to_judge(answer):
    raised = Observation(
        case="", environment="", point="y", outcome="raised", error=Error("RuntimeError", "no", "other")
    )
    none = Observation(case="", environment="", point="y", outcome="none")
    assert ["not applicable"] * 2 == [answer(value_of_exp, seen).mathematics for seen in (raised, none)]


def test_the_oracle_decides_before_the_closed_form_does(answer):
    def mistaken_author(g):
        x = g.input("x", 0.7)
        g.backward(x + x)
        g.observe("x.grad", x.grad, expected=3.0)

    assert "exact" == answer(mistaken_author, 2.0).mathematics
    assert "wrong" == answer(mistaken_author, 3.0).mathematics
