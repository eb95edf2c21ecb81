"""What autograd's users type, and what autograd answers."""

from collections.abc import Callable

import pytest

from harness.adapters.autograd import Autograd
from harness.arrays import Array
from harness.environments import Environment
from harness.errors import Unsupported
from harness.literals import Number, index_of
from harness.program import Apply, Input
from harness.trace import Tracer, trace
from tests.harness.adapters import verbs
from tests.harness.adapters.running import Outcome, run
from tests.harness.adapters.verbs import said

EnvironmentOf = Callable[[str], Environment]


def expression(op: str, *operands: str | int | Number, **parameters: object) -> str:
    return Autograd().expression(Apply("y", op, operands, parameters))  # type: ignore[arg-type]


def float64(value: object) -> Array:
    return Array.of(value, "float64")  # type: ignore[arg-type]


# Text


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("np.sum(x, axis=0)", expression("sum", "x", axis=0)),
        ("np.std(x, axis=1, ddof=1)", expression("std", "x", axis=1, correction=Number.of(1.0))),
        ("np.var(x, ddof=0.5)", expression("var", "x", correction=Number.of(0.5))),
        ("np.clip(x, None, 1.0)", expression("clip", "x", max=Number.of(1.0))),
        ("np.arcsin(x)", expression("asin", "x")),
        ("np.arctan2(x, 1)", expression("atan2", "x", 1)),
        ("np.linalg.norm(x, axis=1)", expression("vector_norm", "x", axis=1)),
        ("np.concatenate([a, b], axis=1)", expression("concat", "a", "b", axis=1)),
        ("x[1:, None]", expression("getitem", "x", index=index_of((slice(1, None), None)))),
        ("x[:, indices]", expression("take", "x", "indices", axis=1)),
        ("np.maximum(x, 0)", expression("relu", "x")),
        ("autograd.scipy.special.logsumexp(x)", expression("logsumexp", "x")),
        (
            "x - autograd.scipy.special.logsumexp(x, axis=-1, keepdims=True)",
            expression("log_softmax", "x"),
        ),
        ("autograd.tracer.getval(x)", expression("stop_gradient", "x")),
    ],
)
def test_an_op_is_the_call_that_users_type(expected: str, actual: str) -> None:
    assert expected == actual


def test_an_input_is_its_host_array() -> None:
    assert "x_np" == Autograd().array(Input("x", float64(1.0)))
    assert "x_np" == Autograd().array(Input("x", float64(1.0), shared=True))


def test_numpy_has_no_bfloat16() -> None:
    with pytest.raises(Unsupported, match="bfloat16"):
        Autograd().array(Input("x", Array.of(1.0, "bfloat16")))
    with pytest.raises(Unsupported, match="bfloat16"):
        expression("astype", "x", dtype="bfloat16")


def test_without_a_seed_the_call_is_grad() -> None:
    assert ["x_grad = autograd.grad(f)(x)"] == list(Autograd().differentiate("f", ("x",), ("x_grad",), ()))
    assert ["a_grad, b_grad = autograd.grad(f, argnum=(0, 1))(a, b)"] == list(
        Autograd().differentiate("f", ("a", "b"), ("a_grad", "b_grad"), ())
    )


def test_with_a_seed_the_call_is_make_vjp() -> None:
    assert ["f_vjp, _ = autograd.make_vjp(f)(x)", "x_grad = f_vjp(seed)"] == list(
        Autograd().differentiate("f", ("x",), ("x_grad",), ("seed",))
    )
    assert ["f_vjp, _ = autograd.make_vjp(f, argnum=(0, 1))(a, b)", "ga, gb = f_vjp((s, t))"] == list(
        Autograd().differentiate("f", ("a", "b"), ("ga", "gb"), ("s", "t"))
    )


def test_several_seeded_results_are_a_tuple_that_autograd_sees_into() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        seed = g.input("seed", 1.0, requires_grad=False)
        g.observe("gx", g.grad([2 * x, 3 * x], x, [seed, seed]))

    assert "    return autograd.builtins.tuple((v1, v2))" in said(Autograd(), case)


def test_a_step_of_sgd_is_written_into_the_array() -> None:
    lines = [line.strip() for line in said(Autograd(), verbs.two_steps_of_sgd)]
    assert 2 == lines.count("x -= 0.1 * x_grad")


# The real framework


def seeds_of_two_results(g: Tracer) -> None:
    x = g.input("x", 2.0)
    first = g.input("first", 10.0, requires_grad=False)
    second = g.input("second", 1.0, requires_grad=False)
    g.observe("gx", g.grad([x * x, 3 * x], x, [first, second]))


