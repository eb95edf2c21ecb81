from collections.abc import Callable

import numpy as np
import pytest

from harness.arrays import Array
from harness.catalogue import written
from harness.checker.enclosures import DECIDING_WIDTH, Enclosure, enclosures
from harness.checker.predict import Options, Predictor, differing
from harness.errors import Unsupported
from harness.profiles import profile
from harness.results import Observation
from harness.trace import Tracer, trace
from reference_engine.enclosure import Interval, format_of
from tests.harness.checker.random_programs import random_program

FRAMEWORKS = ("reference", "torch", "tensorflow", "chainer", "jax")


def seen(*values: complex, dtype: str = "float32") -> Observation:
    array = Array.of(np.array(values), dtype)
    return Observation(
        case="", environment="", point="p", outcome="array", dtype=array.dtype, shape=array.shape, data=array.data
    )


def bounds(lower: list[float], upper: list[float], dtype: str = "float32", scale: float = 0.0) -> Enclosure:
    wide = [np.array(ends, np.longdouble) for ends in (lower, upper)]
    return Enclosure(dtype, (Interval(*wide),), format_of(np.dtype(dtype)), scale)


def of(write: Callable[[Tracer], None], options: Options = frozenset()) -> dict[str, Enclosure]:
    return enclosures(trace(write), options)


def test_what_is_within_is_contained_and_what_is_not_is_so_many_ulps_outside() -> None:
    enclosure = bounds([1.0, 2.0], [1.0, 2.5])
    assert enclosure.contains(seen(1.0, 2.25))
    assert not enclosure.contains(seen(1.0, 2.75))
    assert 0.25 / 2.0**-22 == enclosure.ulps(seen(1.0, 2.75))


def test_nan_and_infinity_stand_where_the_bounds_have_them() -> None:
    enclosure = bounds([np.nan, np.inf, 1.0], [np.nan, np.inf, np.inf])
    assert enclosure.contains(seen(np.nan, np.inf, np.inf))
    assert enclosure.contains(seen(np.nan, np.inf, 5.0))
    assert np.inf == enclosure.ulps(seen(0.0, np.inf, 5.0))
    assert np.inf == enclosure.ulps(seen(np.nan, 1.0, 5.0))
    assert np.inf == enclosure.ulps(seen(np.nan, np.inf, np.nan))


def test_another_shape_is_not_contained() -> None:
    assert not bounds([1.0, 1.0], [1.0, 1.0]).contains(seen(1.0))


def test_bounds_of_an_eighth_of_the_scale_decide_and_wider_ones_do_not() -> None:
    assert not bounds([1.0], [1.0 + DECIDING_WIDTH], scale=1.0).is_undecided
    assert bounds([1.0], [1.5], scale=1.0).is_undecided
    assert bounds([-np.inf], [np.inf], scale=1.0).is_undecided
    assert not bounds([-1e-8], [1e-8], scale=1.0).is_undecided


def test_the_width_is_in_ulps_of_the_largest_element() -> None:
    assert 4.0 == bounds([1.0, 0.0], [1.0 + 2.0**-21, 0.0]).ulps_wide


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_prediction_of_the_catalogue_is_in_its_enclosure(framework: str) -> None:
    predictor, options = Predictor(), differing(profile(framework).options)
    outside = []
    for case in written():
        if predictor.unsupported(case.program):
            continue
        found = enclosures(case.program, options)
        for point, predicted in predictor.observe(case.program, options).items():
            is_inexact = predicted.outcome == "array" and predicted.array.numpy().dtype.kind in "fc"
            # Bounds cannot tell that a matrix is singular, which raises.
            assert is_inexact == (point in found) or predicted.outcome == "raised", (case.id, point)
            if is_inexact and (found[point].dtype != predicted.dtype or not found[point].contains(predicted)):
                outside.append((case.id, point))
    assert [] == outside


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_the_engines_numbers_for_random_programs_are_inside(dtype: str) -> None:
    predictor, outside, widths = Predictor(), [], []
    for seed in range(100):
        program = random_program(seed, dtype)
        found = enclosures(program)
        for point, predicted in predictor.observe(program).items():
            if predicted.outcome == "array":
                widths.append(found[point].ulps_wide)
                if not found[point].contains(predicted):
                    outside.append((seed, point))
    assert [] == outside
    assert 1 < np.median(widths) < 40


