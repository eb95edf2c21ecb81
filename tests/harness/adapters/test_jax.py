"""What JAX's users type, and what JAX answers."""

from collections.abc import Callable

import numpy as np
import pytest

from harness.adapters.jax import Jax
from harness.arrays import Array
from harness.environments import Environment
from harness.literals import Number, index_of
from harness.program import Apply, Input, Write
from harness.script import Statement
from harness.trace import Tracer, trace
from tests.harness.adapters import verbs
from tests.harness.adapters.running import Outcome, run

EnvironmentOf = Callable[[str], Environment]


def expression(op: str, *operands: str | int | Number, **parameters: object) -> str:
    return Jax().expression(Apply("y", op, operands, parameters))  # type: ignore[arg-type]


def statements(case: Callable[[Tracer], object]) -> list[str]:
    return [step.text.strip() for step in Jax().script(trace(case)).statements if isinstance(step, Statement)]


def float64(value: object) -> Array:
    return Array.of(value, "float64")  # type: ignore[arg-type]


# Text


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("jnp.sum(x)", expression("sum", "x")),
        ("jnp.sum(x, axis=0)", expression("sum", "x", axis=0)),
        ("jnp.max(x, axis=(0, 2), keepdims=True)", expression("max", "x", axis=(0, 2), keepdims=True)),
        ("jnp.var(x)", expression("var", "x")),
        ("jnp.std(x, axis=1, ddof=1)", expression("std", "x", axis=1, correction=Number.of(1.0))),
        ("jnp.std(x, ddof=0.5)", expression("std", "x", correction=Number.of(0.5))),
        ("jnp.clip(x, None, 1.0)", expression("clip", "x", max=Number.of(1.0))),
        ('jnp.clip(x, float("-inf"), None)', expression("clip", "x", min=Number.of(-np.inf))),
        ("(-2) ** x", expression("pow", -2, "x")),
        ("jnp.where(c, x, 0.0)", expression("where", "c", "x", Number.of(0.0))),
        ("jnp.concatenate([a, b], axis=1)", expression("concat", "a", "b", axis=1)),
        ("x[1:, ..., None]", expression("getitem", "x", index=index_of((slice(1, None), ..., None)))),
        ("x.astype(jnp.float32)", expression("astype", "x", dtype="float32")),
        ("x.astype(jnp.bool_)", expression("astype", "x", dtype="bool")),
        ("x @ weight + bias", expression("linear", "x", "weight", "bias")),
        ("jax.nn.logsumexp(x)", expression("logsumexp", "x")),
    ],
)
def test_an_op_is_the_call_that_users_type(expected: str, actual: str) -> None:
    assert expected == actual


@pytest.mark.parametrize(
    ("expected", "step"),
    [
        ("jnp.array(x_np)", Input("x", float64(1.0))),
        ("jnp.asarray(x_np)", Input("x", float64(1.0), shared=True)),
        ("jnp.array(x_np, dtype=jnp.bfloat16)", Input("x", Array.of(1.0, "bfloat16"))),
    ],
)
def test_an_input_is_made_from_its_host_array(expected: str, step: Input) -> None:
    assert expected == Jax().array(step)


@pytest.mark.parametrize(
    ("expected", "step"),
    [
        ("x.at[...].set(-1.0)", Write("x", Number.of(-1.0))),
        ("x.at[1].set(7)", Write("x", 7, index_of(1))),
        ("x.at[1:].add(0.5)", Write("x", Number.of(0.5), index_of(slice(1, None)), "add")),
    ],
)
def test_a_write_makes_a_new_array(expected: str, step: Write) -> None:
    assert expected == Jax().written("x", step)


def test_without_a_seed_the_call_is_grad() -> None:
    assert ["x_grad = jax.grad(f)(x)"] == list(Jax().differentiate("f", ("x",), ("x_grad",), ()))
    assert ["a_grad, b_grad = jax.grad(f, argnums=(0, 1))(a, b)"] == list(
        Jax().differentiate("f", ("a", "b"), ("a_grad", "b_grad"), ())
    )


def test_with_a_seed_the_call_is_vjp() -> None:
    assert ["_, f_vjp = jax.vjp(f, x)", "x_grad, = f_vjp(seed)"] == list(
        Jax().differentiate("f", ("x",), ("x_grad",), ("seed",))
    )
    assert ["_, f_vjp = jax.vjp(f, a, b)", "ga, gb = f_vjp((s, t))"] == list(
        Jax().differentiate("f", ("a", "b"), ("ga", "gb"), ("s", "t"))
    )


def test_without_an_input_that_requires_a_gradient_the_call_has_no_arguments() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 2.0, requires_grad=False)
        y = x * x
        g.backward(y)
        g.observe("x.grad", x.grad)

    assert "jax.grad(f)()" in statements(case)


def test_the_flavours_differ_in_one_setting() -> None:
    assert Jax().language == Jax("x64").language
    assert "jax_enable_x64" in Jax("x64").language.imports
    assert "jax_enable_x64" not in Jax("x32").language.imports


# The real framework


def answers(environment: Environment, *cases: Callable[[Tracer], object]) -> list[dict[str, Outcome]]:
    return run(environment, Jax(environment.flavour), [trace(case) for case in cases])


