"""The reference engine: the text of each verb, and that its worker can run it."""

from collections.abc import Callable

import pytest

from harness.adapters.reference import Reference
from harness.arrays import Array
from harness.environments import Environment
from harness.errors import Unsupported
from harness.literals import Number
from harness.program import Apply
from harness.trace import Tracer, trace
from tests.harness.adapters import verbs
from tests.harness.adapters.running import run
from tests.harness.adapters.verbs import said


def test_arithmetic_is_operators_and_every_other_op_a_function_of_its_name() -> None:
    assert "(-0.5) * x" == Reference().expression(Apply("y", "multiply", (Number.of(-0.5), "x")))
    assert "engine.logaddexp(x, 0.0)" == Reference().expression(Apply("y", "logaddexp", ("x", Number.of(0.0))))


def test_a_function_says_the_parameters_that_are_not_at_their_defaults() -> None:
    assert "engine.sum(x)" == Reference().expression(Apply("y", "sum", ("x",), {"keepdims": False}))
    assert "engine.var(x, axis=(0, 1), correction=1.0)" == Reference().expression(
        Apply("y", "var", ("x",), {"axis": (0, 1), "correction": Number.of(1.0)})
    )


def test_an_input_says_what_it_does_not_take_from_its_dtype() -> None:
    def inputs(g: Tracer) -> None:
        a = g.input("a", 1.0)
        g.input("b", 1.0, requires_grad=False)
        g.input("c", 1, "int64")
        g.input("d", 1, "int64", requires_grad=False)
        g.input("e", 1.0, shared=True)
        g.observe("a", a)

    assert [
        "a = engine.Variable(a_np)",
        "b = engine.Variable(b_np, requires_grad=False)",
        "c = engine.Variable(c_np, requires_grad=True)",
        "d = engine.Variable(d_np)",
        "e = engine.Variable(e_np, copy=False)",
        'observe("a", a)',
    ] == said(Reference(), inputs)


def test_a_seed_is_given_to_backward() -> None:
    assert "y.backward(seed, keep_graph=True)" in said(Reference(), verbs.backward_with_seed)


def test_the_functional_form_is_grad() -> None:
    assert "gx, gw = engine.grad([y], [x, w], [seed], create_graph=True)" in said(Reference(), verbs.grad_of_two_inputs)
    stored = "gx, = engine.grad([z], [x], [seed], set_grad=True, retain_grad=True)"
    assert stored in said(Reference(), verbs.grad_that_is_stored)


def test_an_sgd_step_is_a_function() -> None:
    assert "engine.sgd_step([x], 0.1)" in said(Reference(), verbs.two_steps_of_sgd)


def test_writes_are_told_to_the_variable() -> None:
    assert [
        "x = engine.Variable(x_np, requires_grad=False)",
        "x.write(5.0)",
        "x.write(x.value[1:] + 0.5, np.s_[1:])",
        'observe("x", x)',
    ] == said(Reference(), verbs.writes)


def test_writes_into_a_gradient_are_told_to_the_variable() -> None:
    assert ["x.write_grad(5.0)", "x.write_grad(x.grad[0] + 0.5, np.s_[0])"] == said(
        Reference(), verbs.gradient_written
    )[-3:-1]


def test_an_unconnected_input_may_get_zeros_or_none() -> None:
    (zeros,) = [line for line in said(Reference(), verbs.unconnected_as_zeros) if "grad(" in line]
    (none,) = [line for line in said(Reference(), verbs.unconnected_as_none) if "grad(" in line]
    assert zeros.startswith("gx, gw = engine.grad([y], [x, w], unconnected=")
    assert "zeros" in zeros
    assert "none" in none


def test_writes_into_results_and_host_arrays_are_writes_into_arrays() -> None:
    def written_results(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0])
        h = g.host(x)
        gx = g.grad(g.sum(x), x)
        g.write(gx, 7.0, 0)
        g.write_add(gx, 1.0)
        g.write_add(h, 1.0)
        g.observe("gx", gx)

    assert [
        "gx = engine.write(gx, 7.0, np.s_[0])",
        "gx = engine.write(gx, gx[...] + 1.0)",
        "h[...] += 1.0",
    ] == said(Reference(), written_results)[-4:-1]


def test_the_dtype_of_a_missing_gradient_is_a_category_of_its_own() -> None:
    assert "no_gradient" == Reference().category("AttributeError", "'NoneType' object has no attribute 'dtype'")
    asked = "unsupported operand type(s) for *: 'float' and 'NoneType'"
    assert "no_gradient" == Reference().category("TypeError", asked)
    assert "other" == Reference().category("AttributeError", "'Variable' object has no attribute 'size_'")


def test_bfloat16_is_unsupported_because_numpy_has_none() -> None:
    def bfloat16(g: Tracer) -> None:
        x = g.input("x", 1.0, "bfloat16")
        g.observe("x", x)

    with pytest.raises(Unsupported, match="bfloat16"):
        Reference().script(trace(bfloat16))


def float64(*values: float) -> Array:
    return Array.of(list(values), "float64")


@pytest.mark.frameworks
def test_what_the_reference_engine_answers(framework_environment: Callable[[str], Environment]) -> None:
    cases = {
        verbs.backward_with_seed: {"x.grad": float64(6, 16)},
        verbs.second_backward: {"first": None, "second": None, "x.grad": float64(4, 8), "cleared": None},
        verbs.grad_of_two_inputs: {"gx": float64(3, 4), "gw": float64(1, 2), "x.grad": None},
        verbs.grad_of_grad: {"x.grad": float64(6, 12)},
        verbs.grad_that_is_stored: {"gx": float64(6, 6), "x.grad": float64(6, 6), "y.grad": float64(3, 3)},
        verbs.gradient_in_between: {"t.grad": float64(1, 1)},
        verbs.unconnected_input: {"grad": None, "gw": None},
        verbs.missing_seed: {"backward": ("raised", "seed_required"), "x.grad": None},
        verbs.nothing_recorded: {"backward": ("raised", "nothing_recorded"), "x.grad": None},
        verbs.writes: {"x": float64(5, 5.5)},
        verbs.saved_value_written: {"backward": ("raised", "saved_value_written"), "x.grad": None},
        verbs.host_arrays: {"copied": float64(1, 2), "shared": float64(7, 2), "h": float64(7, 2), "memory": True},
        verbs.two_steps_of_sgd: {"step": None, "x": Array.of(0.64)},
        verbs.gradient_written: {"x.grad": float64(5.5, 5)},
        verbs.gradient_kept: {"same": False, "kept": float64(1, 1)},
        verbs.unconnected_as_zeros: {"gx": float64(1, 1), "gw": float64(0, 0)},
        verbs.unconnected_as_none: {"gx": float64(1, 1), "gw": None},
        verbs.aspects: {
            "dtype": "float64", "gradient's dtype": "float64", "x leaf": True, "t leaf": False, "x requires": True,
            "c requires": False, "same": True, "memory": False,
        },
        verbs.integer_input: {"y": ("raised", "integer_input")},
    }  # fmt: skip
    answers = run(framework_environment("reference"), Reference(), [trace(case) for case in cases])
    assert {case.__name__: expected for case, expected in cases.items()} == {
        case.__name__: answer for case, answer in zip(cases, answers, strict=True)
    }