def test_an_enclosure_follows_the_convention() -> None:
    def largest(g: Tracer) -> None:
        x = g.input("x", [1.0, 1.0])
        g.backward(g.max(x))
        g.observe("x.grad", x.grad)

    even = of(largest)["x.grad"]
    first = of(largest, frozenset({("max_ties", "first")}))["x.grad"]
    assert even.contains(seen(0.5, 0.5, dtype="float64"))
    assert not even.contains(seen(1.0, 0.0, dtype="float64"))
    assert first.contains(seen(1.0, 0.0, dtype="float64"))


def test_a_saturated_function_is_inexact_and_not_wrong() -> None:
    def saturated(g: Tracer) -> None:
        x = g.input("x", [20.0], dtype="float32")
        g.backward(g.sum(g.tanh(x)))
        g.observe("x.grad", x.grad)

    enclosure = of(saturated)["x.grad"]
    assert enclosure.contains(seen(0.0))
    assert enclosure.contains(seen(4 * np.exp(-40.0)))
    assert not enclosure.contains(seen(1e-4))


def cubes(g: Tracer, dtype: str) -> None:
    x = g.input("x", [1.1, 2.3], dtype=dtype)
    g.backward(g.sum(x * x * x))
    g.observe("x.grad", x.grad)


def test_bfloat16_has_bounds_of_its_own() -> None:
    program = trace(lambda g: cubes(g, "bfloat16"))
    found = enclosures(program)["x.grad"]
    exact = 3 * program.inputs["x"].array.numpy() ** 2
    assert "bfloat16" == found.dtype
    assert found.contains(seen(*exact, dtype="bfloat16"))
    assert not found.contains(seen(*(exact * 1.25), dtype="bfloat16"))
    half = enclosures(trace(lambda g: cubes(g, "float16")))["x.grad"]
    assert not half.contains(seen(*exact, dtype="bfloat16"))


def test_bfloat16_beside_float16_is_refused() -> None:
    def both(g: Tracer) -> None:
        x = g.input("x", [1.0], dtype="bfloat16")
        g.observe("y", g.astype(x, dtype="float16"))

    with pytest.raises(Unsupported, match="bfloat16 beside float16"):
        enclosures(trace(both))


def test_complex_numbers_have_bounds_for_both_parts() -> None:
    def squared(g: Tracer) -> None:
        z = g.input("z", [1.0 + 2.0j], dtype="complex64")
        g.backward(g.sum(z * z), seed=g.input("seed", 1.0 + 0.0j, dtype="complex64", requires_grad=False))
        g.observe("z.grad", z.grad)

    assert of(squared)["z.grad"].contains(seen(2.0 - 4.0j, dtype="complex64"))
    assert not of(squared)["z.grad"].contains(seen(2.0 + 4.0j, dtype="complex64"))


def test_what_raises_and_what_is_no_number_has_no_bounds() -> None:
    def refused(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0])
        g.observe("x", x)
        g.observe("dtype", x.dtype)
        g.backward(x * 2.0)
        g.observe("x.grad", x.grad)

    assert {"x"} == of(refused).keys()


def test_the_same_program_is_enclosed_once() -> None:
    predictor, program = Predictor(), random_program(1, "float32")
    (point, *_) = enclosures(program)
    first = predictor.enclosure(program, frozenset(), point)
    assert first is not None
    # Another option that nothing depends on asks for no second run either.
    other = frozenset({("max_ties", "all")})
    assert first is predictor.enclosure(random_program(1, "float32"), other, point)