@pytest.mark.frameworks
def test_verbs_in_jax(framework_environment: EnvironmentOf) -> None:
    expected: dict[Callable[[Tracer], object], dict[str, Outcome]] = {
        verbs.backward_with_seed: {"x.grad": float64([6.0, 16.0])},
        verbs.second_backward: {
            "first": None,
            "second": None,
            "x.grad": float64([2.0, 4.0]),
            "cleared": None,
        },
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
        verbs.saved_value_written: {"backward": None, "x.grad": float64([8.0, 16.0])},
        verbs.host_arrays: {
            "copied": float64([1.0, 2.0]),
            "shared": float64([1.0, 2.0]),
            "h": float64([1.0, 2.0]),
            "memory": True,
        },
        verbs.two_steps_of_sgd: {"step": None, "x": float64(0.64)},
        verbs.gradient_written: {"x.grad": float64([5.5, 5.0])},
        verbs.gradient_kept: {"same": False, "kept": float64([1.0, 1.0])},
        verbs.unconnected_as_zeros: {"gx": float64([1.0, 1.0]), "gw": float64([0.0, 0.0])},
        verbs.aspects: {
            "dtype": "float64",
            "gradient's dtype": "float64",
            "same": True,
            "memory": False,
        },
        verbs.mixed_dtypes: {"y": float64([[5.0]])},
    }
    actual = dict(zip(expected, answers(framework_environment("jax"), *expected), strict=True))
    assert expected == actual


@pytest.mark.frameworks
def test_exceptions_have_categories(framework_environment: EnvironmentOf) -> None:
    def integer_input(g: Tracer) -> None:
        x = g.input("x", 3, "int64")
        y = x * 2.0
        with g.attempt("integer_input"):
            g.backward(y)

    def integer_root(g: Tracer) -> None:
        x = g.input("x", 3.0)
        y = x.astype("int64")
        with g.attempt("integer_root"):
            g.backward(y)

    def complex_root(g: Tracer) -> None:
        x = g.input("x", 3.0)
        y = x * 2j
        with g.attempt("complex_root"):
            g.backward(y)

    def seed_mismatch(g: Tracer) -> None:
        x = g.input("x", 3.0)
        seed = g.input("seed", [1.0, 2.0], requires_grad=False)
        y = 2 * x
        with g.attempt("seed_mismatch"):
            g.backward(y, seed)

    def nothing_recorded(g: Tracer) -> None:
        x = g.input("x", 3.0, requires_grad=False)
        y = 2 * x
        with g.attempt("nothing_recorded"):
            g.backward(y)

    def no_gradients(g: Tracer) -> None:
        x = g.input("x", 3.0)
        with g.attempt("no_gradients"):
            g.sgd_step(x, 0.1)

    def read_only(g: Tracer) -> None:
        x = g.input("x", 3.0)
        h = g.host(x)
        g.write(h, 1.0)
        g.observe("read_only", h)

    def observed(case: Callable[[Tracer], object]) -> Callable[[Tracer], object]:
        def with_observation(g: Tracer) -> None:
            case(g)
            end = g.input("end", 0.0, requires_grad=False)
            g.observe("end", end)

        return with_observation

    cases = (integer_input, integer_root, complex_root, seed_mismatch, nothing_recorded, no_gradients, read_only)
    actual = answers(framework_environment("jax"), *map(observed, cases))
    assert [("raised", case.__name__) for case in cases] == [
        answer[case.__name__] for case, answer in zip(cases, actual, strict=True)
    ]


@pytest.mark.frameworks
def test_third_derivatives_and_a_gradient_that_depends_on_another_input(framework_environment: EnvironmentOf) -> None:
    def third(g: Tracer) -> None:
        x = g.input("x", 2.0)
        y = x**4
        first = g.grad(y, x, create_graph=True)
        second = g.grad(first, x, create_graph=True)
        g.backward(second)
        g.observe("third", x.grad)

    def mixed(g: Tracer) -> None:
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

    # In `mixed`: gx = 3 c x**2, h = 36 c**2 x**3, and its sum has the derivatives 108 c**2 x**2 and 144 c sum(x**3).
    expected = [
        {"third": float64(48.0)},
        {
            "gw": float64(18.0),
            "h": float64([1296.0, 10368.0]),
            "x.grad": float64([3888.0, 15552.0]),
            "w.grad": float64(7776.0),
        },
    ]
    assert expected == answers(framework_environment("jax"), third, mixed)


@pytest.mark.frameworks
def test_bfloat16_arrives_to_the_bit_and_an_integer_has_no_gradient(framework_environment: EnvironmentOf) -> None:
    def bfloat16(g: Tracer) -> None:
        x = g.input("x", [1.0078125, -0.0], "bfloat16")
        g.observe("x", x)
        g.observe("dtype", x.dtype)

    def integer(g: Tracer) -> None:
        n = g.input("n", [1, 2], "int64")
        seed = g.input("seed", [1.0, 1.0], requires_grad=False)
        y = n * 2.0
        g.backward(y, seed)
        g.observe("n.grad", n.grad)

    expected = [{"x": Array.of([1.0078125, -0.0], "bfloat16"), "dtype": "bfloat16"}, {"n.grad": None}]
    assert expected == answers(framework_environment("jax"), bfloat16, integer)


@pytest.mark.frameworks
def test_without_x64_inputs_are_truncated_in_silence_and_every_cast_warns(framework_environment: EnvironmentOf) -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 0.1)
        g.observe("x", x)
        g.observe("of the input", g.warnings)
        y = x.astype("float64")
        g.observe("of the cast", g.warnings)
        g.observe("dtype", y.dtype)

    expected: dict[str, Outcome] = {
        "x": Array.of(0.1, "float32"),
        "of the input": None,
        "of the cast": "UserWarning",
        "dtype": "float32",
    }
    assert [expected, expected] == answers(framework_environment("jax-x32"), case, case)