def mixed_second_order(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    w = g.input("w", 3.0)
    c = 2 * w
    y = g.sum(x**3 * c)
    gx, gw = g.grad(y, [x, w], create_graph=True)
    h = g.grad(g.sum(gx * gx), x, create_graph=True)
    g.backward(g.sum(h))
    g.observe("gw", gw)
    g.observe("h", h)
    g.observe("x.grad", x.grad)
    g.observe("w.grad", w.grad)


@pytest.mark.frameworks
def test_what_autograd_answers(framework_environment: EnvironmentOf) -> None:
    expected: dict[Callable[[Tracer], object], dict[str, Outcome]] = {
        verbs.backward_with_seed: {"x.grad": float64([6.0, 16.0])},
        verbs.second_backward: {"first": None, "second": None, "x.grad": float64([2.0, 4.0]), "cleared": None},
        verbs.grad_of_two_inputs: {"gx": float64([3.0, 4.0]), "gw": float64([1.0, 2.0]), "x.grad": None},
        verbs.grad_of_grad: {"x.grad": float64([6.0, 12.0])},
        verbs.grad_that_is_stored: {
            "gx": float64([6.0, 6.0]),
            "x.grad": float64([6.0, 6.0]),
            "y.grad": float64([3.0, 3.0]),
        },
        verbs.gradient_in_between: {"t.grad": float64([1.0, 1.0])},
        verbs.unconnected_input: {"grad": None, "gw": float64([0.0, 0.0])},
        verbs.missing_seed: {"backward": ("raised", "seed_required"), "x.grad": None},
        verbs.nothing_recorded: {"backward": None, "x.grad": float64([0.0, 0.0])},
        verbs.writes: {"x": float64([5.0, 5.5])},
        # A pass runs the function again, which computes t anew.
        verbs.saved_value_written: {"backward": None, "x.grad": float64([8.0, 16.0])},
        verbs.host_arrays: {
            "copied": float64([7.0, 7.0]),
            "shared": float64([7.0, 2.0]),
            "h": float64([7.0, 2.0]),
            "memory": True,
        },
        verbs.two_steps_of_sgd: {"step": None, "x": float64(0.64)},
        verbs.gradient_written: {"x.grad": float64([5.5, 5.0])},
        verbs.gradient_kept: {"same": False, "kept": float64([1.0, 1.0])},
        verbs.unconnected_as_zeros: {"gx": float64([1.0, 1.0]), "gw": float64([0.0, 0.0])},
        verbs.aspects: {"dtype": "float64", "gradient's dtype": "float64", "same": False, "memory": False},
        verbs.mixed_dtypes: {"y": float64([[5.0]])},
        seeds_of_two_results: {"gx": float64(43.0)},
        # gx = 3 c x**2, h = 36 c**2 x**3, and its sum has the derivatives 108 c**2 x**2 and 144 c sum(x**3).
        mixed_second_order: {
            "gw": float64(18.0),
            "h": float64([1296.0, 10368.0]),
            "x.grad": float64([3888.0, 15552.0]),
            "w.grad": float64(7776.0),
        },
    }
    answers = run(framework_environment("autograd"), Autograd(), [trace(case) for case in expected])
    assert expected == dict(zip(expected, answers, strict=True))


@pytest.mark.frameworks
def test_exceptions_have_categories(framework_environment: EnvironmentOf) -> None:
    def integer_input(g: Tracer) -> None:
        x = g.input("x", 3, "int64")
        with g.attempt("integer_input"):
            g.backward(x * x)

    def shape_mismatch(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0])
        seed = g.input("seed", [1.0, 2.0, 3.0], requires_grad=False)
        with g.attempt("shape_mismatch"):
            g.backward(x * x, seed)

    def nothing_recorded(g: Tracer) -> None:
        x = g.input("x", 3.0, requires_grad=False)
        with g.attempt("nothing_recorded"):
            g.backward(2 * x)

    def no_gradients(g: Tracer) -> None:
        x = g.input("x", 3.0)
        with g.attempt("no_gradients"):
            g.sgd_step(x, 0.1)

    def singular_matrix(g: Tracer) -> None:
        x = g.input("x", [[1.0, 2.0], [2.0, 4.0]])
        with g.attempt("singular_matrix"):
            g.backward(g.det(x))

    cases = (integer_input, shape_mismatch, nothing_recorded, no_gradients, singular_matrix)
    programs = [trace(case) for case in cases]
    answers = run(framework_environment("autograd"), Autograd(), programs)
    assert [{case.__name__: ("raised", case.__name__)} for case in cases] == answers
